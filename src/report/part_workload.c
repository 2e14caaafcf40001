/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "report/section.h"

/* What schemes ask of people: agreements, missions, axes, audiences, attendance. Words first, then
 * a folded table each. */

enum { ROWS_SHOWN = 8, ROWS_OPEN = 3, NAMED = 8, MOST_SECTORS = 10 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

static const mlg_value *value_of(const mlg_document *document, const char *id, mlg_shape shape,
                                 const char *convention)
{
    return mlg_section_value(document->results, id, -1, shape, convention);
}

static void say(mlg_document *document, mlg_text_key key, const mlg_arg *args, size_t n)
{
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, key, args, n);
}

static void conventions(mlg_document *document)
{
    static const char id[] = "scheme.conventions";
    const mlg_value *closely = value_of(document, id, MLG_SCALAR, "close_without");
    const mlg_value *idle = value_of(document, id, MLG_SCALAR, "idle_agreements");
    const mlg_value *both = value_of(document, id, MLG_SCALAR, "correlation");
    const mlg_arg args[] = {mlg_arg_count(mlg_section_part(idle, "pairs", 0)),
                            mlg_arg_count(mlg_section_part(closely, "without", 0)),
                            mlg_arg_count(mlg_section_part(closely, "pairs", 0)),
                            mlg_arg_count(mlg_section_part(idle, "without", 0))};
    const mlg_arg test[] = {mlg_arg_number(mlg_section_number(both, MLG_VALUE, 0), 2),
                            mlg_arg_p(mlg_section_number(both, MLG_P, 0))};

    if (idle != NULL && idle->undefined == T_none) {
        say(document, args[2].number > 0.0 ? T_workload_conventions : T_workload_conventions_alone,
            args, COLUMNS(args));
    }
    if (both != NULL && both->undefined == T_none && both->caution == T_none) {
        say(document, test[1].number <= 0.05 ? T_workload_correlation : T_workload_no_correlation,
            test, COLUMNS(test));
    }
}

/* How trust is shared out, and whether it is returned. */
static void trust_shape(mlg_document *document)
{
    static const char id[] = "scheme.trust";
    const mlg_value *shape = value_of(document, id, MLG_SCALAR, "centralization");
    const mlg_value *both = value_of(document, id, MLG_SCALAR, "reciprocity");
    const mlg_arg args[] = {mlg_arg_number(mlg_section_number(shape, MLG_VALUE, 0), 2),
                            mlg_arg_count(mlg_section_part(shape, "organisations", 0)),
                            mlg_arg_count(mlg_section_part(shape, "raters", 0))};
    const mlg_arg returned[] = {mlg_arg_share(mlg_section_number(both, MLG_VALUE, 0), 0),
                                mlg_arg_count(mlg_section_part(both, "both", 0))};

    if (shape != NULL && shape->undefined == T_none) {
        say(document, T_workload_trust_shape, args, COLUMNS(args));
    }
    if (both != NULL && both->undefined == T_none) {
        say(document, T_workload_trust_returned, returned, COLUMNS(returned));
    }
}

static void trust_table(mlg_document *document)
{
    const mlg_heading heads[] = {
        mlg_head("sector", T_head_sector),       mlg_head("other", T_head_other_sector),
        mlg_head("trust", T_head_trust),         mlg_head("pairs", T_head_trust_pairs),
        mlg_head("together", T_head_work_pairs),
    };
    const mlg_value *each = value_of(document, "scheme.trust", MLG_PAIRS, "sectors");

    if (each == NULL || each->undefined != T_none) {
        return;
    }
    mlg_table *table = mlg_doc_table(document, "trust", mlg_sentence_of(T_table_trust, NULL, 0),
                                     heads, COLUMNS(heads));
    table->page_rows = ROWS_SHOWN;
    table->open_rows = ROWS_OPEN;
    table->note = mlg_sentence_of(T_table_trust_note, NULL, 0);
    for (size_t row = 0; row < each->n; row++) {
        const double pairs = mlg_section_part(each, "pairs", row);
        const double together = mlg_section_part(each, "together", row);
        if (pairs == 0.0 && together == 0.0) {
            continue;
        }
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_SECTOR, each->subject[2 * row]));
        mlg_doc_cell(document, table,
                     mlg_section_label(MLG_SCOPE_SECTOR, each->subject[2 * row + 1]));
        mlg_doc_cell(document, table,
                     pairs > 0.0
                         ? mlg_cell_number(
                               mlg_arg_number(mlg_section_number(each, MLG_VALUE, row), 1), T_none)
                         : mlg_cell_empty());
        mlg_doc_cell(document, table, mlg_section_count(pairs));
        mlg_doc_cell(document, table, mlg_section_count(together));
    }
}

