/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_BROKER_H
#define MLG_BROKER_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Brokerage: who stands between actors that do not work together directly. All of them share
 * these conventions.
 *
 * v stands between a and b when a -> v -> b and there is no arc a -> b (an open path). Without
 * direction the pair {a, b} counts once. Actors without a sector leave the graph; an actor of
 * several sectors has its first. Weights never count. Each role gives two values: a list of actors
 * and the sum over them.
 *
 * Null "labels": the ties stay, the sectors are dealt again among the actors. For an actor its own
 * sector is kept, so that its open paths t_v are shared among the roles by the sizes n of the
 * sectors alone (own sector of size n_i, N actors): expected is exact,
 *
 *     E = t_v / ((N - 1)(N - 2)) x {(n_i - 1)(n_i - 2); sum over k != i of n_k (n_k - 1);
 *         (n_i - 1)(N - n_i) twice; (N - n_i)^2 - sum over k != i of n_k^2}
 *
 * for coordinator, itinerant, representative and gatekeeper, liaison; an actor that stands between
 * nobody (t_v = 0) has none, nor sd, z, p. sd and p are those of the deals: all of them when there
 * are fewer than a million, else run->draws, or as many as 4e9 readings of open paths allow, which
 * the value says, and none of a network with more than 16 million open paths: sd, z and p are then
 * NaN. p of an actor is of a count as high, with p_adjusted over the actors that stand between
 * anybody; p of the sum is two-sided. On participations the ties that are kept are projected ones:
 * who takes part in what is not drawn again, so read p as a screen there.
 *
 * Parts "expected_size", "sd_size", "z_size" compare with m ties (arcs) placed at random among the
 * actors, sectors kept: exact mean and variance. "z_bernoulli" is the same with each tie there by
 * chance, as sna prints for actors; for the sum it corrects sna's variances of coordinator, total,
 * representative and gatekeeper. No z is calibrated: counts are skewed, and p never comes from
 * one. Where a sector is too small for a role its sd is 0 and z is NaN, never infinite.
 *
 * --convention sna: ties are read in both directions (a pair adds two to the itinerant, one to
 * the representative and one to the gatekeeper), null "bernoulli" with expected, sd and z as sna
 * prints them, the uncorrected ones of the sum included, and no p.
 *
 * Source of all: R. V. Gould, R. M. Fernandez, "Structures of mediation", Sociological
 * Methodology 19, 1989, 89-126; moments given m, of pairs without direction and of the sums:
 * derived here, checked by enumeration.
 */

/**
 * Who links actors inside its own sector?
 *
 *     count of open paths a -> v -> b with a, v, b of one sector
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets two more values, a row an actor and a scalar; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: no sector known; no tie between two actors of known sector; actors that are sectors;
 * more than 3e10 entries to read. The row of an actor without sector is NaN.
 * Cost: O(sum over ties of the degree of the far end), shared by all measures of brokerage;
 * O(R x open paths) for R deals.
 * Source: R. V. Gould, R. M. Fernandez, 1989.
 */
mlg_measure_fn mlg_broker_coordinator;

/**
 * Who links two actors of one other sector?
 *
 *     count of open paths a -> v -> b with a, b of one sector and v of another
 *
 * Also called consultant, or cosmopolitan.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets two more values, a row an actor and a scalar; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: as broker.coordinator.
 * Cost: as broker.coordinator.
 * Source: R. V. Gould, R. M. Fernandez, 1989.
 */
mlg_measure_fn mlg_broker_itinerant;

/**
 * Who carries its sector's links out to others?
 *
 *     count of open paths a -> v -> b with a, v of one sector and b of another
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets two more values, a row an actor and a scalar; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: as broker.coordinator; ties without direction, where it cannot be told from the
 * gatekeeper: see broker.boundary.
 * Cost: as broker.coordinator.
 * Source: R. V. Gould, R. M. Fernandez, 1989.
 */
mlg_measure_fn mlg_broker_representative;

