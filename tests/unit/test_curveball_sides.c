/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "measure/curveball.h"
#include "measure/margins.h"
#include "suite.h"

/* Rows or columns trade, whichever are more even: the draws are the same, and long rows are
 * renewed. */

/* ---- tables ------------------------------------------------------------------------------- */

static mlg_two_mode table_make(int32_t n_rows, int32_t n_columns, const char *cells)
{
    mlg_two_mode t = {.n_rows = n_rows, .n_columns = n_columns};
    const size_t n = (size_t) n_rows * (size_t) n_columns;
    t.offset = calloc((size_t) n_rows + 1, sizeof *t.offset);
    t.column = calloc(n + 1, sizeof *t.column);
    ck_assert_ptr_nonnull(t.offset);
    ck_assert_ptr_nonnull(t.column);
    for (int32_t i = 0; i < n_rows; i++) {
        t.offset[i + 1] = t.offset[i];
        for (int32_t c = 0; c < n_columns; c++) {
            if (cells[(size_t) i * (size_t) n_columns + (size_t) c] == '1') {
                t.column[t.offset[i + 1]++] = c;
            }
        }
    }
    return t;
}

static void table_free(mlg_two_mode *t)
{
    free(t->offset);
    free(t->column);
}

static uint64_t bits_of(const mlg_two_mode *t)
{
    uint64_t bits = 0;
    for (int32_t i = 0; i < t->n_rows; i++) {
        for (uint32_t k = t->offset[i]; k < t->offset[i + 1]; k++) {
            const uint64_t bit = UINT64_C(1) << (i * t->n_columns + t->column[k]);
            ck_assert_msg((bits & bit) == 0, "a column twice in a row");
            bits |= bit;
        }
    }
    return bits;
}

/* ---- uniform, whichever side trades -----------------------------------------------------------
 */

/* Cells row by row; '0' may be filled, '.' may not. Some with rows more even, some with columns. */
static const struct {
    int32_t n_rows, n_columns;
    const char *cells;
} small[] = {
    {3, 4,
     "1011"
     "0100"
     "1001"},
    {4, 4,
     "1110"
     "1000"
     "0100"
     "0001"},
    {5, 3,
     "100"
     "100"
     "010"
     "001"
     "011"},
    {3, 5,
     "11000"
     "00101"
     "00011"},
    {5, 4,
     "1111"
     "1000"
     "0100"
     "0010"
     "1000"},
    {4, 5,
     "11001"
     "10100"
     "10010"
     "10000"},
    {4, 4,
     "1.10"
     "1000"
     "0100"
     "00.1"},
    {5, 4,
     "1.01"
     "1000"
     ".100"
     "0010"
     "1000"},
    {4, 5,
     "11.01"
     ".0100"
     "00010"
     "10000"},
};

typedef struct listing {
    uint64_t bits[4096];
    uint32_t seen[4096];
    size_t n;
} listing;

static bool same_margins(const mlg_two_mode *t, uint64_t one, uint64_t two)
{
    bool same = true;
    for (int32_t i = 0; i < t->n_rows && same; i++) {
        const uint64_t row = ((UINT64_C(1) << t->n_columns) - 1) << (i * t->n_columns);
        same = __builtin_popcountll(one & row) == __builtin_popcountll(two & row);
    }
    for (int32_t c = 0; c < t->n_columns && same; c++) {
        uint64_t column = 0;
        for (int32_t i = 0; i < t->n_rows; i++) {
            column |= UINT64_C(1) << (i * t->n_columns + c);
        }
        same = __builtin_popcountll(one & column) == __builtin_popcountll(two & column);
    }
    return same;
}

static void list_tables(const mlg_two_mode *t, uint64_t zeros, listing *out)
{
    const uint64_t start = bits_of(t);
    *out = (listing){.n = 0};
    for (uint64_t bits = 0; bits < UINT64_C(1) << (t->n_rows * t->n_columns); bits++) {
        if ((bits & zeros) == 0 && same_margins(t, bits, start)) {
            ck_assert_uint_lt(out->n, 4096);
            out->bits[out->n++] = bits;
        }
    }
}

