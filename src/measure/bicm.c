/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/bicm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

/* ---- classes ----------------------------------------------------------------------- */

static int falling(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *) left, b = *(const uint32_t *) right;
    return a > b ? -1 : a < b;
}

/* Different margins, largest first, and which each has. */
static mlg_status classify(const uint32_t *margin, int32_t n, int32_t *n_classes, uint32_t **value,
                           uint32_t **count, int32_t **class_of, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *value = mlg_copy(margin, (size_t) n, sizeof **value);
    *count = mlg_zalloc((size_t) n, sizeof **count);
    *class_of = mlg_alloc((size_t) n, sizeof **class_of);
    TRY_ALLOC(err, *value);
    TRY_ALLOC(err, *count);
    TRY_ALLOC(err, *class_of);
    if (n > 0) {
        qsort(*value, (size_t) n, sizeof **value, falling);
    }
    *n_classes = 0;
    for (int32_t i = 0; i < n; i++) {
        const uint32_t next = (*value)[i];
        if (*n_classes == 0 || (*value)[*n_classes - 1] != next) {
            (*value)[(*n_classes)++] = next;
        }
        (*count)[*n_classes - 1]++;
    }
    for (int32_t i = 0; i < n; i++) {
        const uint32_t *at =
            bsearch(&margin[i], *value, (size_t) *n_classes, sizeof **value, falling);
        (*class_of)[i] = (int32_t) (at - *value);
    }
out:
    return status;
}

/* ---- a block whose chances all lie between 0 and 1 ------------------------------------ */

/* Row classes r0 .. r1 - 1 and column classes c0 .. c1 - 1, with what is left of their margins
 * once `row_less` ones of each row and `column_less` of each column are placed elsewhere. */
typedef struct block {
    int32_t r0, r1, c0, c1;
    uint32_t row_less, column_less;
} block;

typedef struct solver {
    mlg_bicm *out;
    size_t n;                               /* unknowns of the block: logarithms of x, then of y */
    double *unknown, *trial, *step, *slope; /* [n] */
    double *curve;                          /* [n * n] */
} solver;

static double chance_of(double log_odds)
{
    return log_odds >= 0.0 ? 1.0 / (1.0 + exp(-log_odds)) : exp(log_odds) / (1.0 + exp(log_odds));
}

/* log(1 + e^t) */
static double softplus(double t)
{
    return t > 0.0 ? t + log1p(exp(-t)) : log1p(exp(t));
}

static double row_margin(const solver *s, const block *b, size_t i)
{
    return (double) s->out->row[(size_t) b->r0 + i] - b->row_less;
}

static double column_margin(const solver *s, const block *b, size_t j)
{
    return (double) s->out->column[(size_t) b->c0 + j] - b->column_less;
}

/* What is made least: it is convex, and its slope is mean less margin, by class. */
static double height_at(const solver *s, const block *b, const double *at)
{
    const size_t rows = (size_t) (b->r1 - b->r0), columns = (size_t) (b->c1 - b->c0);
    double sum = 0.0;

    for (size_t i = 0; i < rows; i++) {
        const double n = s->out->rows[(size_t) b->r0 + i];
        for (size_t j = 0; j < columns; j++) {
            sum += n * s->out->columns[(size_t) b->c0 + j] * softplus(at[i] + at[rows + j]);
        }
        sum -= n * row_margin(s, b, i) * at[i];
    }
    for (size_t j = 0; j < columns; j++) {
        sum -= s->out->columns[(size_t) b->c0 + j] * column_margin(s, b, j) * at[rows + j];
    }
    return sum;
}

/* Slope and curvature; answers the largest difference of one row's or column's margin. */
static double slope_at(const solver *s, const block *b, const double *at)
{
    const size_t rows = (size_t) (b->r1 - b->r0), columns = (size_t) (b->c1 - b->c0);
    double worst = 0.0;

    memset(s->curve, 0, s->n * s->n * sizeof *s->curve);
    for (size_t j = 0; j < columns; j++) {
        s->slope[rows + j] = -(double) s->out->columns[(size_t) b->c0 + j] * column_margin(s, b, j);
    }
    for (size_t i = 0; i < rows; i++) {
        const double n = s->out->rows[(size_t) b->r0 + i];
        s->slope[i] = -n * row_margin(s, b, i);
        for (size_t j = 0; j < columns; j++) {
            const double p = chance_of(at[i] + at[rows + j]);
            const double cells = n * s->out->columns[(size_t) b->c0 + j], v = cells * p * (1.0 - p);
            const size_t k = rows + j;
            s->slope[i] += cells * p;
            s->slope[k] += cells * p;
            s->curve[i * s->n + i] += v;
            s->curve[k * s->n + k] += v;
            s->curve[k * s->n + i] = v; /* lower triangle */
        }
        worst = fmax(worst, fabs(s->slope[i]) / n);
    }
    for (size_t j = 0; j < columns; j++) {
        worst = fmax(worst, fabs(s->slope[rows + j]) / s->out->columns[(size_t) b->c0 + j]);
    }
    return worst;
}

