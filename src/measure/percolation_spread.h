/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The passes of percolation_lanes.c, which takes this file once for any processor and once for
 * those with registers of 512 bits: the same operations on the same bits. SPREAD is the name to
 * give, SPREAD_ADD that of its helper, SPREAD_TARGET an attribute, SPREAD_ANY(x) whether a bit of
 * the lanes x is set. */

SPREAD_TARGET static inline void SPREAD_ADD(counts *c, const lanes *more)
{
    lanes x = *more;
    for (int p = 0; SPREAD_ANY(x); p++) {
        const lanes carry = c->plane[p] & x;
        c->plane[p] ^= x;
        c->used = p >= c->used ? p + 1 : c->used;
        x = carry;
    }
}

/* Passes over the rows until none reaches anything more; after the first, over those where
 * something was left. Actors reached are counted. */
SPREAD_TARGET static void SPREAD(const input *in, scratch *s, counts *c)
{
    const mlg_csr *ties = &in->on->ties;
    int32_t n = in->on->rows;
    bool more = true;

    for (int32_t row = 0; row < n; row++) {
        s->open[row] = row;
    }
    while (more && n > 0) {
        int32_t left = 0;
        more = false;
        for (int32_t k = 0; k < n; k++) {
            const int32_t row = s->open[k];
            const lanes wanted = s->there[row] & ~s->reached[row];
            lanes missing = wanted;
            if (!SPREAD_ANY(missing)) {
                continue;
            }
            for (uint32_t e = ties->offset[row]; e < ties->offset[row + 1]; e++) {
                missing &= ~s->reached[ties->target[e]];
                if (!SPREAD_ANY(missing)) {
                    break;
                }
            }
            const lanes found = wanted & ~missing;
            if (SPREAD_ANY(found)) {
                s->reached[row] |= found;
                more = true;
                if (row < in->on->n) {
                    SPREAD_ADD(c, &found);
                }
            }
            s->open[left] = row;
            left += SPREAD_ANY(missing) ? 1 : 0;
        }
        n = left;
        for (int32_t k = 0; k < n / 2; k++) { /* back the other way */
            const int32_t row = s->open[k];
            s->open[k] = s->open[n - 1 - k];
            s->open[n - 1 - k] = row;
        }
    }
}