START_TEST(draws_are_uniform_on_both_sides)
{
    enum { DRAWS = 12000 };
    const int32_t n_rows = small[_i].n_rows, n_columns = small[_i].n_columns;
    mlg_two_mode t = table_make(n_rows, n_columns, small[_i].cells);
    const bool zeros = strchr(small[_i].cells, '.') != NULL;
    static listing all;
    uint64_t may[8] = {0}, never = 0;
    int32_t start[32];
    mlg_curveball ball;
    double chi = 0.0;

    for (int32_t k = 0; k < n_rows * n_columns; k++) {
        const bool free_cell = small[_i].cells[k] != '.';
        may[k / n_columns] |= free_cell ? UINT64_C(1) << (k % n_columns) : 0;
        never |= free_cell ? 0 : UINT64_C(1) << k;
    }
    t.may = zeros ? may : NULL;
    list_tables(&t, never, &all);
    ck_assert_uint_gt(all.n, 3);
    memcpy(start, t.column, t.offset[n_rows] * sizeof *start);
    ck_assert_int_eq(mlg_curveball_open(&t, &ball, NULL), MLG_OK);
    for (uint64_t d = 0; d < DRAWS; d++) {
        mlg_random random = mlg_random_stream(3, "test_curveball_sides", "uniform", d);
        size_t k = 0;
        memcpy(t.column, start, t.offset[n_rows] * sizeof *start);
        mlg_curveball_run(&t, &ball, (zeros ? 3 : 1) * MLG_TRADES, &random);
        const uint64_t bits = bits_of(&t);
        while (k < all.n && all.bits[k] != bits) {
            k++;
        }
        ck_assert_uint_lt(k, all.n);
        all.seen[k]++;
    }
    const double expected = (double) DRAWS / (double) all.n, df = (double) all.n - 1.0;
    for (size_t k = 0; k < all.n; k++) {
        chi += pow(all.seen[k] - expected, 2.0) / expected;
    }
    ck_assert_msg(chi < df + 5.0 * sqrt(2.0 * df), "table %d: chi2 %g on %g", _i, chi, df);
    mlg_curveball_close(&ball);
    table_free(&t);
}
END_TEST

/* ---- long rows ----------------------------------------------------------------------------------
 */

enum { LONG = 5, HALF = 60, WIDE = 2 * HALF, SINGLE = 300, IN_EACH = 5 };

/* Five rows of half the columns, and 300 of one: every column five times. `alike`: long rows hold
 * the same half, in threes and twos; else the first two hold one half each. */
static char *skewed(bool alike)
{
    static const int halves[2][LONG] = {{0, 1, 0, 1, 0}, {0, 0, 1, 1, 0}};
    char *cells = calloc((LONG + SINGLE) * WIDE + 1, 1);
    int in_column[WIDE] = {0}, row = LONG;

    ck_assert_ptr_nonnull(cells);
    memset(cells, '0', (LONG + SINGLE) * WIDE);
    for (int i = 0; i < LONG; i++) {
        for (int c = 0; c < HALF; c++) {
            const int column = halves[alike][i] * HALF + c;
            cells[i * WIDE + column] = '1';
            in_column[column]++;
        }
    }
    for (int c = 0; c < WIDE; c++) {
        for (; in_column[c] < IN_EACH; in_column[c]++) {
            cells[row++ * WIDE + c] = '1';
        }
    }
    ck_assert_int_eq(row, LONG + SINGLE);
    return cells;
}

static char *turned(const char *cells, int n_rows, int n_columns)
{
    char *out = calloc((size_t) n_rows * (size_t) n_columns + 1, 1);
    ck_assert_ptr_nonnull(out);
    for (int i = 0; i < n_rows; i++) {
        for (int c = 0; c < n_columns; c++) {
            out[c * n_rows + i] = cells[i * n_columns + c];
        }
    }
    return out;
}

/* What the first two long rows (columns, where turned) have in common, on average and its
 * standard error, in tables drawn from a start. */
static void overlap_of(bool alike, bool flip, double *mean, double *error)
{
    enum { DRAWS = 600 };
    char *rows = skewed(alike);
    char *cells = flip ? turned(rows, LONG + SINGLE, WIDE) : rows;
    mlg_two_mode t = table_make(flip ? WIDE : LONG + SINGLE, flip ? LONG + SINGLE : WIDE, cells);
    const uint32_t entries = t.offset[t.n_rows];
    int32_t *start = calloc(entries, sizeof *start);
    double sum = 0.0, squares = 0.0;
    mlg_curveball ball;

    ck_assert_ptr_nonnull(start);
    memcpy(start, t.column, entries * sizeof *start);
    ck_assert_int_eq(mlg_curveball_open(&t, &ball, NULL), MLG_OK);
    ck_assert_int_eq(ball.turned, !flip);
    for (uint64_t d = 0; d < DRAWS; d++) {
        mlg_random random =
            mlg_random_stream(4, "test_curveball_sides", "overlap", 2 * d + (alike ? 1 : 0));
        bool has[2][LONG + SINGLE > WIDE ? LONG + SINGLE : WIDE] = {{false}};
        int both = 0;
        memcpy(t.column, start, entries * sizeof *start);
        mlg_curveball_run(&t, &ball, MLG_TRADES, &random);
        for (int32_t i = 0; i < t.n_rows; i++) {
            for (uint32_t k = t.offset[i]; k < t.offset[i + 1]; k++) {
                const int32_t line = flip ? t.column[k] : i, place = flip ? i : t.column[k];
                if (line < 2) {
                    has[line][place] = true;
                }
            }
        }
        for (int c = 0; c < WIDE; c++) {
            both += has[0][c] && has[1][c];
        }
        sum += both;
        squares += (double) both * both;
    }
    *mean = sum / DRAWS;
    *error = sqrt((squares / DRAWS - *mean * *mean) / DRAWS);
    mlg_curveball_close(&ball);
    table_free(&t);
    free(start);
    if (flip) {
        free(cells);
    }
    free(rows);
}

