/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "report/curves.h"
#include "report/simulation_say.h"

/* The months ahead, on the page: sentences, the curves, and folded what they rest on. */

/* What holds of today's, month by month: shares, so that all stand in one figure. */
static double *share_of(mlg_document *document, const mlg_value *curve, const char *part)
{
    const double today = mlg_section_number(curve, MLG_VALUE, 0);
    double *share = mlg_arena_alloc(&document->arena, curve->n * sizeof *share);
    document->failed = document->failed || share == NULL;
    for (size_t m = 0; share != NULL && m < curve->n; m++) {
        share[m] = (part == NULL ? mlg_section_number(curve, MLG_VALUE, m)
                                 : mlg_section_part(curve, part, m)) /
                   today;
    }
    return share;
}

static void figure(mlg_document *document, const mlg_outlook *outlook)
{
    static const mlg_text_key titles[] = {T_curve_pairs, T_curve_schemes};
    const mlg_curve_axes axes = {
        .across = mlg_sentence_of(T_axis_months, NULL, 0),
        .up = mlg_sentence_of(T_axis_share_of_today, NULL, 0),
        .top = NAN,
        .share = true,
        .step = document->results->run->months % 12 == 0 ? 12.0 : 0.0,
    };
    mlg_curve curves[MLG_SAID_CURVES];
    size_t n = 0;

    for (size_t i = 0; i < 2; i++) { /* residents follow the schemes that cover them */
        const mlg_value *curve = outlook->curve[i];
        if (curve != NULL && mlg_section_number(curve, MLG_VALUE, 0) > 0.0) {
            curves[n++] = (mlg_curve){
                .name = mlg_sentence_of(titles[i], NULL, 0),
                .at = curve->column[MLG_AT],
                .value = share_of(document, curve, NULL),
                .low = share_of(document, curve, "low_5"),
                .high = share_of(document, curve, "high_95"),
                .worst = share_of(document, curve, "worst"),
                .n = curve->n,
            };
        }
    }
    if (n > 0 && !document->failed) {
        mlg_figure *drawn =
            mlg_doc_curves(document, "turnover.svg", mlg_sentence_of(T_figure_turnover, NULL, 0),
                           &axes, curves, n);
        if (drawn != NULL) {
            drawn->note = mlg_sentence_of(T_figure_turnover_note, NULL, 0);
        }
    }
}

/* A report draws fewer futures than the command: two numbers of one thing need a word. */
static void say_fewer(mlg_document *document, const mlg_outlook *outlook)
{
    const mlg_value *told = outlook->lost != NULL ? outlook->lost : outlook->curve[0];
    const uint32_t asked = document->results->run->draws;
    if (told != NULL && told->draws < asked) {
        const mlg_arg args[] = {mlg_arg_count(told->draws), mlg_arg_count(asked)};
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_simulation_fewer, args, 2);
    }
}

void mlg_part_simulation(mlg_document *document)
{
    mlg_outlook outlook, first;
    bool whole = true;
    const int32_t start = mlg_outlook_next(document->results, 0, &first);
    const bool several =
        start >= 0 && mlg_outlook_next(document->results, start + 1, &outlook) >= 0;

    if (start < 0) {
        return;
    }
    mlg_doc_block(document, MLG_BLOCK_HEADING, T_simulation_part, NULL, 0);
    for (int32_t view = mlg_outlook_next(document->results, 0, &outlook); view >= 0;
         view = mlg_outlook_next(document->results, view + 1, &outlook)) {
        const mlg_arg name = mlg_section_view(document, outlook.view);
        if (several && outlook.curve[0] != NULL && !whole) {
            mlg_doc_block(document, MLG_BLOCK_NOTE, T_simulation_view, &name, 1);
        }
        mlg_outlook_say(document, &outlook, whole);
        whole = false;
    }
    say_fewer(document, &first);
    first.page = true;
    figure(document, &first);
    mlg_outlook_months(document, &first, true);
    mlg_outlook_posts(document, &first);
    mlg_outlook_uncertainties(document, &first);
    mlg_outlook_matters(document, &first);
    mlg_outlook_assumptions(document, &first);
    mlg_doc_block(document, MLG_BLOCK_NOTE, T_simulation_limits, NULL, 0);
    mlg_outlook_files(document);
}
