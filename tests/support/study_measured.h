/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_STUDY_MEASURED_H
#define MLG_STUDY_MEASURED_H

#include "measure/context.h"

/* A measure of a study itself (no view), for tests: a failure of the library fails the test. */
typedef struct study_measured {
    mlg_model *model;
    mlg_run run;
    mlg_context *context;
    mlg_values values;
} study_measured;

/* Makes a study of the text (model_fixture.h), runs one row of the catalogue, checks every
 * value (measured.h). */
void study_measure(study_measured *m, const char *text, const char *id);
void study_measured_close(study_measured *m);

/* The value of that convention (NULL: any) and shape; fails the test when there is none. */
const mlg_value *study_value(const study_measured *m, const char *convention, mlg_shape shape);
/* A part of row `i`; fails the test when the value has no such part. */
double part_at(const mlg_value *value, const char *name, size_t i);
/* Row of a subject, or of a pair; fails the test when it is not listed. */
size_t row_of(const mlg_value *value, mlg_id subject);
size_t row_of_pair(const mlg_value *value, mlg_id a, mlg_id b);

/* Makes each allocation of a measure fail in turn: it must answer MLG_ENOMEM with a message
 * and nothing appended, until none fails. */
void study_fail_each(const char *text, const char *id);

#endif