static void trust(mlg_document *document)
{
    const mlg_value *mean = value_of(document, "scheme.trust", MLG_SCALAR, "mean");
    const mlg_arg args[] = {mlg_arg_number(mlg_section_number(mean, MLG_VALUE, 0), 1),
                            mlg_arg_number(mlg_section_part(mean, "lowest", 0), 1),
                            mlg_arg_number(mlg_section_part(mean, "highest", 0), 1),
                            mlg_arg_count(mlg_section_part(mean, "rated", 0)),
                            mlg_arg_count(mlg_section_part(mean, "pairs", 0))};
    if (mean != NULL && mean->undefined == T_none) {
        say(document, T_workload_trust, args, COLUMNS(args));
    }
    if (mean != NULL && mean->shape == MLG_SCALAR) {
        const bool assumed = mlg_section_part(mean, "scale_assumed", 0) > 0.0;
        const mlg_arg scale[] = {mlg_section_plain(mlg_section_part(mean, "scale_least", 0)),
                                 mlg_section_plain(mlg_section_part(mean, "scale_greatest", 0))};
        say(document, assumed ? T_workload_trust_scale_assumed : T_workload_trust_scale, scale,
            COLUMNS(scale));
        trust_shape(document);
        trust_table(document);
    }
}

/* A table of a list: its subjects, its number, some of its parts. */
static void add_cells(mlg_document *document, mlg_table *table, const mlg_value *value, size_t row,
                      const char *const *parts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        mlg_doc_cell(
            document, table,
            mlg_cell_number(mlg_section_plain(mlg_section_part(value, parts[i], row)), T_none));
    }
}

static void missions(mlg_document *document)
{
    static const char id[] = "scheme.missions";
    static const char *const parts[] = {"fte", "posts", "rows_without_fte"};
    const mlg_heading heads[] = {
        mlg_head("mission", T_head_mission), mlg_head("share", T_head_time_share),
        mlg_head("fte", T_head_fte),         mlg_head("posts", T_head_posts),
        mlg_head_file("rows_without_fte"),
    };
    const mlg_value *each = value_of(document, id, MLG_VECTOR, "by_mission");
    const mlg_value *all = value_of(document, id, MLG_SCALAR, "all_posts");

    if (each == NULL || each->n == 0) {
        return;
    }
    if (all != NULL && all->undefined == T_none) {
        const mlg_arg args[] = {mlg_arg_number(mlg_section_part(all, "fte", 0), 1),
                                mlg_arg_count(mlg_section_part(all, "missions", 0)),
                                mlg_arg_count((double) each->n),
                                mlg_arg_number(mlg_section_number(all, MLG_VALUE, 0), 2)};
        say(document, T_workload_missions, args, COLUMNS(args));
    }
    mlg_table *table = mlg_doc_table(
        document, "missions", mlg_sentence_of(T_table_missions, NULL, 0), heads, COLUMNS(heads));
    table->page_rows = ROWS_SHOWN;
    table->open_rows = ROWS_OPEN;
    table->note = mlg_sentence_of(T_table_missions_note, NULL, 0);
    for (size_t row = 0; row < each->n; row++) {
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_MISSION, each->subject[row]));
        mlg_doc_cell(document, table, mlg_section_share(mlg_section_number(each, MLG_VALUE, row)));
        add_cells(document, table, each, row, parts, COLUMNS(parts));
    }
}

