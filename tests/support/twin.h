/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_TWIN_H
#define TESTS_TWIN_H

#include "random_study.h"
#include "study_measured.h"

/* A measure beside its slow twin on studies drawn at random: a test loops over TWIN_LOOPS, and each
 * turn over TWIN_EACH studies, so that 200 are seen. */
enum { TWIN_LOOPS = 4, TWIN_EACH = 50 };

typedef struct twin {
    unsigned long stream;
    random_study study;
    study_measured measured;
} twin;

void twin_open(twin *t, int loop, int turn, const char *id);
void twin_close(twin *t);

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
void twin_same(const twin *t, const char *what, double measured, double slow);
/* A column, or a part, of a row. */
void twin_column(const twin *t, const mlg_value *value, mlg_value_column column, int row,
                 double slow);
void twin_part(const twin *t, const mlg_value *value, const char *part, int row, double slow);

/* How many numbers were set side by side so far. */
size_t twin_checks(void);

#endif
