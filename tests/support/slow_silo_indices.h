/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_SILO_INDICES_H
#define MLG_SLOW_SILO_INDICES_H

#include "slow_silo.h"

/* Naive twins of the further silo indices: loops over all pairs of actors. */

/* Of the view. An infinite odds ratio is HUGE_VAL. */
slow_statistic slow_odds_ratio, slow_yule_q, slow_freeman, slow_gupta;
/* Of sector a. Coleman's: ties without direction are sent both ways. */
slow_statistic slow_coleman, slow_conductance;
/* Blau's index over the contacts of actor a, and over the participants of activity a. */
slow_statistic slow_blau_contacts, slow_blau_participants;
/* Share of the pairs of contacts of actor a that differ by first sector. */
double slow_unbiased(const mlg_graph *graph, int32_t a);

/* Coleman's index of sector a over every way in which each of its actors may choose as many others
 * as it does (graphs of at most 12 actors): all are as likely. */
slow_null slow_coleman_chosen(const mlg_graph *graph, int32_t a);

/* Spectral segregation of each actor [n] by repeated multiplication of the shares themselves. */
void slow_ssi(const mlg_graph *graph, double *score);

#endif
