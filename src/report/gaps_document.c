/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "report/gaps.h"
#include "report/meetings.h"
#include "report/missing.h"

/* What `maillage gaps` prints: the missing coordinations as sentences, those that stand out from
 * chance first, then those that may be chance, then what could not be tested and why. */

enum { MOST_SAID = 20, MOST_CHANCE = 8, MOST_UNTESTED = 8 };

static const double P_HOLDS = 0.05;

/* A share, or n/a where it is not known. */
static mlg_arg share_of(const mlg_value *pairs, const char *part, size_t row)
{
    const double share = mlg_section_part(pairs, part, row);
    return isnan(share) ? mlg_arg_key(T_undefined) : mlg_arg_share(share, 0);
}

static mlg_arg few(double number)
{
    return mlg_arg_number(number, fabs(number) < 9.95 ? 1 : 0);
}

static void say_pair(mlg_document *document, mlg_text_key key, const mlg_value *pairs, size_t row)
{
    const mlg_arg args[] = {
        mlg_arg_label(MLG_SCOPE_SCHEME, pairs->subject[2 * row]),
        mlg_arg_label(MLG_SCOPE_SCHEME, pairs->subject[2 * row + 1]),
        mlg_arg_count(mlg_section_number(pairs, MLG_VALUE, row)),
        few(mlg_section_number(pairs, MLG_EXPECTED, row)),
        mlg_arg_count(mlg_section_number(pairs, MLG_LOW, row)),
        mlg_arg_count(mlg_section_number(pairs, MLG_HIGH, row)),
        mlg_arg_p(mlg_section_number(pairs, MLG_P, row)),
        mlg_arg_p(mlg_section_number(pairs, MLG_P_ADJUSTED, row)),
        mlg_arg_count(mlg_section_part(pairs, "deficit", row)),
        share_of(pairs, "population_overlap", row),
        share_of(pairs, "theme_overlap", row),
        mlg_arg_number(mlg_section_part(pairs, "ratio", row), 2),
    };
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, key, args, sizeof args / sizeof args[0]);
}

/* Is the row one of those a block tells? */
typedef bool is_told(const mlg_value *pairs, size_t row);

static bool lacks(const mlg_value *pairs, size_t row)
{
    return mlg_gaps_is_tested(pairs, row) &&
           mlg_section_number(pairs, MLG_VALUE, row) < mlg_section_number(pairs, MLG_EXPECTED, row);
}

/* Of fewer than ten participants nothing is claimed. */
static bool holds(const mlg_value *pairs, size_t row)
{
    return pairs->caution == T_none && lacks(pairs, row) &&
           mlg_section_number(pairs, MLG_P_ADJUSTED, row) <= P_HOLDS;
}

static bool may_be_chance(const mlg_value *pairs, size_t row)
{
    return lacks(pairs, row) && !holds(pairs, row);
}

static bool is_enough(const mlg_value *pairs, size_t row)
{
    return mlg_gaps_is_tested(pairs, row) && !lacks(pairs, row);
}

static bool is_untested(const mlg_value *pairs, size_t row)
{
    return mlg_gaps_is_eligible(pairs, row) && !mlg_gaps_is_tested(pairs, row);
}

/* Not even another number of participants in common was possible. */
static bool is_fixed(const mlg_value *pairs, size_t row)
{
    return is_untested(pairs, row) && mlg_section_number(pairs, MLG_SD, row) == 0.0;
}

static bool is_too_rare(const mlg_value *pairs, size_t row)
{
    return is_untested(pairs, row) && !is_fixed(pairs, row);
}

/* Of those, none in common would not be rare; or there always are some, nearly as many. */
static bool may_be_none(const mlg_value *pairs, size_t row)
{
    return is_too_rare(pairs, row) && !(mlg_section_number(pairs, MLG_LOW, row) > 0.0);
}

static bool is_narrow(const mlg_value *pairs, size_t row)
{
    return is_too_rare(pairs, row) && mlg_section_number(pairs, MLG_LOW, row) > 0.0;
}

static size_t count(const mlg_value *pairs, is_told *told)
{
    size_t n = 0;
    for (size_t row = 0; row < pairs->n; row++) {
        n += told(pairs, row);
    }
    return n;
}

