/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/replicate.h"
#include "measure/communities.h"

/* Sectors dealt again, 64 deals side by side, counted against a partition that stays: community
 * after community, so that the counters of one stay in the first cache. A community of one
 * holds neither a pair nor a logarithm and is left out. */

typedef struct input {
    const mlg_labelling *labelling;
    const mlg_deal_plan *plan;
    const int32_t *member; /* ranks in the labelling, community after community */
    const uint32_t *end;   /* [n_groups] one past its last */
    size_t n_groups;
    const double *x_log_x;   /* [n + 1] */
    mlg_same_pairs *overlap; /* [plan->n] */
} input;

typedef struct scratch {
    mlg_deal deal;
    uint32_t *count; /* [n_sectors * MLG_LANES] */
} scratch;

static void scratch_close(void *own)
{
    scratch *s = own;
    if (s != NULL) {
        mlg_deal_close(&s->deal);
        mlg_free(s->count);
        mlg_free(s);
    }
}

static void *scratch_open(const void *given)
{
    const input *in = given;
    scratch *s = mlg_zalloc(1, sizeof *s);

    if (s != NULL) {
        s->count = mlg_zalloc((size_t) in->labelling->n_sectors * MLG_LANES, sizeof *s->count);
        if (s->count == NULL || mlg_deal_open(in->labelling, &s->deal, NULL) != MLG_OK) {
            scratch_close(s);
            s = NULL;
        }
    }
    return s;
}

/* Counts one community's sectors in each lane, adds what they give, and empties the counters. */
static void count_group(const input *in, scratch *s, uint32_t from, uint32_t to, unsigned width,
                        mlg_same_pairs *overlap)
{
    const mlg_labelling *l = in->labelling;
    for (uint32_t i = from; i < to; i++) {
        for (unsigned z = 0; z < width; z++) {
            const uint32_t type = mlg_dealt_type(&s->deal, (uint32_t) in->member[i], z);
            s->count[(size_t) l->first[type] * MLG_LANES + z]++;
        }
    }
    for (int32_t a = 0; a < l->n_sectors; a++) {
        uint32_t *count = s->count + (size_t) a * MLG_LANES;
        for (unsigned z = 0; z < width; z++) {
            overlap[z].log_sum += in->x_log_x[count[z]];
            overlap[z].pairs += 0.5 * count[z] * (count[z] - 1.0);
        }
        memset(count, 0, MLG_LANES * sizeof *count);
    }
}

static mlg_status work(const void *given, void *own, uint64_t from, uint64_t to, void *slots)
{
    const input *in = given;
    scratch *s = own;
    const unsigned width = (unsigned) (to - from);
    mlg_same_pairs overlap[MLG_LANES] = {{0.0, 0.0}};
    (void) slots;

    mlg_deal_out(&s->deal, in->plan, from, width);
    for (size_t g = 0; g < in->n_groups; g++) {
        count_group(in, s, g > 0 ? in->end[g - 1] : 0, in->end[g], width, overlap);
    }
    memcpy(in->overlap + from, overlap, width * sizeof *overlap);
    return MLG_OK;
}

/* Lists the members of the groups of at least two; answers how many groups there are. */
static size_t list_members(const int32_t *group, int32_t n_groups, int32_t n, uint32_t *size,
                           int32_t *member, uint32_t *end)
{
    size_t kept = 0;
    uint32_t at = 0;
    for (int32_t i = 0; i < n; i++) {
        size[group[i]]++;
    }
    for (int32_t g = 0; g < n_groups; g++) {
        const uint32_t members = size[g];
        size[g] = members > 1 ? at : UINT32_MAX; /* from here on: where its next member goes */
        if (members > 1) {
            at += members;
            end[kept++] = at;
        }
    }
    for (int32_t i = 0; i < n; i++) {
        if (size[group[i]] != UINT32_MAX) {
            member[size[group[i]]++] = i;
        }
    }
    return kept;
}

mlg_status mlg_community_draws(const mlg_labelling *labelling, const int32_t *group,
                               int32_t n_groups, const mlg_deal_plan *plan, const mlg_run *run,
                               mlg_same_pairs *overlap, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) labelling->n;
    uint32_t *size = mlg_zalloc((size_t) n_groups, sizeof *size);
    uint32_t *end = mlg_alloc((size_t) n_groups, sizeof *end);
    int32_t *member = mlg_alloc(n, sizeof *member);
    double *x_log_x = mlg_zalloc(n + 1, sizeof *x_log_x);
    input in = {.labelling = labelling, .plan = plan, .overlap = overlap};
    const mlg_replicates job = {
        .what = "silo.labels",
        .view = plan->view,
        .last = plan->n,
        .batch = MLG_LANES,
        .scratch = scratch_open,
        .scratch_free = scratch_close,
        .work = work,
        .input = &in,
    };

    TRY_ALLOC(err, size);
    TRY_ALLOC(err, end);
    TRY_ALLOC(err, member);
    TRY_ALLOC(err, x_log_x);
    for (size_t x = 2; x <= n; x++) {
        x_log_x[x] = (double) x * log((double) x);
    }
    in.n_groups = list_members(group, n_groups, labelling->n, size, member, end);
    in.member = member;
    in.end = end;
    in.x_log_x = x_log_x;
    TRY(mlg_replicates_run(&job, run, err));
out:
    mlg_free(size);
    mlg_free(end);
    mlg_free(member);
    mlg_free(x_log_x);
    return status;
}
