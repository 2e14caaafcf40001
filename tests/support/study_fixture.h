/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_STUDY_FIXTURE_H
#define TESTS_STUDY_FIXTURE_H

#include "maillage/ingest.h"
#include "model/model.h"

/* A study in a temporary folder. */
typedef struct study_fixture {
    char path[256];
    mlg_model *model;
    mlg_status status;
    mlg_error err;
} study_fixture;

/* Makes the folder, empty. */
void study_fixture_open(study_fixture *study);
/* Writes a file of it: `length` bytes, or a whole text. */
void study_fixture_bytes(study_fixture *study, const char *name, const char *bytes, size_t length);
void study_fixture_text(study_fixture *study, const char *name, const char *text);
/* Reads the folder (or one file of it); what came before is released. */
void study_fixture_read(study_fixture *study, const char *name, const mlg_ingest_options *options);
/* Releases the model and removes the folder. */
void study_fixture_close(study_fixture *study);

/* Finds the first group of faults with this code; false when there is none. The message,
 * in English and with names, is written into `message` when it is not NULL. */
bool study_fixture_fault(const study_fixture *study, const char *code, mlg_fault_view *view,
                         char *message, size_t room);
/* All faults as text, one a line, for the message of a failing test. */
const char *study_fixture_faults(const study_fixture *study, char *out, size_t room);

#endif
