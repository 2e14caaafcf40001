/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The passes of percolation_lanes.c, which takes this file once for each kind of processor: the
 * same operations on the same bytes. SPREAD is the name to give, SPREAD_TARGET an attribute, LINE
 * what holds a byte of each order, LINE_MAX(a, b) and LINE_MIN(a, b) the larger and the smaller of
 * each byte, LINE_SHORT(a, b) whether a byte of `a` is below that of `b`. */

/* What a row reaches by its entries from `e` to `end`; where it is still short of staying. */
SPREAD_TARGET static inline bool SPREAD_ROW(const int32_t *target, uint32_t e, uint32_t end,
                                            const LINE *stays, LINE *reached, LINE *own)
{
    const LINE most = *stays;
    LINE best = *own;
    bool missing = LINE_SHORT(best, most);

    for (; missing && e + 2 <= end; e += 2) { /* two at a time: half as many guesses */
        best = LINE_MAX(best, LINE_MAX(reached[target[e]], reached[target[e + 1]]));
        missing = LINE_SHORT(best, most);
    }
    if (missing && e < end) {
        best = LINE_MAX(best, reached[target[e]]);
        missing = LINE_SHORT(best, most);
    }
    *own = LINE_MIN(best, most);
    return missing;
}

/* Passes go up the rows by their lower entries and down by the upper ones, over those that were
 * still short, until one up and one down change nothing. Answers how many are left in `open`. */
SPREAD_TARGET static int32_t SPREAD(const mlg_percolation *on, const line *stays, line *reached,
                                    int32_t *open)
{
    const uint32_t *offset = on->ties.offset, *lower = on->lower;
    const int32_t *target = on->ties.target;
    const LINE *most = (const LINE *) (const void *) stays;
    LINE *best = (LINE *) (void *) reached;
    int32_t n = 0;
    bool up = true;

    for (int32_t row = 0; row < on->rows; row++) {
        open[n] = row;
        n += SPREAD_ROW(target, offset[row], lower[row], most + row, best, best + row);
    }
    for (int quiet = 0; quiet < 2; quiet++) {
        int32_t left = 0;
        up = !up;
        reverse(open, n);
        for (int32_t k = 0; k < n; k++) {
            const int32_t row = open[k];
            const LINE before = best[row];
            open[left] = row;
            left += SPREAD_ROW(target, up ? offset[row] : lower[row],
                               up ? lower[row] : offset[row + 1], most + row, best, best + row);
            quiet = LINE_SHORT(before, best[row]) ? -1 : quiet;
        }
        n = left;
    }
    return n;
}

#undef SPREAD
#undef SPREAD_ROW
#undef SPREAD_TARGET
#undef LINE
#undef LINE_MAX
#undef LINE_MIN
#undef LINE_SHORT
