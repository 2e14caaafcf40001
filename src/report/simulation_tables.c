/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "report/simulation_say.h"

/* The tables on the months ahead: a few months of each outcome, the three uncertainties, posts,
 * which assumption matters, and where each number comes from. */

enum { POSTS_SHOWN = 10, POSTS_OPEN = 5, RATES_OPEN = 3, RATES_SHOWN = 6 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

static const mlg_text_key outcomes[MLG_SAID_CURVES] = {T_title_turnover_simulation_pairs,
                                                       T_title_turnover_simulation_schemes,
                                                       T_title_turnover_simulation_population};
static const char *const names[MLG_SAID_CURVES] = {"pairs", "schemes", "population"};

/* As many decimals as a forecast deserves; what is small keeps some. */
static mlg_cell few(double number)
{
    const double size = fabs(number);
    const bool whole = number == floor(number);
    return mlg_cell_number(mlg_arg_number(number, whole || size >= 99.5 ? 0
                                                  : size >= 0.995       ? 1
                                                                        : 2),
                           T_none);
}

/* Differences that the random numbers alone could make are none to show. */
static mlg_cell difference(double mean, double error)
{
    return fabs(mean) <= fmax(2.0 * error, 0.005) ? mlg_cell_empty() : few(mean);
}

static mlg_cell view_cell(const mlg_document *document, const mlg_outlook *outlook)
{
    return outlook->view < 0
               ? mlg_cell_empty()
               : mlg_cell_code(mlg_context_view(document->results->context, outlook->view)->id);
}

static mlg_cell number(double value)
{
    return mlg_cell_number(mlg_arg_number(value, 6), T_none);
}

/* ---- months ------------------------------------------------------------------------------ */

static bool is_shown(size_t month, size_t end, bool page)
{
    static const size_t shown[] = {0, 12, 6, 24, 36, 60, 120, 240, 360, 480, 600};
    for (size_t i = 0; i < (page ? 2 : COLUMNS(shown)); i++) {
        if (month == shown[i]) {
            return true;
        }
    }
    return month == end;
}

void mlg_outlook_months(mlg_document *document, const mlg_outlook *outlook, bool whole)
{
    const mlg_heading heads[] = {
        mlg_head("outcome", T_head_simulation_outcome), mlg_head("month", T_head_simulation_month),
        mlg_head("mean", T_head_simulation_mean),       mlg_head("low_5", T_head_simulation_low),
        mlg_head("high_95", T_head_simulation_high),    mlg_head("worst", T_head_simulation_worst),
    };
    mlg_table *table = mlg_doc_table(document, NULL, mlg_sentence_of(T_table_simulation, NULL, 0),
                                     heads, COLUMNS(heads));
    size_t rows = 0;

    table->mixed = true;
    for (size_t i = 0; i < MLG_SAID_CURVES; i++) {
        const mlg_value *curve = outlook->curve[i];
        for (size_t m = 0; curve != NULL && (i == 0 || whole) && m < curve->n; m++) {
            if (is_shown(m, curve->n - 1, outlook->page)) {
                mlg_doc_cell(document, table, mlg_section_key(outcomes[i]));
                mlg_doc_cell(document, table,
                             mlg_section_count(mlg_section_number(curve, MLG_AT, m)));
                mlg_doc_cell(document, table, few(mlg_section_number(curve, MLG_VALUE, m)));
                mlg_doc_cell(document, table, few(mlg_section_part(curve, "low_5", m)));
                mlg_doc_cell(document, table, few(mlg_section_part(curve, "high_95", m)));
                mlg_doc_cell(document, table, few(mlg_section_part(curve, "worst", m)));
                rows++;
            }
        }
    }
    table->page_rows = rows;
    table->note = mlg_sentence_of(T_table_simulation_note, NULL, 0);
}

/* ---- the three uncertainties ---------------------------------------------------------------- */

static void uncertainty(mlg_document *document, mlg_table *table, mlg_text_key what,
                        mlg_text_key why, double low, double high)
{
    mlg_doc_cell(document, table, mlg_section_key(what));
    mlg_doc_cell(document, table, few(low));
    mlg_doc_cell(document, table, few(high));
    mlg_doc_cell(document, table, mlg_section_key(why));
}

void mlg_outlook_uncertainties(mlg_document *document, const mlg_outlook *outlook)
{
    const mlg_value *of = outlook->lost != NULL       ? outlook->lost
                          : outlook->curve[0] != NULL ? outlook->curve[0]
                                                      : outlook->curve[1];
    if (of == NULL) {
        return;
    }
    const mlg_heading heads[] = {
        mlg_head("uncertainty", T_head_simulation_uncertainty),
        mlg_head("low", T_head_simulation_low),
        mlg_head("high", T_head_simulation_high),
        mlg_head("why", T_head_simulation_why),
    };
    const size_t end = of->n - 1;
    const double mean = mlg_section_number(of, MLG_VALUE, end);
    const double error = mlg_section_part(of, "mc_error", end);
    const mlg_arg caption = mlg_arg_key(mlg_section_title(of->measure->id));
    mlg_table *table = mlg_doc_table(
        document, NULL, mlg_sentence_of(T_table_uncertainties, &caption, 1), heads, COLUMNS(heads));

    table->plain = table->mixed = true;
    uncertainty(document, table, T_uncertainty_chance, T_uncertainty_chance_why,
                mlg_section_part(of, "low_5", end), mlg_section_part(of, "high_95", end));
    if (mlg_section_part(of, "parameter_low", end) < mlg_section_part(of, "parameter_high", end)) {
        uncertainty(document, table, T_uncertainty_numbers, T_uncertainty_numbers_why,
                    mlg_section_part(of, "parameter_low", end),
                    mlg_section_part(of, "parameter_high", end));
    }
    uncertainty(document, table, T_uncertainty_draws, T_uncertainty_draws_why,
                fmax(0.0, mean - 1.96 * error), mean + 1.96 * error);
    table->page_rows = mlg_table_rows(table);
}

/* ---- posts ------------------------------------------------------------------------------------
 */

static double more_than_chance(const mlg_value *posts, size_t row, const char *part,
                               const char *error)
{
    const double of = part == NULL ? mlg_section_number(posts, MLG_VALUE, row)
                                   : mlg_section_part(posts, part, row);
    return of > 2.0 * mlg_section_part(posts, error, row) ? of : 0.0;
}

static bool matters(const mlg_value *posts, size_t row)
{
    return more_than_chance(posts, row, NULL, "pairs_error") > 0.0 ||
           more_than_chance(posts, row, "schemes", "schemes_error") > 0.0 ||
           more_than_chance(posts, row, "months_lost", "months_lost_error") > 0.0;
}

static void post_row(mlg_document *document, mlg_table *table, const mlg_value *posts, size_t row)
{
    static const char *const parts[] = {"schemes", "population", "months_lost"};
    static const char *const errors[] = {"schemes_error", "population_error", "months_lost_error"};

    mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_POST, posts->subject[row]));
    mlg_doc_cell(document, table, mlg_section_share(mlg_section_part(posts, "leaves", row)));
    mlg_doc_cell(document, table,
                 difference(mlg_section_part(posts, parts[2], row),
                            mlg_section_part(posts, errors[2], row)));
    mlg_doc_cell(document, table,
                 difference(mlg_section_number(posts, MLG_VALUE, row),
                            mlg_section_part(posts, "pairs_error", row)));
    for (size_t k = 0; k < 2; k++) {
        mlg_doc_cell(document, table,
                     difference(mlg_section_part(posts, parts[k], row),
                                mlg_section_part(posts, errors[k], row)));
    }
}

