/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "base/texts.h"
#include "model/finish.h"
#include "model/span.h"

enum { LONGEST_NAME = 1024, MOST_SECTORS = 200 };

/* ---- dates ------------------------------------------------------------------------------------
 */

static void check_intervals(mlg_model *model)
{
    static const struct {
        mlg_table_id table;
        mlg_column start, end;
    } dated[] = {
        {MLG_ACTORS, C_actors_start, C_actors_end},
        {MLG_TIES, C_ties_start, C_ties_end},
        {MLG_SCHEMES, C_schemes_start, C_schemes_end},
        {MLG_ACTIVITIES, C_activities_start, C_activities_end},
        {MLG_POSTS, C_posts_start, C_posts_end},
        {MLG_SITES, C_sites_start, C_sites_end},
        {MLG_FUNDING, C_funding_start, C_funding_end},
        {MLG_PERIMETERS, C_perimeters_start, C_perimeters_end},
    };
    for (size_t i = 0; i < sizeof dated / sizeof *dated; i++) {
        const mlg_span *start = model->data[dated[i].start], *end = model->data[dated[i].end];
        for (int32_t row = 0; start != NULL && end != NULL && row < model->rows[dated[i].table].n;
             row++) {
            if (start[row].first > end[row].last) {
                const mlg_arg args[] = {
                    {.kind = MLG_ARG_DATE, .number = end[row].last},
                    {.kind = MLG_ARG_DATE, .number = start[row].first},
                };
                mlg_fault_add(model, MLG_FATAL, T_fault_end_before_start,
                              mlg_place_of(model, dated[i].table, row, dated[i].end), args, 2);
            }
        }
    }
}

static void check_future(mlg_model *model)
{
    const mlg_span *date = model->data[C_participations_date];
    if (date == NULL || model->date == MLG_NO_DATE) {
        return;
    }
    for (int32_t row = 0; row < model->rows[MLG_PARTICIPATIONS].n; row++) {
        if (date[row].first > model->date) {
            const mlg_arg args[] = {{.kind = MLG_ARG_DATE, .number = date[row].first},
                                    {.kind = MLG_ARG_DATE, .number = model->date}};
            mlg_fault_add(model, MLG_WARNING, T_fault_future_date,
                          mlg_place_of(model, MLG_PARTICIPATIONS, row, C_participations_date), args,
                          2);
        }
    }
}

/* A study that says no day, while its rows do. */
static void check_study_date(mlg_model *model)
{
    static const mlg_column dated[] = {C_participations_date, C_posts_start};
    bool any = false;

    for (size_t i = 0; i < sizeof dated / sizeof *dated; i++) {
        const mlg_span *spans = model->data[dated[i]];
        for (int32_t row = 0;
             spans != NULL && !any && row < model->rows[mlg_schema_field(dated[i])->table].n;
             row++) {
            any = mlg_span_known(spans[row]);
        }
    }
    if (any && model->date == MLG_NO_DATE && model->rows[MLG_STUDY].n > 0 &&
        mlg_study_setting(model, "date") == NULL) {
        int year = 0, month = 0, day = 0;
        int32_t earlier = -1;
        char written[32];
        const int32_t row = mlg_setting_row(model, "date", "date", &earlier);
        mlg_place place = mlg_place_of(model, MLG_STUDY, row >= 0 ? row : 0, C_study_key);
        place.line = row >= 0 ? place.line : 0; /* in no row: that is the matter */
        mlg_day_split(model->day, &year, &month, &day);
        snprintf(written, sizeof written, "%04d-%02d-%02d", year, month, day);
        mlg_fault_text(model, MLG_WARNING, T_fault_no_study_date, place, written, NULL);
    }
}

/* Rows of attendance without a day, each below one of the same body: a sheet whose cells were
 * merged keeps the day in the first alone. Once or twice is somebody's way to write; a body that
 * is held on one day gives it to them. */
