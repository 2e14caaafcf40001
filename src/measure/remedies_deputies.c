/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "measure/remedies.h"

/* Who could convene what nobody would any more: an organisation that sits in these activities
 * already. Each set of deputies keeps the activities that one of them sits in: coverage, for which
 * building step by step keeps at least 1 - 1/e of the most possible. */

#define MOST_SETS 1e6

typedef struct search {
    const mlg_departure *of;
    int32_t n_stopped, n_words;
    int32_t *stopped; /* [n_stopped] activities of the view */
    int32_t n;        /* candidates */
    int32_t *who;     /* [n] actors of the view */
    uint64_t *sits;   /* [n * n_words] in which of the stopped ones */
    uint64_t *kept;   /* [(budget + 1) * n_words] by the set under way */
    int32_t k, most;
    int32_t at[MLG_MOST_CHOSEN], best[MLG_MOST_CHOSEN];
} search;

static void free_search(search *s)
{
    mlg_free(s->stopped);
    mlg_free(s->who);
    mlg_free(s->sits);
    mlg_free(s->kept);
}

static int32_t count(const uint64_t *bits, int32_t n_words)
{
    int32_t n = 0;
    for (int32_t w = 0; w < n_words; w++) {
        n += __builtin_popcountll(bits[w]);
    }
    return n;
}

static void add_bits(uint64_t *to, const uint64_t *a, const uint64_t *b, int32_t n_words)
{
    for (int32_t w = 0; w < n_words; w++) {
        to[w] = a[w] | b[w];
    }
}

static const uint64_t *sits_of(const search *s, int32_t i)
{
    return s->sits + (size_t) i * (size_t) s->n_words;
}

static uint64_t *kept_by(search *s, int32_t n)
{
    return s->kept + (size_t) n * (size_t) s->n_words;
}

/* Activities that who leaves alone convenes, strategic bodies apart. */
static mlg_status find_stopped(search *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = s->of->graph;
    const mlg_leavers *leavers = s->of->leavers;

    s->stopped = mlg_alloc((size_t) graph->n_activities, sizeof *s->stopped);
    TRY_ALLOC(err, s->stopped);
    for (int32_t e = 0; e < graph->n_activities; e++) {
        if (leavers->of_activity[graph->activity[e]] == s->of->leaver &&
            !mlg_meets_unconvened(graph->model, graph->activity[e])) {
            s->stopped[s->n_stopped++] = e;
        }
    }
    s->n_words = (s->n_stopped + 63) / 64;
out:
    return status;
}

static mlg_status find_candidates(search *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = s->of->graph;
    int32_t *place = mlg_alloc((size_t) graph->n, sizeof *place);

    TRY_ALLOC(err, place);
    s->who = mlg_alloc((size_t) graph->n, sizeof *s->who);
    TRY_ALLOC(err, s->who);
    for (int32_t v = 0; v < graph->n; v++) {
        place[v] = -1;
    }
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t i = 0; i < s->n_stopped; i++) {
            const mlg_csr *attended = &graph->attended;
            for (uint32_t e = attended->offset[s->stopped[i]];
                 e < attended->offset[s->stopped[i] + 1]; e++) {
                const int32_t v = attended->target[e];
                if (pass == 0 && place[v] < 0 && mlg_may_stand(s->of, v) &&
                    graph->model->party_kind[graph->subject[v]] != MLG_KIND_RESIDENTS &&
                    graph->subject[v] != s->of->rest->employer) {
                    place[v] = s->n;
                    s->who[s->n++] = v;
                } else if (pass == 1 && place[v] >= 0) {
                    s->sits[(size_t) place[v] * (size_t) s->n_words + (size_t) i / 64] |=
                        (uint64_t) 1 << (i % 64);
                }
            }
        }
        if (pass == 0) {
            s->sits = mlg_zalloc((size_t) s->n * (size_t) s->n_words, sizeof *s->sits);
            TRY_ALLOC(err, s->sits);
        }
    }
out:
    mlg_free(place);
    return status;
}