/* A heading (T_none: the one before goes on) and the first of its pairs; says how many more
 * there are. */
static void block(mlg_document *document, const mlg_value *pairs, is_told *told,
                  mlg_text_key heading, mlg_text_key sentence, size_t most)
{
    const size_t n = count(pairs, told);
    size_t said = 0;

    if (n > 0 && heading != T_none) {
        mlg_doc_block(document, MLG_BLOCK_HEADING, heading, NULL, 0);
    }
    for (size_t row = 0; row < pairs->n && said < most; row++) {
        if (told(pairs, row)) {
            say_pair(document, sentence, pairs, row);
            said++;
        }
    }
    if (said < n) {
        const mlg_arg more = mlg_arg_count((double) (n - said));
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_gaps_more, &more, 1);
    }
}

static void one_view(mlg_document *document, int32_t view)
{
    const mlg_value *pairs = mlg_gaps_pairs(document->results, view);

    if (pairs == NULL) {
        mlg_gaps_say_undefined(document, view);
        return;
    }
    const mlg_arg name = mlg_section_view(document, view);
    const mlg_arg enough = mlg_arg_count((double) count(pairs, is_enough));
    if (mlg_section_views(document->results) > 1) {
        mlg_doc_block(document, MLG_BLOCK_HEADING, T_gaps_view, &name, 1);
    }
    mlg_gaps_say_counts(document, view);
    block(document, pairs, holds, T_gaps_hold, T_gaps_pair, MOST_SAID);
    block(document, pairs, may_be_chance, T_gaps_chance, T_gaps_pair_chance, MOST_CHANCE);
    if (enough.number > 0.0) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_gaps_enough, &enough, 1);
    }
    block(document, pairs, may_be_none, T_gaps_cannot_tell, T_gaps_pair_rare, MOST_UNTESTED);
    block(document, pairs, is_narrow, count(pairs, may_be_none) > 0 ? T_none : T_gaps_cannot_tell,
          T_gaps_pair_narrow, MOST_UNTESTED);
    block(document, pairs, is_fixed, count(pairs, is_too_rare) > 0 ? T_none : T_gaps_cannot_tell,
          T_gaps_pair_fixed, MOST_UNTESTED);
    mlg_gaps_say_left_out(document, view);
}

/* A study without participations has one answer, on its first view or on none. */
static bool has_answer(const mlg_results *results, int32_t view)
{
    return mlg_section_value(results, "gap.schemes", view, MLG_PAIRS, NULL) != NULL;
}

mlg_status mlg_document_gaps(const mlg_results *results, mlg_document *document, mlg_error *err)
{
    bool some = false, met = false;

    *document = (mlg_document){.results = results};
    mlg_doc_section(document, "gaps", T_section_gaps);
    if (results->model != NULL && mlg_model_title(results->model)[0] != '\0') {
        const mlg_arg title = mlg_arg_text(mlg_model_title(results->model));
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_gaps_title, &title, 1);
    }
    for (int32_t view = -1; view < mlg_section_views(results); view++) {
        if (has_answer(results, view)) {
            one_view(document, view);
            some = some || mlg_gaps_pairs(results, view) != NULL;
        }
        if (mlg_meetings_has(results, view)) {
            mlg_meetings_say(document, view);
            met = true;
        }
        if (view >= 0) {
            mlg_missing_say_introductions(document, view);
        }
    }
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        if (mlg_section_shows(results, view) && mlg_missing_has(results, view)) {
            const mlg_arg name = mlg_section_view(document, view);
            mlg_doc_block(document, MLG_BLOCK_HEADING, T_missing_view, &name, 1);
            mlg_missing_say_view(document, view);
        }
    }
    if (mlg_missing_has(results, -1)) {
        mlg_doc_block(document, MLG_BLOCK_HEADING, T_missing_study, NULL, 0);
        mlg_missing_say_study(document);
    }
    if (some) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_gaps_how_to_read, NULL, 0);
    }
    if (met) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_table_meetings_note, NULL, 0);
    }
    return mlg_doc_end(document, err);
}
