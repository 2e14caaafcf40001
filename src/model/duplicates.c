/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/fold.h"
#include "base/texts.h"
#include "model/finish.h"

enum { MAX_STATES = 16 }; /* rows of one id that a row is compared with: the work stays linear */

/* Tables that describe things; posts may repeat an id at will. */
static const struct {
    mlg_table_id table;
    mlg_column id, name, start;
    bool parties;
} described[] = {
    {MLG_ACTORS, C_actors_id, C_actors_name, C_actors_start, true},
    {MLG_SCHEMES, C_schemes_id, C_schemes_name, C_schemes_start, true},
    {MLG_ACTIVITIES, C_activities_id, C_activities_name, C_activities_start, false},
    {MLG_TERRITORIES, C_territories_id, C_territories_name, C_NONE, false},
};
enum { N_DESCRIBED = sizeof described / sizeof *described };

static const mlg_names *ids_of(const mlg_model *model, mlg_table_id table)
{
    return table == MLG_ACTIVITIES    ? &model->activities
           : table == MLG_TERRITORIES ? &model->territories
                                      : &model->parties;
}

/* ---- one id twice --------------------------------------------------------------------------- */

static bool same_cell(const mlg_model *model, mlg_column column, int32_t a, int32_t b)
{
    size_t n_a = 0, n_b = 0;
    switch (mlg_schema_field(column)->type) {
    case MLG_TYPE_NUMBER:
    case MLG_TYPE_AMOUNT:
    case MLG_TYPE_WEIGHT:
    case MLG_TYPE_SHARE: {
        const double x = mlg_get_number(model, column, a), y = mlg_get_number(model, column, b);
        return x == y || (isnan(x) && isnan(y));
    }
    case MLG_TYPE_DATE: {
        const mlg_span x = mlg_get_span(model, column, a), y = mlg_get_span(model, column, b);
        return x.first == y.first && x.last == y.last;
    }
    case MLG_TYPE_PARTIES:
    case MLG_TYPE_TERRITORIES:
    case MLG_TYPE_CODES:
    case MLG_TYPE_WORDS: {
        const int32_t *x = mlg_get_list(model, column, a, &n_a);
        const int32_t *y = mlg_get_list(model, column, b, &n_b);
        return n_a == n_b && (n_a == 0 || memcmp(x, y, n_a * sizeof *x) == 0) &&
               mlg_list_is_none(model, column, a) == mlg_list_is_none(model, column, b);
    }
    case MLG_TYPE_TEXT:
    case MLG_TYPE_PARTY:
    case MLG_TYPE_ACTIVITY:
    case MLG_TYPE_TERRITORY:
    case MLG_TYPE_CODE:
    case MLG_TYPE_BOOL:
    case MLG_TYPE_PERSON:
        break;
    }
    return mlg_get_id(model, column, a) == mlg_get_id(model, column, b);
}

/* Sources and notes may differ. */
static bool same_row(const mlg_model *model, mlg_table_id table, int32_t a, int32_t b)
{
    mlg_column first = 0, end = 0;
    mlg_schema_columns(table, &first, &end);
    for (mlg_column column = first; column < end; column++) {
        const char *name = mlg_schema_field(column)->name;
        const bool remark = strcmp(name, "source") == 0 || strcmp(name, "note") == 0;
        if (!remark && model->data[column] != NULL && !same_cell(model, column, a, b)) {
            return false;
        }
    }
    return true;
}

/* Two rows of one id are successive states when they begin on different days; else they
 * are one row twice, or they contradict each other. Answers whether it told so. */
static bool compare_rows(mlg_model *model, size_t which, int32_t row, int32_t other)
{
    const mlg_table_id table = described[which].table;
    const mlg_column id = described[which].id, start = described[which].start;
    if (start != C_NONE &&
        mlg_get_span(model, start, row).first != mlg_get_span(model, start, other).first) {
        return false;
    }
    const bool same = same_row(model, table, row, other);
    const mlg_arg args[] = {mlg_text_of(ids_of(model, table), mlg_get_id(model, id, row)),
                            mlg_count_of(model->rows[table].line[other])};
    const bool withheld =
        described[which].parties && mlg_is_private(model, mlg_get_id(model, id, row));
    mlg_fault_add_masked(model, same ? MLG_WARNING : MLG_FATAL,
                         same ? T_fault_row_twice : T_fault_two_rows_one_id,
                         mlg_place_of(model, table, row, id), args, 2, withheld ? 1u : 0u);
    return true;
}