void mlg_outlook_posts(mlg_document *document, const mlg_outlook *outlook)
{
    const mlg_value *posts = outlook->posts;
    const mlg_heading heads[] = {
        mlg_head("post", T_head_leave_post),
        mlg_head("leaves", T_head_simulation_leaves),
        mlg_head("months_lost", T_head_simulation_lost),
        mlg_head("pairs", T_head_simulation_pairs),
        mlg_head("schemes", T_head_simulation_schemes),
        mlg_head("population", T_head_simulation_population),
    };
    const double *lost = posts != NULL ? mlg_value_part_find(posts, "months_lost") : NULL;
    const size_t *order =
        lost != NULL ? mlg_section_order(document, lost, posts->column[MLG_VALUE], posts->n) : NULL;
    size_t told = 0;

    if (order == NULL) {
        return;
    }
    mlg_table *table = mlg_doc_table(
        document, NULL, mlg_sentence_of(T_table_simulation_posts, NULL, 0), heads, COLUMNS(heads));
    for (size_t i = 0; i < posts->n; i++) {
        if (matters(posts, order[i])) {
            told++;
            post_row(document, table, posts, order[i]);
        }
    }
    const mlg_arg others = mlg_arg_count((double) (posts->total - told));
    table->mixed = true;
    table->page_rows = outlook->page ? POSTS_OPEN : POSTS_SHOWN;
    table->note = mlg_sentence_of(T_table_simulation_posts_note, &others, 1);
    if (told == 0) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_simulation_no_post, NULL, 0);
    }
}

