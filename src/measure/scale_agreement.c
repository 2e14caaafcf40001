/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "maillage/fit.h"
#include "measure/context.h"
#include "measure/partition_agreement.h"
#include "measure/perimeters.h"
#include "measure/summary.h"

static const char *const id = "scale.agreement";

/* Perimeters share the units out when each holds few enough others' and leaves few out. */
static const double MOST_LEFT_OUT = 0.25;

enum { NOBODY = -1, SEVERAL = -2 };

/* The units by the perimeters of one kind: a scale of territories, or a kind of schemes. */
typedef struct partition {
    int32_t kind;   /* as an MLG_SCOPE_EXTENT */
    int32_t groups; /* perimeters of the kind */
    int32_t *group; /* [n_units] perimeter that holds the unit whole and alone, or negative */
} partition;

typedef struct partitions {
    partition *items;
    size_t n;
    double units, people; /* of all units that count */
} partitions;

/* ---- partitions ---------------------------------------------------------------------- */

static bool is_of_kind(const mlg_perimeters *perimeters, int32_t p, int32_t kind)
{
    return kind % 2 == 1 ? perimeters->scale[p] == kind / 2
                         : perimeters->of_scheme[p] && perimeters->kind[p] == kind;
}

static void share_out(const mlg_perimeters *perimeters, int32_t kind, partition *out)
{
    const mlg_csr *covers = &perimeters->covers;
    out->kind = kind;
    for (int32_t u = 0; u < perimeters->n_units; u++) {
        out->group[u] = NOBODY;
    }
    for (int32_t p = 0; p < perimeters->n; p++) {
        if (!is_of_kind(perimeters, p, kind)) {
            continue;
        }
        for (uint32_t i = covers->offset[p]; i < covers->offset[p + 1]; i++) {
            int32_t *group = &out->group[covers->target[i]];
            const bool alone = *group == NOBODY && covers->weight[i] >= 1.0 - 1e-9;
            *group = alone ? out->groups : SEVERAL;
        }
        out->groups++;
    }
}

static bool is_partition(const mlg_perimeters *perimeters, const partition *p, double units)
{
    double kept = 0.0;
    for (int32_t u = 0; u < perimeters->n_units; u++) {
        kept += perimeters->asked[u] && p->group[u] >= 0;
    }
    return p->groups >= 2 && kept > 0.0 && units - kept <= MOST_LEFT_OUT * units;
}

static void count_units(const mlg_perimeters *perimeters, partitions *out)
{
    for (int32_t u = 0; u < perimeters->n_units; u++) {
        const double people = perimeters->population[u];
        out->units += perimeters->asked[u];
        out->people += perimeters->asked[u] && !isnan(people) ? people : 0.0;
    }
}

static mlg_status find_partitions(const mlg_model *model, const mlg_perimeters *perimeters,
                                  partitions *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t scales = mlg_code_count(model, MLG_V_scale);
    const int32_t kinds = mlg_code_count(model, MLG_V_scheme_kind);
    const int32_t last = 2 * (scales > kinds ? scales : kinds);

    count_units(perimeters, out);
    out->items = mlg_zalloc((size_t) last + 1, sizeof *out->items);
    TRY_ALLOC(err, out->items);
    for (int32_t kind = 0; kind < last; kind++) {
        int32_t found = 0;
        for (int32_t p = 0; p < perimeters->n && found < 2; p++) {
            found += is_of_kind(perimeters, p, kind);
        }
        if (found < 2) {
            continue;
        }
        partition *next = &out->items[out->n];
        next->group = mlg_alloc((size_t) perimeters->n_units, sizeof *next->group);
        TRY_ALLOC(err, next->group);
        share_out(perimeters, kind, next);
        if (is_partition(perimeters, next, out->units)) {
            out->n++;
        } else {
            mlg_free(next->group);
            *next = (partition){0};
        }
    }
out:
    return status;
}

static void free_partitions(partitions *all)
{
    for (size_t i = 0; all->items != NULL && i <= all->n; i++) {
        mlg_free(all->items[i].group);
    }
    mlg_free(all->items);
}

/* ---- two of them ----------------------------------------------------------------------- */

/* A unit that both hold. */
typedef struct held {
    int32_t a, b;
    double people; /* 0 where unknown */
} held;

static int by_groups(const void *left, const void *right)
{
    const held *x = left, *y = right;
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    if (x->b != y->b) {
        return x->b < y->b ? -1 : 1;
    }
    return x->people < y->people ? -1 : x->people > y->people;
}

static double x_log2_x(double x)
{
    return x > 0.0 ? x * log2(x) : 0.0;
}

typedef struct information {
    double vi, joint; /* bits */
} information;

/* VI = 2 H(A, B) - H(A) - H(B), by inhabitants; NaN where none is known. `sum` [n groups of b] is
 * zero. */
static information weigh(const held *units, size_t n, double *sum, int32_t n_b)
{
    double all = 0.0, cells = 0.0, of_a = 0.0, of_b = 0.0;
    for (size_t i = 0, next; i < n; i = next) {
        double group = 0.0;
        for (next = i; next < n && units[next].a == units[i].a;) {
            const int32_t b = units[next].b;
            double cell = 0.0;
            for (; next < n && units[next].a == units[i].a && units[next].b == b; next++) {
                cell += units[next].people;
            }
            cells += x_log2_x(cell);
            group += cell;
            sum[b] += cell;
        }
        of_a += x_log2_x(group);
        all += group;
    }
    for (int32_t b = 0; b < n_b; b++) {
        of_b += x_log2_x(sum[b]);
    }
    if (!(all > 0.0)) {
        return (information){NAN, NAN};
    }
    return (information){fmax(0.0, (of_a + of_b - 2.0 * cells) / all),
                         fmax(0.0, log2(all) - cells / all)};
}

