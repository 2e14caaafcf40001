/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "maillage/fit.h"
#include "measure/context.h"
#include "measure/perimeters.h"
#include "measure/signatures.h"
#include "measure/summary.h"
#include "measure/tenure.h"

static const char *const id = "scale.signatures";

/* ---- what lies over each unit ----------------------------------------------------------- */

/* Room for every (unit, scheme), then the pairs themselves; a NULL list only counts. */
static size_t pair_schemes(const mlg_model *model, const mlg_perimeters *perimeters, int32_t *unit,
                           int32_t *scheme)
{
    size_t n = 0;
    for (int32_t row = 0; row < model->rows[MLG_SCHEMES].n; row++) {
        const mlg_id t = mlg_get_id(model, C_schemes_territory, row);
        const mlg_id own = mlg_get_id(model, C_schemes_id, row);
        if (t < 0 || own < 0 || !mlg_holds_at_date(model, MLG_SCHEMES, row)) {
            continue;
        }
        for (uint32_t i = model->unit_offset[t]; i < model->unit_offset[t + 1]; i++) {
            if (model->unit_share[i] > 0.0 && unit != NULL) {
                unit[n] = perimeters->unit_of[model->unit[i]];
                scheme[n] = own;
            }
            n += model->unit_share[i] > 0.0;
        }
    }
    return n;
}

mlg_status mlg_over_units(const mlg_model *model, const mlg_perimeters *perimeters, mlg_csr *out,
                          bool *of_schemes, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = pair_schemes(model, perimeters, NULL, NULL);
    int32_t *unit = mlg_alloc(n, sizeof *unit), *scheme = mlg_alloc(n, sizeof *scheme);

    *of_schemes = n > 0;
    TRY_ALLOC(err, unit);
    TRY_ALLOC(err, scheme);
    if (n > 0) {
        (void) pair_schemes(model, perimeters, unit, scheme);
        TRY(mlg_csr_build(perimeters->n_units, (int32_t) model->parties.n, false, false, unit,
                          scheme, NULL, n, MLG_MERGE_MAX, out, err));
    } else {
        TRY(mlg_csr_transpose(&perimeters->covers, perimeters->n_units, out, err));
    }
out:
    mlg_free(unit);
    mlg_free(scheme);
    return status;
}

/* ---- units of one signature --------------------------------------------------------------- */

typedef struct place {
    const int32_t *over; /* [n] ascending */
    uint32_t n;
    int32_t unit;
    double people; /* NaN unknown */
} place;

static int same_over(const place *a, const place *b)
{
    if (a->n != b->n) {
        return a->n < b->n ? -1 : 1;
    }
    for (uint32_t i = 0; i < a->n; i++) {
        if (a->over[i] != b->over[i]) {
            return a->over[i] < b->over[i] ? -1 : 1;
        }
    }
    return 0;
}

/* Units of one signature together, the one with most inhabitants first. */
static int by_signature(const void *left, const void *right)
{
    const place *a = left, *b = right;
    const int order = same_over(a, b);
    const double x = isnan(a->people) ? -1.0 : a->people, y = isnan(b->people) ? -1.0 : b->people;
    if (order != 0) {
        return order;
    }
    if (x != y) {
        return x > y ? -1 : 1;
    }
    return a->unit < b->unit ? -1 : a->unit > b->unit;
}

/* One signature: its units stand in a row from `first`. */
typedef struct group {
    size_t first, units, unknown; /* units of unknown population */
    double people;                /* of the known ones; NaN: of none */
} group;

static int by_frequency(const void *left, const void *right)
{
    const group *a = left, *b = right;
    if (a->units != b->units) {
        return a->units > b->units ? -1 : 1;
    }
    const double x = isnan(a->people) ? -1.0 : a->people, y = isnan(b->people) ? -1.0 : b->people;
    if (x != y) {
        return x > y ? -1 : 1;
    }
    return a->first < b->first ? -1 : a->first > b->first;
}

typedef struct survey {
    const mlg_perimeters *perimeters;
    const char *convention;
    place *places; /* [n] */
    size_t n;
    group *groups; /* [n_groups] the most frequent first */
    size_t n_groups;
} survey;

static mlg_status gather(const mlg_csr *over, survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t room = (size_t) s->perimeters->n_units;

    s->places = mlg_alloc(room, sizeof *s->places);
    s->groups = mlg_alloc(room, sizeof *s->groups);
    TRY_ALLOC(err, s->places);
    TRY_ALLOC(err, s->groups);
    for (int32_t u = 0; u < s->perimeters->n_units; u++) {
        if (s->perimeters->asked[u]) {
            s->places[s->n++] = (place){over->target + over->offset[u], mlg_csr_degree(over, u), u,
                                        s->perimeters->population[u]};
        }
    }
    qsort(s->places, s->n, sizeof *s->places, by_signature);
    for (size_t i = 0, next; i < s->n; i = next) {
        group g = {.first = i};
        for (next = i; next < s->n && same_over(&s->places[i], &s->places[next]) == 0; next++) {
            g.people += isnan(s->places[next].people) ? 0.0 : s->places[next].people;
            g.unknown += isnan(s->places[next].people) != 0;
            g.units++;
        }
        g.people = g.unknown == g.units ? NAN : g.people;
        s->groups[s->n_groups++] = g;
    }
    qsort(s->groups, s->n_groups, sizeof *s->groups, by_frequency);
out:
    return status;
}

/* ---- values ------------------------------------------------------------------------------- */