/* Newton's step. x times a constant and y divided by it are the same chances: the last y
 * stays, and the rest has one solution. Factors in place (Cholesky). */
static void find_step(const solver *s)
{
    const size_t n = s->n, m = n - 1;
    double *a = s->curve;

    for (size_t k = 0; k < m; k++) {
        double pivot = a[k * n + k];
        for (size_t l = 0; l < k; l++) {
            pivot -= a[k * n + l] * a[k * n + l];
        }
        /* rounding may eat a curvature that is nearly none: then a short step that way */
        pivot = sqrt(fmax(pivot, 1e-14 * a[k * n + k] + 1e-300));
        a[k * n + k] = pivot;
        for (size_t i = k + 1; i < m; i++) {
            double sum = a[i * n + k];
            for (size_t l = 0; l < k; l++) {
                sum -= a[i * n + l] * a[k * n + l];
            }
            a[i * n + k] = sum / pivot;
        }
    }
    for (size_t i = 0; i < m; i++) {
        double sum = -s->slope[i];
        for (size_t l = 0; l < i; l++) {
            sum -= a[i * n + l] * s->step[l];
        }
        s->step[i] = sum / a[i * n + i];
    }
    for (size_t i = m; i-- > 0;) {
        double sum = s->step[i];
        for (size_t l = i + 1; l < m; l++) {
            sum -= a[l * n + i] * s->step[l];
        }
        s->step[i] = sum / a[i * n + i];
    }
    s->step[m] = 0.0;
}

/* Goes along the step as far as it goes down, halving; false when nothing is gained. */
static bool go_down(solver *s, const block *b, double *height)
{
    enum { HALVINGS = 60 };

    for (int k = 0; k < HALVINGS; k++) {
        const double share = ldexp(1.0, -k);
        for (size_t i = 0; i < s->n; i++) {
            s->trial[i] = s->unknown[i] + share * s->step[i];
        }
        const double now = height_at(s, b, s->trial);
        if (now < *height) {
            *height = now;
            memcpy(s->unknown, s->trial, s->n * sizeof *s->unknown);
            return true;
        }
    }
    return false;
}

static void start_at(const solver *s, const block *b, double *at)
{
    const size_t rows = (size_t) (b->r1 - b->r0), columns = (size_t) (b->c1 - b->c0);
    double all = 0.0;

    for (size_t i = 0; i < rows; i++) {
        all += s->out->rows[(size_t) b->r0 + i] * row_margin(s, b, i);
    }
    for (size_t i = 0; i < rows; i++) {
        at[i] = log(row_margin(s, b, i)) - 0.5 * log(all);
    }
    for (size_t j = 0; j < columns; j++) {
        at[rows + j] = log(column_margin(s, b, j)) - 0.5 * log(all);
    }
}

static mlg_status solve_block(mlg_bicm *out, const block *b, mlg_error *err)
{
    enum { STEPS = 200, MORE = 3 };
    mlg_status status = MLG_OK;
    const size_t rows = (size_t) (b->r1 - b->r0), columns = (size_t) (b->c1 - b->c0);
    solver s = {.out = out, .n = rows + columns};

    s.unknown = mlg_alloc(4 * s.n, sizeof *s.unknown);
    s.curve = mlg_alloc(s.n * s.n, sizeof *s.curve);
    TRY_ALLOC(err, s.unknown);
    TRY_ALLOC(err, s.curve);
    s.trial = s.unknown + s.n;
    s.step = s.trial + s.n;
    s.slope = s.step + s.n;
    start_at(&s, b, s.unknown);
    double height = height_at(&s, b, s.unknown), worst = slope_at(&s, b, s.unknown);
    for (int k = 0; k < STEPS && worst > 0.0; k++) {
        find_step(&s);
        const bool down = go_down(&s, b, &height);
        if (!down) { /* as low as rounding can tell: whole steps still mend the margins */
            double least = worst;
            for (int more = 0; more < MORE; more++) {
                for (size_t i = 0; i < s.n; i++) {
                    s.trial[i] = s.unknown[i] + s.step[i];
                }
                const double now = slope_at(&s, b, s.trial);
                if (!(now < least)) {
                    break;
                }
                least = now;
                memcpy(s.unknown, s.trial, s.n * sizeof *s.unknown);
                find_step(&s);
            }
            worst = least;
            break;
        }
        worst = slope_at(&s, b, s.unknown);
    }
    out->error = fmax(out->error, worst);
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < columns; j++) {
            out->p[((size_t) b->r0 + i) * (size_t) out->n_columns + (size_t) b->c0 + j] =
                chance_of(s.unknown[i] + s.unknown[rows + j]);
        }
    }
out:
    mlg_free(s.unknown);
    mlg_free(s.curve);
    return status;
}

/* ---- what the margins decide ------------------------------------------------------- */

