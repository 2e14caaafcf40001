/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/model.h"

/* Years are counted from March, so that the leap day is the last of its year and
 * 400 years are a whole number of days: no table of months, no loop. */
enum { DAYS_OF_400_YEARS = 146097, DAY_OF_1970 = 719468 };

static int32_t floor_div(int32_t a, int32_t b)
{
    return a >= 0 ? a / b : -((b - 1 - a) / b);
}

int32_t mlg_day_of(int year, int month, int day)
{
    const int32_t march_year = month <= 2 ? year - 1 : year;
    const int32_t era = floor_div(march_year, 400);
    const int32_t year_of_era = march_year - era * 400;
    const int32_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * DAYS_OF_400_YEARS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
           day_of_year - DAY_OF_1970;
}

void mlg_day_split(int32_t day, int *year, int *month, int *day_of_month)
{
    /* The outermost 2,000 years of the 32-bit range would overflow below; no date is there. */
    const int32_t shift = day > INT32_MAX - DAY_OF_1970 ? INT32_MAX - DAY_OF_1970 : day;
    const int32_t since = shift + DAY_OF_1970;
    const int32_t era = floor_div(since, DAYS_OF_400_YEARS);
    const int32_t day_of_era = since - era * DAYS_OF_400_YEARS;
    const int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int32_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int32_t march_month = (5 * day_of_year + 2) / 153;
    *day_of_month = day_of_year - (153 * march_month + 2) / 5 + 1;
    *month = march_month < 10 ? march_month + 3 : march_month - 9;
    *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}