static void axes(mlg_document *document)
{
    static const char *const parts[] = {"actions", "partners", "funders", "sectors",
                                        "without_carrier"};
    const mlg_heading heads[] = {
        mlg_head("axis", T_head_axis),
        mlg_head("carriers", T_head_axis_carriers),
        mlg_head("actions", T_head_actions),
        mlg_head("partners", T_head_axis_partners),
        mlg_head("funders", T_head_axis_funders),
        mlg_head("sectors", T_head_sectors),
        mlg_head_file("without_carrier"),
    };
    const mlg_value *each = value_of(document, "scheme.axes", MLG_VECTOR, "by_axis");

    if (each == NULL || each->n == 0) {
        return;
    }
    mlg_table *table = mlg_doc_table(document, "axes", mlg_sentence_of(T_table_axes, NULL, 0),
                                     heads, COLUMNS(heads));
    table->page_rows = ROWS_SHOWN;
    table->note = mlg_sentence_of(T_table_axes_note, NULL, 0);
    for (size_t row = 0; row < each->n; row++) {
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_AXIS, each->subject[row]));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_number(each, MLG_VALUE, row)));
        add_cells(document, table, each, row, parts, COLUMNS(parts));
    }
    mlg_table_drop_zeros(table);
}

/* The lists of scheme.axes that are a sector's, those with most seats first; how many. */
static size_t sectors_of_axes(const mlg_document *document, int32_t *sector,
                              const mlg_value **column)
{
    const mlg_model *model = document->results->model;
    double sums[MOST_SECTORS + 1];
    size_t n = 0;

    for (int32_t code = 0; code < mlg_code_count(model, MLG_V_sector); code++) {
        const mlg_value *of =
            value_of(document, "scheme.axes", MLG_VECTOR, mlg_code_text(model, MLG_V_sector, code));
        double sum = 0.0;
        for (size_t row = 0; of != NULL && row < of->n; row++) {
            const double seats = mlg_section_number(of, MLG_VALUE, row);
            sum += seats > 0.0 ? seats : 0.0;
        }
        size_t at = n < MOST_SECTORS ? n : MOST_SECTORS;
        for (; of != NULL && at > 0 && sums[at - 1] < sum; at--) {
            if (at < MOST_SECTORS) {
                sums[at] = sums[at - 1];
                sector[at] = sector[at - 1];
                column[at] = column[at - 1];
            }
        }
        if (of != NULL && at < MOST_SECTORS) {
            sums[at] = sum;
            sector[at] = code;
            column[at] = of;
            n += n < MOST_SECTORS;
        }
    }
    return n;
}

static void axis_sectors(mlg_document *document)
{
    int32_t sector[MOST_SECTORS];
    const mlg_value *column[MOST_SECTORS];
    const mlg_value *totals = value_of(document, "scheme.axes", MLG_VECTOR, "all_sectors");
    mlg_heading heads[MOST_SECTORS + 3] = {mlg_head("axis", T_head_axis)};
    const size_t n = sectors_of_axes(document, sector, column);

    if (totals == NULL || n == 0) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        heads[i + 1] =
            (mlg_heading){mlg_code_text(document->results->model, MLG_V_sector, sector[i]),
                          mlg_arg_label(MLG_SCOPE_SECTOR, sector[i]), MLG_EVERYWHERE};
    }
    heads[n + 1] = mlg_head("total", T_head_axis_total);
    heads[n + 2] = mlg_head("unknown_sector", T_head_sector_unknown);
    mlg_table *table = mlg_doc_table(document, "axis_sectors",
                                     mlg_sentence_of(T_table_axis_sectors, NULL, 0), heads, n + 3);
    table->page_rows = ROWS_SHOWN;
    table->note = mlg_sentence_of(T_table_axis_sectors_note, NULL, 0);
    for (size_t row = 0; row < totals->n; row++) {
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_AXIS, totals->subject[row]));
        for (size_t i = 0; i < n; i++) {
            mlg_doc_cell(document, table,
                         mlg_section_count(mlg_section_number(column[i], MLG_VALUE, row)));
        }
        mlg_doc_cell(document, table,
                     mlg_section_count(mlg_section_number(totals, MLG_VALUE, row)));
        mlg_doc_cell(document, table,
                     mlg_section_count(mlg_section_part(totals, "unknown_sector", row)));
    }
}