static void decide(mlg_bicm *out, int32_t r0, int32_t r1, int32_t c0, int32_t c1, double p)
{
    for (int32_t i = r0; i < r1; i++) {
        for (int32_t j = c0; j < c1; j++) {
            out->p[(size_t) i * (size_t) out->n_columns + (size_t) j] = p;
        }
    }
}

static uint64_t sum_of(const uint32_t *count, int32_t from, int32_t to)
{
    uint64_t sum = 0;
    for (int32_t i = from; i < to; i++) {
        sum += count[i];
    }
    return sum;
}

/* Takes full and empty rows and columns off the block, until there is none. */
static void strip(mlg_bicm *out, block *b)
{
    for (bool changed = true; changed && b->r0 < b->r1 && b->c0 < b->c1;) {
        const uint64_t height = sum_of(out->rows, b->r0, b->r1);
        const uint64_t width = sum_of(out->columns, b->c0, b->c1);
        changed = true;
        if (out->row[b->r0] - b->row_less == width) {
            decide(out, b->r0, b->r0 + 1, b->c0, b->c1, 1.0);
            b->column_less += out->rows[b->r0++];
        } else if (out->row[b->r1 - 1] == b->row_less) {
            decide(out, b->r1 - 1, b->r1, b->c0, b->c1, 0.0);
            b->r1--;
        } else if (out->column[b->c0] - b->column_less == height) {
            decide(out, b->r0, b->r1, b->c0, b->c0 + 1, 1.0);
            b->row_less += out->columns[b->c0++];
        } else if (out->column[b->c1 - 1] == b->column_less) {
            decide(out, b->r0, b->r1, b->c1 - 1, b->c1, 0.0);
            b->c1--;
        } else {
            changed = false;
        }
    }
}

/* Do the rows up to class r hold all that the columns can give so many rows? */
static bool is_tight(const mlg_bicm *out, const block *b, int32_t r)
{
    const uint64_t a = sum_of(out->rows, b->r0, r);
    uint64_t held = 0, most = 0;

    for (int32_t i = b->r0; i < r; i++) {
        held += (uint64_t) out->rows[i] * (out->row[i] - b->row_less);
    }
    for (int32_t j = b->c0; j < b->c1; j++) {
        const uint64_t c = out->column[j] - b->column_less;
        most += out->columns[j] * (c < a ? c : a);
    }
    return held == most;
}

static mlg_status solve_all(mlg_bicm *out, block b, mlg_error *err)
{
    mlg_status status = MLG_OK;

    for (bool again = true; again;) {
        again = false;
        strip(out, &b);
        if (b.r0 == b.r1 || b.c0 == b.c1) {
            return MLG_OK;
        }
        for (int32_t r = b.r0 + 1; r < b.r1 && !again; r++) {
            if (!is_tight(out, &b, r)) {
                continue;
            }
            /* columns of at least a: ones above r; of at most a: zeros below. Above r the
             * others are left, and below r those of more than a. */
            const uint64_t a = sum_of(out->rows, b.r0, r);
            int32_t more = b.c0;
            while (more < b.c1 && out->column[more] - b.column_less > a) {
                more++;
            }
            int32_t fewer = more;
            while (fewer < b.c1 && out->column[fewer] - b.column_less >= a) {
                fewer++;
            }
            decide(out, b.r0, r, b.c0, fewer, 1.0);
            decide(out, r, b.r1, more, b.c1, 0.0);
            const block above = {b.r0,
                                 r,
                                 fewer,
                                 b.c1,
                                 b.row_less + (uint32_t) sum_of(out->columns, b.c0, fewer),
                                 b.column_less};
            TRY(solve_all(out, above, err));
            b = (block){r, b.r1, b.c0, more, b.row_less, b.column_less + (uint32_t) a};
            again = true;
        }
    }
    TRY(solve_block(out, &b, err));
out:
    return status;
}

mlg_status mlg_bicm_solve(const uint32_t *row, int32_t n_rows, const uint32_t *column,
                          int32_t n_columns, mlg_bicm *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = (mlg_bicm){0};
    TRY(classify(row, n_rows, &out->n_rows, &out->row, &out->rows, &out->row_of, err));
    TRY(classify(column, n_columns, &out->n_columns, &out->column, &out->columns, &out->column_of,
                 err));
    out->p = mlg_zalloc((size_t) out->n_rows * (size_t) out->n_columns, sizeof *out->p);
    TRY_ALLOC(err, out->p);
    TRY(solve_all(out, (block){0, out->n_rows, 0, out->n_columns, 0, 0}, err));
out:
    if (status != MLG_OK) {
        mlg_bicm_free(out);
    }
    return status;
}

void mlg_bicm_free(mlg_bicm *bicm)
{
    mlg_free(bicm->row);
    mlg_free(bicm->column);
    mlg_free(bicm->rows);
    mlg_free(bicm->columns);
    mlg_free(bicm->row_of);
    mlg_free(bicm->column_of);
    mlg_free(bicm->p);
    *bicm = (mlg_bicm){0};
}