static mlg_status check_states(mlg_model *model, size_t which, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_table_id table = described[which].table;
    int32_t *previous = mlg_rows_by_id(model, table, described[which].id, ids_of(model, table)->n);
    TRY_ALLOC(err, previous);
    for (int32_t row = 0; row < model->rows[table].n; row++) {
        bool told = false; /* one fault a row */
        int32_t other = previous[row];
        for (int i = 0; !told && other >= 0 && i < MAX_STATES; i++, other = previous[other]) {
            told = compare_rows(model, which, row, other);
        }
    }
out:
    mlg_free(previous);
    return status;
}

/* ---- ids and names that are nearly one --------------------------------------------------------
 */

typedef struct keys {
    mlg_names seen;
    int32_t *row; /* [seen.n] first row with the key */
    size_t room;
    bool failed;
} keys;

static void free_keys(keys *k)
{
    mlg_names_free(&k->seen);
    mlg_free(k->row);
}

/* First row with the text's key, which may be this one; -1 when memory is short. */
static int32_t first_row_of(keys *k, mlg_fold_kind kind, const char *text, int32_t row)
{
    mlg_buffer key = {0};
    int32_t found = -1;
    const size_t before = k->seen.n;
    mlg_fold_as(kind, text, strlen(text), &key);
    if (!key.failed && mlg_grow(&k->row, &k->room, before + 1, sizeof *k->row)) {
        found = mlg_names_add(&k->seen, mlg_buffer_string(&key), key.length);
    }
    mlg_buffer_free(&key);
    k->failed = k->failed || found < 0;
    if (found < 0) {
        return -1;
    }
    if (k->seen.n > before) {
        k->row[found] = row;
    }
    return k->row[found];
}

static bool is_text_id(const mlg_model *model, size_t which, int32_t row)
{
    const mlg_id id = mlg_get_id(model, described[which].id, row);
    const int32_t name = mlg_get_id(model, described[which].name, row);
    return name >= 0 && strcmp(mlg_names_text(ids_of(model, described[which].table), id),
                               mlg_names_text(&model->texts, name)) == 0;
}

/* Tells of two rows of different ids whose texts have one key. An id is meant to be exact:
 * two spellings are an error, but for names that serve as ids. */
static void tell_alike(mlg_model *model, size_t which, mlg_column column, int32_t row,
                       int32_t other)
{
    const mlg_table_id table = described[which].table;
    const mlg_names *ids = ids_of(model, table);
    const mlg_id a = mlg_get_id(model, described[which].id, other);
    const mlg_id b = mlg_get_id(model, described[which].id, row);
    if (a == b) {
        return;
    }
    const bool as_ids = column == described[which].id;
    const bool some_name = is_text_id(model, which, row) || is_text_id(model, which, other);
    if (as_ids && some_name) {
        return; /* the names tell it */
    }
    const mlg_arg args[] = {mlg_text_of(ids, a), mlg_text_of(ids, b)};
    const bool parties = described[which].parties;
    const unsigned masked = (parties && mlg_is_private(model, a) ? 1u : 0u) |
                            (parties && mlg_is_private(model, b) ? 2u : 0u);
    mlg_fault_add_masked(model, as_ids ? MLG_FATAL : MLG_WARNING,
                         as_ids ? T_fault_same_id : T_fault_same_name,
                         mlg_place_of(model, table, row, column), args, 2, masked);
}

