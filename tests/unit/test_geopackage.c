/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "export/geopackage.h"
#include "maillage/export.h"
#include "measure/context.h"
#include "study_fixture.h"
#include "suite.h"

/* A GeoPackage is read back through SQLite itself: what a geographer's program would see. */

static study_fixture study;
static mlg_run run;
static mlg_context *context;
static mlg_values values;
static mlg_export what;
static char path[64];
static sqlite3 *file;

static const char territories[] = "id,name,scale,population,lon,lat,centre\n"
                                  "01004,Amb\xc3\xa9rieu,commune,100,5.35,45.95,\n"
                                  "2A004,Ajaccio,commune,300,8.73,41.92,\n"
                                  "75056,Paris,commune,,,,\n"
                                  "E1,Agglo,epci,,5,46,01004\n";
static const char perimeters[] = "territory,unit,share\nE1,01004,\nE1,2A004,0.5\nE2,75056,\n";

static void open_study_of(const char *places, const char *parts, const char *schemes)
{
    study_fixture_open(&study);
    study_fixture_text(&study, "territories.csv", places);
    study_fixture_text(&study, "perimeters.csv", parts);
    if (schemes != NULL) {
        study_fixture_text(&study, "schemes.csv", schemes);
    }
    study_fixture_text(&study, "study.csv", "key,value\ndate,2024-06-30\ntitle,Two\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert_msg(study.status == MLG_OK, "%s", study.err.message);
    run = (mlg_run) MLG_RUN_INIT;
    run.draws = 99;
    ck_assert_int_eq(mlg_context_open(study.model, NULL, 0, &run, &context, NULL), MLG_OK);
    const char *const families[] = {"scale"};
    ck_assert_int_eq(mlg_measure_all(context, families, 1, &values, NULL), MLG_OK);
    what = (mlg_export){.context = context,
                        .format = MLG_GEOPACKAGE,
                        .labels = {.language = MLG_EN},
                        .values = &values};
}

static void open_study(const char *places)
{
    open_study_of(places, perimeters, NULL);
}

static void setup(void)
{
    strcpy(path, "/tmp/maillage-gpkg-XXXXXX");
    const int made = mkstemp(path);
    ck_assert_int_ge(made, 0);
    close(made);
    unlink(path);
}

static void teardown(void)
{
    sqlite3_close(file);
    file = NULL;
    mlg_values_free(&values);
    mlg_context_free(context);
    context = NULL;
    study_fixture_close(&study);
    unlink(path);
}

static void write_and_open(void)
{
    mlg_error err = {0};
    ck_assert_msg(mlg_export_write(&what, path, false, &err) == MLG_OK, "%s", err.message);
    sqlite3_close(file);
    ck_assert_int_eq(sqlite3_open_v2(path, &file, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
}

/* All cells of the rows, '|' between cells, '\n' after rows; "-" for NULL. */
static const char *asked(const char *sql)
{
    static char text[8192];
    size_t used = 0;
    sqlite3_stmt *query = NULL;
    text[0] = '\0';
    ck_assert_msg(sqlite3_prepare_v2(file, sql, -1, &query, NULL) == SQLITE_OK, "%s",
                  sqlite3_errmsg(file));
    while (sqlite3_step(query) == SQLITE_ROW) {
        const int columns = sqlite3_column_count(query);
        for (int c = 0; c < columns; c++) {
            const unsigned char *cell = sqlite3_column_text(query, c);
            used += (size_t) snprintf(text + used, sizeof text - used, "%s%s",
                                      cell != NULL ? (const char *) cell : "-",
                                      c + 1 < columns ? "|" : "\n");
        }
    }
    sqlite3_finalize(query);
    return text;
}

START_TEST(it_is_the_format_that_readers_expect)
{
    open_study(territories);
    write_and_open();
    ck_assert_str_eq(asked("PRAGMA application_id"), "1196444487\n");
    ck_assert_str_eq(asked("PRAGMA user_version"), "10300\n");
    ck_assert_str_eq(asked("PRAGMA integrity_check"), "ok\n");
    ck_assert_str_eq(asked("PRAGMA foreign_key_check"), "");
    ck_assert_str_eq(asked("SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY 1"), "-1\n0\n4326\n");
    ck_assert_str_eq(asked("SELECT DISTINCT last_change FROM gpkg_contents"),
                     "2024-06-30T00:00:00.000Z\n");
    /* every table is told, and every one told is there */
    ck_assert_str_eq(asked("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT "
                           "LIKE 'gpkg_%' AND name NOT IN (SELECT table_name FROM gpkg_contents)"),
                     "0\n");
    ck_assert_str_eq(asked("SELECT count(*) FROM gpkg_contents WHERE table_name NOT IN (SELECT "
                           "name FROM sqlite_master)"),
                     "0\n");
    ck_assert_str_eq(asked("SELECT value FROM maillage_about WHERE name IN ('title', 'date', "
                           "'persons') ORDER BY fid"),
                     "Two\n2024-06-30\npseudonyms\n");
}
END_TEST

START_TEST(units_are_points_with_their_codes_as_text)
{
    open_study(territories);
    write_and_open();
    ck_assert_str_eq(asked("SELECT code, typeof(code), name, scale, population FROM units"),
                     "01004|text|Amb\xc3\xa9rieu|commune|100.0\n2A004|text|Ajaccio|commune|300.0\n"
                     "75056|text|Paris|commune|-\n");
    /* "GP", version 0, little endian without envelope, 4326; WKB point 5.35, 45.95 */
    ck_assert_str_eq(asked("SELECT hex(geom) FROM units WHERE code = '01004'"),
                     "47500001E6100000010100000066666666666615409A99999999F94640\n");
    ck_assert_str_eq(asked("SELECT typeof(geom) FROM units WHERE code = '75056'"), "null\n");
    ck_assert_str_eq(asked("SELECT data_type, min_x, min_y, max_x, max_y, srs_id FROM "
                           "gpkg_contents WHERE table_name = 'units'"),
                     "features|5.35|41.92|8.73|45.95|4326\n");
    ck_assert_str_eq(asked("SELECT * FROM gpkg_geometry_columns ORDER BY 1"),
                     "territories|geom|POINT|4326|0|0\nunits|geom|POINT|4326|0|0\n");
    ck_assert_str_eq(asked("SELECT code, name, centre FROM territories"),
                     "E1|Agglo|01004\nE2|E2|-\n");
    ck_assert_str_eq(asked("SELECT perimeter, unit, share FROM perimeters"),
                     "E1|01004|1.0\nE1|2A004|0.5\nE2|75056|1.0\n");
}
END_TEST

/* A share that is said to be unknown is never the whole. */
START_TEST(an_unknown_share_is_null_with_its_bounds)
{
    open_study_of(territories, "territory,unit,share\nE1,01004,unknown\nE1,2A004,0.5\nE2,75056,\n",
                  NULL);
    write_and_open();
    ck_assert_str_eq(asked("SELECT unit, share, share_low, share_high FROM perimeters"),
                     "01004|-|0.0|1.0\n2A004|0.5|0.5|0.5\n75056|1.0|1.0|1.0\n");
}
END_TEST

START_TEST(official_codes_stand_beside_ids)
{
    open_study_of("id,name,scale,population\nCOM-01004,A,commune,1\n75056,B,commune,2\n"
                  "EPCI-200029999,C,epci,\n",
                  "territory,unit\nEPCI-200029999,COM-01004\n", NULL);
    write_and_open();
    ck_assert_str_eq(asked("SELECT code, official_code, typeof(official_code) FROM units"),
                     "COM-01004|01004|text\n75056|75056|text\n");
    ck_assert_str_eq(asked("SELECT code, official_code FROM territories"),
                     "EPCI-200029999|200029999\n");
}
END_TEST

/* A row a unit: 1, 0, and NULL where no row says where. Codes may hold quotes, and differ by case
 * alone, which SQL does not see. */
START_TEST(what_covers_each_unit_is_a_row)
{
    open_study_of("id,scale\na,commune\nb,commune\nc,commune\nX,epci\n",
                  "territory,unit,share\nX,a,\nX,b,unknown\n",
                  "id,kind,territory\nS,cls,X\nT,\"odd \"\"one\"\"\",c\nU,nowhere,\n");
    write_and_open();
    ck_assert_str_eq(asked("SELECT code, official_code, schemes, scheme_cls, perimeter_epci, "
                           "\"scheme_odd \"\"one\"\"\", sites FROM covered ORDER BY code"),
                     "a|a|1|1|1|0|-\nb|b|1|1|1|0|-\nc|c|1|0|0|1|-\n");
    ck_assert_str_eq(asked("SELECT count(*) FROM pragma_table_info('covered') WHERE name LIKE "
                           "'%nowhere%'"),
                     "0\n");
}
END_TEST

START_TEST(without_coordinates_it_is_tables)
{
    open_study("id,name,scale\n01004,A,commune\n2A004,B,commune\n");
    write_and_open();
    ck_assert_str_eq(asked("SELECT data_type, min_x, srs_id FROM gpkg_contents WHERE table_name = "
                           "'units'"),
                     "attributes|-|-\n");
    ck_assert_str_eq(asked("SELECT count(*) FROM gpkg_geometry_columns"), "0\n");
}
END_TEST

START_TEST(each_measure_of_territories_is_a_table)
{
    open_study(territories);
    write_and_open();
    ck_assert_str_eq(asked("SELECT code, other_code, value FROM scale_jaccard WHERE code IS NOT "
                           "NULL ORDER BY fid LIMIT 1"),
                     "E1|E2|0.0\n");
    ck_assert_str_eq(asked("SELECT code, name, value FROM scale_layers WHERE code = '01004'"),
                     "01004|Amb\xc3\xa9rieu|1.0\n");
    /* undefined is NULL with its reason, never 0 */
    ck_assert_str_eq(asked("SELECT count(*) > 0, max(value) IS NULL, min(reason) <> '' FROM "
                           "scale_main_town"),
                     "1|1|1\n");
    for (const mlg_measure *measure = mlg_measures(); measure->id != NULL; measure++) {
        char sql[128];
        if (strncmp(measure->id, "scale.", 6) == 0) {
            snprintf(sql, sizeof sql, "SELECT count(*) > 0 FROM scale_%s", measure->id + 6);
            ck_assert_msg(strcmp(asked(sql), "1\n") == 0, "%s", measure->id);
        }
    }
}
END_TEST

static size_t length_of(void)
{
    struct stat facts;
    ck_assert_int_eq(stat(path, &facts), 0);
    return (size_t) facts.st_size;
}

/* A list of the first thousand says so where the file is read. */
START_TEST(a_list_that_is_cut_says_so)
{
    open_study(territories);
    for (size_t i = 0; i < values.n; i++) {
        mlg_value *value = &values.items[i];
        value->total = strcmp(value->measure->id, "scale.jaccard") == 0 ? 2628 : value->total;
    }
    write_and_open();
    ck_assert_str_eq(asked("SELECT description FROM gpkg_contents WHERE description LIKE "
                           "'% List “scale.jaccard”: the first 1 of 2,628 rows.'"),
                     asked("SELECT description FROM gpkg_contents WHERE table_name = "
                           "'scale_jaccard'"));
    ck_assert_str_eq(
        asked("SELECT count(*) FROM gpkg_contents WHERE description LIKE '%of 2,628%'"), "1\n");
}
END_TEST

START_TEST(the_same_study_gives_the_same_bytes)
{
    static unsigned char first[1 << 19], second[1 << 19];
    open_study(territories);
    write_and_open();
    const size_t length = length_of();
    ck_assert_uint_lt(length, sizeof first);
    FILE *in = fopen(path, "rb");
    ck_assert_uint_eq(fread(first, 1, length, in), length);
    fclose(in);
    write_and_open();
    ck_assert_uint_eq(length_of(), length);
    in = fopen(path, "rb");
    ck_assert_uint_eq(fread(second, 1, length, in), length);
    fclose(in);
    ck_assert_int_eq(memcmp(first, second, length), 0);
}
END_TEST

START_TEST(only_what_is_ours_is_replaced)
{
    mlg_error err = {0};
    open_study(territories);
    /* a GeoPackage of somebody's outlines */
    ck_assert_int_eq(sqlite3_open(path, &file), SQLITE_OK);
    ck_assert_int_eq(
        sqlite3_exec(file, "CREATE TABLE outlines (fid INTEGER PRIMARY KEY)", NULL, NULL, NULL),
        SQLITE_OK);
    ck_assert_int_eq(mlg_export_write(&what, path, false, &err), MLG_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "is not an export of this program"));
    ck_assert_str_eq(asked("SELECT name FROM sqlite_master"), "outlines\n");
    ck_assert_int_eq(mlg_export_write(&what, path, true, &err), MLG_OK);
    write_and_open(); /* ours now */
    ck_assert_int_eq(mlg_export_print(&what, stdout, &err), MLG_EARG);
}
END_TEST

START_TEST(a_mark_across_two_reads_is_seen)
{
    enum { READ = 16384 };
    static char bytes[3 * READ];
    open_study(territories);
    for (size_t shift = 0; shift <= sizeof MLG_GEOPACKAGE_MARK; shift++) {
        memset(bytes, 'x', sizeof bytes);
        memcpy(bytes, "SQLite format 3", 16);
        memcpy(bytes + READ - shift, MLG_GEOPACKAGE_MARK, strlen(MLG_GEOPACKAGE_MARK));
        FILE *out = fopen(path, "wb");
        ck_assert_uint_eq(fwrite(bytes, 1, sizeof bytes, out), sizeof bytes);
        fclose(out);
        mlg_error err = {0};
        ck_assert_msg(mlg_export_write(&what, path, false, &err) == MLG_OK, "%zu: %s", shift,
                      err.message);
    }
}
END_TEST

START_TEST(no_territory_is_said)
{
    mlg_error err = {0};
    study_fixture_open(&study);
    study_fixture_text(&study, "ties.csv", "from,to\nA,B\n");
    study_fixture_read(&study, NULL, NULL);
    run = (mlg_run) MLG_RUN_INIT;
    ck_assert_int_eq(mlg_context_open(study.model, NULL, 0, &run, &context, NULL), MLG_OK);
    what = (mlg_export){.context = context, .format = MLG_GEOPACKAGE};
    ck_assert_int_eq(mlg_export_write(&what, path, false, &err), MLG_EDATA);
    ck_assert_ptr_nonnull(strstr(err.message, "names no territory"));
    ck_assert_int_ne(access(path, F_OK), 0);
}
END_TEST

START_TEST(short_memory_leaves_nothing_behind)
{
    mlg_status status = MLG_ENOMEM;
    long n = 0;
    open_study(territories);
    for (; status == MLG_ENOMEM; n++) {
        mlg_error err = {0};
        mlg_alloc_fails_at = n;
        status = mlg_export_write(&what, path, false, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_msg(status == MLG_OK || err.message[0] != '\0', "allocation %ld", n);
        ck_assert_msg(status == MLG_OK || access(path, F_OK) != 0, "allocation %ld: %s", n,
                      err.message);
    }
    ck_assert_int_eq(status, MLG_OK);
    ck_assert_int_gt(n, 5);
}
END_TEST

/* SQLite has its own memory: a bound on it stands for its end. */
START_TEST(short_memory_of_the_database_too)
{
    open_study(territories);
    size_t failed = 0;
    for (sqlite3_int64 bound = 20000; bound < 4000000; bound += bound / 8) {
        mlg_error err = {0};
        sqlite3_hard_heap_limit64(bound);
        const mlg_status status = mlg_export_write(&what, path, true, &err);
        sqlite3_hard_heap_limit64(0);
        ck_assert_msg(status == MLG_OK || status == MLG_ENOMEM, "%lld: %s", (long long) bound,
                      err.message);
        ck_assert_int_eq(access(path, F_OK) == 0, status == MLG_OK);
        failed += status != MLG_OK;
        unlink(path);
    }
    ck_assert_uint_gt(failed, 3);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("geopackage");
    TCase *tests = tcase_create("geopackage");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, it_is_the_format_that_readers_expect);
    tcase_add_test(tests, units_are_points_with_their_codes_as_text);
    tcase_add_test(tests, without_coordinates_it_is_tables);
    tcase_add_test(tests, an_unknown_share_is_null_with_its_bounds);
    tcase_add_test(tests, official_codes_stand_beside_ids);
    tcase_add_test(tests, what_covers_each_unit_is_a_row);
    tcase_add_test(tests, each_measure_of_territories_is_a_table);
    tcase_add_test(tests, a_list_that_is_cut_says_so);
    tcase_add_test(tests, the_same_study_gives_the_same_bytes);
    tcase_add_test(tests, only_what_is_ours_is_replaced);
    tcase_add_test(tests, a_mark_across_two_reads_is_seen);
    tcase_add_test(tests, no_territory_is_said);
    tcase_add_test(tests, short_memory_leaves_nothing_behind);
    tcase_add_test(tests, short_memory_of_the_database_too);
    suite_add_tcase(suite, tests);
    return suite_run(suite);
}
