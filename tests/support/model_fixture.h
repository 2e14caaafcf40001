/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_MODEL_FIXTURE_H
#define TESTS_MODEL_FIXTURE_H

#include "model/model.h"

/* A model from a text, without the reader: tables one after the other, each opened by its
 * name and columns, cells apart by commas, several values by |, an empty cell unknown:
 *
 *     "study: key,value\n"
 *     "date,2024-12-31\n"
 *     "actors: id,kind,sector\n"
 *     "A,organisation,social\n"
 *
 * Rows stand on the lines of this text as lines of files actors.csv and so on (the header
 * is line 1). A cell that cannot be read fails the test. */

/* The rows alone, and then all of mlg_model_finish(). Fail the test on any error. */
mlg_model *model_fixture_rows(const char *text);
mlg_model *model_fixture(const char *text);

/* Number of faults of a code ("self_tie"), repetitions counted. */
size_t model_fixture_faults(const mlg_model *model, const char *code);
/* Message of the first group with the code, in the language; NULL when there is none.
 * The text lives until the next call. */
const char *model_fixture_message(const mlg_model *model, const char *code, mlg_language language,
                                  bool names);
/* Ids by their text; fail the test when there is none. */
mlg_id model_fixture_party(const mlg_model *model, const char *text);
mlg_id model_fixture_activity(const mlg_model *model, const char *text);
mlg_id model_fixture_territory(const mlg_model *model, const char *text);

#endif
