/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_FINDING_POST_WEIGHT_H
#define MLG_FINDING_POST_WEIGHT_H

#include "finding/rule.h"
#include "measure/reach.h"

/* What hangs on a post that is vacant or that ends, as `leave` has it: the schemes in force that no
 * other held post coordinates, and who lives where it coordinates these. */

typedef struct mlg_post_weigher {
    const mlg_model *model;
    mlg_reach land;
    double all_schemes;
    bool *on_record; /* [parties] scratch: schemes */
    bool *orphan;    /* [parties] scratch */
} mlg_post_weigher;

typedef struct mlg_post_weight {
    double schemes; /* on record, whatever the role */
    double orphans; /* left without coordination */
    double people;  /* residents of the orphans, or of a post without schemes; 0: not known */
    bool roles;     /* every row says its role */
} mlg_post_weight;

/* Which rows of posts.csv one statement is about, beside its own. */
typedef bool mlg_post_rows(const mlg_model *model, int32_t row, int32_t other);

/* Closed by mlg_post_weigher_close() whatever the answer. */
mlg_status mlg_post_weigher_open(mlg_post_weigher *w, const mlg_rule_case *at,
                                 mlg_error *err) MLG_MUST_CHECK;
void mlg_post_weigher_close(mlg_post_weigher *w);
/* Of the rows that are told with `row`. Leaves its orphans marked. */
mlg_post_weight mlg_post_weigh(mlg_post_weigher *w, int32_t row, mlg_post_rows *told);
/* The same of rows that `gone` [rows of posts.csv] marks, all at once. */
mlg_post_weight mlg_post_weigh_all(mlg_post_weigher *w, const bool *gone);
/* The share of schemes or of residents, the larger; NaN when neither is known. */
double mlg_post_share(const mlg_post_weigher *w, const mlg_post_weight *weight);

/* The texts of one statement, by what is known to hang on the post. */
typedef struct mlg_post_wording {
    mlg_text_key orphans_people, orphans; /* schemes and their residents, or schemes only */
    mlg_text_key none;                    /* schemes on record, none of which rests on it alone */
    mlg_text_key people, bare;            /* no scheme on record */
} mlg_post_wording;

/* Appends the statement of a post: {0} the post, {1} schemes, {2} people, {3}..{7} the caller's,
 * {8}{9}{10} whose post it is. NULL when memory is short. */
mlg_finding *mlg_say_post(const mlg_rule_case *at, const mlg_rule *rule, mlg_post_weigher *w,
                          int32_t row, const mlg_post_wording *texts, mlg_post_rows *told,
                          const mlg_arg mine[5], mlg_findings *out, mlg_error *err);
/* Do two rows say the same of one post: both vacant or both held, until the same day? */
mlg_post_rows mlg_post_same_state;
/* "in ", "4", " months": three arguments. What has ended did so a day ago at least. */
void mlg_say_time(int32_t first, int32_t last, mlg_arg out[3]);

#endif
