/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_SCHEME_FLOW_H
#define MLG_MEASURE_SCHEME_FLOW_H

#include "measure/context.h"

/* On whom alone all that links two schemes rests, in the 12 months up to the study's date: a party
 * of the view `by` (a person with all its posts is one), or -1. */
mlg_status mlg_thread_between(const mlg_model *model, mlg_by by, mlg_id a, mlg_id b, mlg_id *thread,
                              mlg_error *err) MLG_MUST_CHECK;

#endif
