/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_WINDOW_H
#define MLG_INGEST_WINDOW_H

#include <stddef.h>
#include <stdint.h>

/* The part of a file that is decoded and not yet cut into rows: UTF-8, every line
 * ended by one LF. */
typedef struct mlg_window {
    char *text;
    size_t start, end, room;
    int32_t line; /* number of the line at `start`, from 1 */
} mlg_window;

#endif