enum { PARTS = 10 };

typedef struct comparison {
    int32_t *a, *b; /* [units that both hold] */
    held *units;
    double *sum;
    size_t n;
    double people;
} comparison;

static void gather(const mlg_perimeters *perimeters, const partition *a, const partition *b,
                   comparison *c)
{
    c->n = 0;
    c->people = 0.0;
    for (int32_t u = 0; u < perimeters->n_units; u++) {
        if (perimeters->asked[u] && a->group[u] >= 0 && b->group[u] >= 0) {
            const double people = perimeters->population[u];
            c->a[c->n] = a->group[u];
            c->b[c->n] = b->group[u];
            c->units[c->n++] = (held){a->group[u], b->group[u], isnan(people) ? 0.0 : people};
            c->people += isnan(people) ? 0.0 : people;
        }
    }
    qsort(c->units, c->n, sizeof *c->units, by_groups);
}

static double ratio(double part, double whole)
{
    return whole > 1e-12 ? part / whole : NAN;
}

static mlg_status compare(const mlg_perimeters *perimeters, const partitions *all,
                          const partition *a, const partition *b, comparison *c, double *row,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_agreement units;

    gather(perimeters, a, b, c);
    TRY(mlg_agreement_of(c->a, a->groups, c->b, b->groups, c->n, true, &units, err));
    for (int32_t g = 0; g < b->groups; g++) {
        c->sum[g] = 0.0;
    }
    const information people = weigh(c->units, c->n, c->sum, b->groups);
    const double joint = units.entropy_a + units.entropy_b - units.mi;
    row[0] = units.vi / log(2.0);
    row[1] = people.vi;
    row[2] = ratio(units.vi, joint);
    row[3] = ratio(people.vi, people.joint);
    row[4] = units.ami;
    row[5] = fmax(0.0, units.entropy_a - units.mi) / log(2.0);
    row[6] = fmax(0.0, units.entropy_b - units.mi) / log(2.0);
    row[7] = 1.0 - (double) c->n / all->units;
    row[8] = ratio(all->people - c->people, all->people);
    row[9] = a->groups;
    row[10] = b->groups;
out:
    return status;
}

/* ---- values ------------------------------------------------------------------------------ */

static mlg_status open_value(size_t n, int32_t view, mlg_values *out, double **column,
                             mlg_id **subject, mlg_error *err)
{
    static const char *const names[PARTS] = {
        "population", "normalised", "population_normalised", "ami",      "a_given_b",
        "b_given_a",  "left_out",   "left_out_population",   "groups_a", "groups_b"};
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, id, view, n, err);

    TRY_ALLOC(err, value);
    *subject = mlg_value_subjects(value);
    column[0] = mlg_value_column_of(value, MLG_VALUE);
    bool made = *subject != NULL && column[0] != NULL;
    for (int i = 0; made && i < PARTS; i++) {
        column[1 + i] = mlg_value_part_of(value, names[i]);
        made = column[1 + i] != NULL;
    }
    if (!made) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "scale.agreement: no memory for %zu pairs", n);
    }
out:
    return status;
}

static mlg_status list(const mlg_perimeters *perimeters, const partitions *all, int32_t view,
                       mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) perimeters->n_units;
    comparison c = {.a = mlg_alloc(n, sizeof *c.a), .b = mlg_alloc(n, sizeof *c.b)};
    double *column[1 + PARTS], row[1 + PARTS];
    mlg_id *subject = NULL;
    size_t at = 0;

    c.units = mlg_alloc(n, sizeof *c.units);
    c.sum = mlg_alloc((size_t) perimeters->n, sizeof *c.sum);
    TRY_ALLOC(err, c.a);
    TRY_ALLOC(err, c.b);
    TRY_ALLOC(err, c.units);
    TRY_ALLOC(err, c.sum);
    TRY(open_value(all->n * (all->n - 1) / 2, view, out, column, &subject, err));
    for (size_t i = 0; i < all->n; i++) {
        for (size_t j = i + 1; j < all->n; j++, at++) {
            TRY(compare(perimeters, all, &all->items[i], &all->items[j], &c, row, err));
            subject[2 * at] = all->items[i].kind;
            subject[2 * at + 1] = all->items[j].kind;
            for (int k = 0; k <= PARTS; k++) {
                column[k][at] = row[k];
            }
        }
    }
out:
    mlg_free(c.a);
    mlg_free(c.b);
    mlg_free(c.units);
    mlg_free(c.sum);
    return status;
}

static mlg_status run(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_perimeters perimeters = {0};
    partitions all = {0};

    TRY(mlg_perimeters_of(context->model, &perimeters, err));
    if (perimeters.n < 2) {
        TRY(mlg_values_undefined(
            out, id, view, perimeters.n == 0 ? T_why_no_perimeters : T_why_one_perimeter, err));
        goto out;
    }
    TRY(find_partitions(context->model, &perimeters, &all, err));
    if (all.n < 2) {
        TRY(mlg_values_undefined(out, id, view, T_why_no_partitions, err));
        goto out;
    }
    TRY(list(&perimeters, &all, view, out, err));
out:
    free_partitions(&all);
    mlg_perimeters_free(&perimeters);
    return status;
}

mlg_status mlg_scale_agreement(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    const size_t before = out->n;
    const mlg_status status = run(context, view, out, err);

    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
