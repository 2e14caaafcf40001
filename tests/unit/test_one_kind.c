/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/texts.h"
#include "finding/rule.h"
#include "reported.h"
#include "suite.h"

/* What one kind of tie says alone, beside all ties and participations. */

enum { LEAVES = 16 };

/* A hub that alone works with sixteen organisations of two sectors, 64 pairs across. What they are
 * besides comes as a text: further kinds of tie, or who meets. */
static const char *around_a_hub(bool ring, bool meeting)
{
    static char text[4096];
    size_t n = 0;
#define PUT(...) n += (size_t) snprintf(text + n, sizeof text - n, __VA_ARGS__)
    PUT("study: key,value\ndate,2024-12-31\nactors: id,kind,sector\nhub,organisation,social\n");
    for (int i = 0; i < LEAVES; i++) {
        PUT("o%d,organisation,%s\n", i, i % 2 == 0 ? "social" : "housing");
    }
    PUT("ties: from,to,kind\n");
    for (int i = 0; i < LEAVES; i++) {
        PUT("hub,o%d,works_with\n", i);
    }
    for (int i = 0; ring && i < LEAVES; i++) {
        PUT("o%d,o%d,knows\n", i, (i + 1) % LEAVES);
    }
    PUT("%s", ring ? "" : "o0,o2,knows\n");
    if (meeting) {
        PUT("participations: actor,activity,date\nhub,plenary,2024-05-01\n");
        for (int i = 0; i < LEAVES; i++) {
            PUT("o%d,plenary,2024-05-01\n", i);
        }
    }
#undef PUT
    ck_assert_uint_lt(n, sizeof text);
    return text;
}

/* The finding of dependence on the hub in the view of the kind "works_with", or NULL. */
static const mlg_finding *of_kind(const reported *r)
{
    for (size_t i = 0; i < r->findings.n; i++) {
        const mlg_finding *finding = &r->findings.items[i];
        if (strcmp(finding->topic, "dependence") == 0 && finding->view >= 0 &&
            mlg_context_view(r->context, finding->view)->kind >= 0) {
            return finding;
        }
    }
    return NULL;
}

static bool is_limited(const mlg_finding *finding, mlg_text_key limit)
{
    bool limited = false;
    for (size_t i = 0; i < finding->n_limits; i++) {
        limited = limited || finding->limits[i] == limit;
    }
    return limited;
}

START_TEST(one_kind_is_no_more_serious_than_all_ties_show)
{
    reported r;
    reported_study(&r, around_a_hub(true, false));
    const mlg_finding *finding = of_kind(&r);
    ck_assert_ptr_nonnull(finding);
    ck_assert_int_eq(finding->level, MLG_NOTICE);
    ck_assert(is_limited(finding, T_limit_one_kind));
    /* without the hub eight by eight are cut; in the ring nobody is */
    ck_assert_str_eq(
        reported_sentence(&r, finding, MLG_EN),
        "Without “hub”, all 64 cross-sector pairs of actors now connected would be cut "
        "off; the next actor would cut 0. Over all declared ties, none of the 64 "
        "pairs would be cut off.");
    reported_close(&r);
}
END_TEST

START_TEST(what_all_ties_confirm_keeps_its_level)
{
    reported r;
    reported_study(&r, around_a_hub(false, false));
    /* told of all ties, where it is as serious: no limit says otherwise */
    size_t told = 0;
    for (size_t i = 0; i < r.findings.n; i++) {
        const mlg_finding *finding = &r.findings.items[i];
        if (strcmp(finding->topic, "dependence") == 0) {
            told++;
            ck_assert_int_eq(finding->level, MLG_SERIOUS);
            ck_assert(!is_limited(finding, T_limit_one_kind));
        }
    }
    ck_assert_uint_ge(told, 1);
    reported_close(&r);
}
END_TEST

START_TEST(who_meets_denies_a_kind_too)
{
    reported r;
    reported_study(&r, around_a_hub(false, true));
    for (size_t i = 0; i < r.findings.n; i++) {
        const mlg_finding *finding = &r.findings.items[i];
        const mlg_view *view =
            finding->view >= 0 ? mlg_context_view(r.context, finding->view) : NULL;
        if (view != NULL && view->kind >= 0 && strcmp(finding->topic, "dependence") == 0) {
            ck_assert_int_eq(finding->level, MLG_NOTICE);
            ck_assert_ptr_nonnull(strstr(reported_sentence(&r, finding, MLG_EN),
                                         "From participations, none of the 64 pairs would be."));
        }
    }
    reported_close(&r);
}
END_TEST

/* The value of another view is that of the same subject, by its number there. */
START_TEST(the_wider_row_is_that_of_the_subject)
{
    reported r;
    reported_study(&r, around_a_hub(true, true));
    for (int32_t v = 0; v < (int32_t) mlg_context_views(r.context); v++) {
        const mlg_rule_case at = {.context = r.context,
                                  .model = r.model,
                                  .values = &r.values,
                                  .view = v,
                                  .graph = mlg_context_graph(r.context, v)};
        const mlg_value *lost = mlg_rule_value(&at, "depend.cross_pairs_lost", MLG_VECTOR, NULL);
        for (size_t row = 0; lost != NULL && row < lost->n; row++) {
            const mlg_wider wider = mlg_rule_wider(&at, lost, row);
            if (at.graph->view.kind < 0) {
                ck_assert_ptr_null(wider.ties);
                ck_assert_ptr_null(wider.meetings);
            } else {
                ck_assert_ptr_nonnull(wider.ties);
                ck_assert_ptr_nonnull(wider.meetings);
                ck_assert_int_eq(wider.ties->subject[wider.ties_row], lost->subject[row]);
                ck_assert_int_eq(wider.meetings->subject[wider.meetings_row], lost->subject[row]);
            }
        }
    }
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("one kind of tie");
    TCase *tcase = tcase_create("dependence");
    tcase_add_test(tcase, one_kind_is_no_more_serious_than_all_ties_show);
    tcase_add_test(tcase, what_all_ties_confirm_keeps_its_level);
    tcase_add_test(tcase, who_meets_denies_a_kind_too);
    tcase_add_test(tcase, the_wider_row_is_that_of_the_subject);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
