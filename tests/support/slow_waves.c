/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_waves.h"

#include <string.h>

typedef struct slow_wave {
    bool present[SLOW_WAVES_ACTORS];
    bool tied[SLOW_WAVES_ACTORS][SLOW_WAVES_ACTORS];
} slow_wave;

static void look(const slow_wave_row *rows, int n, const int32_t period[2], slow_wave *out)
{
    memset(out, 0, sizeof *out);
    for (int i = 0; i < n; i++) {
        const slow_wave_row *r = &rows[i];
        if (r->undated || (r->first <= period[1] && r->last >= period[0])) {
            out->present[r->a] = out->present[r->b] = true;
            out->tied[r->a][r->b] = out->tied[r->b][r->a] = r->a != r->b;
        }
    }
}

static bool is_always(const slow_wave_row *rows, int n, int a, int b)
{
    bool found = false;
    for (int i = 0; i < n; i++) {
        found = found || (rows[i].undated && ((rows[i].a == a && rows[i].b == b) ||
                                              (rows[i].a == b && rows[i].b == a)));
    }
    return found;
}

slow_wave_passage slow_wave_compare(const slow_wave_row *rows, int n, const int32_t earlier[2],
                                    const int32_t later[2])
{
    static slow_wave was, is;
    slow_wave_passage out = {0};

    look(rows, n, earlier, &was);
    look(rows, n, later, &is);
    for (int a = 0; a < SLOW_WAVES_ACTORS; a++) {
        out.before += was.present[a];
        out.after += is.present[a];
        out.stayed += was.present[a] && is.present[a];
        for (int b = a + 1; b < SLOW_WAVES_ACTORS; b++) {
            const bool both = was.present[a] && is.present[a] && was.present[b] && is.present[b];
            out.kept += both && was.tied[a][b] && is.tied[a][b];
            out.lost += both && was.tied[a][b] && !is.tied[a][b];
            out.come += both && !was.tied[a][b] && is.tied[a][b];
            out.with_left += !both && was.tied[a][b];
            out.with_entered += !both && is.tied[a][b];
            out.undated += both && was.tied[a][b] && is_always(rows, n, a, b);
        }
    }
    return out;
}
