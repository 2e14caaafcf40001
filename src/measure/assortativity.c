/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/silo.h"
#include "measure/bounds.h"
#include "measure/moments.h"
#include "measure/rewired.h"
#include "measure/summary.h"

/* Modularity of the sectors and its normalised form, assortativity: one pass of draws. */

typedef enum which_index { MODULARITY, ASSORTATIVITY } which_index;

/* Shares of the ties inside sectors, and of the squares of the sectors' ends of ties. */
typedef struct shares {
    double inside, squares;
} shares;

/* m ties; NaN without one. */
static shares shares_of(double within, double squares, double m)
{
    return (shares){m > 0.0 ? within / m : NAN, m > 0.0 ? squares / (4.0 * m * m) : NAN};
}

static double index_of(which_index which, shares s)
{
    const double q = s.inside - s.squares;
    if (which == MODULARITY) {
        return q;
    }
    return s.squares < 1.0 ? q / (1.0 - s.squares) : NAN;
}

/* ---- with strengths --------------------------------------------------------- */

static mlg_status weighted_shares(const mlg_silo *silo, shares *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = silo->graph;
    const mlg_labelling *l = &silo->labelling;
    double inside = 0.0, all = 0.0, squares = 0.0;
    double *of_sector = mlg_zalloc((size_t) l->n_sectors, sizeof *of_sector);

    TRY_ALLOC(err, of_sector);
    for (int32_t i = 0; i < l->n; i++) {
        const int32_t v = l->actor[i], sector = l->first[l->type[i]];
        for (uint32_t k = graph->ties.offset[v]; k < graph->ties.offset[v + 1]; k++) {
            const int32_t other = l->place[graph->ties.target[k]];
            const double weight = graph->ties.weight != NULL ? graph->ties.weight[k] : 1.0;
            if (other >= 0) {
                all += weight;
                of_sector[sector] += weight;
                inside += sector == l->first[l->type[other]] ? weight : 0.0;
            }
        }
    }
    for (int32_t a = 0; a < l->n_sectors; a++) {
        squares += of_sector[a] * of_sector[a];
    }
    *out = shares_of(0.5 * inside, squares, 0.5 * all);
out:
    mlg_free(of_sector);
    return status;
}

/* ---- draws ------------------------------------------------------------------ */

static size_t count_draws(const mlg_silo *silo)
{
    return silo->two_mode ? silo->margins.n : silo->ties.draws != NULL ? silo->plan.n : 0;
}

static shares observed_shares(const mlg_silo *silo)
{
    const mlg_margin_counts *m = &silo->margins.observed;
    return silo->two_mode
               ? shares_of(m->tie_within, m->squares, m->total)
               : shares_of(silo->ties.within, silo->ties.squares, silo->ties.pairs.total);
}

static shares shares_of_draw(const mlg_silo *silo, size_t d)
{
    if (silo->two_mode) {
        const mlg_margin_counts *m = &silo->margins.draw[d];
        return shares_of(m->tie_within, m->squares, m->total);
    }
    return shares_of(silo->ties.draws[d], silo->ties.squares_draws[d], silo->ties.pairs.total);
}

/* Odds that two actors have the same first sector, and so on: of a labelling where each has
 * only that one. */
static mlg_odds odds_by_first(const mlg_labelling *labelling, int32_t *count, int64_t *others)
{
    mlg_labelling first = {.n = labelling->n, .n_types = labelling->n_sectors};
    for (int32_t t = 0; t < labelling->n_types; t++) {
        count[labelling->first[t]] += labelling->count[t];
    }
    for (int32_t a = 0; a < labelling->n_sectors; a++) {
        others[a] = count[a] - 1;
    }
    first.count = count;
    first.others = others;
    return mlg_odds_of(&first);
}

static mlg_status exact_modularity(const mlg_silo *silo, double *exact, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_labelling *l = &silo->labelling;
    int32_t *count = mlg_zalloc((size_t) l->n_sectors, sizeof *count);
    int64_t *others = mlg_zalloc((size_t) l->n_sectors, sizeof *others);
    mlg_modularity_sums sums;

    TRY_ALLOC(err, count);
    TRY_ALLOC(err, others);
    TRY(mlg_modularity_sums_of(&silo->ties.pairs, l->n, &sums, err));
    const mlg_odds odds = odds_by_first(l, count, others);
    exact[0] = -(1.0 - odds.p2) * sums.loop;
    exact[1] = sqrt(mlg_within_variance(&sums.sums, &odds));
out:
    mlg_free(others);
    mlg_free(count);
    return status;
}

/* ---- the value -------------------------------------------------------------- */

static mlg_status set_weighted(const mlg_silo *silo, which_index which, mlg_value *value,
                               mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *part = mlg_value_part_of(value, "weighted");
    shares s = {NAN, NAN};

    TRY_ALLOC(err, part);
    if (silo->graph->weighted && !silo->graph->several_kinds) {
        TRY(weighted_shares(silo, &s, err));
        part[0] = index_of(which, s);
    }
out:
    return status;
}

