/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MAILLAGE_H
#define MAILLAGE_H

/* The only include a program needs. */
#include "maillage/error.h"
#include "maillage/export.h"
#include "maillage/finding.h"
#include "maillage/graph.h"
#include "maillage/ingest.h"
#include "maillage/measure.h"
#include "maillage/measures.h"
#include "maillage/model.h"
#include "maillage/report.h"
#include "maillage/run.h"
#include "maillage/schema.h"
#include "maillage/territory.h"
#include "maillage/text.h"
#include "maillage/version.h"

#endif
