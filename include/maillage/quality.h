/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_QUALITY_H
#define MLG_QUALITY_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the tables hold and what they lack, of the study itself (`view` is -1). They stand beside
 * every other figure, so that the territory that recorded least does not look most fragile. Each
 * function appends its values, and answers MLG_ENOMEM when memory is short, with nothing appended.
 */

/**
 * What is wrong with the tables?
 *
 * By kind of fault (scope MLG_SCOPE_FAULT: the key of its text), how often it was found; parts
 * `errors` and `warnings`, and `places`, the number of different files and columns. Errors first,
 * then the most frequent. A table without faults may still be empty: see quality.coverage.
 *
 * Undefined: without a study. An empty list has its reason: no fault.
 * Cost: O(groups of faults).
 * Source: this project's.
 */
mlg_measure_fn mlg_quality_faults;

/**
 * How much of each column is filled in?
 *
 *     filled cells / rows of the table
 *
 * by column (scope MLG_SCOPE_COLUMN), for every column a file has and for those that measures need,
 * which count 0 when no file has them (part `present` = 0). Parts `rows`, `filled`. The words
 * `vacant` and `none` are answers; columns whose empty cell means something (an end that is not
 * known, the whole of a unit, no direction), notes and sources are left out. Full is not true:
 * it says nothing about rows that were never written.
 *
 * Undefined: without a row.
 * Cost: O(cells).
 * Source: this project's.
 */
mlg_measure_fn mlg_quality_coverage;

/**
 * How much of each table can be placed in time?
 *
 *     rows with a known start, end or date / rows
 *
 * by table, under its column of start or date; a participation without a date takes its activity's.
 * Parts `rows`, `dated`, `to_the_day` (a year or a month alone is not). Undated rows count in every
 * period, so that a low share makes periods and waves look alike.
 *
 * Undefined: without a row in a table that has dates.
 * Cost: O(rows).
 * Source: this project's.
 */
mlg_measure_fn mlg_quality_dates;

/**
 * How much of what the study announces do its tables describe?
 *
 * One value a setting `expected.TABLE...` of study.csv, with its key as convention: the rows of the
 * table that answer it, several states of one thing counting once. `expected.activities.CLS-CAEN`
 * counts the activities of a scheme (posts of a scheme, participations of an activity, parts of a
 * territory alike), `expected.schemes.kind=rlps` the rows with a word; both may be joined by a
 * point. Parts `announced`, the setting's number; `row`, which row of study.csv. What is announced
 * and not described is in no other figure of the report.
 *
 * Undefined: without such a setting; where its table, column, word, owner or number is none.
 * Cost: O(settings * rows).
 * Source: this project's.
 */
mlg_measure_fn mlg_quality_expected;

#ifdef __cplusplus
}
#endif

#endif
