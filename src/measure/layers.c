/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "maillage/scale.h"
#include "measure/context.h"
#include "measure/perimeters.h"
#include "measure/summary.h"

/* The perimeters over each unit: those of schemes, or all where no scheme names one. */
typedef struct layering {
    mlg_csr over; /* unit -> perimeters, ascending */
    bool of_schemes;
} layering;

static mlg_status make_layering(const mlg_perimeters *perimeters, layering *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    uint32_t kept = 0;

    for (int32_t p = 0; p < perimeters->n; p++) {
        out->of_schemes = out->of_schemes || perimeters->of_scheme[p];
    }
    TRY(mlg_csr_transpose(&perimeters->covers, perimeters->n_units, &out->over, err));
    mlg_free(out->over.weight); /* a part of a unit is a layer of it too */
    out->over.weight = NULL;
    for (int32_t unit = 0; unit < perimeters->n_units; unit++) {
        const uint32_t start = out->over.offset[unit], end = out->over.offset[unit + 1];
        out->over.offset[unit] = kept;
        for (uint32_t i = start; i < end; i++) {
            const int32_t p = out->over.target[i];
            if (!out->of_schemes || perimeters->of_scheme[p]) {
                out->over.target[kept++] = p;
            }
        }
        if (unit + 1 == perimeters->n_units) {
            out->over.offset[perimeters->n_units] = kept;
        }
    }
out:
    return status;
}

/* ---- signatures ---------------------------------------------------------------- */

/* A unit's layers as a row to compare. */
typedef struct signature {
    const int32_t *perimeter; /* [n] ascending */
    uint32_t n;
} signature;

static int by_content(const void *left, const void *right)
{
    const signature *a = left, *b = right;
    if (a->n != b->n) {
        return a->n < b->n ? -1 : 1;
    }
    for (uint32_t i = 0; i < a->n; i++) {
        if (a->perimeter[i] != b->perimeter[i]) {
            return a->perimeter[i] < b->perimeter[i] ? -1 : 1;
        }
    }
    return 0;
}

typedef struct depths {
    double units, sum, people, weighted_sum, unknown, most;
    double signatures, entropy; /* bits */
} depths;

/* Entropy of the signatures, and how many there are. */
static void count_signatures(signature *rows, size_t n, depths *out)
{
    qsort(rows, n, sizeof *rows, by_content);
    for (size_t i = 0, next; i < n; i = next) {
        for (next = i + 1; next < n && by_content(&rows[i], &rows[next]) == 0; next++) {
        }
        const double share = (double) (next - i) / (double) n;
        out->signatures++;
        out->entropy -= share * log2(share);
    }
    out->entropy = fabs(out->entropy); /* one signature: 0, never -0 */
}

static mlg_status summarise(const mlg_perimeters *perimeters, const layering *layers, depths *out,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t n = 0;
    signature *rows = mlg_alloc((size_t) perimeters->n_units, sizeof *rows);

    TRY_ALLOC(err, rows);
    for (int32_t unit = 0; unit < perimeters->n_units; unit++) {
        const uint32_t start = layers->over.offset[unit];
        const uint32_t depth = layers->over.offset[unit + 1] - start;
        const double people = perimeters->population[unit];
        if (!perimeters->asked[unit]) {
            continue;
        }
        rows[n++] = (signature){layers->over.target + start, depth};
        out->sum += depth;
        out->most = fmax(out->most, depth);
        out->unknown += isnan(people) != 0;
        out->people += isnan(people) ? 0.0 : people;
        out->weighted_sum += isnan(people) ? 0.0 : people * depth;
    }
    out->units = (double) n;
    count_signatures(rows, n, out);
out:
    mlg_free(rows);
    return status;
}

/* ---- values --------------------------------------------------------------------- */

static const char *convention_of(const layering *layers)
{
    return layers->of_schemes ? "scheme_perimeters" : "all_perimeters";
}

static mlg_status list_units(const mlg_perimeters *perimeters, const layering *layers, size_t n,
                             int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, "scale.layers", view, n, err);

    TRY_ALLOC(err, value);
    value->convention = convention_of(layers);
    mlg_id *subject = mlg_value_subjects(value);
    double *depth = mlg_value_column_of(value, MLG_VALUE);
    double *people = mlg_value_part_of(value, "population");
    if (subject == NULL || depth == NULL || people == NULL) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "scale.layers: no memory for %zu units", n);
    }
    for (int32_t unit = 0, at = 0; unit < perimeters->n_units; unit++) {
        if (perimeters->asked[unit]) {
            subject[at] = perimeters->unit[unit];
            people[at] = perimeters->population[unit];
            depth[at++] = mlg_csr_degree(&layers->over, unit);
        }
    }
out:
    return status;
}

static mlg_status list_mean(const depths *d, const layering *layers, int32_t view, mlg_values *out,
                            mlg_error *err)
{
    const mlg_figure figures[] = {
        {"population", d->people > 0.0 ? d->weighted_sum / d->people : NAN},
        {"population_unknown", d->unknown},
        {"signatures", d->signatures},
        {"entropy", d->entropy},
        {"units", d->units},
        {"most", d->most},
    };
    const mlg_summary summary = {
        .id = "scale.layers",
        .view = view,
        .convention = convention_of(layers),
        .value = d->sum / d->units,
        .figures = figures,
        .n_figures = sizeof figures / sizeof *figures,
    };
    return mlg_values_summary(out, &summary, err);
}

static mlg_status list_layers(const mlg_perimeters *perimeters, const layering *layers,
                              const depths *d, int32_t view, mlg_values *out, mlg_error *err)
{
    const mlg_status status = list_units(perimeters, layers, (size_t) d->units, view, out, err);
    return status == MLG_OK ? list_mean(d, layers, view, out, err) : status;
}

static mlg_status run_layers(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_perimeters perimeters = {0};
    layering layers = {0};
    depths d = {0};

    TRY(mlg_perimeters_of(context->model, &perimeters, err));
    if (perimeters.n == 0) {
        TRY(mlg_values_undefined(out, "scale.layers", view, T_why_no_perimeters, err));
        goto out;
    }
    TRY(make_layering(&perimeters, &layers, err));
    TRY(summarise(&perimeters, &layers, &d, err));
    if (d.units == 0.0) {
        TRY(mlg_values_undefined(out, "scale.layers", view, T_why_no_units, err));
        goto out;
    }
    TRY(list_layers(&perimeters, &layers, &d, view, out, err));
out:
    mlg_csr_free(&layers.over);
    mlg_perimeters_free(&perimeters);
    return status;
}

mlg_status mlg_scale_layers(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    const size_t before = out->n;
    const mlg_status status = run_layers(context, view, out, err);

    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
