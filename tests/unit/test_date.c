/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <time.h>

#include "base/texts.h"
#include "model/span.h"
#include "suite.h"

static const struct {
    int year, month, day;
    int32_t since;
} known_days[] = {
    {1970, 1, 1, 0},       {1969, 12, 31, -1},      {2000, 2, 29, 11016},  {2000, 3, 1, 11017},
    {1900, 2, 28, -25509}, {1900, 3, 1, -25508},    {2024, 12, 31, 20088}, {1800, 1, 1, -62091},
    {2200, 12, 31, 84370}, {1582, 10, 15, -141427}, {0, 3, 1, -719468},    {1, 1, 1, -719162},
};

START_TEST(a_known_day_has_its_number)
{
    int year = 0, month = 0, day = 0;
    ck_assert_int_eq(mlg_day_of(known_days[_i].year, known_days[_i].month, known_days[_i].day),
                     known_days[_i].since);
    mlg_day_split(known_days[_i].since, &year, &month, &day);
    ck_assert_int_eq(year, known_days[_i].year);
    ck_assert_int_eq(month, known_days[_i].month);
    ck_assert_int_eq(day, known_days[_i].day);
}
END_TEST

START_TEST(each_day_of_eight_centuries_is_the_c_library_s)
{
    for (int32_t since = -140000; since < 152000; since++) {
        int year = 0, month = 0, day = 0;
        struct tm theirs;
        const time_t seconds = (time_t) since * 86400;
        gmtime_r(&seconds, &theirs);
        mlg_day_split(since, &year, &month, &day);
        const bool same = year == theirs.tm_year + 1900 && month == theirs.tm_mon + 1 &&
                          day == theirs.tm_mday && mlg_day_of(year, month, day) == since;
        if (!same) { /* one check a failure: there are 292,000 days */
            ck_abort_msg("day %d is %d-%d-%d", (int) since, year, month, day);
        }
    }
}
END_TEST

START_TEST(the_open_ends_can_be_split_without_overflow)
{
    int year = 0, month = 0, day = 0;
    mlg_day_split(MLG_EVER_FIRST, &year, &month, &day);
    ck_assert_int_lt(year, -5000000);
    mlg_day_split(MLG_EVER_LAST, &year, &month, &day);
    ck_assert_int_gt(year, 5000000);
}
END_TEST

#define DAY(y, m, d) (mlg_day_of(y, m, d))
static const struct {
    const char *cell;
    int from[3], to[3]; /* year 0: open */
    mlg_text_key fault;
} readable[] = {
    {"2024-03-12", {2024, 3, 12}, {2024, 3, 12}, T_none},
    {"2024/03/12", {2024, 3, 12}, {2024, 3, 12}, T_none},
    {"12/03/2024", {2024, 3, 12}, {2024, 3, 12}, T_none},
    {"1/9/2023", {2023, 9, 1}, {2023, 9, 1}, T_none},
    {"12-03-2024", {2024, 3, 12}, {2024, 3, 12}, T_none},
    {"12.03.2024", {2024, 3, 12}, {2024, 3, 12}, T_none},
    {" 2024-03-12\t", {2024, 3, 12}, {2024, 3, 12}, T_none},
    {"29/02/2024", {2024, 2, 29}, {2024, 2, 29}, T_none},
    {"2024", {2024, 1, 1}, {2024, 12, 31}, T_none},
    {"1800", {1800, 1, 1}, {1800, 12, 31}, T_none},
    {"2200", {2200, 1, 1}, {2200, 12, 31}, T_none},
    {"2024-02", {2024, 2, 1}, {2024, 2, 29}, T_none},
    {"2026/3", {2026, 3, 1}, {2026, 3, 31}, T_none},
    {"12/2024", {2024, 12, 1}, {2024, 12, 31}, T_none},
    {"03/2024", {2024, 3, 1}, {2024, 3, 31}, T_none},
    {"<2007", {0}, {2006, 12, 31}, T_none},
    {"< 2007-03", {0}, {2007, 2, 28}, T_none},
    {"<=2007", {0}, {2007, 12, 31}, T_none},
    {">2010", {2011, 1, 1}, {0}, T_none},
    {">= 15/06/2010", {2010, 6, 15}, {0}, T_none},
    {"", {0}, {0}, T_none},
    {"   ", {0}, {0}, T_none},
    {"24/01/17", {2017, 1, 24}, {2017, 1, 24}, T_none},
    {"01/01/00", {2000, 1, 1}, {2000, 1, 1}, T_none},
    {"31/12/29", {2029, 12, 31}, {2029, 12, 31}, T_none},
    {"01/01/30", {2030, 1, 1}, {2030, 1, 1}, T_fault_short_year},
    {"01/09/85", {2085, 9, 1}, {2085, 9, 1}, T_fault_short_year},
    {"01/09/23 10:00", {2023, 9, 1}, {2023, 9, 1}, T_fault_time_cut},
    {"45321", {2024, 1, 30}, {2024, 1, 30}, T_fault_excel_date},
    {"2024-03-12T10:00:00Z", {2024, 3, 12}, {2024, 3, 12}, T_fault_time_cut},
    {"2024-03-12 10:00", {2024, 3, 12}, {2024, 3, 12}, T_fault_time_cut},
    {"12/03/2024 10h30", {2024, 3, 12}, {2024, 3, 12}, T_fault_time_cut},
    {"2024-03-12T10:00:00.5+02:00", {2024, 3, 12}, {2024, 3, 12}, T_fault_time_cut},
};

