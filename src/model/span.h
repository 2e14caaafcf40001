/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MODEL_SPAN_H
#define MLG_MODEL_SPAN_H

#include "model/model.h"

/* How the reading of a date cell went. */
typedef enum mlg_span_reading {
    MLG_SPAN_READ,     /* *fault is 0 */
    MLG_SPAN_DOUBTFUL, /* read, and *fault is a warning: a short year, an Excel serial, a time cut
                        */
    MLG_SPAN_REFUSED,  /* *span is unknown, and *fault is an error */
} mlg_span_reading;

/* Reads a cell as the span of days it can mean, both ends in it:
 *
 *     2024-03-12  2024/03/12  12/03/2024  12-03-2024  12.03.2024   that day
 *     12/03/24                                                    2024, doubtful
 *     2024-03  03/2024                                            the month
 *     2024                                                        the year
 *     <2007  <=2007  >2010  >=2010 (any of the above)             before, after
 *     45321                                                       Excel's day, doubtful
 *
 * A time behind a day is cut, doubtful. Blanks around are skipped; an empty cell is
 * the unknown span. Years run from 1800 to 2200. The texts of the faults take the
 * cell as argument 0, and that of a day that does not exist mlg_span_days() as argument 1. */
mlg_span_reading mlg_span_read(const char *text, mlg_span *span, mlg_text_key *fault);
/* How many days the month of a day as above has; 0 where the text is none. */
int mlg_span_days(const char *text);
/* Tells a refused date: by its own fault when it names no day or month there is, else by `key`. */
void mlg_span_tell(mlg_model *model, mlg_text_key fault, mlg_text_key key, mlg_place place,
                   const char *text);

/* The whole unknown span, and the single day. */
static inline mlg_span mlg_span_unknown(void)
{
    return (mlg_span){MLG_EVER_FIRST, MLG_EVER_LAST};
}

static inline bool mlg_span_known(mlg_span span)
{
    return span.first != MLG_EVER_FIRST || span.last != MLG_EVER_LAST;
}

#endif