/* From two starts as far apart as can be (nothing in common, everything) the draws tell one
 * story: by trades of rows a start of long rows among short ones would still show. */
START_TEST(long_rows_are_renewed_wherever_they_start)
{
    double apart = 0.0, alike = 0.0, se_apart = 0.0, se_alike = 0.0;

    overlap_of(false, _i == 1, &apart, &se_apart);
    overlap_of(true, _i == 1, &alike, &se_alike);
    ck_assert_double_gt(apart, 20.0);
    ck_assert_double_lt(alike, 35.0);
    ck_assert_double_eq_tol(apart, alike, 5.0 * sqrt(se_apart * se_apart + se_alike * se_alike));
}
END_TEST

/* ---- the pace ---------------------------------------------------------------------------------
 */

START_TEST(the_pace_is_half_of_the_longest_over_the_others)
{
    /* Rows can trade 3, 1, 1, 1, 1 (of five columns with an entry); columns 1, 1, 2, 2, 1. */
    mlg_two_mode t = table_make(5, 6,
                                "111000"
                                "001000"
                                "000100"
                                "000100"
                                "000010");
    double pace = 0.0;
    mlg_curveball ball;

    ck_assert_int_eq(mlg_curveball_pace(&t, &pace, NULL), MLG_OK);
    ck_assert_double_eq(pace, 1.0); /* tau of the columns: 2 over (1 + 1 + 2 + 1) / 4 */
    ck_assert_int_eq(mlg_curveball_open(&t, &ball, NULL), MLG_OK);
    ck_assert_int_eq(ball.turned, 1); /* the rows': 3 */
    mlg_curveball_close(&ball);
    table_free(&t);

    /* Both sides have one long line of 8 and sixteen of one: tau 8 on each side. */
    char cells[17 * 17 + 1];
    memset(cells, '0', sizeof cells - 1);
    cells[sizeof cells - 1] = '\0';
    for (int k = 0; k < 8; k++) {
        cells[0 * 17 + k] = '1';
        cells[(1 + k) * 17 + 8] = '1';
        cells[(9 + k) * 17 + 9 + k] = '1';
    }
    t = table_make(17, 17, cells);
    ck_assert_int_eq(mlg_curveball_pace(&t, &pace, NULL), MLG_OK);
    ck_assert_double_eq_tol(pace, 4.0, 1e-12);
    table_free(&t);

    /* A full row has nothing to trade. */
    t = table_make(3, 3,
                   "111"
                   "100"
                   "010");
    ck_assert_int_eq(mlg_curveball_pace(&t, &pace, NULL), MLG_OK);
    ck_assert_double_eq(pace, 1.0);
    table_free(&t);
}
END_TEST

START_TEST(opening_survives_any_allocation_failing)
{
    uint64_t may[4] = {7, 7, 7, 7};
    mlg_two_mode t = table_make(4, 3,
                                "111"
                                "100"
                                "010"
                                "001");
    mlg_status status = MLG_ENOMEM;

    t.may = may;
    for (int n = 0; status != MLG_OK; n++) {
        mlg_curveball ball;
        ck_assert_int_lt(n, 40);
        mlg_alloc_fails_at = n;
        status = mlg_curveball_open(&t, &ball, NULL);
        mlg_alloc_fails_at = -1;
        ck_assert(status == MLG_OK || status == MLG_ENOMEM);
        ck_assert(status == MLG_OK || ball.line == NULL);
        mlg_curveball_close(&ball);
    }
    table_free(&t);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("curveball sides");
    TCase *t = tcase_create("curveball sides");

    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, draws_are_uniform_on_both_sides, 0, sizeof small / sizeof *small);
    tcase_add_loop_test(t, long_rows_are_renewed_wherever_they_start, 0, 2);
    tcase_add_test(t, the_pace_is_half_of_the_longest_over_the_others);
    tcase_add_test(t, opening_survives_any_allocation_failing);
    suite_add_tcase(s, t);
    return suite_run(s);
}
