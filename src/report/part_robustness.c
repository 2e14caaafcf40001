/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "report/curves.h"
#include "report/section.h"

/* How the network falls apart when actors leave one after the other: two sentences and one figure
 * on the page, all curves in a file. */

#define PERCOLATION "turnover.percolation"

enum {
    LEAST_TOLD = 20,  /* actors of a network that is told: two or more of them are a tenth */
    TENTH = 10,       /* the sentence is about one actor in so many */
    HALF_SHOWN = 50,  /* hundredths of the actors that the figure goes to */
    MOST_DRAWN = 102, /* points of a curve */
};

typedef struct told {
    const mlg_value *busiest, *random, *early;
} told;

static const mlg_value *curve_of(const mlg_results *results, int32_t view, const char *convention)
{
    const mlg_value *value = mlg_section_value(results, PERCOLATION, view, MLG_CURVE, convention);
    return value != NULL && value->n > 0 ? value : NULL;
}

static told told_of(const mlg_results *results, int32_t view)
{
    const mlg_value *degree = curve_of(results, view, "degree_giant");
    return (told){degree != NULL ? degree : curve_of(results, view, "activities_giant"),
                  curve_of(results, view, "random_giant"),
                  curve_of(results, view, "first_fifth_giant")};
}

/* The row of a curve after `gone` of `n` actors left; SIZE_MAX: it has none. */
static size_t row_after(const mlg_value *curve, int32_t gone, int32_t n)
{
    for (size_t i = 0; i < curve->n; i++) {
        if (fabs(curve->column[MLG_AT][i] * n - gone) < 0.5) {
            return i;
        }
    }
    return SIZE_MAX;
}

static double half_of(const mlg_results *results, int32_t view, const char *order, int32_t n)
{
    const mlg_value *value =
        mlg_section_value(results, "turnover.robustness", view, MLG_SCALAR, order);
    return floor(n * mlg_section_part(value, "half", 0) + 0.5);
}

/* A tenth of the actors: the busiest against as many at random. Answers whether it was told. */
static bool tell(mlg_document *document, int32_t view, const told *t)
{
    const mlg_results *results = document->results;
    const int32_t n = mlg_context_graph(results->context, view)->n, gone = n / TENTH;
    const size_t busy = row_after(t->busiest, gone, n), chance = row_after(t->early, gone, n);

    if (busy == SIZE_MAX || chance == SIZE_MAX) {
        return false;
    }
    const double left = mlg_section_part(t->busiest, "count", busy);
    const double low = floor(n * mlg_section_part(t->early, "p05", chance) + 0.5);
    const char *order =
        strcmp(t->busiest->convention, "degree_giant") == 0 ? "degree" : "activities";
    const mlg_arg args[] = {
        mlg_section_view(document, view),
        mlg_arg_count(gone),
        mlg_arg_count(n - gone),
        mlg_arg_count(left),
        mlg_arg_count(floor(mlg_section_part(t->early, "count", chance) + 0.5)),
        mlg_arg_count(low),
        mlg_arg_count(floor(n * mlg_section_part(t->early, "p95", chance) + 0.5)),
        mlg_arg_count(mlg_section_part(t->busiest, "count", 0)),
        mlg_arg_count(n),
        mlg_arg_count(half_of(results, view, order, n)),
        mlg_arg_count(half_of(results, view, "random", n)),
    };
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                  left < low ? T_robustness_worse : T_robustness_as_random, args, 11);
    return true;
}

/* Rows up to half of the actors gone. */
static size_t drawn_rows(const mlg_value *curve)
{
    size_t n = 0;
    while (n < curve->n && n < MOST_DRAWN &&
           curve->column[MLG_AT][n] <= HALF_SHOWN / 100.0 + 1e-9) {
        n++;
    }
    return n;
}

