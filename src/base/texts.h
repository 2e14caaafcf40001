/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_BASE_TEXTS_H
#define MLG_BASE_TEXTS_H

/* The keys of the one table of texts, as constants: T_finding_silo and so on. */
#define TEXT(name, fr, en) T_##name,
enum {
    T_none,
#include "base/texts/all.def"
    T_count
};
#undef TEXT

#endif
