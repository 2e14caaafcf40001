/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_scheme.h"

static int size_of(unsigned fields)
{
    int n = 0;
    for (; fields != 0; fields >>= 1) {
        n += (int) (fields & 1u);
    }
    return n;
}

static double distance(const unsigned *fields, int n)
{
    double sum = 0.0;
    for (int k = 0; k < 3; k++) {
        double here = 0.0;
        for (int i = 0; i < n; i++) {
            here += (fields[i] >> k & 1u) != 0 ? 1.0 / size_of(fields[i]) : 0.0;
        }
        sum += (here - n / 3.0) * (here - n / 3.0);
    }
    return sum;
}

double slow_thirds_p(const unsigned *fields, int n)
{
    static const unsigned choices[4][3] = {{0}, {1, 2, 4}, {3, 5, 6}, {7, 7, 7}};
    const double observed = distance(fields, n);
    unsigned drawn[16] = {0};
    long all = 1, extreme = 0;

    for (int i = 0; i < n; i++) {
        all *= 3;
    }
    for (long which = 0; which < all; which++) {
        long rest = which;
        for (int i = 0; i < n; i++, rest /= 3) {
            drawn[i] = choices[size_of(fields[i])][rest % 3];
        }
        extreme += distance(drawn, n) >= observed - 1e-9;
    }
    return (double) extreme / (double) all;
}

static int pair_is_tied(const char *role, const char *tied, int n, char a, char b)
{
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            if (role[i] == a && role[j] == b && (tied[i * n + j] || tied[j * n + i])) {
                return 1;
            }
        }
    }
    return 0;
}

int slow_trio(const char *role, const char *tied, int n)
{
    int has[3] = {0};
    for (int i = 0; i < n; i++) {
        has[0] |= role[i] == 'E';
        has[1] |= role[i] == 'C';
        has[2] |= role[i] == 'D';
    }
    if (!has[0] || !has[1] || !has[2]) {
        return -1;
    }
    return pair_is_tied(role, tied, n, 'E', 'C') && pair_is_tied(role, tied, n, 'E', 'D') &&
           pair_is_tied(role, tied, n, 'C', 'D');
}
