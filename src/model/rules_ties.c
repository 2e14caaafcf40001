/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/fail.h"
#include "base/texts.h"
#include "model/finish.h"

/* Ties come by millions: one pass for loops and lives, and one over the rows grouped by
 * their smaller actor for repetitions. Eight bytes a row and eight an actor. */

enum { MAX_COMPARED = 16 }; /* rows of one pair a row is compared with */

static void check_loops(mlg_model *model, const int32_t *from, const int32_t *to)
{
    for (int32_t row = 0; row < model->rows[MLG_TIES].n; row++) {
        if (from[row] >= 0 && from[row] == to[row]) {
            mlg_fault_add(model, MLG_WARNING, T_fault_self_tie,
                          mlg_place_of(model, MLG_TIES, row, C_ties_from),
                          (const mlg_arg[]){mlg_text_of(&model->parties, from[row])}, 1);
        }
    }
}

/* ---- the same tie twice ----------------------------------------------------------------------- */

static bool overlap(const mlg_model *model, int32_t a, int32_t b)
{
    const mlg_span start_a = mlg_get_span(model, C_ties_start, a);
    const mlg_span start_b = mlg_get_span(model, C_ties_start, b);
    const mlg_span end_a = mlg_get_span(model, C_ties_end, a);
    const mlg_span end_b = mlg_get_span(model, C_ties_end, b);
    /* An open end gives way to a later start: waves of a survey repeat their ties. */
    return (start_a.first == start_b.first && start_a.last == start_b.last) ||
           (end_a.last != MLG_EVER_LAST && end_b.last != MLG_EVER_LAST &&
            start_a.first <= end_b.last && start_b.first <= end_a.last);
}

static bool same_tie(const mlg_model *model, int32_t a, int32_t b)
{
    const bool directed = mlg_get_id(model, C_ties_directed, a) == 1;
    if (directed != (mlg_get_id(model, C_ties_directed, b) == 1) ||
        mlg_get_id(model, C_ties_kind, a) != mlg_get_id(model, C_ties_kind, b)) {
        return false;
    }
    if (directed && mlg_get_id(model, C_ties_from, a) != mlg_get_id(model, C_ties_from, b)) {
        return false;
    }
    return overlap(model, a, b);
}

static void tell_twice(mlg_model *model, int32_t row, int32_t earlier)
{
    /* Grouped as one: the first place stands for all. */
    const mlg_arg args[] = {{.kind = MLG_ARG_TEXT, .text = ""},
                            mlg_count_of(model->rows[MLG_TIES].line[earlier])};
    mlg_fault_add(model, MLG_WARNING, T_fault_tie_twice,
                  mlg_place_of(model, MLG_TIES, row, C_ties_to), args, 2);
}

static mlg_status check_repeated(mlg_model *model, const int32_t *from, const int32_t *to,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t n = model->rows[MLG_TIES].n;
    const size_t n_parties = model->parties.n;
    int32_t *head = mlg_alloc(n_parties, sizeof *head);   /* last row of the smaller actor */
    int32_t *next = mlg_alloc((size_t) n, sizeof *next);  /* the row before it */
    int32_t *met = mlg_alloc(n_parties, sizeof *met);     /* last row with this larger actor */
    int32_t *later = mlg_alloc((size_t) n, sizeof *later); /* the next row of the same pair */
    TRY_ALLOC(err, head);
    TRY_ALLOC(err, next);
    TRY_ALLOC(err, met);
    TRY_ALLOC(err, later);

    for (size_t party = 0; party < n_parties; party++) {
        head[party] = met[party] = -1;
    }
    for (int32_t row = 0; row < n; row++) {
        const bool whole = from[row] >= 0 && to[row] >= 0 && from[row] != to[row];
        const mlg_id small = from[row] < to[row] ? from[row] : to[row];
        next[row] = whole ? head[small] : -1;
        later[row] = -1;
        if (whole) {
            head[small] = row;
        }
    }
    for (size_t party = 0; party < n_parties; party++) {
        for (int32_t row = head[party]; row >= 0; row = next[row]) {
            const mlg_id large = from[row] < to[row] ? to[row] : from[row];
            later[row] = met[large];
            met[large] = row;
        }
        for (int32_t row = head[party]; row >= 0; row = next[row]) {
            met[from[row] < to[row] ? to[row] : from[row]] = -1;
        }
    }
    for (int32_t row = 0; row < n; row++) {
        int32_t other = later[row];
        for (int i = 0; other >= 0 && i < MAX_COMPARED; i++, other = later[other]) {
            if (same_tie(model, row, other)) {
                tell_twice(model, other, row);
                break;
            }
        }
    }

out:
    mlg_free(head);
    mlg_free(next);
    mlg_free(met);
    mlg_free(later);
    return status;
}

/* ---- lives -------------------------------------------------------------------------------------- */

/* The days an actor's rows allow it to exist, from the first beginning to the last end; an
 * unknown one allows all. */
static mlg_span *lives_of(const mlg_model *model)
{
    mlg_span *life = mlg_alloc(model->parties.n, sizeof *life);
    for (size_t party = 0; life != NULL && party < model->parties.n; party++) {
        life[party] = (mlg_span){MLG_EVER_LAST, MLG_EVER_FIRST}; /* no row yet */
    }
    for (int32_t row = 0; life != NULL && row < model->rows[MLG_ACTORS].n; row++) {
        const mlg_id party = mlg_get_id(model, C_actors_id, row);
        const int32_t begins = mlg_get_span(model, C_actors_start, row).first;
        const int32_t ends = mlg_get_span(model, C_actors_end, row).last;
        if (party >= 0) {
            mlg_span *span = &life[party];
            span->first = begins < span->first ? begins : span->first;
            span->last = ends > span->last ? ends : span->last;
        }
    }
    for (size_t party = 0; life != NULL && party < model->parties.n; party++) {
        if (model->party_actor_row[party] < 0) {
            life[party] = (mlg_span){MLG_EVER_FIRST, MLG_EVER_LAST};
        }
    }
    return life;
}

static mlg_status check_lives(mlg_model *model, const int32_t *from, const int32_t *to,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_span *life = lives_of(model);
    TRY_ALLOC(err, life);
    for (int32_t row = 0; row < model->rows[MLG_TIES].n; row++) {
        const int32_t begins = mlg_get_span(model, C_ties_start, row).first;
        const int32_t ends = mlg_get_span(model, C_ties_end, row).last;
        if (from[row] < 0 || to[row] < 0) {
            continue;
        }
        const mlg_span a = life[from[row]], b = life[to[row]];
        if (ends < a.first || begins > a.last || ends < b.first || begins > b.last) {
            mlg_fault_add(model, MLG_WARNING, T_fault_tie_outside_life,
                          mlg_place_of(model, MLG_TIES, row, C_ties_start), NULL, 0);
        }
    }
out:
    mlg_free(life);
    return status;
}

mlg_status mlg_check_ties(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t *from = model->data[C_ties_from], *to = model->data[C_ties_to];
    if (from == NULL || to == NULL) {
        return MLG_OK;
    }
    check_loops(model, from, to);
    TRY(check_repeated(model, from, to, err));
    if (model->data[C_actors_start] != NULL || model->data[C_actors_end] != NULL) {
        TRY(check_lives(model, from, to, err));
    }
out:
    return status;
}