static void outside(mlg_document *document)
{
    const mlg_value *all = value_of(document, "scheme.outside", MLG_SCALAR, "all_activities");
    const mlg_arg args[] = {mlg_arg_count(mlg_section_part(all, "outside", 0)),
                            mlg_arg_count(mlg_section_part(all, "known", 0)),
                            mlg_arg_share(mlg_section_number(all, MLG_VALUE, 0), 0),
                            mlg_arg_count(mlg_section_part(all, "several_labels", 0))};
    if (all != NULL && all->undefined == T_none) {
        say(document, T_workload_outside, args, COLUMNS(args));
    }
}

/* Those called vulnerable that no action names. */
static void say_never(mlg_document *document, const mlg_value *each)
{
    mlg_id missed[NAMED];
    mlg_arg args[MLG_NAMES_ARGS];
    size_t n = 0;
    for (size_t row = 0; row < each->n && n < NAMED; row++) {
        if (mlg_section_part(each, "vulnerable", row) > 0.0 &&
            mlg_section_part(each, "actions", row) == 0.0) {
            missed[n++] = each->subject[row];
        }
    }
    mlg_args_names(args, each->scope, missed, n);
    if (n > 0) {
        say(document, T_workload_audiences_never, args, COLUMNS(args));
    }
}

static void audiences(mlg_document *document)
{
    static const char id[] = "scheme.audiences";
    const mlg_heading heads[] = {
        mlg_head("audience", T_head_audience),
        mlg_head("actions", T_head_actions),
        mlg_head("share", T_head_actions_share),
        mlg_head("vulnerable", T_head_vulnerable),
    };
    const mlg_value *each = value_of(document, id, MLG_VECTOR, "by_audience");
    const mlg_value *all = value_of(document, id, MLG_SCALAR, "vulnerable");
    const mlg_arg args[] = {mlg_arg_count(mlg_section_part(all, "vulnerable", 0)),
                            mlg_arg_count(mlg_section_part(all, "known", 0)),
                            mlg_arg_share(mlg_section_number(all, MLG_VALUE, 0), 0),
                            mlg_arg_count(mlg_section_part(all, "everyone_only", 0))};

    if (each == NULL || all == NULL || all->undefined != T_none) {
        return;
    }
    say(document, T_workload_audiences, args, COLUMNS(args));
    say_never(document, each);
    mlg_table *table = mlg_doc_table(
        document, "audiences", mlg_sentence_of(T_table_audiences, NULL, 0), heads, COLUMNS(heads));
    table->page_rows = each->n;
    table->open_rows = ROWS_OPEN;
    table->note = mlg_sentence_of(T_table_audiences_note, NULL, 0);
    for (size_t row = 0; row < each->n; row++) {
        const bool marked = mlg_section_part(each, "vulnerable", row) > 0.0;
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_AUDIENCE, each->subject[row]));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(each, "actions", row)));
        mlg_doc_cell(document, table, mlg_section_share(mlg_section_number(each, MLG_VALUE, row)));
        mlg_doc_cell(document, table, mlg_section_key(marked ? T_yes : T_none));
    }
}

static void load_table(mlg_document *document, const mlg_value *each)
{
    static const char *const parts[] = {"schemes", "activities", "hours", "with_hours"};
    const mlg_heading heads[] = {
        mlg_head("organisation", T_head_actor),
        mlg_head("attendances", T_head_attendances),
        mlg_head("schemes", T_head_schemes_attended),
        mlg_head_file("activities"),
        mlg_head_file("hours"),
        mlg_head_file("with_hours"),
    };
    const size_t *order = mlg_section_order(document, each->column[MLG_VALUE], NULL, each->n);
    mlg_table *table = mlg_doc_table(
        document, "solicited", mlg_sentence_of(T_table_solicited, NULL, 0), heads, COLUMNS(heads));
    table->page_rows = ROWS_SHOWN;
    table->open_rows = ROWS_OPEN;
    table->note = mlg_sentence_of(T_table_solicited_note, NULL, 0);
    for (size_t i = 0; order != NULL && i < each->n; i++) {
        const size_t row = order[i];
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_ACTOR, each->subject[row]));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_number(each, MLG_VALUE, row)));
        add_cells(document, table, each, row, parts, COLUMNS(parts));
    }
}