static void check_filled_down(mlg_model *model)
{
    enum { FEW_BLOCKS = 2, FEW_ROWS = 4 };
    const mlg_span *date = model->data[C_participations_date];
    const mlg_rows *rows = &model->rows[MLG_PARTICIPATIONS];
    int32_t first = -1;
    uint32_t blocks = 0, undated = 0;
    bool inside = false;

    for (int32_t row = 1; date != NULL && row < rows->n; row++) {
        const mlg_id activity = mlg_get_id(model, C_participations_activity, row);
        const int32_t described = activity >= 0 ? model->activity_row[activity] : -1;
        const bool same = activity >= 0 && rows->file[row] == rows->file[row - 1] &&
                          mlg_get_id(model, C_participations_activity, row - 1) == activity;
        const bool after_day = mlg_span_known(date[row - 1]);
        if (mlg_span_known(date[row]) || !same || !(after_day || inside) ||
            (described >= 0 && mlg_span_known(mlg_get_span(model, C_activities_start, described)) &&
             mlg_span_known(mlg_get_span(model, C_activities_end, described)))) {
            inside = false;
            continue;
        }
        blocks += after_day ? 1 : 0;
        first = undated++ == 0 ? row : first;
        inside = true;
    }
    if (blocks >= FEW_BLOCKS && undated >= FEW_ROWS) {
        const mlg_arg args[] = {mlg_count_of(undated), mlg_count_of(blocks)};
        mlg_fault_add(model, MLG_WARNING, T_fault_dates_not_filled_down,
                      mlg_place_of(model, MLG_PARTICIPATIONS, first, C_participations_date), args,
                      2);
    }
}

/* More than one person does on one row of one post: most often a decimal point that was lost. */
static void check_fte(mlg_model *model)
{
    static const double most = 1.5;
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        const double fte = mlg_get_number(model, C_posts_fte, row);
        if (fte > most) {
            const mlg_arg args[] = {
                {.kind = MLG_ARG_NUMBER, .number = fte, .digits = fte == floor(fte) ? 0 : 2}};
            mlg_fault_add(model, MLG_WARNING, T_fault_many_fte,
                          mlg_place_of(model, MLG_POSTS, row, C_posts_fte), args, 1);
        }
    }
}

/* Kinds of activities that are held on a day, or that meet from time to time. */
static bool is_held(int32_t kind)
{
    static const int32_t held[] = {
        MLG_CODE_OF(activity_kind, steering),      MLG_CODE_OF(activity_kind, technical),
        MLG_CODE_OF(activity_kind, working_group), MLG_CODE_OF(activity_kind, consultation),
        MLG_CODE_OF(activity_kind, plenary),       MLG_CODE_OF(activity_kind, team),
        MLG_CODE_OF(activity_kind, case),          MLG_CODE_OF(activity_kind, resident_council),
        MLG_CODE_OF(activity_kind, training),      MLG_CODE_OF(activity_kind, event),
    };
    bool found = false;
    for (size_t i = 0; i < sizeof held / sizeof *held; i++) {
        found = found || held[i] == kind;
    }
    return found;
}

/* A meeting whose row gives its day and no end goes on for ever, as a body would that began that
 * day: told where nothing dated says that it has met in the year before the study's date. */
static mlg_status check_sittings(mlg_model *model, mlg_error *err)
{
    enum { YEAR = 366 };
    mlg_status status = MLG_OK;
    const int32_t since = model->date != MLG_NO_DATE ? model->date - YEAR : MLG_EVER_FIRST;
    bool *met = mlg_zalloc(model->activities.n, sizeof *met);
    uint32_t n = 0;
    int32_t first = 0;

    TRY_ALLOC(err, met);
    for (int32_t row = 0; row < model->rows[MLG_PARTICIPATIONS].n; row++) {
        const mlg_id activity = mlg_get_id(model, C_participations_activity, row);
        const mlg_span date = mlg_get_span(model, C_participations_date, row);
        if (activity >= 0 && mlg_span_known(date) && date.last > since) {
            met[activity] = true;
        }
    }
    for (int32_t row = 0; row < model->rows[MLG_ACTIVITIES].n; row++) {
        const mlg_id activity = mlg_get_id(model, C_activities_id, row);
        const mlg_span start = mlg_get_span(model, C_activities_start, row);
        const mlg_span end = mlg_get_span(model, C_activities_end, row);
        if (activity >= 0 && !met[activity] && start.first == start.last && start.last < since &&
            end.last == MLG_EVER_LAST && is_held(mlg_get_id(model, C_activities_kind, row))) {
            first = n++ == 0 ? row : first;
        }
    }
    mlg_fault_add_times(model, MLG_WARNING, T_fault_sitting_without_end,
                        mlg_place_of(model, MLG_ACTIVITIES, first, C_activities_start), n);
out:
    mlg_free(met);
    return status;
}

/* ---- names --------------------------------------------------------------------------------------
 */

static size_t characters(const char *text)
{
    size_t n = 0;
    for (; *text != '\0'; text++) {
        n += ((unsigned char) *text & 0xc0) != 0x80 ? 1 : 0;
    }
    return n;
}