static mlg_status list_number(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    double people = 0.0, unknown = 0.0, bits = 0.0, people_bits = 0.0, alone = 0.0, without = 0.0,
           most = 0.0;

    for (size_t g = 0; g < s->n_groups; g++) {
        people += isnan(s->groups[g].people) ? 0.0 : s->groups[g].people;
        unknown += (double) s->groups[g].unknown;
    }
    for (size_t g = 0; g < s->n_groups; g++) {
        const double share = (double) s->groups[g].units / (double) s->n;
        const double of_people = s->groups[g].people > 0.0 ? s->groups[g].people / people : 0.0;
        const uint32_t depth = s->places[s->groups[g].first].n;
        bits -= share * log2(share);
        people_bits -= of_people > 0.0 ? of_people * log2(of_people) : 0.0;
        alone += s->groups[g].units == 1;
        without += depth == 0 ? (double) s->groups[g].units : 0.0;
        most = fmax(most, depth);
    }
    const mlg_figure figures[] = {
        {"entropy", fabs(bits)},
        {"population_entropy", people > 0.0 ? fabs(people_bits) : NAN},
        {"units", (double) s->n},
        {"alone", alone},
        {"without", without},
        {"most", most},
        {"population_unknown", unknown},
    };
    const mlg_summary summary = {
        .id = id,
        .view = view,
        .convention = s->convention,
        .value = (double) s->n_groups,
        .figures = figures,
        .n_figures = sizeof figures / sizeof *figures,
    };
    return mlg_values_summary(out, &summary, err);
}

/* The most frequent, each named by its unit with most inhabitants. */
static mlg_status list_frequent(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    enum { PARTS = 3, LISTED = 1000 };
    static const char *const parts[PARTS] = {"population", "schemes", "population_unknown"};
    mlg_status status = MLG_OK;
    const size_t n = s->n_groups < LISTED ? s->n_groups : LISTED;
    mlg_id *subject = mlg_alloc(n, sizeof *subject);
    double *figure = mlg_alloc(n * (1 + PARTS), sizeof *figure);

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t g = 0; g < n; g++) {
        const place *first = &s->places[s->groups[g].first];
        subject[g] = s->perimeters->unit[first->unit];
        figure[g * (1 + PARTS)] = (double) s->groups[g].units;
        figure[g * (1 + PARTS) + 1] = s->groups[g].people;
        figure[g * (1 + PARTS) + 2] = first->n;
        figure[g * (1 + PARTS) + 3] = (double) s->groups[g].unknown;
    }
    const mlg_listing listing = {
        .id = id,
        .view = view,
        .scope = MLG_SCOPE_TERRITORY,
        .convention = "frequent",
        .why = T_why_no_units,
        .parts = parts,
        .n_parts = PARTS,
        .subject = subject,
        .figure = figure,
        .n = n,
    };
    TRY(mlg_values_listing(out, &listing, err));
    out->items[out->n - 1].total = s->n_groups;
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

/* The rank of each unit's signature in that list, from 1. */
static mlg_status list_units(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t room = (size_t) s->perimeters->n_units;
    double *rank = mlg_zalloc(room, sizeof *rank);
    double *figure = mlg_alloc(s->n, sizeof *figure);
    mlg_id *subject = mlg_alloc(s->n, sizeof *subject);
    size_t at = 0;

    TRY_ALLOC(err, rank);
    TRY_ALLOC(err, figure);
    TRY_ALLOC(err, subject);
    for (size_t g = 0; g < s->n_groups; g++) {
        for (size_t i = 0; i < s->groups[g].units; i++) {
            rank[s->places[s->groups[g].first + i].unit] = (double) g + 1.0;
        }
    }
    for (size_t u = 0; u < room; u++) {
        if (s->perimeters->asked[u]) {
            subject[at] = s->perimeters->unit[u];
            figure[at++] = rank[u];
        }
    }
    const mlg_listing listing = {
        .id = id,
        .view = view,
        .scope = MLG_SCOPE_TERRITORY,
        .convention = "units",
        .why = T_why_no_units,
        .subject = subject,
        .figure = figure,
        .n = at,
    };
    TRY(mlg_values_listing(out, &listing, err));
out:
    mlg_free(rank);
    mlg_free(figure);
    mlg_free(subject);
    return status;
}

static mlg_status run(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_perimeters perimeters = {0};
    mlg_csr over = {0};
    survey s = {.perimeters = &perimeters};
    bool of_schemes = false;

    TRY(mlg_perimeters_of(context->model, &perimeters, err));
    if (perimeters.n == 0) {
        TRY(mlg_values_undefined(out, id, view, T_why_no_perimeters, err));
        goto out;
    }
    TRY(mlg_over_units(context->model, &perimeters, &over, &of_schemes, err));
    s.convention = of_schemes ? "schemes" : "all_perimeters";
    TRY(gather(&over, &s, err));
    if (s.n == 0) {
        TRY(mlg_values_undefined(out, id, view, T_why_no_units, err));
        goto out;
    }
    TRY(list_number(&s, view, out, err));
    TRY(list_frequent(&s, view, out, err));
    TRY(list_units(&s, view, out, err));
out:
    mlg_free(s.places);
    mlg_free(s.groups);
    mlg_csr_free(&over);
    mlg_perimeters_free(&perimeters);
    return status;
}

mlg_status mlg_scale_signatures(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    const size_t before = out->n;
    const mlg_status status = run(context, view, out, err);

    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
