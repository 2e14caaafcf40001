/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/bus_factor.h"

#include <math.h>
#include <stdlib.h>

#include "maillage/coordination.h"
#include "measure/scheme_set.h"
#include "measure/summary.h"
#include "measure/tenure.h"

/* How few departures would leave most schemes without anybody who coordinates them. */

static const char *const ID = "depend.bus_factor";

/* One who coordinates one scheme. A party is a person or a post; a row that names neither is
 * -2 - row: somebody, and nobody else. */
typedef struct charge {
    int32_t scheme; /* place in the set */
    int32_t who;
} charge;

static int by_who(const void *left, const void *right)
{
    const charge *a = left, *b = right;
    if (a->who != b->who) {
        return a->who < b->who ? -1 : 1;
    }
    return a->scheme < b->scheme ? -1 : a->scheme > b->scheme;
}

static int by_scheme(const void *left, const void *right)
{
    const charge *a = left, *b = right;
    if (a->scheme != b->scheme) {
        return a->scheme < b->scheme ? -1 : 1;
    }
    return a->who < b->who ? -1 : a->who > b->who;
}

/* Vacant posts are nobody's. */
static mlg_status list_charges(const mlg_tenures *tenures, const mlg_scheme_set *schemes,
                               charge **out, size_t *n, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *n = 0;
    *out = mlg_alloc(tenures->n, sizeof **out);
    TRY_ALLOC(err, *out);
    for (size_t i = 0; i < tenures->n; i++) {
        const mlg_tenure *t = &tenures->items[i];
        const int32_t place = mlg_scheme_place(schemes, t->scheme);
        if (t->coordinates && t->holder != MLG_VACANT && place >= 0) {
            const int32_t named = t->holder >= 0 ? t->holder : t->post;
            (*out)[(*n)++] = (charge){place, named >= 0 ? named : -2 - t->row};
        }
    }
out:
    return status;
}

static bool is_repeated(const charge *charges, size_t i)
{
    return i > 0 && charges[i - 1].who == charges[i].who &&
           charges[i - 1].scheme == charges[i].scheme;
}

/* Numbers those who coordinate in the order of their ids, then goes by scheme. */
static void gather(charge *charges, size_t n, mlg_coordinations *out)
{
    int32_t last = -1, scheme = -1;
    size_t kept = 0;

    if (n > 0) {
        qsort(charges, n, sizeof *charges, by_who);
    }
    for (size_t i = 0; i < n; i++) {
        if (is_repeated(charges, i)) {
            continue;
        }
        if (out->n == 0 || charges[i].who != last) {
            last = charges[i].who;
            out->holder[out->n++] = last >= 0 ? last : -1;
        }
        out->by[kept++] = (int32_t) i;
    }
    /* `by` held the rows to keep; numbers take the place of ids */
    int32_t number = -1;
    last = 0;
    for (size_t k = 0; k < kept; k++) {
        const charge one = charges[out->by[k]];
        number += k == 0 || one.who != last;
        last = one.who;
        charges[k] = (charge){one.scheme, number};
    }
    if (kept > 0) {
        qsort(charges, kept, sizeof *charges, by_scheme);
    }
    for (size_t k = 0; k < kept; k++) {
        if (charges[k].scheme != scheme) {
            scheme = charges[k].scheme;
            out->start[out->n_known++] = (int32_t) k;
        }
        out->by[k] = charges[k].who;
    }
    out->start[out->n_known] = (int32_t) kept;
}

void mlg_coordinations_free(mlg_coordinations *of)
{
    mlg_free(of->holder);
    mlg_free(of->start);
    mlg_free(of->by);
    *of = (mlg_coordinations){0};
}

mlg_status mlg_coordinations_of(const mlg_model *model, mlg_coordinations *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_tenures tenures = {0};
    mlg_scheme_set schemes = {0};
    charge *charges = NULL;
    size_t n = 0;

    *out = (mlg_coordinations){0};
    TRY(mlg_tenures_of(model, &tenures, err));
    TRY(mlg_schemes_of(model, &schemes, err));
    TRY(list_charges(&tenures, &schemes, &charges, &n, err));
    out->n_schemes = (int32_t) schemes.n;
    out->holder = mlg_alloc(n, sizeof *out->holder);
    out->start = mlg_alloc(schemes.n + 1, sizeof *out->start);
    out->by = mlg_alloc(n, sizeof *out->by);
    TRY_ALLOC(err, out->holder);
    TRY_ALLOC(err, out->start);
    TRY_ALLOC(err, out->by);
    gather(charges, n, out);
out:
    mlg_free(tenures.items);
    mlg_schemes_free(&schemes);
    mlg_free(charges);
    if (status != MLG_OK) {
        mlg_coordinations_free(out);
    }
    return status;
}