/* ---- assumptions --------------------------------------------------------------------------------
 */

static mlg_cell rate_cell(mlg_rate rate, double value)
{
    const mlg_rate_unit unit = mlg_rate_rows()[rate].unit;
    return mlg_cell_number(unit == MLG_RATE_SHARE    ? mlg_arg_share(value, 0)
                           : unit == MLG_RATE_YEARLY ? mlg_arg_number(value, 2)
                                                     : mlg_section_plain(value),
                           T_none);
}

/* Rows by how far the outcome moves over each range. */
static const size_t *order_of(mlg_document *document, const mlg_value *by)
{
    const double *range = mlg_value_part_find(by, "range");
    double *size = mlg_arena_alloc(&document->arena, 2 * by->n * sizeof *size);

    if (size == NULL || range == NULL) {
        document->failed = document->failed || size == NULL;
        return NULL;
    }
    for (size_t i = 0; i < by->n; i++) {
        const double step = mlg_section_number(by, MLG_VALUE, i);
        size[i] = isnan(range[i]) ? 0.0 : fabs(range[i]);
        size[by->n + i] = isnan(step) ? 0.0 : fabs(step);
    }
    return mlg_section_order(document, size, size + by->n, by->n);
}

/* Does the outcome move by more than the random numbers could make it? */
static bool moves(const mlg_value *by, size_t row)
{
    return fabs(mlg_section_part(by, "range", row)) >
               2.0 * mlg_section_part(by, "range_error", row) ||
           fabs(mlg_section_number(by, MLG_VALUE, row)) >
               2.0 * mlg_section_part(by, "mc_error", row);
}

static void say_most(mlg_document *document, const mlg_value *by, mlg_law *law, size_t row,
                     mlg_text_key outcome)
{
    const mlg_rate rate = (mlg_rate) by->subject[row];
    const mlg_arg args[] = {
        mlg_arg_key(mlg_rate_rows()[rate].title),     rate_cell(rate, law->low[rate]).arg,
        rate_cell(rate, law->high[rate]).arg,         mlg_arg_key(outcome),
        few(mlg_section_part(by, "at_low", row)).arg, few(mlg_section_part(by, "at_high", row)).arg,
    };
    if (!isnan(mlg_section_part(by, "range", row)) && moves(by, row)) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_simulation_matters, args, 6);
    }
}

static void matters_table(mlg_document *document, const mlg_value *by, mlg_text_key outcome,
                          size_t most)
{
    const mlg_arg caption = mlg_arg_key(outcome);
    const mlg_heading heads[] = {
        mlg_head("parameter", T_head_simulation_parameter),
        mlg_head("at_low", T_head_simulation_at_low),
        mlg_head("at_high", T_head_simulation_at_high),
        mlg_head("relative", T_head_simulation_relative),
    };
    mlg_error err = {0};
    mlg_law law;
    const mlg_status status = mlg_law_of(document->results->model, &law, &err);
    const size_t *order = status == MLG_OK ? order_of(document, by) : NULL;

    if (status != MLG_OK) {
        mlg_doc_fail(document, status, &err);
    }
    if (order == NULL) {
        return;
    }
    say_most(document, by, &law, order[0], outcome);
    if (most == 0) {
        return;
    }
    mlg_table *table =
        mlg_doc_table(document, NULL, mlg_sentence_of(T_table_simulation_matters, &caption, 1),
                      heads, COLUMNS(heads));
    for (size_t i = 0; i < by->n; i++) {
        const size_t row = order[i];
        if (!moves(by, row)) {
            continue;
        }
        mlg_doc_cell(document, table, mlg_section_key(mlg_rate_rows()[by->subject[row]].title));
        mlg_doc_cell(document, table, few(mlg_section_part(by, "at_low", row)));
        mlg_doc_cell(document, table, few(mlg_section_part(by, "at_high", row)));
        mlg_doc_cell(
            document, table,
            mlg_cell_number(mlg_arg_number(mlg_section_part(by, "relative", row), 2), T_none));
    }
    table->mixed = true;
    table->page_rows = most;
    table->note = mlg_sentence_of(T_table_simulation_matters_note, NULL, 0);
}

