/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/trust_arcs.h"

#include <math.h>
#include <stdlib.h>

#include "measure/seats.h"
#include "measure/tenure.h"

void mlg_trust_arcs_free(mlg_trust_arcs *arcs)
{
    mlg_free(arcs->items);
    *arcs = (mlg_trust_arcs){0};
}

typedef struct survey {
    const mlg_model *model;
    mlg_trust_arcs *out;
    bool failed;
} survey;

static void push(survey *s, mlg_id from, mlg_id to, double trust, bool directed)
{
    mlg_trust_arcs *out = s->out;
    s->failed = s->failed || !mlg_grow(&out->items, &out->room, out->n + 1, sizeof *out->items);
    if (!s->failed) {
        out->items[out->n++] = (mlg_trust_arc){.from = from,
                                               .to = to,
                                               .sum = trust,
                                               .rows = 1.0,
                                               .directed_sum = directed ? trust : 0.0,
                                               .directed_rows = directed};
    }
}

static void each_tie(void *context, const mlg_reading *reading)
{
    survey *s = context;
    const mlg_id from = reading->subject[0], to = reading->subject[1];
    const double trust = mlg_get_number(s->model, C_ties_trust, reading->row.row);

    if (reading->fate != MLG_ROW_COUNTS || from < 0 || to < 0 || from == to || isnan(trust)) {
        return;
    }
    if (s->out->assumed) {
        s->out->least = fmin(s->out->least, trust);
        s->out->greatest = fmax(s->out->greatest, trust);
    }
    push(s, from, to, trust, reading->arc);
    if (!reading->arc) {
        push(s, to, from, trust, false);
    }
}

static mlg_status read_ties(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_span year = mlg_recent_days(s->model);
    const mlg_view view = {.source = MLG_FROM_TIES,
                           .by = MLG_BY_ORGANISATION,
                           .from = year.first,
                           .to = year.last,
                           .kind = -1};
    mlg_id *into = NULL;
    mlg_reader reader;

    TRY(mlg_collapse_parties(s->model, &view, &into, err));
    TRY(mlg_reader_open(&reader, s->model, &view, into, NULL, err));
    mlg_reader_each(&reader, each_tie, s);
out:
    mlg_free(into);
    return status;
}

static int by_ends(const void *left, const void *right)
{
    const mlg_trust_arc *a = left, *b = right;
    if (a->from != b->from) {
        return a->from < b->from ? -1 : 1;
    }
    return a->to < b->to ? -1 : a->to > b->to;
}

/* Sums come out the same whatever the order of the rows. */
static int by_ends_and_trust(const void *left, const void *right)
{
    const mlg_trust_arc *a = left, *b = right;
    const int ends = by_ends(a, b);
    if (ends != 0) {
        return ends;
    }
    return a->sum < b->sum ? -1 : a->sum > b->sum;
}

static void merge(mlg_trust_arcs *arcs)
{
    size_t n = 0;
    if (arcs->n > 0) {
        qsort(arcs->items, arcs->n, sizeof *arcs->items, by_ends_and_trust);
    }
    for (size_t i = 0; i < arcs->n; i++) {
        const mlg_trust_arc *arc = &arcs->items[i];
        mlg_trust_arc *into = n > 0 ? &arcs->items[n - 1] : NULL;
        if (into == NULL || by_ends(into, arc) != 0) {
            arcs->items[n++] = *arc;
            continue;
        }
        into->sum += arc->sum;
        into->rows += arc->rows;
        into->directed_sum += arc->directed_sum;
        into->directed_rows += arc->directed_rows;
    }
    arcs->n = n;
}

mlg_status mlg_trust_arcs_of(const mlg_model *model, mlg_trust_arcs *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    survey s = {.model = model, .out = out};
    const bool said = model->trust_least < model->trust_greatest;

    *out = (mlg_trust_arcs){.least = said ? model->trust_least : INFINITY,
                            .greatest = said ? model->trust_greatest : -INFINITY,
                            .assumed = !said};
    TRY(read_ties(&s, err));
    if (s.failed) {
        FAIL(err, MLG_ENOMEM, "scheme.trust: no memory for its rows");
    }
    merge(out);
out:
    if (status != MLG_OK) {
        mlg_trust_arcs_free(out);
    }
    return status;
}

const mlg_trust_arc *mlg_trust_back(const mlg_trust_arcs *arcs, const mlg_trust_arc *arc)
{
    const mlg_trust_arc key = {.from = arc->to, .to = arc->from};
    return bsearch(&key, arcs->items, arcs->n, sizeof key, by_ends);
}

bool mlg_trusts(const mlg_trust_arcs *arcs, double sum, double rows)
{
    return rows > 0.0 && 2.0 * sum > rows * (arcs->least + arcs->greatest);
}
