/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_WAVES_H
#define MLG_WAVES_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the record shows of actors and ties that come and go.
 *
 * The first three compare a view with itself at earlier periods: its own period (by default the 12
 * months that end on the study's date) and those of the same length before it, at most ten in which
 * a dated row counts, each compared with the next, none before the first dated row of attendance.
 * Rows count in a period as they do in a view: undated ones in all. An actor is present in a period
 * when a dated row names it there or its own row of actors.csv meets the period; without dates of
 * its own, also when an undated row names it. Each appends a curve, a row a passage from one period
 * to the next, at the months from the end of the view's own period back to that of the later one
 * (0, -12 ...), with a part `months` between the two. An undefined value has its reason and the
 * answer is MLG_OK; MLG_ENOMEM when memory is short, with nothing appended. m rows of the view, k
 * periods looked at. */

/**
 * Which share of the actors came or went between two periods?
 *
 *     1 - |A and B| / |A or B|, the Jaccard distance of the actors present
 *
 * Parts: `before`, `after`, `stayed`, `entered`, `left`; `rows_undated` of the later period;
 * `partial`, 1 when the record begins over a month after the earlier period does.
 *
 * Who only went quiet reads as gone unless actors.csv gives its dates; after a period that the
 * record covers in part, who was there before reads as an arrival.
 *
 * Undefined: in a view whose rows are all undated, or never say that something ends; without the
 * study's date, or with a period open on one side; with dated rows in one period only.
 * Cost: O(k m) and a graph a period.
 * Source: P. Jaccard, New Phytologist 11(2), 1912, 37-50; between waves as in T. A. B. Snijders, G.
 * G. van de Bunt, C. E. G. Steglich, Social Networks 32(1), 2010, 44-60.
 */
mlg_measure_fn mlg_turnover_actor_turnover;

/**
 * Among the actors that stayed, which share of the ties changed?
 *
 *     1 - kept / (kept + come + lost), over pairs of actors present in both periods
 *
 * Parts: `kept`, `come`, `lost`; apart, and not counted as turnover of ties, `with_left` (ties
 * whose actor left) and `with_entered` (ties of an actor that came); `undated`, those of the kept
 * that only rows without a date show, and that nothing could have ended; `mean_age_months` of the
 * `ages_known` ties of the later period whose rows say when they begin, from the first of these
 * days (ties.csv).
 *
 * In a view of participations a tie is an activity in common: a body that met less often reads
 * as ties lost.
 *
 * Undefined: as turnover.actor_turnover; when no tie joins actors that stayed.
 * Cost: O(k m log m) and a graph a period.
 * Source: as turnover.actor_turnover; entering and leaving kept apart as in M. Huisman, T. A. B.
 * Snijders, Sociological Methods & Research 32(2), 2003, 253-287.
 */
mlg_measure_fn mlg_turnover_tie_turnover;

/**
 * Which share of the ties did the actors that stayed keep?
 *
 *     kept / (kept + lost), over pairs of actors present in both periods and tied in the first;
 *     ties that only rows without a date show cannot be seen to end and are left out
 *
 * Parts: `kept`, `at_risk` = kept + lost; `low_95`, `high_95` = Clopper and Pearson's interval;
 * `half_life_months` = months ln 2 / -ln(share), at a constant rate (none when all or no tie was
 * kept); `undated`, left out.
 *
 * The interval takes each tie to last or not by itself; ties of one actor or body go together, so
 * that the truth is wider.
 *
 * Undefined: as turnover.actor_turnover; when no tie that could end joins actors that stayed.
 * Cost: O(k m log m) and a graph a period.
 * Source: C. J. Clopper, E. S. Pearson, Biometrika 26(4), 1934, 404-413; rates as TURNOVER.
 */
mlg_measure_fn mlg_turnover_retention;

/**
 * Of the ties lost after a change of coordination, which share had to be made again?
 *
 *     restarted / lost
 *
 * A change: another person, or a row that says vacant, follows a named coordinator in the rows of
 * one post of posts.csv, at least two years before the study's date. A tie: a partner (an
 * organisation other than the post's own) that a row of ties.csv links to the post or to who holds
 * it, or that takes part in an activity of its schemes; a meeting counts for the year it begins.
 * Of the ties in force on the last day before the change, one is lost when it lapses within
 * the next 12 months (a month without a row is no lapse), restarted when a row of the post, of a
 * later holder or of its schemes begins after the lapse and within 24 months of the change. Parts:
 * `changes`; `recent_changes`, too recent to tell, and `undated_changes`, both left out; `before` =
 * `kept` + `lost`; `restarted`; `low_95`, `high_95` (Clopper and Pearson); `undated`, ties with an
 * undated row, left out.
 *
 * What a coordinator did not write down before leaving cannot be seen to begin again.
 *
 * Undefined: without a post, the study's date or a change that can be told; when no tie of the
 * post is on record, or none was lost.
 * Cost: O((m + r) log m) for r rows of posts.csv.
 * Source: this project's, after the survey of coordinators of 2023 (S1:149, discontinuity of
 * precarious posts).
 */
mlg_measure_fn mlg_turnover_restarted_share;

/**
 * How long is a post held by one person?
 *
 *     Kaplan and Meier's S(t): the share still in post t months after taking it
 *
 * Over the times in post of posts.csv with a known start: the successive rows of one post with one
 * holder, ended by another holder or by a row that says vacant, censored at the study's date or
 * where it is lost from sight (an end that passed without a follow-up is an expiry, no
 * departure; nobody knows who follows). Mandates are apart. First the curve, convention
 * `still_in_post`, a row a time at which somebody left: `low_95`, `high_95` (Greenwood, log-log),
 * `at_risk`, `departures`. Then the median, convention `median_months`, with its interval
 * (Brookmeyer and Crowley) in `low_95` and `high_95`, `spells`, `departures`, `held` at the date,
 * `under_two_years` and `share_under_two` of these, `start_unknown` and `elected`, both left out.
 * Then the median of each kind of contract with five times in post and three departures.
 *
 * A list of today's posts only, without who held them before, makes time in post look long.
 *
 * Undefined: without a post or the study's date; when no start is known; the curve and the median
 * when nobody left; the median while over half remain.
 * Cost: O(r log r) for r rows of posts.csv.
 * Source: E. L. Kaplan, P. Meier, Journal of the American Statistical Association 53, 1958,
 * 457-481; R. Brookmeyer, J. Crowley, Biometrics 38(1), 1982, 29-41.
 */
mlg_measure_fn mlg_turnover_tenure;

#ifdef __cplusplus
}
#endif

#endif