void mlg_outlook_matters(mlg_document *document, const mlg_outlook *outlook)
{
    if (outlook->lost_by != NULL) {
        matters_table(document, outlook->lost_by, T_title_turnover_simulation_months_lost,
                      outlook->page ? RATES_SHOWN : MLG_N_RATES);
    }
    if (outlook->pairs_by != NULL) {
        matters_table(document, outlook->pairs_by, T_title_turnover_simulation_pairs,
                      !outlook->page             ? MLG_N_RATES
                      : outlook->lost_by != NULL ? 0
                                                 : RATES_SHOWN);
    }
}

static bool plays_a_part(const mlg_outlook *outlook, mlg_rate rate)
{
    const mlg_value *by = outlook->lost_by != NULL ? outlook->lost_by : outlook->pairs_by;
    bool found = by == NULL;
    for (size_t i = 0; by != NULL && i < by->n; i++) {
        found = found || by->subject[i] == (mlg_id) rate;
    }
    return found;
}

static void assumption(mlg_document *document, mlg_table *table, const mlg_law *law, mlg_rate rate,
                       bool part)
{
    static const char *const origins[] = {
        [MLG_ASSUMED] = "assumed", [MLG_STATED] = "stated", [MLG_ESTIMATED] = "estimated"};
    const mlg_rate_row *row = &mlg_rate_rows()[rate];
    const char *place = mlg_rate_place(document, law, rate);
    const bool known = law->low[rate] < law->high[rate];

    mlg_doc_cell(document, table, mlg_section_key(row->title));
    mlg_doc_cell(document, table, mlg_cell_code(row->key));
    mlg_doc_cell(document, table, rate_cell(rate, law->value[rate]));
    mlg_doc_cell(document, table, known ? rate_cell(rate, law->low[rate]) : mlg_cell_empty());
    mlg_doc_cell(document, table, known ? rate_cell(rate, law->high[rate]) : mlg_cell_empty());
    mlg_doc_cell(document, table, mlg_cell_code(origins[law->origin[rate]]));
    mlg_doc_cell(document, table,
                 place != NULL                        ? mlg_cell_code(place)
                 : law->origin[rate] == MLG_ESTIMATED ? mlg_section_key(T_simulation_estimated)
                                                      : mlg_section_key(row->basis));
    mlg_doc_cell(document, table, mlg_section_key(part ? T_yes : T_no));
}

void mlg_outlook_assumptions(mlg_document *document, const mlg_outlook *outlook)
{
    const mlg_heading heads[] = {
        mlg_head("parameter", T_head_simulation_parameter),
        mlg_head_file("key"),
        mlg_head("value", T_head_value),
        mlg_head("low", T_head_simulation_at_least),
        mlg_head("high", T_head_simulation_at_most),
        mlg_head_file("origin"),
        mlg_head("source", T_head_source),
        mlg_head_file("plays_a_part"),
    };
    mlg_error err = {0};
    mlg_law law;
    const mlg_status status = mlg_law_of(document->results->model, &law, &err);
    size_t shown = 0;

    if (status != MLG_OK) {
        mlg_doc_fail(document, status, &err);
        return;
    }
    mlg_table *table = mlg_doc_table(document, "simulation_assumptions",
                                     mlg_sentence_of(T_table_simulation_assumptions, NULL, 0),
                                     heads, COLUMNS(heads));
    for (int part = 1; part >= 0; part--) {
        for (int rate = 0; rate < MLG_N_RATES; rate++) {
            if (plays_a_part(outlook, (mlg_rate) rate) == (part == 1)) {
                assumption(document, table, &law, (mlg_rate) rate, part == 1);
                shown += part == 1;
            }
        }
    }
    table->mixed = true;
    table->page_rows = shown; /* what changes nothing here is in the file */
    table->open_rows = RATES_OPEN;
    table->note = mlg_sentence_of(T_table_simulation_assumptions_note, NULL, 0);
}

