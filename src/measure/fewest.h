/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_FEWEST_H
#define MLG_MEASURE_FEWEST_H

#include "measure/context.h"

/* The smallest set of candidates whose leaving orphans more than half of some items. */

/* How many items have nobody left when `gone` [n] says who left: never fewer with more gone. */
typedef int64_t mlg_orphans_fn(void *items, const bool *gone);

typedef struct mlg_fewest_case {
    int32_t n;            /* candidates */
    int64_t total;        /* items */
    const int64_t *holds; /* [n] items each has a part in: the larger goes first where sets tie */
    mlg_orphans_fn *orphans;
    void *items;
    double cost; /* steps of one count */
} mlg_fewest_case;

typedef struct mlg_fewest {
    bool reached; /* false: more than half stay even without all of them */
    bool proven;  /* no smaller set will do */
    int32_t k;
    int32_t at_least; /* no set of fewer will do */
    int32_t *who;     /* [k] candidates, ascending; of several sets the one that orphans most, then
                         the first */
    int64_t already;  /* orphans when nobody left */
    int64_t orphans;  /* when these have */
    int64_t sets;     /* sets of k that do; 0: not counted */
} mlg_fewest;

/* More than this share must be orphaned: strictly. */
#define MLG_FEWEST_SHARE 0.5
/* Sets of up to so many candidates are all tried, while the work allows it. */
enum { MLG_FEWEST_EXACT = 25 };

/* `force` tries them all whatever the work. */
mlg_status mlg_fewest_of(const mlg_fewest_case *of, bool force, mlg_fewest *out,
                         mlg_error *err) MLG_MUST_CHECK;
void mlg_fewest_free(mlg_fewest *fewest);

#endif