static void check_length(mlg_model *model, const mlg_names *names, mlg_column column, int32_t row)
{
    const size_t length = characters(mlg_names_text(names, mlg_get_id(model, column, row)));
    if (length > LONGEST_NAME) {
        const mlg_arg args[] = {mlg_count_of((double) length), mlg_count_of(LONGEST_NAME)};
        mlg_fault_add_masked(model, MLG_FATAL, T_fault_long_name,
                             mlg_place_of(model, mlg_schema_field(column)->table, row, column),
                             args, 2, 0);
    }
}

/* Millions of cells share few texts: cells are looked at only where a text is long. */
static bool some_long(const mlg_names *names)
{
    for (size_t id = 0; id < names->n; id++) {
        const size_t end = id + 1 < names->n ? names->start[id + 1] : names->pool_used;
        if (end - names->start[id] - 1 > LONGEST_NAME) {
            return true;
        }
    }
    return false;
}

/* Ids wherever they stand, and names: a cell pasted from elsewhere shows by its length. */
static void check_lengths(mlg_model *model)
{
    static const mlg_column names[] = {C_actors_name, C_schemes_name, C_activities_name,
                                       C_territories_name};
    for (int c = 0; c < C_COUNT; c++) {
        const mlg_column column = (mlg_column) c;
        const mlg_field *field = mlg_schema_field(column);
        const mlg_names *space = field->type == MLG_TYPE_PARTY || field->type == MLG_TYPE_PERSON
                                     ? &model->parties
                                 : field->type == MLG_TYPE_ACTIVITY  ? &model->activities
                                 : field->type == MLG_TYPE_TERRITORY ? &model->territories
                                                                     : NULL;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            space = column == names[i] ? &model->texts : space;
        }
        if (space == NULL || model->data[column] == NULL || !some_long(space)) {
            continue;
        }
        for (int32_t row = 0; row < model->rows[field->table].n; row++) {
            check_length(model, space, column, row);
        }
    }
}

static void check_empty_names(mlg_model *model)
{
    static const struct {
        mlg_table_id table;
        mlg_column id, name;
    } named[] = {
        {MLG_ACTORS, C_actors_id, C_actors_name},
        {MLG_SCHEMES, C_schemes_id, C_schemes_name},
        {MLG_ACTIVITIES, C_activities_id, C_activities_name},
        {MLG_TERRITORIES, C_territories_id, C_territories_name},
    };
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        const int32_t *name = model->data[named[i].name];
        for (int32_t row = 0; name != NULL && row < model->rows[named[i].table].n; row++) {
            if (name[row] < 0 && mlg_get_id(model, named[i].id, row) >= 0) {
                mlg_fault_add(model, MLG_WARNING, T_fault_no_name,
                              mlg_place_of(model, named[i].table, row, named[i].name), NULL, 0);
            }
        }
    }
}

/* ---- sectors
 * -------------------------------------------------------------------------------------- */

static bool needs_sector(const mlg_model *model, size_t party)
{
    const mlg_kind kind = model->party_kind[party];
    return (model->party_flags[party] & MLG_IS_ACTOR) != 0 && kind != MLG_KIND_PERSON &&
           kind != MLG_KIND_POST && kind != MLG_KIND_SCHEME;
}

/* Adds an actor's public name to the few that a message gives. */
static void name_actor(const mlg_model *model, size_t party, size_t n, mlg_buffer *out)
{
    enum { NAMED = 3, LABEL = 128 };
    const mlg_labels labels = {.names = false};
    char label[LABEL];
    if (n < NAMED) {
        mlg_label(model, &labels, MLG_SCOPE_ACTOR, (mlg_id) party, label, sizeof label);
        mlg_buffer_text(out, n > 0 ? ", " : "");
        mlg_buffer_text(out, label);
    } else if (n == NAMED) {
        mlg_buffer_text(out, "…");
    }
}

static mlg_status check_unknown_sectors(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t unknown = 0, all = 0;
    mlg_buffer some = {0};
    for (size_t party = 0; party < model->parties.n; party++) {
        if (needs_sector(model, party)) {
            all++;
            if (model->party_sector[party] < 0) {
                name_actor(model, party, unknown++, &some);
            }
        }
    }
    if (some.failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the actors without a sector");
    }
    if (model->data[C_actors_sector] != NULL && unknown * 20 > all) {
        const mlg_arg args[] = {mlg_count_of((double) unknown),
                                mlg_count_of((double) all),
                                {.kind = MLG_ARG_TEXT, .text = mlg_buffer_string(&some)}};
        mlg_place place = mlg_place_of(model, MLG_ACTORS, 0, C_actors_sector);
        place.line = place.column = 0; /* they may stand anywhere, or in no row at all */
        mlg_fault_add(model, MLG_WARNING, T_fault_sector_unknown, place, args, 3);
    }
out:
    mlg_buffer_free(&some);
    return status;
}

