/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_VERSION_H
#define MLG_VERSION_H

/** Version of the library; also the program's, in the provenance of every output. */
#define MLG_VERSION "0.1.0"

#endif