/* The index in each draw, against the observed one. */
static mlg_status summarise(const mlg_silo *silo, which_index which, double observed,
                            mlg_null_summary *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = count_draws(silo);
    double *draw = mlg_alloc(2 * n, sizeof *draw); /* and as much scratch */

    TRY_ALLOC(err, draw);
    for (size_t d = 0; d < n; d++) {
        draw[d] = index_of(which, shares_of_draw(silo, d));
    }
    *out = mlg_null_summarise(draw, n, !silo->two_mode && silo->plan.enumerated, observed, 1.0,
                              draw + n);
out:
    mlg_free(draw);
    return status;
}

static mlg_bounds bounds_of(which_index which, shares s)
{
    return which == ASSORTATIVITY ? mlg_assortativity_bounds(s.squares)
                                  : (mlg_bounds){-s.squares, 1.0 - s.squares};
}

static mlg_status fill(const mlg_silo *silo, which_index which, mlg_value *value, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const shares s = observed_shares(silo);
    const double observed = index_of(which, s);
    const mlg_bounds bounds = bounds_of(which, s);
    const bool has_exact = which == MODULARITY && !silo->two_mode;
    double exact[2] = {0.0, 0.0};
    mlg_null_summary sum;

    TRY(summarise(silo, which, observed, &sum, err));
    if (has_exact) {
        TRY(exact_modularity(silo, exact, err));
    }
    TRY(mlg_silo_fill(value, 0, observed, &sum, has_exact ? exact : NULL, "greater", err));
    TRY(mlg_silo_set(value, MLG_MIN, 0, bounds.low, err));
    TRY(mlg_silo_set(value, MLG_MAX, 0, bounds.high, err));
    TRY(set_weighted(silo, which, value, err));
out:
    return status;
}

static mlg_status add_value(const mlg_silo *silo, which_index which, const char *id, int32_t view,
                            mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, id, view, 1, err);

    TRY_ALLOC(err, value);
    value->convention = "weak";
    value->weight = "none";
    mlg_silo_tell(silo, count_draws(silo), "greater", value);
    TRY(fill(silo, which, value, err));
out:
    if (status != MLG_OK && value != NULL) {
        mlg_values_drop(out);
    }
    return status;
}

/* ---- with degrees kept ------------------------------------------------------ */

/* What stays: the sectors' ends of ties, and how many ties there are. */
typedef struct kept {
    which_index which;
    double squares, ties;
} kept;

static double index_within(const void *with, double within)
{
    const kept *k = with;
    return index_of(k->which, shares_of(within, k->squares, k->ties));
}

static mlg_status add_degrees(mlg_context *context, const mlg_silo *silo, which_index which,
                              const char *id, int32_t view, mlg_values *out, mlg_error *err)
{
    const kept fixed = {which, silo->ties.squares, silo->ties.pairs.total};
    const mlg_bounds bounds = bounds_of(which, observed_shares(silo));
    const mlg_rewired_index index = {
        .id = id,
        .kind = MLG_REWIRED_TIES,
        .by_first = true,
        .convention = "weak",
        .weight = "none",
        .tail = "greater",
        .low = bounds.low,
        .high = bounds.high,
        .of = index_within,
        .with = &fixed,
    };
    return mlg_rewired_add(context, view, &index, out, err);
}

/* Why the index is undefined, or none. */
static mlg_status find_why(mlg_silo *silo, which_index which, const mlg_run *run, mlg_text_key *why,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;

    if (silo->why == T_none) {
        TRY(mlg_silo_need_ties(silo, run, err));
    }
    *why = silo->why;
    if (*why == T_none && !mlg_silo_has_ties(silo)) {
        *why = T_why_no_ties;
    } else if (*why == T_none && isnan(index_of(which, observed_shares(silo)))) {
        *why = T_why_one_group;
    }
out:
    return status;
}

static mlg_status run_index(mlg_context *context, which_index which, const char *id, int32_t view,
                            mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_silo *silo = NULL;
    mlg_text_key why = T_none;

    TRY(mlg_silo_of(context, view, &silo, err));
    TRY(find_why(silo, which, context->run, &why, err));
    if (why != T_none) {
        TRY(mlg_values_undefined(out, id, view, why, err));
    } else {
        TRY(add_value(silo, which, id, view, out, err));
    }
    if (why == T_none && !silo->two_mode) {
        TRY(add_degrees(context, silo, which, id, view, out, err));
    }
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}

mlg_status mlg_silo_assortativity(mlg_context *context, int32_t view, mlg_values *out,
                                  mlg_error *err)
{
    return run_index(context, ASSORTATIVITY, "silo.assortativity", view, out, err);
}

mlg_status mlg_silo_modularity(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    return run_index(context, MODULARITY, "silo.modularity", view, out, err);
}
