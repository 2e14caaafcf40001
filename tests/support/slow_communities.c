/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_communities.h"

#include <math.h>

static double share(const int32_t *x, int32_t of_x, const int32_t *y, int32_t of_y, int n)
{
    double count = 0;
    for (int i = 0; i < n; i++) {
        count += (x == NULL || x[i] == of_x) && (y == NULL || y[i] == of_y);
    }
    return count / n;
}

slow_agreement slow_agreement_of(const int32_t *a, const int32_t *b, int n)
{
    slow_agreement out = {0, 0, 0, 0};
    double h_a = 0, h_b = 0, both = 0, in_a = 0, in_b = 0, all = 0;
    for (int i = 0; i < n; i++) { /* each thing stands for 1 / n of its cell */
        const double p_a = share(a, a[i], NULL, 0, n), p_b = share(b, b[i], NULL, 0, n);
        out.mi += log(share(a, a[i], b, b[i], n) / (p_a * p_b)) / n;
        h_a -= log(p_a) / n;
        h_b -= log(p_b) / n;
        for (int j = 0; j < i; j++) {
            both += a[i] == a[j] && b[i] == b[j];
            in_a += a[i] == a[j];
            in_b += b[i] == b[j];
            all++;
        }
    }
    out.nmi = out.mi / ((h_a + h_b) / 2);
    out.vi = h_a + h_b - 2 * out.mi;
    out.ari = (both - in_a * in_b / all) / ((in_a + in_b) / 2 - in_a * in_b / all);
    return out;
}

static void swap(int32_t *x, int32_t *y)
{
    const int32_t kept = *x;
    *x = *y;
    *y = kept;
}

static double sum_mi(const int32_t *a, int32_t *b, int n, int from, double *orders)
{
    double sum = 0;
    if (from == n) {
        ++*orders;
        return slow_agreement_of(a, b, n).mi;
    }
    for (int i = from; i < n; i++) {
        swap(&b[from], &b[i]);
        sum += sum_mi(a, b, n, from + 1, orders);
        swap(&b[from], &b[i]);
    }
    return sum;
}

double slow_expected_mi(const int32_t *a, const int32_t *b, int n)
{
    int32_t own[12];
    double orders = 0;
    for (int i = 0; i < n; i++) {
        own[i] = b[i];
    }
    const double sum = sum_mi(a, own, n, 0, &orders);
    return sum / orders;
}

double slow_partition_modularity(const mlg_graph *graph, const int32_t *community, bool weighted)
{
    const mlg_csr *ties = &graph->ties;
    double all = 0, q = 0;
    double strength[256] = {0};
    for (int32_t v = 0; v < graph->n; v++) {
        for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1]; i++) {
            strength[v] += weighted ? ties->weight[i] : 1.0;
        }
        all += strength[v];
    }
    for (int32_t v = 0; v < graph->n; v++) {
        for (int32_t w = 0; w < graph->n; w++) {
            const double tie = mlg_csr_find(ties, v, w);
            if (community[v] == community[w]) {
                q += (weighted || tie == 0.0 ? tie : 1.0) / all;
                q -= strength[v] * strength[w] / (all * all);
            }
        }
    }
    return q;
}

static double search(const mlg_graph *graph, int32_t *community, int32_t v, int32_t used)
{
    double best = -1;
    if (v == graph->n) {
        return slow_partition_modularity(graph, community, false);
    }
    for (int32_t c = 0; c <= used; c++) {
        community[v] = c;
        best = fmax(best, search(graph, community, v + 1, c == used ? used + 1 : used));
    }
    return best;
}

double slow_best_modularity(const mlg_graph *graph)
{
    int32_t community[16] = {0};
    return search(graph, community, 0, 0);
}
