/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_JSON_H
#define MLG_REPORT_JSON_H

#include <stdio.h>

#include "maillage/report.h"

/* The one object: provenance, views, measures, findings. Its members are
 * made and written one at a time, one a line, so that a country's values never stand
 * in memory as a tree; keys keep their order, numbers have 15 digits, NaN is null. */
mlg_status mlg_json_write(const mlg_results *results, FILE *out, mlg_error *err) MLG_MUST_CHECK;

#endif