static void draw(mlg_document *document, int32_t view, const told *t)
{
    const mlg_arg name = mlg_section_view(document, view);
    const mlg_arg draws = mlg_arg_count(t->random->draws);
    const mlg_curve curves[] = {{.name = mlg_sentence_of(T_robustness_curve_random, NULL, 0),
                                 .at = t->random->column[MLG_AT],
                                 .value = t->random->column[MLG_VALUE],
                                 .low = mlg_value_part_find(t->random, "p05"),
                                 .high = mlg_value_part_find(t->random, "p95"),
                                 .n = drawn_rows(t->random)},
                                {.name = mlg_sentence_of(T_robustness_curve_busiest, NULL, 0),
                                 .at = t->busiest->column[MLG_AT],
                                 .value = t->busiest->column[MLG_VALUE],
                                 .n = drawn_rows(t->busiest)}};
    const mlg_curve_axes axes = {.across = mlg_sentence_of(T_robustness_across, NULL, 0),
                                 .up = mlg_sentence_of(T_robustness_up, NULL, 0),
                                 .top = 1.0,
                                 .share = true,
                                 .across_share = true};
    mlg_figure *figure =
        mlg_doc_curves(document, "departures.svg", mlg_sentence_of(T_robustness_figure, &name, 1),
                       &axes, curves, sizeof curves / sizeof *curves);
    if (figure != NULL) {
        figure->note = mlg_sentence_of(T_robustness_note, &draws, 1);
    }
}

/* ---- the file --------------------------------------------------------------------------- */

static void list_curve(mlg_document *document, mlg_table *table, const mlg_value *value)
{
    const char *const parts[] = {"p05", "p95", "worst", "mc_error", "count"};
    const mlg_arg view =
        mlg_arg_text(mlg_context_view(document->results->context, value->view)->id);

    for (size_t row = 0; row < value->n && !document->failed; row++) {
        mlg_doc_cell(document, table, mlg_cell_of(view));
        mlg_doc_cell(document, table, mlg_cell_code(value->convention));
        mlg_doc_cell(document, table, mlg_section_share(value->column[MLG_AT][row]));
        mlg_doc_cell(document, table, mlg_section_share(value->column[MLG_VALUE][row]));
        for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
            const double *part = mlg_value_part_find(value, parts[p]);
            mlg_doc_cell(document, table,
                         part == NULL ? mlg_cell_empty()
                         : p < 4      ? mlg_section_share(part[row])
                                      : mlg_cell_number(mlg_section_plain(part[row]), T_none));
        }
        mlg_doc_cell(document, table, mlg_section_count(value->draws));
    }
}

static void list_all(mlg_document *document)
{
    const mlg_heading heads[] = {
        mlg_head_file("view"),  mlg_head_file("curve"),    mlg_head_file("gone"),
        mlg_head_file("left"),  mlg_head_file("p05"),      mlg_head_file("p95"),
        mlg_head_file("worst"), mlg_head_file("mc_error"), mlg_head_file("count"),
        mlg_head_file("draws"),
    };
    const mlg_values *values = document->results->values;
    mlg_table *table = NULL;

    for (size_t i = 0; i < values->n; i++) {
        const mlg_value *value = &values->items[i];
        if (strcmp(value->measure->id, PERCOLATION) != 0 || value->n == 0) {
            continue;
        }
        if (table == NULL) {
            table = mlg_doc_table(document, "departures", (mlg_sentence){0}, heads,
                                  sizeof heads / sizeof *heads);
            table->page_rows = 0;
            table->mixed = true;
        }
        list_curve(document, table, value);
    }
}

void mlg_part_robustness(mlg_document *document)
{
    const mlg_results *results = document->results;
    bool drawn = false;

    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        const told t = told_of(results, view);
        if (!mlg_section_shows(results, view) || t.busiest == NULL || t.random == NULL ||
            t.early == NULL || mlg_context_graph(results->context, view)->n < LEAST_TOLD) {
            continue;
        }
        if (!drawn) {
            mlg_doc_block(document, MLG_BLOCK_HEADING, T_robustness_heading, NULL, 0);
        }
        mlg_part_untied(document, view);
        if (tell(document, view, &t) && !drawn) {
            draw(document, view, &t);
            drawn = true;
        }
    }
    list_all(document);
}
