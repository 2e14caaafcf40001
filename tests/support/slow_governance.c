/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_governance.h"

double slow_blau_mean(const int *sectors, int n, int k)
{
    double sum = 0.0, choices = 0.0;
    for (unsigned set = 0; set < 1u << n; set++) {
        int size = 0, apart = 0;
        for (int i = 0; i < n; i++) {
            size += (set >> i & 1) != 0;
            for (int j = 0; j < n; j++) {
                apart +=
                    (set >> i & 1) != 0 && (set >> j & 1) != 0 && (sectors[i] & sectors[j]) == 0;
            }
        }
        if (size == k) {
            sum += (double) apart / ((double) k * k);
            choices++;
        }
    }
    return sum / choices;
}

/* Walks through bodies that do not steer, as far as they lead. */
static bool walks(const slow_world *w, int a, int b)
{
    bool reached[SLOW_PEOPLE] = {false};
    reached[a] = true;
    for (int step = 0; step < w->people; step++) {
        for (int e = 0; e < w->bodies; e++) {
            for (int p = 0; p < w->people; p++) {
                for (int q = 0; q < w->people; q++) {
                    reached[q] = reached[q] ||
                                 (!w->steers[e] && reached[p] && w->sits[p][e] && w->sits[q][e]);
                }
            }
        }
    }
    return reached[b];
}

slow_meets slow_only_bridge(const slow_world *w, bool cross, int body)
{
    slow_meets m = {0};
    for (int a = 0; a < w->people; a++) {
        for (int b = a + 1; b < w->people; b++) {
            int shared = 0, elsewhere = 0;
            for (int e = 0; e < w->bodies; e++) {
                shared += w->sits[a][e] && w->sits[b][e];
                elsewhere += w->sits[a][e] && w->sits[b][e] && !w->steers[e];
            }
            const bool asked = !cross || (w->sectors[a] != 0 && w->sectors[b] != 0 &&
                                          (w->sectors[a] & w->sectors[b]) == 0);
            if (!asked || shared == 0) {
                continue;
            }
            if (body >= 0) {
                const bool here = w->sits[a][body] && w->sits[b][body];
                m.pairs += here;
                m.only += here && shared == 1;
                continue;
            }
            m.pairs++;
            m.only += elsewhere == 0;
            m.cut += elsewhere == 0 && !walks(w, a, b);
        }
    }
    return m;
}