/* ---- files
 * ---------------------------------------------------------------------------------------- */

static void months_file(mlg_document *document)
{
    static const char *const parts[] = {"low_5",    "high_95",       "worst",
                                        "mc_error", "parameter_low", "parameter_high"};
    const mlg_heading heads[] = {
        mlg_head_file("view"),           mlg_head_file("outcome"),  mlg_head_file("month"),
        mlg_head_file("mean"),           mlg_head_file("low_5"),    mlg_head_file("high_95"),
        mlg_head_file("worst"),          mlg_head_file("mc_error"), mlg_head_file("parameter_low"),
        mlg_head_file("parameter_high"),
    };
    mlg_outlook outlook;
    mlg_table *table = mlg_doc_table(document, "simulation", mlg_sentence_of(T_none, NULL, 0),
                                     heads, COLUMNS(heads));
    for (int32_t view = mlg_outlook_next(document->results, 0, &outlook); view >= 0;
         view = mlg_outlook_next(document->results, view + 1, &outlook)) {
        for (size_t i = 0; i < MLG_SAID_CURVES; i++) {
            const mlg_value *curve = outlook.curve[i];
            for (size_t m = 0; curve != NULL && m < curve->n; m++) {
                mlg_doc_cell(document, table, view_cell(document, &outlook));
                mlg_doc_cell(document, table, mlg_cell_code(names[i]));
                mlg_doc_cell(document, table,
                             mlg_section_count(mlg_section_number(curve, MLG_AT, m)));
                mlg_doc_cell(document, table, number(mlg_section_number(curve, MLG_VALUE, m)));
                for (size_t k = 0; k < COLUMNS(parts); k++) {
                    mlg_doc_cell(document, table, number(mlg_section_part(curve, parts[k], m)));
                }
            }
        }
    }
    table->page_rows = 0;
}

static void posts_file(mlg_document *document)
{
    static const char *const parts[] = {"pairs_error",      "schemes",          "schemes_error",
                                        "population",       "population_error", "months_lost",
                                        "months_lost_error"};
    const mlg_heading heads[] = {
        mlg_head_file("view"),
        mlg_head_file("post"),
        mlg_head_file("leaves"),
        mlg_head_file("pairs"),
        mlg_head_file("pairs_error"),
        mlg_head_file("schemes"),
        mlg_head_file("schemes_error"),
        mlg_head_file("population"),
        mlg_head_file("population_error"),
        mlg_head_file("months_lost"),
        mlg_head_file("months_lost_error"),
    };
    mlg_outlook outlook;
    mlg_table *table = mlg_doc_table(document, "simulation_posts", mlg_sentence_of(T_none, NULL, 0),
                                     heads, COLUMNS(heads));
    for (int32_t view = mlg_outlook_next(document->results, 0, &outlook); view >= 0;
         view = mlg_outlook_next(document->results, view + 1, &outlook)) {
        const mlg_value *posts = outlook.posts;
        for (size_t row = 0; posts != NULL && row < posts->n; row++) {
            mlg_doc_cell(document, table, view_cell(document, &outlook));
            mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_POST, posts->subject[row]));
            mlg_doc_cell(document, table, number(mlg_section_part(posts, "leaves", row)));
            mlg_doc_cell(document, table, number(mlg_section_number(posts, MLG_VALUE, row)));
            for (size_t k = 0; k < COLUMNS(parts); k++) {
                mlg_doc_cell(document, table, number(mlg_section_part(posts, parts[k], row)));
            }
        }
    }
    table->page_rows = 0;
}

void mlg_outlook_files(mlg_document *document)
{
    months_file(document);
    posts_file(document);
}
