/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_governance.h"

double slow_blau_mean(const int *sector, int n, int k)
{
    double sum = 0.0, choices = 0.0;
    for (unsigned set = 0; set < 1u << n; set++) {
        int count[3] = {0}, size = 0;
        double same = 0.0;
        for (int i = 0; i < n; i++) {
            if ((set >> i & 1) != 0) {
                count[sector[i]]++;
                size++;
            }
        }
        if (size == k) {
            for (int g = 0; g < 3; g++) {
                same += (double) count[g] * count[g] / ((double) k * k);
            }
            sum += 1.0 - same;
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
            const bool asked =
                !cross || (w->sector[a] < 3 && w->sector[b] < 3 && w->sector[a] != w->sector[b]);
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
