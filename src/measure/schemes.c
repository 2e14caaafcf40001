/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "maillage/depend.h"
#include "measure/scheme_set.h"
#include "measure/summary.h"
#include "measure/tenure.h"

/* ---- single-coordinator share ----------------------------------------------- */

typedef struct scheme_counts {
    double all, known, single, uncertain, vacant, none_known;
} scheme_counts;

static scheme_counts count_schemes(const mlg_scheme_set *set)
{
    scheme_counts c = {0};
    for (size_t i = 0; i < set->n; i++) {
        const mlg_scheme *s = &set->items[i];
        c.all++;
        c.known += s->named > 0;
        c.single += s->named == 1;
        c.uncertain += s->named == 1 && s->unnamed > 0;
        c.vacant += s->named == 0 && s->unnamed == 0 && s->vacant > 0;
        c.none_known += s->named == 0 && (s->unnamed > 0 || s->vacant == 0);
    }
    return c;
}

static mlg_status list_counts(int32_t view, scheme_counts c, mlg_values *out, mlg_error *err)
{
    const mlg_text_key lack = c.all > 0 ? T_why_no_coordinator : T_why_no_schemes;
    const mlg_figure figures[] = {
        {"n_schemes", c.all},       {"known", c.known},   {"single", c.single},
        {"uncertain", c.uncertain}, {"vacant", c.vacant}, {"none_known", c.none_known},
    };
    const mlg_summary summary = {
        .id = "depend.single_coordinator_share",
        .view = view,
        .value = c.known > 0 ? c.single / c.known : NAN,
        .why = c.known > 0 ? T_none : lack,
        .figures = figures,
        .n_figures = sizeof figures / sizeof *figures,
    };
    return mlg_values_summary(out, &summary, err);
}

mlg_status mlg_depend_single_coordinator_share(mlg_context *context, int32_t view, mlg_values *out,
                                               mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_scheme_set set = {0};

    if (context->model == NULL) {
        return mlg_values_undefined(out, "depend.single_coordinator_share", view, T_why_no_schemes,
                                    err);
    }
    TRY(mlg_schemes_of(context->model, &set, err));
    TRY(list_counts(view, count_schemes(&set), out, err));
out:
    mlg_schemes_free(&set);
    return status;
}

/* ---- schemes per person ------------------------------------------------------ */

/* All that one person, or one post whose holder is unknown, holds. */
typedef struct holding {
    mlg_id holder;
    bool named;
    int32_t schemes, coordinated;
    int32_t alone;       /* of those coordinated: nobody else is known to, vacant posts apart */
    double fte;          /* of the rows that say it, NaN when none does */
    int32_t without_fte; /* rows */
} holding;

/* Whom a tenure counts for: the person, or the post when nobody is named. */
static mlg_id holder_of(const mlg_tenure *t)
{
    return t->holder >= 0 ? t->holder : t->post;
}

