/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_TWIN_H
#define TESTS_TWIN_H

#include "random_study.h"
#include "study_measured.h"

/* Measures beside their slow twins on studies drawn at random: a test loops over TWIN_LOOPS, and
 * each turn over TWIN_EACH studies, so that 200 are seen. */
enum { TWIN_LOOPS = 4, TWIN_EACH = 50 };

typedef struct twin {
    unsigned long stream;
    random_study study;
    study_measured measured;
} twin;

void twin_open(twin *t, int loop, int turn);
void twin_measure(twin *t, const char *id); /* what was measured before is forgotten */
void twin_close(twin *t);

/* Sets numbers of one measure side by side. */
typedef void twin_check(twin *t);
/* Each of them on each study of a loop; none may have found too little to compare. */
void twin_all(int loop, twin_check *const *checks, size_t n);

/* The defined value of a convention and shape, or NULL. */
const mlg_value *twin_value(const twin *t, const char *convention, mlg_shape shape);
/* Row of a subject, or of a pair in this order; -1 where it is not listed. */
int twin_row(const mlg_value *value, mlg_id subject);
int twin_pair(const mlg_value *value, mlg_id a, mlg_id b);
/* Ids of things that the study names; -1 for one that no row does. */
mlg_id twin_party(const twin *t, const char *name);
mlg_id twin_activity(const twin *t, const char *name);
mlg_id twin_territory(const twin *t, const char *name);

/* Fails with the study's number unless both are NaN, or within 1e-9 of each other (of them, above
 * 1). */
void twin_same(const twin *t, const char *what, double number, double slow);
/* A column, or a part, of a row. */
void twin_column(const twin *t, const mlg_value *value, mlg_value_column column, int row,
                 double slow);
void twin_part(const twin *t, const mlg_value *value, const char *part, int row, double slow);

/* How many numbers were set side by side so far. */
size_t twin_checks(void);

#endif
