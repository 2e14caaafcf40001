/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/fail.h"
#include "base/texts.h"
#include "model/finish.h"

/* One actor twice at one sitting: the same activity, day, role and behalf. */

enum { MOST_ROWS = 2000000 }; /* looked at: a sheet of attendance is far shorter */

typedef struct seat {
    mlg_id activity, actor, behalf;
    int32_t role, first, last; /* the days it may have been on */
    int32_t row;
} seat;

static int by_seat(const void *left, const void *right)
{
    const seat *x = left, *y = right;
    const int32_t keys[][2] = {{x->activity, y->activity},
                               {x->actor, y->actor},
                               {x->behalf, y->behalf},
                               {x->role, y->role},
                               {x->first, y->first},
                               {x->last, y->last},
                               {x->row, y->row}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (keys[i][0] != keys[i][1]) {
            return keys[i][0] < keys[i][1] ? -1 : 1;
        }
    }
    return 0;
}

static bool same_seat(const seat *x, const seat *y)
{
    return x->activity == y->activity && x->actor == y->actor && x->behalf == y->behalf &&
           x->role == y->role && x->first == y->first && x->last == y->last;
}

/* A row of one day; of months or years there may have been several sittings. */
static bool read_seat(const mlg_model *model, int32_t row, seat *out)
{
    const mlg_span date = mlg_get_span(model, C_participations_date, row);
    *out = (seat){.activity = mlg_get_id(model, C_participations_activity, row),
                  .actor = mlg_get_id(model, C_participations_actor, row),
                  .behalf = mlg_get_id(model, C_participations_on_behalf_of, row),
                  .role = mlg_get_id(model, C_participations_role, row),
                  .first = date.first,
                  .last = date.last,
                  .row = row};
    return out->activity >= 0 && out->actor >= 0 && date.first == date.last;
}

static void tell(mlg_model *model, const seat *again, const seat *before)
{
    const mlg_arg args[] = {
        {.kind = MLG_ARG_TEXT, .text = mlg_names_text(&model->parties, again->actor)},
        mlg_count_of(model->rows[MLG_PARTICIPATIONS].line[before->row]),
    };
    mlg_fault_add_masked(
        model, MLG_WARNING, T_fault_twice_at_sitting,
        mlg_place_of(model, MLG_PARTICIPATIONS, again->row, C_participations_actor), args, 2,
        mlg_is_private(model, again->actor) ? 1u : 0u);
}

mlg_status mlg_check_sittings(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t rows = model->rows[MLG_PARTICIPATIONS].n;
    size_t n = 0;
    seat *seats = NULL;

    if (rows > MOST_ROWS || model->data[C_participations_date] == NULL) {
        return MLG_OK;
    }
    seats = mlg_alloc((size_t) rows, sizeof *seats);
    TRY_ALLOC(err, seats);
    for (int32_t row = 0; row < rows; row++) {
        n += read_seat(model, row, &seats[n]) ? 1 : 0;
    }
    if (n > 1) {
        qsort(seats, n, sizeof *seats, by_seat);
    }
    for (size_t i = 1; i < n; i++) {
        if (same_seat(&seats[i], &seats[i - 1])) {
            tell(model, &seats[i], &seats[i - 1]);
        }
    }
out:
    mlg_free(seats);
    return status;
}