static void load(mlg_document *document)
{
    static const char id[] = "scheme.load";
    const mlg_value *each = value_of(document, id, MLG_VECTOR, "organisations");
    const mlg_value *seats = value_of(document, id, MLG_SCALAR, "attendances");
    const mlg_value *hours = value_of(document, id, MLG_SCALAR, "hours");
    const mlg_arg args[] = {mlg_arg_count(mlg_section_part(seats, "top_tenth", 0)),
                            mlg_arg_share(mlg_section_part(seats, "top_share", 0), 0),
                            mlg_arg_number(mlg_section_number(seats, MLG_VALUE, 0), 2)};
    const mlg_arg told[] = {mlg_arg_count(round(mlg_section_part(hours, "sum", 0))),
                            mlg_arg_count(mlg_section_part(hours, "with_hours", 0)),
                            mlg_arg_count(mlg_section_part(hours, "attendances", 0))};

    if (each == NULL || each->n == 0) {
        return;
    }
    if (seats != NULL && seats->undefined == T_none && seats->caution == T_none) {
        say(document, T_workload_load, args, COLUMNS(args));
    }
    if (mlg_section_part(hours, "with_hours", 0) > 0.0) {
        say(document, T_workload_hours, told, COLUMNS(told));
    }
    load_table(document, each);
}

/* How many of them have a contact on record. */
static size_t reached(const mlg_value *each)
{
    size_t n = 0;
    for (size_t row = 0; row < each->n; row++) {
        n += mlg_section_part(each, "contacts", row) > 0.0;
    }
    return n;
}

static void attachment_table(mlg_document *document, const mlg_value *each, size_t known)
{
    static const char *const parts[] = {"contacts", "inside", "attachments", "constraint",
                                        "carriers"};
    const mlg_heading heads[] = {
        mlg_head("post", T_head_post),
        mlg_head("sectors", T_head_reach),
        mlg_head("contacts", T_head_contacts),
        mlg_head("inside", T_head_inside_own),
        mlg_head("attachments", T_head_attachments),
        mlg_head_file("constraint"),
        mlg_head_file("carriers"),
    };
    const size_t *order = mlg_section_order(document, each->column[MLG_VALUE], NULL, each->n);
    mlg_table *table =
        mlg_doc_table(document, "attachment", mlg_sentence_of(T_table_attachment, NULL, 0), heads,
                      COLUMNS(heads));
    table->page_rows = known < ROWS_SHOWN ? known : ROWS_SHOWN;
    table->open_rows = ROWS_OPEN;
    table->note = mlg_sentence_of(T_table_attachment_note, NULL, 0);
    for (size_t i = 0; order != NULL && i < each->n; i++) {
        const size_t row = order[i];
        mlg_doc_cell(document, table, mlg_section_label(each->scope, each->subject[row]));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_number(each, MLG_VALUE, row)));
        add_cells(document, table, each, row, parts, COLUMNS(parts));
    }
}

/* Whom those who coordinate reach, and whether a second attachment goes with more sectors. */
static void attachment(mlg_document *document)
{
    static const char id[] = "scheme.attachment";
    const mlg_value *each = value_of(document, id, MLG_VECTOR, "by_post");
    const mlg_value *two = value_of(document, id, MLG_SCALAR, "double_attachment");
    const size_t known = each != NULL ? reached(each) : 0;
    const mlg_arg args[] = {mlg_arg_number(mlg_section_number(two, MLG_VALUE, 0), 1),
                            mlg_arg_count(mlg_section_part(two, "double", 0)),
                            mlg_arg_p(mlg_section_number(two, MLG_P, 0)),
                            mlg_arg_count(mlg_section_part(two, "posts", 0))};

    if (known == 0) {
        return;
    }
    if (two != NULL && two->undefined == T_none && two->caution == T_none) {
        say(document,
            args[2].number <= 0.05 ? T_workload_attachment_more : T_workload_attachment_none, args,
            COLUMNS(args));
    }
    attachment_table(document, each, known);
}

void mlg_part_workload(mlg_document *document)
{
    attachment(document);
    conventions(document);
    trust(document);
    missions(document);
    axes(document);
    axis_sectors(document);
    outside(document);
    audiences(document);
    load(document);
}