static int by_holder_and_scheme(const void *left, const void *right)
{
    const mlg_tenure *a = left, *b = right;
    if (holder_of(a) != holder_of(b)) {
        return holder_of(a) < holder_of(b) ? -1 : 1;
    }
    if (a->scheme != b->scheme) {
        return a->scheme < b->scheme ? -1 : 1;
    }
    if (a->coordinates != b->coordinates) {
        return a->coordinates ? -1 : 1; /* first: it decides for the scheme */
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

static int by_holder_and_row(const void *left, const void *right)
{
    const mlg_tenure *a = left, *b = right;
    if (holder_of(a) != holder_of(b)) {
        return holder_of(a) < holder_of(b) ? -1 : 1;
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

/* Leaves out the vacant posts, which nobody holds, and rows that name neither a person nor
 * a post. */
static void keep_held(mlg_tenures *tenures)
{
    size_t n = 0;
    for (size_t i = 0; i < tenures->n; i++) {
        const mlg_tenure *t = &tenures->items[i];
        if (t->holder != MLG_VACANT && holder_of(t) >= 0) {
            tenures->items[n++] = *t;
        }
    }
    tenures->n = n;
}

/* Full-time equivalents are a row's own, whatever the number of its schemes. */
static size_t gather_rows(mlg_tenures *tenures, holding *holdings)
{
    size_t n = 0;
    qsort(tenures->items, tenures->n, sizeof *tenures->items, by_holder_and_row);
    for (size_t i = 0; i < tenures->n; i++) {
        const mlg_tenure *t = &tenures->items[i];
        const bool new_holder = i == 0 || holder_of(t - 1) != holder_of(t);
        if (new_holder) {
            holdings[n++] = (holding){.holder = holder_of(t), .named = t->holder >= 0, .fte = NAN};
        } else if (t[-1].row == t->row) {
            continue;
        }
        holding *h = &holdings[n - 1];
        h->without_fte += isnan(t->fte) != 0;
        if (!isnan(t->fte)) {
            h->fte = isnan(h->fte) ? t->fte : h->fte + t->fte;
        }
    }
    return n;
}

static bool has_one_coordination(const mlg_scheme_set *set, mlg_id scheme)
{
    for (size_t i = 0; i < set->n; i++) {
        if (set->items[i].id == scheme) {
            return set->items[i].named + set->items[i].unnamed == 1;
        }
    }
    return false;
}

/* `holdings` are by holder, as gather_rows() left them. */
static void gather_schemes(const mlg_scheme_set *set, mlg_tenures *tenures, holding *holdings)
{
    holding *h = holdings;
    qsort(tenures->items, tenures->n, sizeof *tenures->items, by_holder_and_scheme);
    for (size_t i = 0; i < tenures->n; i++) {
        const mlg_tenure *t = &tenures->items[i];
        h += h->holder != holder_of(t);
        if (i > 0 && holder_of(t - 1) == holder_of(t) && t[-1].scheme == t->scheme) {
            continue;
        }
        h->schemes++;
        h->coordinated += t->coordinates;
        h->alone += t->coordinates && has_one_coordination(set, t->scheme);
    }
}

static mlg_status list_holdings(int32_t view, const holding *holdings, size_t n, mlg_values *out,
                                mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, "depend.schemes_per_person", view, n, err);

    TRY_ALLOC(err, value);
    mlg_id *subject = mlg_value_subjects(value);
    double *schemes = mlg_value_column_of(value, MLG_VALUE);
    double *fte = mlg_value_part_of(value, "fte");
    double *without_fte = mlg_value_part_of(value, "rows_without_fte");
    double *coordinated = mlg_value_part_of(value, "coordinated");
    double *named = mlg_value_part_of(value, "named");
    double *alone = mlg_value_part_of(value, "alone");
    if (subject == NULL || schemes == NULL || fte == NULL || without_fte == NULL ||
        coordinated == NULL || named == NULL || alone == NULL) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "depend.schemes_per_person: no memory for %zu holders", n);
    }
    for (size_t i = 0; i < n; i++) {
        subject[i] = holdings[i].holder;
        schemes[i] = holdings[i].schemes;
        fte[i] = holdings[i].fte;
        without_fte[i] = holdings[i].without_fte;
        coordinated[i] = holdings[i].coordinated;
        named[i] = holdings[i].named;
        alone[i] = holdings[i].alone;
    }
out:
    return status;
}

mlg_status mlg_depend_schemes_per_person(mlg_context *context, int32_t view, mlg_values *out,
                                         mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_tenures tenures = {0};
    mlg_scheme_set set = {0};
    holding *holdings = NULL;

    if (context->model != NULL) {
        TRY(mlg_tenures_of(context->model, &tenures, err));
        TRY(mlg_schemes_of(context->model, &set, err));
    }
    keep_held(&tenures);
    if (tenures.n == 0) {
        TRY(mlg_values_undefined(out, "depend.schemes_per_person", view, T_why_no_holder, err));
        goto out;
    }
    holdings = mlg_zalloc(tenures.n, sizeof *holdings);
    TRY_ALLOC(err, holdings);
    const size_t n = gather_rows(&tenures, holdings);
    gather_schemes(&set, &tenures, holdings);
    TRY(list_holdings(view, holdings, n, out, err));
out:
    mlg_free(holdings);
    mlg_schemes_free(&set);
    mlg_free(tenures.items);
    return status;
}