/* ---- the fewest ------------------------------------------------------------------- */

typedef struct orphan_case {
    const mlg_coordinations *of;
    int64_t before; /* orphaned whoever leaves */
} orphan_case;

static int64_t count_orphans(void *items, const bool *gone)
{
    const orphan_case *c = items;
    int64_t orphans = c->before;

    for (int32_t s = 0; s < c->of->n_known; s++) {
        bool left = true;
        for (int32_t i = c->of->start[s]; i < c->of->start[s + 1] && left; i++) {
            left = gone[c->of->by[i]];
        }
        orphans += left;
    }
    return orphans;
}

static mlg_fewest_case case_of(const mlg_coordinations *of, bool all, orphan_case *items,
                               const int64_t *holds)
{
    *items = (orphan_case){of, all ? of->n_schemes - of->n_known : 0};
    return (mlg_fewest_case){
        .n = of->n,
        .total = all ? of->n_schemes : of->n_known,
        .holds = holds,
        .orphans = count_orphans,
        .items = items,
        .cost = of->n_known > 0 ? of->start[of->n_known] + of->n_known : 1.0,
    };
}

mlg_status mlg_fewest_coordinations(const mlg_coordinations *of, bool all, bool force,
                                    mlg_fewest *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    orphan_case items;
    int64_t *holds = mlg_zalloc((size_t) of->n, sizeof *holds);

    *out = (mlg_fewest){0};
    TRY_ALLOC(err, holds);
    for (int32_t i = 0; i < of->start[of->n_known]; i++) {
        holds[of->by[i]]++;
    }
    const mlg_fewest_case one = case_of(of, all, &items, holds);
    TRY(mlg_fewest_of(&one, force, out, err));
out:
    mlg_free(holds);
    return status;
}

mlg_status mlg_values_fewest(mlg_values *out, const char *id, int32_t view, const char *convention,
                             const mlg_fewest *fewest, const mlg_fewest_case *of, mlg_text_key why,
                             mlg_error *err)
{
    const bool said = why == T_none && fewest->reached;
    const mlg_figure figures[] = {
        {"items", (double) of->total},
        {"orphans", said ? (double) fewest->orphans : NAN},
        {"already", (double) fewest->already},
        {"people", of->n},
        {"at_least", said ? (double) fewest->at_least : NAN},
        {"proven", said ? (double) fewest->proven : NAN},
        {"sets", said && fewest->sets > 0 ? (double) fewest->sets : NAN},
    };
    const mlg_summary summary = {
        .id = id,
        .view = view,
        .convention = convention,
        .value = said ? (double) fewest->k : NAN,
        .why = said            ? T_none
               : why != T_none ? why
                               : T_why_most_stay,
        .caution = said && !fewest->proven ? T_caution_not_proven : T_none,
        .figures = figures,
        .n_figures = sizeof figures / sizeof *figures,
    };
    return mlg_values_summary(out, &summary, err);
}

static mlg_status answer(const mlg_context *context, int32_t view, const mlg_coordinations *of,
                         bool all, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_fewest fewest = {0};
    orphan_case items;
    const mlg_fewest_case one = case_of(of, all, &items, NULL);
    const mlg_text_key why = of->n_schemes == 0 ? T_why_no_schemes
                             : of->n_known == 0 ? T_why_no_coordinator
                                                : T_none;

    if (why == T_none) {
        TRY(mlg_fewest_coordinations(of, all, context->run->force, &fewest, err));
    }
    TRY(mlg_values_fewest(out, ID, view, all ? "all_schemes" : "known_schemes", &fewest, &one, why,
                          err));
out:
    mlg_fewest_free(&fewest);
    return status;
}

mlg_status mlg_depend_bus_factor(mlg_context *context, int32_t view, mlg_values *out,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_coordinations of = {0};

    if (context->model == NULL) {
        return mlg_values_undefined(out, ID, view, T_why_no_schemes, err);
    }
    TRY(mlg_coordinations_of(context->model, &of, err));
    TRY(answer(context, view, &of, false, out, err));
    TRY(answer(context, view, &of, true, out, err));
out:
    mlg_coordinations_free(&of);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