static mlg_status check_alike(mlg_model *model, size_t which, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_table_id table = described[which].table;
    keys ids = {0}, names = {0};
    for (int32_t row = 0; row < model->rows[table].n; row++) {
        const mlg_id id = mlg_get_id(model, described[which].id, row);
        const int32_t name = mlg_get_id(model, described[which].name, row);
        if (id < 0) {
            continue;
        }
        const int32_t other =
            first_row_of(&ids, MLG_FOLD_ID, mlg_names_text(ids_of(model, table), id), row);
        if (other >= 0 && other != row) {
            tell_alike(model, which, described[which].id, row, other);
        }
        /* Yearly activities and contracts share their name ("CLS"); two actors should not. */
        if (name >= 0 && table == MLG_ACTORS) {
            const int32_t same =
                first_row_of(&names, MLG_FOLD_NAME, mlg_names_text(&model->texts, name), row);
            if (same >= 0 && same != row) {
                tell_alike(model, which, described[which].name, row, same);
            }
        }
    }
    if (ids.failed || names.failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the names of %s", mlg_schema_table(table));
    }
out:
    free_keys(&ids);
    free_keys(&names);
    return status;
}

/* ---- two holders of one post -------------------------------------------------------------------
 */

/* An open end gives way to a later start: two rows overlap when they begin together, or
 * when the earlier one is known to end after the later one began. */
static bool overlap(const mlg_model *model, int32_t a, int32_t b)
{
    const mlg_span start_a = mlg_get_span(model, C_posts_start, a);
    const mlg_span start_b = mlg_get_span(model, C_posts_start, b);
    if (start_a.first == start_b.first) {
        return true;
    }
    const bool a_first = start_a.first < start_b.first;
    const mlg_span end = mlg_get_span(model, C_posts_end, a_first ? a : b);
    const mlg_span later = a_first ? start_b : start_a;
    return end.first != MLG_EVER_FIRST && end.last != MLG_EVER_LAST && end.first > later.last;
}

/* Rows of one id for two places, held otherwise here than there, and nothing says that one came
 * after the other: "elected referent", once a municipality, is a post in each. */
static bool two_places(const mlg_model *model, int32_t a, int32_t b)
{
    const mlg_id here = mlg_get_id(model, C_posts_territory, a);
    const mlg_id there = mlg_get_id(model, C_posts_territory, b);
    const bool dated = mlg_get_span(model, C_posts_start, a).first != MLG_EVER_FIRST &&
                       mlg_get_span(model, C_posts_start, b).first != MLG_EVER_FIRST;
    return here >= 0 && there >= 0 && here != there && !dated;
}

/* What is wrong with two rows of one post, or T_none. */
static mlg_text_key wrong_with(const mlg_model *model, int32_t row, int32_t other)
{
    const mlg_id holder = mlg_get_id(model, C_posts_person, row);
    const mlg_id second = mlg_get_id(model, C_posts_person, other);
    if (second == holder || holder == -1 || second == -1) {
        return T_none;
    }
    if (holder >= 0 && second >= 0 && overlap(model, row, other)) {
        return T_fault_two_holders;
    }
    return two_places(model, row, other) ? T_fault_post_in_two_places : T_none;
}

static mlg_status check_holders(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *previous = mlg_rows_by_id(model, MLG_POSTS, C_posts_id, model->parties.n);
    TRY_ALLOC(err, previous);
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        int32_t other = previous[row];
        for (int i = 0; other >= 0 && i < MAX_STATES; i++, other = previous[other]) {
            const mlg_text_key wrong = wrong_with(model, row, other);
            if (wrong == T_none) {
                continue;
            }
            const mlg_id post = mlg_get_id(model, C_posts_id, row);
            const mlg_arg args[] = {mlg_text_of(&model->parties, post),
                                    mlg_count_of(model->rows[MLG_POSTS].line[other])};
            mlg_fault_add_masked(model, MLG_WARNING, wrong,
                                 mlg_place_of(model, MLG_POSTS, row, C_posts_id), args, 2,
                                 mlg_is_private(model, post) ? 1u : 0u);
            break;
        }
    }
out:
    mlg_free(previous);
    return status;
}

mlg_status mlg_check_duplicates(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    for (size_t which = 0; which < N_DESCRIBED; which++) {
        TRY(check_states(model, which, err));
        TRY(check_alike(model, which, err));
    }
    TRY(check_holders(model, err));
    TRY(mlg_check_sittings(model, err));
out:
    return status;
}
