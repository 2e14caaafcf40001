/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/simulation_say.h"

#include <math.h>

/* The sentences on the months ahead. A coordinator reads how many months of coordination would be
 * lost, what would still hold, how long it takes to come back: always with what chance alone can
 * make of it, and always "if the assumptions hold". */

static const char *const curves[MLG_SAID_CURVES] = {
    "turnover.simulation.pairs", "turnover.simulation.schemes", "turnover.simulation.population"};

/* ---- values ---------------------------------------------------------------------------- */

static const mlg_value *value_of(const mlg_results *results, const char *id, int32_t view,
                                 mlg_shape shape, const char *convention)
{
    const mlg_value *value = mlg_section_value(results, id, view, shape, convention);
    return value != NULL && value->n > 0 ? value : NULL;
}

static mlg_outlook outlook_of(const mlg_results *results, int32_t view)
{
    static const char *const elasticity = "turnover.simulation.elasticity";
    mlg_outlook out = {.view = view};

    for (size_t i = 0; i < MLG_SAID_CURVES; i++) {
        out.curve[i] = value_of(results, curves[i], view, MLG_CURVE, NULL);
    }
    out.lost = value_of(results, "turnover.simulation.months_lost", view, MLG_SCALAR, NULL);
    out.lost = out.lost != NULL && out.lost->undefined == T_none ? out.lost : NULL;
    out.recovery = value_of(results, "turnover.simulation.recovery", view, MLG_SCALAR, NULL);
    out.posts = value_of(results, "turnover.simulation.posts", view, MLG_VECTOR, NULL);
    out.pairs_by = value_of(results, elasticity, view, MLG_VECTOR, "pairs");
    out.lost_by = value_of(results, elasticity, view, MLG_VECTOR, "months_lost");
    return out;
}

static bool tells(const mlg_outlook *outlook)
{
    bool some = outlook->lost != NULL;
    for (size_t i = 0; i < MLG_SAID_CURVES; i++) {
        some = some || outlook->curve[i] != NULL;
    }
    return some;
}

int32_t mlg_outlook_next(const mlg_results *results, int32_t view, mlg_outlook *out)
{
    if (mlg_section_views(results) == 0 && view == 0) {
        *out = outlook_of(results, -1);
        return tells(out) ? 0 : -1;
    }
    for (int32_t v = view; v < mlg_section_views(results); v++) {
        *out = outlook_of(results, v);
        if (mlg_section_shows(results, v) && tells(out)) {
            return v;
        }
    }
    return -1;
}

/* ---- numbers ---------------------------------------------------------------------------- */

/* No more decimals than a forecast deserves. */
static mlg_arg few(double number)
{
    return mlg_arg_number(number, fabs(number) < 9.95 && number != floor(number) ? 1 : 0);
}

/* "In 3 years", or "In 30 months": the first words of a sentence. */
static mlg_arg horizon(mlg_document *document)
{
    const double months = document->results->run->months;
    const bool years = fmod(months, 12.0) == 0.0;
    const mlg_arg number = mlg_arg_count(years ? months / 12.0 : months);
    mlg_buffer words = {0};

    mlg_text_render(&words, document->results->labels.language,
                    years ? T_simulation_in_years : T_simulation_in_months, &number, 1);
    const mlg_arg arg = mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&words)));
    document->failed = document->failed || words.failed;
    mlg_buffer_free(&words);
    return arg;
}

/* ---- sentences ---------------------------------------------------------------------------- */

static void say_lost(mlg_document *document, const mlg_value *lost)
{
    const mlg_arg args[] = {
        horizon(document),
        few(mlg_section_number(lost, MLG_VALUE, 0)),
        mlg_arg_count(mlg_section_part(lost, "out_of", 0)),
        few(mlg_section_part(lost, "low_5", 0)),
        few(mlg_section_part(lost, "high_95", 0)),
        few(mlg_section_part(lost, "worst", 0)),
        mlg_arg_count(lost->draws),
        few(mlg_section_part(lost, "departures", 0)),
    };
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_simulation_lost, args, 8);
}

/* What stays of a curve at the end of the months. */
static void say_curve(mlg_document *document, const mlg_value *curve, mlg_text_key sentence)
{
    const size_t end = curve->n - 1;
    const double today = mlg_section_number(curve, MLG_VALUE, 0);
    const double mean = mlg_section_number(curve, MLG_VALUE, end);
    const mlg_arg args[] = {
        horizon(document),
        mlg_arg_count(today),
        few(mean),
        few(mlg_section_part(curve, "low_5", end)),
        few(mlg_section_part(curve, "high_95", end)),
        few(mlg_section_part(curve, "worst", end)),
        today > 0.0 ? mlg_arg_share(mean / today, 0) : mlg_arg_key(T_undefined),
    };
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, sentence, args, 7);
}

static void say_recovery(mlg_document *document, const mlg_value *recovery)
{
    const bool never_fell = recovery->n_parts == 0;
    const double median = mlg_section_number(recovery, MLG_VALUE, 0);
    const mlg_arg args[] = {
        mlg_arg_share(mlg_section_part(recovery, "fell", 0), 0),
        few(median),
        mlg_arg_share(mlg_section_part(recovery, "not_recovered", 0), 0),
        mlg_arg_count(document->results->run->months),
    };
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                  never_fell      ? T_simulation_never_fell
                  : isnan(median) ? T_simulation_not_recovered
                                  : T_simulation_recovery,
                  args, 4);
}

void mlg_outlook_say(mlg_document *document, const mlg_outlook *outlook, bool whole)
{
    if (outlook->view < 0) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_simulation_no_view, NULL, 0);
    }
    if (whole && outlook->lost != NULL) {
        say_lost(document, outlook->lost);
    }
    if (whole && outlook->curve[1] != NULL) {
        say_curve(document, outlook->curve[1], T_simulation_schemes);
    }
    if (whole && outlook->curve[2] != NULL) {
        say_curve(document, outlook->curve[2], T_simulation_population);
    }
    const double today = mlg_section_number(outlook->curve[0], MLG_VALUE, 0);
    if (outlook->curve[0] != NULL && !(today > 0.0)) { /* nothing to lose is no strength */
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_simulation_no_pairs, NULL, 0);
        return;
    }
    if (outlook->curve[0] != NULL) {
        say_curve(document, outlook->curve[0], T_simulation_pairs);
    }
    if (outlook->recovery != NULL && outlook->recovery->undefined != T_why_no_sectors &&
        outlook->curve[0] != NULL) {
        say_recovery(document, outlook->recovery);
    }
}

const char *mlg_rate_place(mlg_document *document, const mlg_law *law, mlg_rate rate)
{
    const mlg_model *model = document->results->model;
    const int32_t row = law->row[rate];
    mlg_buffer place = {0};

    if (row < 0) {
        return NULL;
    }
    mlg_buffer_format(&place, "%s:%d",
                      mlg_names_text(&model->files, model->rows[MLG_STUDY].file[row]),
                      (int) model->rows[MLG_STUDY].line[row]);
    const char *text = mlg_doc_text(document, mlg_buffer_string(&place));
    document->failed = document->failed || place.failed;
    mlg_buffer_free(&place);
    return text;
}