static mlg_status check_many_sectors(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t n_codes = mlg_code_count(model, MLG_V_sector);
    size_t n_seen = 0;
    int32_t last = -1;
    bool *seen = mlg_zalloc((size_t) n_codes, sizeof *seen);
    TRY_ALLOC(err, seen);
    for (int32_t row = 0; row < model->rows[MLG_ACTORS].n; row++) {
        size_t n = 0;
        const int32_t *code = mlg_get_list(model, C_actors_sector, row, &n);
        for (size_t i = 0; i < n; i++) {
            if (!seen[code[i]]) {
                seen[code[i]] = true;
                n_seen++;
                last = n_seen == MOST_SECTORS + 1 ? row : last;
            }
        }
    }
    if (n_seen > MOST_SECTORS) {
        mlg_fault_add(model, MLG_FATAL, T_fault_too_many_sectors,
                      mlg_place_of(model, MLG_ACTORS, last, C_actors_sector),
                      (const mlg_arg[]){mlg_count_of((double) n_seen)}, 1);
    }
out:
    mlg_free(seen);
    return status;
}

/* ---- participations and funding
 * ---------------------------------------------------------------------- */

static mlg_status check_single_participants(mlg_model *model, mlg_error *err)
{
    enum { NOBODY = -1, SEVERAL = -2 };
    mlg_status status = MLG_OK;
    const int32_t n = model->rows[MLG_PARTICIPATIONS].n;
    int32_t *only = mlg_alloc(model->activities.n, sizeof *only); /* row of the one actor */
    TRY_ALLOC(err, only);
    for (size_t a = 0; a < model->activities.n; a++) {
        only[a] = NOBODY;
    }
    for (int32_t row = 0; row < n; row++) {
        const int32_t activity = mlg_get_id(model, C_participations_activity, row);
        const mlg_id actor = mlg_get_id(model, C_participations_actor, row);
        if (activity < 0 || actor < 0 || only[activity] == SEVERAL) {
            continue;
        }
        if (only[activity] == NOBODY) {
            only[activity] = row;
        } else if (mlg_get_id(model, C_participations_actor, only[activity]) != actor) {
            only[activity] = SEVERAL;
        }
    }
    uint32_t n_single = 0;
    int32_t first = n;
    for (size_t a = 0; a < model->activities.n; a++) {
        n_single += only[a] >= 0 ? 1 : 0;
        first = only[a] >= 0 && only[a] < first ? only[a] : first;
    }
    mlg_fault_add_times(model, MLG_WARNING, T_fault_single_participant,
                        mlg_place_of(model, MLG_PARTICIPATIONS, first, C_participations_activity),
                        n_single);
out:
    mlg_free(only);
    return status;
}

static mlg_status check_shares(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *sum = mlg_zalloc(model->parties.n, sizeof *sum);
    TRY_ALLOC(err, sum);
    for (int32_t row = 0; row < model->rows[MLG_FUNDING].n; row++) {
        const mlg_id target = mlg_get_id(model, C_funding_target, row);
        const double share = mlg_get_number(model, C_funding_share, row);
        if (target < 0 || isnan(share) || !mlg_row_in_force(model, MLG_FUNDING, row, model->day)) {
            continue;
        }
        const bool was_fine = sum[target] <= 1.005; /* rounded percentages may sum to 100.4 */
        sum[target] += share;
        if (was_fine && sum[target] > 1.005) {
            const mlg_arg args[] = {
                mlg_text_of(&model->parties, target),
                {.kind = MLG_ARG_SHARE, .number = sum[target], .digits = 0},
            };
            mlg_fault_add_masked(model, MLG_WARNING, T_fault_shares_over_one,
                                 mlg_place_of(model, MLG_FUNDING, row, C_funding_share), args, 2,
                                 mlg_is_private(model, target) ? 1u : 0u);
        }
    }
out:
    mlg_free(sum);
    return status;
}

mlg_status mlg_check_rows(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    check_intervals(model);
    check_future(model);
    check_study_date(model);
    check_filled_down(model);
    check_fte(model);
    TRY(check_sittings(model, err));
    check_lengths(model);
    check_empty_names(model);
    TRY(check_unknown_sectors(model, err));
    TRY(check_many_sectors(model, err));
    TRY(check_single_participants(model, err));
    if (model->data[C_funding_share] != NULL) {
        TRY(check_shares(model, err));
    }
out:
    return status;
}