static void try_sets(search *s, int32_t n, int32_t from)
{
    if (n == s->k) {
        const int32_t here = count(kept_by(s, n), s->n_words);
        if (here > s->most) {
            s->most = here;
            memcpy(s->best, s->at, (size_t) s->k * sizeof *s->at);
        }
        return;
    }
    for (int32_t i = from; i + (s->k - n) <= s->n; i++) {
        s->at[n] = i;
        add_bits(kept_by(s, n + 1), kept_by(s, n), sits_of(s, i), s->n_words);
        try_sets(s, n + 1, i + 1);
    }
}

/* The next deputy: who keeps most beyond those before, then who is best linked. */
static int32_t next_best(search *s, int32_t n, const int32_t *among, int32_t n_among)
{
    int32_t best = -1, most = count(kept_by(s, n), s->n_words);
    uint64_t *after = kept_by(s, n + 1);
    for (int32_t j = 0; j < n_among; j++) {
        const int32_t i = among != NULL ? among[j] : j;
        add_bits(after, kept_by(s, n), sits_of(s, i), s->n_words);
        const int32_t here = count(after, s->n_words);
        if (here > most ||
            (best >= 0 && here == most &&
             mlg_links_of(s->of->graph, s->who[i]) > mlg_links_of(s->of->graph, s->who[best]))) {
            most = here;
            best = i;
        }
    }
    if (best >= 0) {
        add_bits(after, kept_by(s, n), sits_of(s, best), s->n_words);
    }
    return best;
}

/* Pairs that these activities keep connected; the employer's seat there may fall with the post. */
static mlg_status pairs_kept(const search *s, const uint64_t *bits, int64_t *pairs, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_rest *rest = s->of->rest;
    const mlg_graph *graph = s->of->graph;
    int32_t *join = mlg_alloc((size_t) rest->n, sizeof *join);

    TRY_ALLOC(err, join);
    mlg_rest_open(rest, join);
    for (int32_t i = 0; i < s->n_stopped; i++) {
        int32_t first = -1;
        for (uint32_t e = graph->attended.offset[s->stopped[i]];
             e < graph->attended.offset[s->stopped[i] + 1]; e++) {
            const int32_t v = graph->attended.target[e], p = rest->of[v];
            const bool on = (bits[i / 64] >> (i % 64) & 1) != 0;
            if (!on || p < 0 || graph->subject[v] == rest->employer) {
                continue;
            }
            first = first < 0 ? p : first;
            mlg_rest_join(join, p, first);
        }
    }
    *pairs = mlg_rest_kept(rest, join);
out:
    mlg_free(join);
    return status;
}

/* The set found, one after the other by what each adds. */
static mlg_status tell(search *s, const int32_t *set, int32_t k, mlg_remedy *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    for (int32_t n = 0; n < k; n++) {
        const int32_t i = next_best(s, n, set, k);
        if (i < 0) {
            break;
        }
        out->what[n] = s->of->graph->subject[s->who[i]];
        out->to[n] = -1;
        out->activities[n] = count(kept_by(s, n + 1), s->n_words);
        TRY(pairs_kept(s, kept_by(s, n + 1), &out->pairs[n], err));
        out->n = n + 1;
    }
out:
    return status;
}

mlg_status mlg_remedy_deputies(const mlg_departure *of, mlg_remedy *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    search s = {.of = of, .most = -1};
    int32_t covered = 0;

    *out = mlg_no_remedy();
    TRY(find_stopped(&s, err));
    TRY(find_candidates(&s, err));
    s.k = of->budget < s.n ? of->budget : s.n;
    s.kept = mlg_zalloc((size_t) (s.k + 2) * (size_t) s.n_words, sizeof *s.kept);
    TRY_ALLOC(err, s.kept);
    out->proven = mlg_sets_of(s.n, s.k) * s.n_words <= MOST_SETS;
    if (out->proven) {
        try_sets(&s, 0, 0);
        TRY(tell(&s, s.best, s.k, out, err));
    } else {
        for (int32_t n = 0; n < s.k; n++) {
            s.best[n] = next_best(&s, n, NULL, s.n);
            if (s.best[n] < 0) {
                s.k = n;
            }
        }
        TRY(tell(&s, s.best, s.k, out, err));
        covered = out->n > 0 ? (int32_t) out->activities[out->n - 1] : 0;
        out->proven = covered == s.n_stopped;
    }
out:
    free_search(&s);
    return status;
}