START_TEST(a_cell_reads_as_the_days_it_can_mean)
{
    mlg_span span;
    mlg_text_key fault = -1;
    const int *from = readable[_i].from, *to = readable[_i].to;
    const mlg_span_reading reading = mlg_span_read(readable[_i].cell, &span, &fault);

    ck_assert_msg(reading == (readable[_i].fault == T_none ? MLG_SPAN_READ : MLG_SPAN_DOUBTFUL),
                  "'%s' reads as %d", readable[_i].cell, (int) reading);
    ck_assert_int_eq(fault, readable[_i].fault);
    ck_assert_int_eq(span.first, from[0] == 0 ? MLG_EVER_FIRST : DAY(from[0], from[1], from[2]));
    ck_assert_int_eq(span.last, to[0] == 0 ? MLG_EVER_LAST : DAY(to[0], to[1], to[2]));
    ck_assert_int_eq(mlg_span_known(span), from[0] != 0 || to[0] != 0);
}
END_TEST

static const struct {
    const char *cell;
    mlg_text_key fault;
} unreadable[] = {
    {"31/02/2024", T_fault_no_such_day},
    {"29/02/2023", T_fault_no_such_day},
    {"2024-13-01", T_fault_no_such_month},
    {"2024-00-10", T_fault_bad_date},
    {"00/01/2024", T_fault_bad_date},
    {"12/31/2024", T_fault_no_such_month},
    {"2024-13", T_fault_no_such_month},
    {"32/01/2024", T_fault_bad_date},
    {"0/2024", T_fault_bad_date},
    {"0024", T_fault_bad_year},
    {"2924", T_fault_bad_year},
    {"1799", T_fault_bad_year},
    {"2201-01-01", T_fault_bad_year},
    {"24", T_fault_bad_date},
    {"123", T_fault_bad_date},
    {"202403", T_fault_bad_date},
    {"2024-03-12x", T_fault_bad_date},
    {"2024-03-12 lundi", T_fault_bad_date},
    {"2024-03/12", T_fault_bad_date},
    {"mars 2024", T_fault_bad_date},
    {"<", T_fault_bad_date},
    {">hier", T_fault_bad_date},
    {"2024-", T_fault_bad_date},
    {"-2024", T_fault_bad_date},
    {"2024 10:00", T_fault_bad_date},
    {"09999", T_fault_bad_date},
    {"1/2/3", T_fault_bad_date},
    {"2024.5", T_fault_bad_date},
    {"99999999999999999999", T_fault_bad_date},
    {"2024-03-12                                                        x", T_fault_bad_date},
};

START_TEST(a_cell_that_is_no_date_is_refused_and_stays_unknown)
{
    mlg_span span = {1, 2};
    mlg_text_key fault = T_none;
    ck_assert_msg(mlg_span_read(unreadable[_i].cell, &span, &fault) == MLG_SPAN_REFUSED,
                  "'%s' was read", unreadable[_i].cell);
    ck_assert_int_eq(fault, unreadable[_i].fault);
    ck_assert(!mlg_span_known(span));
}
END_TEST

START_TEST(a_day_too_many_is_told_with_the_days_of_its_month)
{
    static const struct {
        const char *text;
        int days;
    } cases[] = {
        {"30/02/2027", 28},
        {"30/02/2028", 29},
        {"31.02.1900", 28},
        {"2000-02-30", 29},
        {"31/11/2026", 30},
        {"31/04/26", 30},
        {" 31-06-2026", 30},
        {">= 2026-09-31", 30},
        {"2026-12-31", 31},
        {"2026-13-01", 0},
        {"2026-02", 0},
        {"hier", 0},
        {"", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_msg(mlg_span_days(cases[i].text) == cases[i].days, "%s: %d", cases[i].text,
                      mlg_span_days(cases[i].text));
    }
}
END_TEST

START_TEST(each_day_reads_back_from_both_ways_of_writing_it)
{
    for (int32_t day = DAY(1800, 1, 1); day <= DAY(2200, 12, 31); day += 17) {
        char text[48];
        int y = 0, m = 0, d = 0;
        mlg_span span;
        mlg_text_key fault = T_none;
        mlg_day_split(day, &y, &m, &d);
        snprintf(text, sizeof text, "%04d-%02d-%02d", y, m, d);
        ck_assert_int_eq(mlg_span_read(text, &span, &fault), MLG_SPAN_READ);
        ck_assert_int_eq(span.first, day);
        snprintf(text, sizeof text, "%02d/%02d/%04d", d, m, y);
        ck_assert_int_eq(mlg_span_read(text, &span, &fault), MLG_SPAN_READ);
        ck_assert_int_eq(span.last, day);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("date");
    TCase *days = tcase_create("days");
    tcase_add_loop_test(days, a_known_day_has_its_number, 0,
                        sizeof known_days / sizeof *known_days);
    tcase_add_test(days, each_day_of_eight_centuries_is_the_c_library_s);
    tcase_add_test(days, the_open_ends_can_be_split_without_overflow);
    suite_add_tcase(suite, days);
    TCase *spans = tcase_create("spans");
    tcase_add_loop_test(spans, a_cell_reads_as_the_days_it_can_mean, 0,
                        sizeof readable / sizeof *readable);
    tcase_add_loop_test(spans, a_cell_that_is_no_date_is_refused_and_stays_unknown, 0,
                        sizeof unreadable / sizeof *unreadable);
    tcase_add_test(spans, a_day_too_many_is_told_with_the_days_of_its_month);
    tcase_add_test(spans, each_day_reads_back_from_both_ways_of_writing_it);
    suite_add_tcase(suite, spans);
    return suite_run(suite);
}
