/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_POST_ENDS_H
#define MLG_MEASURE_POST_ENDS_H

#include "measure/context.h"

/* Ends of rows of posts.csv, and of schemes: an end is an expiry, not a departure; an unknown one
 * is none. The study must have a date. */

enum { MLG_YEAR_DAYS = 365 };

/* Was a row without an id given one after its line ("post-12"), which nobody wrote? */
bool mlg_post_has_given_id(const mlg_model *model, int32_t row);
/* Last day of a row, MLG_EVER_LAST when it is not known. */
int32_t mlg_post_end(const mlg_model *model, int32_t row);
/* Is another row of posts.csv of the same post? Rows without ids are one post when they have the
 * role and a scheme in common. */
bool mlg_post_is_same(const mlg_model *model, int32_t row, int32_t other);
/* Will a row in force end within a year, with nothing recorded after? What the post does for other
 * schemes at the same time is nothing after: each row has its own end. */
bool mlg_post_is_ending(const mlg_model *model, int32_t row);
/* Has a row ended within a year, without a word of what came after? A post that goes on for other
 * schemes has not ended. */
bool mlg_post_has_ended(const mlg_model *model, int32_t row);
/* Last day of a scheme, by the last of its successive rows; MLG_EVER_LAST when it is not known. */
int32_t mlg_scheme_end(const mlg_model *model, mlg_id scheme);

#endif