/**
 * Through whom do other sectors reach its own?
 *
 *     count of open paths a -> v -> b with v, b of one sector and a of another
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets two more values, a row an actor and a scalar; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: as broker.representative.
 * Cost: as broker.coordinator.
 * Source: R. V. Gould, R. M. Fernandez, 1989.
 */
mlg_measure_fn mlg_broker_gatekeeper;

/**
 * Who stands between its own sector and another?
 *
 *     count of open paths a - v - b with one of a and b in v's sector, the other in another
 *
 * The sum of representative and gatekeeper, which are one without direction. Its sum over the
 * actors of a graph with direction has no parts of size.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets two more values, a row an actor and a scalar; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: as broker.coordinator.
 * Cost: as broker.coordinator.
 * Source: R. V. Gould, R. M. Fernandez, 1989.
 */
mlg_measure_fn mlg_broker_boundary;

/**
 * Who links two other sectors?
 *
 *     count of open paths a -> v -> b with a, v, b of three sectors
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets two more values, a row an actor and a scalar; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: as broker.coordinator.
 * Cost: as broker.coordinator.
 * Source: R. V. Gould, R. M. Fernandez, 1989.
 */
mlg_measure_fn mlg_broker_liaison;

/**
 * Who stands between others, whatever their sectors?
 *
 *     count of open paths a -> v -> b
 *
 * The sum of the roles. A deal of the sectors does not change it: null "size", m ties (arcs)
 * placed at random, with exact expected and sd, and no p.
 *
 * It follows the number of partners: read the roles against their expectation.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets two more values, a row an actor and a scalar; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: as broker.coordinator.
 * Cost: as broker.coordinator.
 * Source: R. V. Gould, R. M. Fernandez, 1989.
 */
mlg_measure_fn mlg_broker_total;

/**
 * Between how many pairs of other actors, of two sectors, does each stand?
 *
 *     activity(v) = number of pairs {a, b} of different sectors, both tied to v, not to each other
 *
 * Weak ties (either direction). The second value counts the pairs themselves, once whoever
 * stands between, with parts "tied" (pairs of different sectors with a tie), "apart" (neither a
 * tie nor a partner in common) and "all".
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets two more values, a row an actor and a scalar; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: as broker.coordinator.
 * Cost: as broker.coordinator.
 * Source: M. L. Hamilton, J. Hileman, O. Bodin, "Evaluating heterogeneous brokerage: New
 * conceptual and methodological approaches and their application to multi-level environmental
 * governance networks", Social Networks 61, 2020, 1-10.
 */
mlg_measure_fn mlg_broker_activity;

/**
 * Between how many pairs of two sectors does nobody else stand?
 *
 *     exclusivity(v) = number of the pairs of broker.activity with v as their only common partner
 *
 * Part "share" is of the actor's own pairs. The second value counts the pairs with one actor
 * between, with parts "pairs" (all with somebody between) and "share".
 *
 * A pair also counts when longer paths join it, or when both could meet tomorrow: it says who a
 * link rests on today, not that it would be lost.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets two more values, a row an actor and a scalar; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: as broker.coordinator.
 * Cost: as broker.coordinator.
 * Source: M. L. Hamilton, J. Hileman, O. Bodin, 2020 (see broker.activity).
 */
mlg_measure_fn mlg_broker_exclusivity;

/**
 * On how few actors does brokerage rest?
 *
 *     HHI = sum over v of (b_v / sum b)^2,  b_v pairs that v stands between (weak ties)
 *
 * in [1 / n, 1]. Parts "effective" = 1 / HHI, the number of equal brokers with the same HHI, "top1"
 * and "top3" (largest shares); "hhi_cross", "effective_cross", "top1_cross", "top3_cross" the
 * same over pairs of different sectors (left out when there is none).
 *
 * An indicator of this program, not a published index: depend.effective_brokers is the same of
 * betweenness, which also counts longer paths.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets one more value, a scalar; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: as broker.coordinator; nobody stands between two actors.
 * Cost: as broker.coordinator.
 * Source: indicator of this program; HHI: O. C. Herfindahl, 1950, A. O. Hirschman, 1945.
 */
mlg_measure_fn mlg_broker_concentration;

#ifdef __cplusplus
}
#endif

#endif
