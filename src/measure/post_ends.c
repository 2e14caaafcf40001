/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/post_ends.h"

#include <stdio.h>
#include <string.h>

#include "measure/tenure.h"

/* A row without an id was given one after its line, which no other row can bear. */
bool mlg_post_has_given_id(const mlg_model *model, int32_t row)
{
    char given[32];
    snprintf(given, sizeof given, "post-%d", (int) model->rows[MLG_POSTS].line[row]);
    const char *id = mlg_names_text(&model->parties, mlg_get_id(model, C_posts_id, row));
    return strncmp(id, given, strlen(given)) == 0;
}

static bool share_a_scheme(const mlg_model *model, int32_t a, int32_t b)
{
    size_t n_a = 0, n_b = 0;
    const int32_t *of_a = mlg_get_list(model, C_posts_scheme, a, &n_a);
    const int32_t *of_b = mlg_get_list(model, C_posts_scheme, b, &n_b);
    for (size_t i = 0; i < n_a * n_b; i++) {
        if (of_a[i / n_b] == of_b[i % n_b]) {
            return true;
        }
    }
    return false;
}

bool mlg_post_is_same(const mlg_model *model, int32_t row, int32_t other)
{
    return mlg_get_id(model, C_posts_id, other) == mlg_get_id(model, C_posts_id, row) ||
           (mlg_get_id(model, C_posts_role, other) == mlg_get_id(model, C_posts_role, row) &&
            share_a_scheme(model, row, other) && mlg_post_has_given_id(model, row));
}

static bool names_a_scheme(const mlg_model *model, int32_t row)
{
    size_t n = 0;
    (void) mlg_get_list(model, C_posts_scheme, row, &n);
    return n > 0;
}

/* Part of the post beside a row, for other schemes at the same time: no sequel of it. One that
 * begins once the row ends is, whatever its scheme: schemes follow each other too. */
static bool is_beside(const mlg_model *model, int32_t row, int32_t other)
{
    const mlg_span end = mlg_get_span(model, C_posts_end, row);
    const mlg_span start = mlg_get_span(model, C_posts_start, other);
    const bool comes_after = start.first != MLG_EVER_FIRST && start.last >= end.first;
    return names_a_scheme(model, row) && names_a_scheme(model, other) &&
           !share_a_scheme(model, row, other) && !comes_after;
}

/* Does a row of the same post go on after this one ends? A row without an end does. `whole`: for
 * any scheme, since the post then lasts. */
static bool is_followed(const mlg_model *model, int32_t row, int32_t last, bool whole)
{
    for (int32_t other = 0; other < model->rows[MLG_POSTS].n; other++) {
        if (other != row && mlg_post_is_same(model, row, other) &&
            mlg_get_span(model, C_posts_end, other).last > last &&
            (whole || !is_beside(model, row, other))) {
            return true;
        }
    }
    return false;
}

int32_t mlg_post_end(const mlg_model *model, int32_t row)
{
    return mlg_get_span(model, C_posts_end, row).last;
}

bool mlg_post_is_ending(const mlg_model *model, int32_t row)
{
    const int32_t last = mlg_post_end(model, row);
    return last != MLG_EVER_LAST && last >= model->date && last - model->date <= MLG_YEAR_DAYS &&
           mlg_holds_at_date(model, MLG_POSTS, row) && !is_followed(model, row, last, false);
}

bool mlg_post_has_ended(const mlg_model *model, int32_t row)
{
    const int32_t last = mlg_post_end(model, row);
    return last < model->date && model->date - last <= MLG_YEAR_DAYS &&
           !is_followed(model, row, last, true);
}

int32_t mlg_scheme_end(const mlg_model *model, mlg_id scheme)
{
    int32_t last = MLG_EVER_FIRST;
    for (int32_t row = 0; row < model->rows[MLG_SCHEMES].n; row++) {
        if (mlg_get_id(model, C_schemes_id, row) == scheme) {
            const int32_t end = mlg_get_span(model, C_schemes_end, row).last;
            last = end > last ? end : last;
        }
    }
    return last == MLG_EVER_FIRST ? MLG_EVER_LAST : last;
}
