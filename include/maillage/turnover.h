/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_TURNOVER_H
#define MLG_TURNOVER_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Each function appends one value, a row a post held at the study's date; the posts of one person
 * fall together and have the same figures, and a vacant post is no departure. Where it is
 * undefined the value has its reason and no number, and the answer is still MLG_OK. All of them
 * answer MLG_ENOMEM when memory is short, with nothing appended. They read the rows of the study,
 * not the graph alone: in a view of organisations persons have become theirs. */

/**
 * How many of the ties a post holds would outlast the departure of who holds it?
 *
 *     sum over partners of 1 - prod over its rows of (1 - s)
 *
 * A tie is a partner (an actor of the view other than the post's own employer, service or
 * organisation) that rows link to the person or to one of its posts: rows of ties, or common
 * activities, where the person's participations in one activity count once, by the best held. Who
 * takes part on behalf of a held post takes part as its holder, whatever name the row gives; a post
 * and an actor of the same name are one, so that the attendance of the one is the other's. A row
 * survives with a chance s by how it is held: `survival.organisation`, `survival.person` and
 * `survival.unknown` of study.csv, 0.9, 0.3 and 0.6 where it says nothing. Parts: `ties`, `rows`;
 * `held_organisation`, `held_person`, `held_unknown`, the ties by their best-held row; `low_5` and
 * `high_95`, 5 and 95 % of the distribution of surviving ties, when rows last or not each by
 * itself: exact (Poisson-binomial where no two ties share a row; ties with rows in common
 * enumerated up to 16 rows a block, drawn beyond, then with a caution); `with`, how many posts fall
 * with this one.
 *
 * The chances are assumptions unless the study gives its own: read the interval as what they
 * imply, not as a forecast. A post that records its ties has more to lose than one that does not.
 *
 * Undefined: without a post, without one that is held, without a view of actors; for a post that
 * no row names. `low_5`, `high_95`: when drawing is needed and no draws are asked for.
 * Cost: O(m + k^2) for m rows of the view and k ties of each post.
 * Source: this project's; direction of the rates after Y. S. Bermiss, B. N. Greenbaum,
 * Administrative Science Quarterly 61(2), 2016, 254-284, and M. Rogan, Academy of Management
 * Journal 57(6), 2014; the Poisson-binomial distribution is by convolution.
 */
mlg_measure_fn mlg_turnover_departure;

/**
 * At worst, who would be cut off from whom if a post fell vacant?
 *
 * Pairs of actors without a sector in common that are connected today, and are not once the rows
 * of who holds the post are gone: the exact extreme at which no tie survives (at the other, all
 * survive and none is lost). The view is joined again without those rows and counted over the same
 * actors, who leaves apart; two organisations stay connected while another person or row links
 * them. Parts: `pairs_today`; `share_worst`, lost over today's; `pairs_lost_with_activities` and
 * `share_with_activities` when the activities stop too that only this person's posts convene (no
 * other held post coordinates one of their schemes, and no organisation but the employers of those
 * posts carries or coordinates them on record; strategic bodies go on);
 * `activities_stopped`; `with`, how many posts fall with this one. Where the person is an actor
 * of the view, the loss is that of depend.cross_pairs_lost.
 *
 * A network that is densely recorded loses nothing at any departure: read it beside the
 * completeness of the tables.
 *
 * Undefined: as turnover.departure; without a tie, without two known sectors.
 * Cost: O(m + p (n + r + c^2)) for p posts, r rows that name them and c different sets of sectors.
 * Source: this project's; pairs as in S. P. Borgatti, Computational and Mathematical Organization
 * Theory 12, 2006, 21-34, equation 4.
 */
mlg_measure_fn mlg_turnover_departure_pairs;

/**
 * What rests on a post alone?
 *
 * The schemes in force that no other held post coordinates. Parts: `schemes` of the person's posts;
 * `coordinated`; `activities_unconvened`, of the last 12 months, whose schemes no other held post
 * coordinates and that nobody else carries; `population` of the posts' territories, else of their
 * schemes', of each unit the largest part that is in one; `fte`, of the rows
 * that give one; `communes_without_referent`, territories (of the post, else of its schemes) of
 * which the person is the only elected or referent on record (undefined where no post is either);
 * `with`, how many posts fall with this one.
 *
 * A post whose holder is not named is held by somebody unknown: it counts as another. Only what
 * is on record counts.
 *
 * Undefined: without a post, without one that is held.
 * Cost: O(p (r + u)) for p posts, r rows of posts.csv and u units.
 * Source: this project's, after the documents of local health contracts (one person, several
 * schemes).
 */
mlg_measure_fn mlg_turnover_departure_reach;

#ifdef __cplusplus
}
#endif

#endif
