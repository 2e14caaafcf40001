/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_SCHEME_H
#define MLG_SLOW_SCHEME_H

/* Chance that `n` things, the i-th with size[i] of three fields chosen at random, are at least as
 * far from thirds as those whose fields are the bits of fields[i]: every choice in turn. */
double slow_thirds_p(const unsigned *fields, int n);

/* The trio of one scheme from a small world of people 0..n-1: role[i] is 'E', 'C', 'D' or '.',
 * tied[i * n + j] any tie or shared body. 1 closed, 0 open, -1 a role that nobody has. */
int slow_trio(const char *role, const char *tied, int n);

#endif
