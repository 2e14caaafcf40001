/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/fail.h"
#include "base/texts.h"
#include "model/finish.h"

/* Ties come by millions: one pass for loops, one for lives, and one over the rows grouped
 * by their smaller actor for repetitions, in eight bytes a row and eight an actor. */

enum { MAX_COMPARED = 16 }; /* rows of one pair a row is compared with */

static void check_loops(mlg_model *model, const int32_t *from, const int32_t *to)
{
    for (int32_t row = 0; row < model->rows[MLG_TIES].n; row++) {
        if (from[row] >= 0 && from[row] == to[row]) {
            mlg_fault_add_masked(model, MLG_WARNING, T_fault_self_tie,
                                 mlg_place_of(model, MLG_TIES, row, C_ties_from),
                                 (const mlg_arg[]){mlg_text_of(&model->parties, from[row])}, 1,
                                 mlg_is_private(model, from[row]) ? 1u : 0u);
        }
    }
}

/* ---- the same tie twice -----------------------------------------------------------------------
 */

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

/* Rows by their smaller actor: those of actor a stand at first[a] .. first[a + 1] - 1, in
 * file order, beside their larger actor. Loops and rows with an actor missing are left out. */
typedef struct pairs {
    uint32_t *first;  /* [parties + 1] */
    int32_t *row;     /* [first[parties]] */
    int32_t *partner; /* the same; once seen, the earlier place of the same pair, or -1 */
} pairs;

static void free_pairs(pairs *p)
{
    mlg_free(p->first);
    mlg_free(p->row);
    mlg_free(p->partner);
}

static mlg_status group_pairs(const mlg_model *model, const int32_t *from, const int32_t *to,
                              pairs *p, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t n = model->rows[MLG_TIES].n;
    const size_t n_parties = model->parties.n;

    p->first = mlg_zalloc(n_parties + 2, sizeof *p->first);
    p->row = mlg_alloc((size_t) n, sizeof *p->row);
    p->partner = mlg_alloc((size_t) n, sizeof *p->partner);
    TRY_ALLOC(err, p->first);
    TRY_ALLOC(err, p->row);
    TRY_ALLOC(err, p->partner);
    /* Counted two places on, so that filling moves each start to where it belongs. */
    for (int32_t row = 0; row < n; row++) {
        if (from[row] >= 0 && to[row] >= 0 && from[row] != to[row]) {
            p->first[(from[row] < to[row] ? from[row] : to[row]) + 2]++;
        }
    }
    for (size_t party = 0; party < n_parties; party++) {
        p->first[party + 2] += p->first[party + 1];
    }
    for (int32_t row = 0; row < n; row++) {
        if (from[row] >= 0 && to[row] >= 0 && from[row] != to[row]) {
            const bool ascending = from[row] < to[row];
            const uint32_t at = p->first[(ascending ? from[row] : to[row]) + 1]++;
            p->row[at] = row;
            p->partner[at] = ascending ? to[row] : from[row];
        }
    }

out:
    return status;
}

static mlg_status check_repeated(mlg_model *model, const int32_t *from, const int32_t *to,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n_parties = model->parties.n;
    pairs p = {0};
    int32_t *met = mlg_alloc(n_parties, sizeof *met); /* last place with this larger actor */
    TRY_ALLOC(err, met);
    TRY(group_pairs(model, from, to, &p, err));

    for (size_t party = 0; party < n_parties; party++) {
        met[party] = -1;
    }
    for (size_t party = 0; party < n_parties; party++) {
        const int32_t begin = (int32_t) p.first[party];
        for (int32_t at = begin; at < (int32_t) p.first[party + 1]; at++) {
            const mlg_id partner = p.partner[at];
            int32_t earlier = met[partner] >= begin ? met[partner] : -1;
            met[partner] = at;
            p.partner[at] = earlier;
            for (int i = 0; earlier >= 0 && i < MAX_COMPARED; i++, earlier = p.partner[earlier]) {
                if (same_tie(model, p.row[at], p.row[earlier])) {
                    tell_twice(model, p.row[at], p.row[earlier]);
                    break;
                }
            }
        }
    }

out:
    free_pairs(&p);
    mlg_free(met);
    return status;
}

/* ---- lives --------------------------------------------------------------------------------------
 */

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
