/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURES_H
#define MLG_MEASURES_H

/* Every measure as a function, by family; each is a row of mlg_measures() too. */
#include "maillage/access.h"
#include "maillage/broker.h"
#include "maillage/coordination.h"
#include "maillage/depend.h"
#include "maillage/fit.h"
#include "maillage/gap.h"
#include "maillage/governance.h"
#include "maillage/missing.h"
#include "maillage/mitigation.h"
#include "maillage/network.h"
#include "maillage/players.h"
#include "maillage/position.h"
#include "maillage/quality.h"
#include "maillage/robustness.h"
#include "maillage/scale.h"
#include "maillage/scheme.h"
#include "maillage/silo.h"
#include "maillage/simulation.h"
#include "maillage/turnover.h"
#include "maillage/twomode.h"
#include "maillage/waves.h"
#include "maillage/workload.h"

#endif
