/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <string.h>

#include "maillage/gap.h"
#include "maillage/missing.h"
#include "reported.h"
#include "slow_missing.h"
#include "suite.h"
#include "twin.h"

/* What is missing between organisations, beside slow twins on studies drawn at random. */

static double share(double a, double b)
{
    return b > 0.0 ? a / b : (double) NAN;
}

/* ---- the register ---------------------------------------------------------------------------- */

static void the_register_is_that_of_the_rows(twin *t)
{
    twin_measure(t, "gap.listed_isolated");
    const random_study *s = &t->study;
    const mlg_value *whole = twin_value(t, "isolated_share", MLG_SCALAR);
    const mlg_value *isolated = twin_value(t, "isolated", MLG_VECTOR);
    const mlg_value *unlisted = twin_value(t, "unlisted", MLG_VECTOR);
    double n[4] = {0.0}, rows = 0.0;
    enum { LISTED, ISOLATED, ACTIVE, UNLISTED };
    for (int a = 0; a < s->n_orgs; a++) {
        const int seen = slow_rows_seen(s, a, true);
        const bool listed = slow_is_listed(s, a);
        n[LISTED] += listed;
        n[ISOLATED] += listed && seen == 0;
        n[ACTIVE] += seen > 0;
        n[UNLISTED] += !listed && seen > 0;
        rows += seen;
    }
    if (n[LISTED] > 0.0 && n[ACTIVE] > 0.0) {
        ck_assert_ptr_nonnull(whole);
        twin_column(t, whole, MLG_VALUE, 0, n[ISOLATED] / n[LISTED]);
        twin_part(t, whole, "listed", 0, n[LISTED]);
        twin_part(t, whole, "isolated", 0, n[ISOLATED]);
        twin_part(t, whole, "active", 0, n[ACTIVE]);
        twin_part(t, whole, "unlisted", 0, n[UNLISTED]);
        twin_part(t, whole, "unlisted_share", 0, share(n[UNLISTED], n[ACTIVE]));
    }
    for (int a = 0; n[LISTED] > 0.0 && n[ACTIVE] > 0.0 && a < s->n_orgs; a++) {
        const mlg_id id = twin_party(t, rs_name('o', a));
        const int seen = slow_rows_seen(s, a, true);
        const bool listed = slow_is_listed(s, a);
        if (listed && seen == 0) {
            ck_assert_ptr_nonnull(isolated);
            twin_column(t, isolated, MLG_VALUE, twin_row(isolated, id),
                        slow_rows_seen(s, a, false));
        }
        if (!listed && seen > 0) {
            ck_assert_ptr_nonnull(unlisted);
            twin_column(t, unlisted, MLG_VALUE, twin_row(unlisted, id), seen);
            twin_part(t, unlisted, "in_table", twin_row(unlisted, id), slow_in_table(s, a));
        }
    }
}

/* ---- invitations ----------------------------------------------------------------------------- */

static void check_invitations(const twin *t, const mlg_value *value, int row, slow_invitations n)
{
    twin_column(t, value, MLG_VALUE, row, share(n.came, n.came + n.absent));
    twin_part(t, value, "invited", row, n.invited);
    twin_part(t, value, "came", row, n.came);
    twin_part(t, value, "absent", row, n.absent);
    twin_part(t, value, "presence_unknown", row, n.presence_unknown);
    twin_part(t, value, "uninvited", row, n.uninvited);
    twin_part(t, value, "left_out", row, n.left_out);
    twin_part(t, value, "unsaid", row, n.unsaid);
}

static void check_list(const twin *t, const char *convention, char kind, int n)
{
    const mlg_value *list = twin_value(t, convention, MLG_VECTOR);
    for (int i = 0; list != NULL && i < n; i++) {
        const slow_of of = {kind == 'o' ? i : -1, kind == 'a' ? i : -1, kind == 's' ? i : -1, -1};
        const mlg_id id =
            kind == 'a' ? twin_activity(t, rs_name('a', i)) : twin_party(t, rs_name(kind, i));
        const int row = id >= 0 ? twin_row(list, id) : -1;
        const slow_invitations slow = slow_invited(&t->study, of);
        if (row >= 0) {
            check_invitations(t, list, row, slow);
        } else {
            twin_same(t, convention, 0, slow.invited);
        }
    }
}

static void invitations_are_those_of_the_rows(twin *t)
{
    static const mlg_id codes[RS_SECTORS] = {
        MLG_CODE_OF(sector, hospital), MLG_CODE_OF(sector, social), MLG_CODE_OF(sector, housing),
        MLG_CODE_OF(sector, residents)};
    twin_measure(t, "gap.invited");
    const random_study *s = &t->study;
    const mlg_value *whole = twin_value(t, "response", MLG_SCALAR);
    const mlg_value *sectors = twin_value(t, "sectors", MLG_VECTOR);
    const slow_invitations all = slow_invited(s, (slow_of){-1, -1, -1, -1});
    int never = 0, asked = 0;
    for (int a = 0; a < s->n_orgs; a++) {
        const slow_invitations n = slow_invited(s, (slow_of){a, -1, -1, -1});
        never += n.came == 0 && n.absent > 0;
    }
    for (int i = 0; i < s->n_seats; i++) {
        asked += s->seat[i].invited >= 0 && rs_recent(rs_seat_days(s, &s->seat[i])) &&
                 !rs_lists_a_member(s, &s->seat[i]);
    }
    if (asked > 0 && all.came + all.absent > 0) {
        ck_assert_ptr_nonnull(whole);
        check_invitations(t, whole, 0, all);
        twin_part(t, whole, "never_came", 0, never);
        check_list(t, "organisations", 'o', s->n_orgs);
        check_list(t, "activities", 'a', s->n_activities);
        check_list(t, "schemes", 's', s->n_schemes);
    }
    for (int k = 0; whole != NULL && sectors != NULL && k < RS_SECTORS; k++) {
        const int row = twin_row(sectors, codes[k]);
        if (row >= 0) {
            check_invitations(t, sectors, row, slow_invited(s, (slow_of){-1, -1, -1, k}));
        }
    }
}

/* ---- views ----------------------------------------------------------------------------------- */

/* A measure of the views of a study, in place of one of the study itself. */
typedef struct seen {
    twin t;
    reported r;
} seen;

static void open_views(seen *v, int loop, int turn)
{
    static const char *const ids[] = {"gap.motifs", "gap.duplicates", "gap.organisations",
                                      "gap.meetings", "gap.communes"};
    mlg_error err = {MLG_OK, ""};
    v->t.stream = (unsigned long) loop * TWIN_EACH + (unsigned long) turn;
    random_study_make(&v->t.study, v->t.stream);
    reported_open(&v->r, random_study_text(&v->t.study, 0));
    v->r.run.draws = 9;
    ck_assert_msg(mlg_measure_all(v->r.context, ids, 5, &v->r.values, &err) == MLG_OK, "%s",
                  err.message);
    v->t.measured = (study_measured){.model = v->r.model};
}

static const mlg_value *of_view(const seen *v, int32_t view, const char *id, mlg_shape shape,
                                const char *convention)
{
    for (size_t i = 0; i < v->r.values.n; i++) {
        const mlg_value *value = &v->r.values.items[i];
        if (value->view == view && strcmp(value->measure->id, id) == 0 && value->shape == shape &&
            (convention == NULL || strcmp(value->convention, convention) == 0)) {
            return value;
        }
    }
    return NULL;
}

/* ---- motifs ---------------------------------------------------------------------------------- */

/* Organisations of a view that work somewhere. */
static unsigned placed_in(const seen *v, int32_t view)
{
    const mlg_graph *graph = mlg_context_graph(v->r.context, view);
    unsigned actors = 0;
    for (int a = 0; a < v->t.study.n_orgs; a++) {
        const mlg_id id = twin_party(&v->t, rs_name('o', a));
        for (int32_t i = 0; i < graph->n; i++) {
            actors |= graph->subject[i] == id && slow_works_in(&v->t.study, a) != 0 ? 1U << a : 0;
        }
    }
    return actors;
}

/* Number of a kind of tie among those drawn. */
static int tie_kind(int32_t code)
{
    static const mlg_id codes[] = {MLG_CODE_OF(tie_kind, knows), MLG_CODE_OF(tie_kind, works_with),
                                   MLG_CODE_OF(tie_kind, agreement)};
    int kind = 0;
    while (kind < 3 && codes[kind] != code) {
        kind++;
    }
    ck_assert_int_lt(kind, 3);
    return kind;
}

typedef struct counts {
    double closed, open;
} counts;

static void check_ratio(const twin *t, const mlg_value *value, counts n)
{
    if (n.closed + n.open > 0.0) {
        ck_assert_msg(value != NULL, "study %lu", t->stream);
        twin_column(t, value, MLG_VALUE, 0, n.closed / (n.closed + n.open));
        twin_part(t, value, "closed", 0, n.closed);
        twin_part(t, value, "open", 0, n.open);
    }
}

static int pair_row(const mlg_value *value, mlg_id a, mlg_id b)
{
    const int forth = value != NULL ? twin_pair(value, a, b) : -1;
    return forth >= 0 || value == NULL ? forth : twin_pair(value, b, a);
}

static void check_motifs(const seen *v, int32_t view)
{
    const random_study *s = &v->t.study;
    const mlg_view *of = mlg_context_view(v->r.context, view);
    const slow_source by = of->source == MLG_FROM_TIES
                               ? (slow_source){true, of->kind < 0 ? -1 : tie_kind(of->kind)}
                               : (slow_source){false, -1};
    const unsigned actors = placed_in(v, view);
    const mlg_value *open = of_view(v, view, "gap.motifs", MLG_PAIRS, NULL);
    counts three = {0.0, 0.0}, four = {0.0, 0.0};
    double partners = 0.0;

    for (int a = 0; a < s->n_orgs; a++) {
        for (int b = a + 1; b < s->n_orgs; b++) {
            if (!rs_has(actors, a) || !rs_has(actors, b)) {
                continue;
            }
            const slow_motif m = slow_motif_of(s, actors, a, b);
            const bool tied = slow_partners(s, by, a, b);
            const int row = pair_row(open, twin_party(&v->t, rs_name('o', a)),
                                     twin_party(&v->t, rs_name('o', b)));
            int through = 0;
            partners += tied;
            *(tied ? &three.closed : &three.open) += m.units;
            *(tied ? &four.closed : &four.open) += m.linked;
            ck_assert_msg(row < 0 || !tied, "study %lu: o%d, o%d are partners", v->t.stream, a, b);
            ck_assert_msg(row >= 0 || tied || m.units == 0, "study %lu: o%d, o%d", v->t.stream, a,
                          b);
            for (int c = 0; c < s->n_orgs; c++) {
                through +=
                    c != a && c != b && slow_partners(s, by, a, c) && slow_partners(s, by, b, c);
            }
            if (row >= 0) {
                twin_column(&v->t, open, MLG_VALUE, row, m.units);
                twin_part(&v->t, open, "four_cycles", row, m.linked);
                twin_part(&v->t, open, "common_partners", row, through);
            }
        }
    }
    const mlg_value *ratio = of_view(v, view, "gap.motifs", MLG_SCALAR, "triangles");
    check_ratio(&v->t, ratio, three);
    check_ratio(&v->t, of_view(v, view, "gap.motifs", MLG_SCALAR, "four_cycles"), four);
    if (three.closed + three.open > 0.0) {
        twin_part(&v->t, ratio, "actors", 0, rs_size(actors));
        twin_part(&v->t, ratio, "partners", 0, partners);
    }
}

/* ---- duplicates ------------------------------------------------------------------------------ */

static void check_duplicates(const seen *v)
{
    const random_study *s = &v->t.study;
    const mlg_value *pairs =
        of_view(v, (int32_t) v->r.n_views - 1, "gap.duplicates", MLG_PAIRS, NULL);
    const mlg_value *whole =
        of_view(v, (int32_t) v->r.n_views - 1, "gap.duplicates", MLG_SCALAR, "near_duplicates");
    double near = 0.0, known = 0.0;
    for (int a = 0; a < s->n_schemes; a++) {
        for (int b = a + 1; b < s->n_schemes; b++) {
            const slow_likeness l = slow_alike(s, a, b);
            const double least = fmin(l.territory, fmin(l.themes, l.members));
            const bool all = !isnan(l.territory) && !isnan(l.themes) && !isnan(l.members);
            const int row = pair_row(pairs, twin_party(&v->t, rs_name('s', a)),
                                     twin_party(&v->t, rs_name('s', b)));
            const int met = (l.territory >= 0.8) + (l.themes >= 0.5) + (l.members >= 0.5);
            ck_assert_msg((row >= 0) == all, "study %lu: s%d, s%d (%g, %g, %g)", v->t.stream, a, b,
                          l.territory, l.themes, l.members);
            near += all && met == 3;
            known += all;
            if (row >= 0) {
                twin_column(&v->t, pairs, MLG_VALUE, row, least);
                twin_part(&v->t, pairs, "territory", row, l.territory);
                twin_part(&v->t, pairs, "themes", row, l.themes);
                twin_part(&v->t, pairs, "members", row, l.members);
                twin_part(&v->t, pairs, "in_both", row, l.in_both);
                if (l.territory > 0.0) {
                    twin_part(&v->t, pairs, "by_units", row, l.by_units);
                }
                twin_part(&v->t, pairs, "met", row, met);
            }
        }
    }
    if (known > 0.0) {
        twin_column(&v->t, whole, MLG_VALUE, 0, near);
        twin_part(&v->t, whole, "known", 0, known);
    }
}

/* ---- meetings -------------------------------------------------------------------------------- */

static void check_meeting(const seen *v, const mlg_value *pairs, int row, mlg_id a, unsigned x,
                          unsigned y)
{
    const random_study *s = &v->t.study;
    const bool forth = pairs->subject[2 * row] == a;
    twin_column(&v->t, pairs, MLG_VALUE, row, slow_meetings(s, x, y));
    twin_part(&v->t, pairs, forth ? "activities_a" : "activities_b", row, slow_meetings(s, x, x));
    twin_part(&v->t, pairs, forth ? "activities_b" : "activities_a", row, slow_meetings(s, y, y));
}

static void check_organisations(const seen *v, int32_t view)
{
    const random_study *s = &v->t.study;
    const mlg_value *with_reason = of_view(v, view, "gap.organisations", MLG_PAIRS, NULL);
    const mlg_value *meetings = of_view(v, view, "gap.meetings", MLG_PAIRS, NULL);
    for (int a = 0; a < s->n_orgs; a++) {
        for (int b = a + 1; b < s->n_orgs; b++) {
            const mlg_id x = twin_party(&v->t, rs_name('o', a));
            const mlg_id y = twin_party(&v->t, rs_name('o', b));
            const slow_reason why = slow_reason_of(s, a, b);
            const bool there =
                slow_meetings(s, 1U << a, 1U << a) > 0 && slow_meetings(s, 1U << b, 1U << b) > 0;
            const bool asked =
                there && why.shared != 0 && why.meet != 0 && (why.shared > 0 || why.meet > 0);
            const int row = pair_row(with_reason, x, y);
            ck_assert_msg((row >= 0) == asked || with_reason->n == 0, "study %lu: o%d, o%d",
                          v->t.stream, a, b);
            if (row >= 0) {
                check_meeting(v, with_reason, row, x, 1U << a, 1U << b);
                twin_part(&v->t, with_reason, "same_place", row,
                          why.meet < 0 ? (double) NAN : why.meet);
                twin_part(&v->t, with_reason, "theme_overlap", row,
                          why.shared < 0 ? (double) NAN : share(why.shared, why.either));
            }
            const int met = pair_row(meetings, x, y);
            if (met >= 0) {
                check_meeting(v, meetings, met, x, 1U << a, 1U << b);
            }
        }
    }
}

/* Organisations of a view with a place of their own in a unit. */
static unsigned of_unit(const seen *v, unsigned actors, int unit)
{
    unsigned in = 0;
    for (int a = 0; a < v->t.study.n_orgs; a++) {
        const unsigned own = slow_place_of_its_own(&v->t.study, a);
        in |= rs_has(actors, a) && rs_has(own, unit) ? 1U << a : 0;
    }
    return in;
}

static void check_communes(const seen *v, int32_t view)
{
    const random_study *s = &v->t.study;
    const mlg_value *pairs = of_view(v, view, "gap.communes", MLG_PAIRS, NULL);
    const unsigned actors = placed_in(v, view);
    for (int u = 0; u < s->n_units; u++) {
        for (int w = u + 1; w < s->n_units; w++) {
            const unsigned x = of_unit(v, actors, u), y = of_unit(v, actors, w);
            const mlg_id id = twin_territory(&v->t, rs_name('u', u));
            const int row = pair_row(pairs, id, twin_territory(&v->t, rs_name('u', w)));
            const bool asked = slow_meetings(s, x, x) > 0 && slow_meetings(s, y, y) > 0 &&
                               slow_units_linked(s, actors, u, w);
            ck_assert_msg((row >= 0) == asked || pairs->n == 0, "study %lu: u%d, u%d", v->t.stream,
                          u, w);
            if (row >= 0) {
                check_meeting(v, pairs, row, id, x, y);
            }
        }
    }
}

START_TEST(pairs_are_those_of_the_rows)
{
    static seen v;
    size_t motifs = 0, meetings = 0, alike = 0;
    for (int turn = 0; turn < TWIN_EACH; turn++) {
        open_views(&v, _i, turn);
        const size_t first = twin_checks();
        for (size_t view = 0; view < v.r.n_views; view++) {
            check_motifs(&v, (int32_t) view);
        }
        const size_t second = twin_checks();
        if (v.r.views[v.r.n_views - 1].source == MLG_FROM_PARTICIPATIONS) {
            check_organisations(&v, (int32_t) v.r.n_views - 1);
            check_communes(&v, (int32_t) v.r.n_views - 1);
        }
        const size_t third = twin_checks();
        check_duplicates(&v);
        motifs += second - first;
        meetings += third - second;
        alike += twin_checks() - third;
        reported_close(&v.r);
    }
    ck_assert_uint_gt(motifs, 500);
    ck_assert_uint_gt(meetings, 500);
    ck_assert_uint_gt(alike, 200);
}
END_TEST

/* T ended in March, in one municipality of S: a quarter of its people, all of its own. */
START_TEST(a_scheme_that_ended_keeps_its_territory)
{
    static const char *const ids[] = {"gap.schemes", "gap.duplicates"};
    reported r;
    reported_open(&r, "study: key,value\ndate,2024-06-30\n"
                      "territories: id,scale,population\na,commune,100\nb,commune,300\n"
                      "perimeters: territory,unit\nX,a\nX,b\n"
                      "schemes: id,territory,themes,end\nS,X,t1,\nT,a,t1,2024-03-31\n"
                      "activities: id,schemes\nm1,S\nm2,T\n"
                      "participations: actor,activity\no1,m1\no2,m1\no2,m2\n");
    ck_assert_int_eq(mlg_measure_all(r.context, ids, 2, &r.values, NULL), MLG_OK);
    const mlg_value *pairs = mlg_values_find(&r.values, "gap.schemes", 0);
    const mlg_value *alike = mlg_values_find(&r.values, "gap.duplicates", 0);
    ck_assert_double_eq(part_at(pairs, "population_overlap", 0), 1.0);
    ck_assert_double_eq(part_at(pairs, "common_units", 0), 1.0);
    ck_assert_double_eq(part_at(pairs, "stratum", 0), MLG_GAP_KNOWN);
    ck_assert_uint_eq(alike->n, 1);
    ck_assert_double_eq(part_at(alike, "territory", 0), 0.25);
    ck_assert_double_eq(part_at(alike, "members", 0), 0.5);
    reported_close(&r);
}
END_TEST

static twin_check *const checks[] = {
    the_register_is_that_of_the_rows,
    invitations_are_those_of_the_rows,
};

START_TEST(lists_are_those_of_the_rows)
{
    twin_all(_i, checks, sizeof checks / sizeof *checks);
}
END_TEST

static Suite *missing_rows_suite(void)
{
    Suite *suite = suite_create("missing_rows");
    TCase *tcase = tcase_create("twins");
    tcase_add_loop_test(tcase, pairs_are_those_of_the_rows, 0, TWIN_LOOPS);
    tcase_add_test(tcase, a_scheme_that_ended_keeps_its_territory);
    tcase_add_loop_test(tcase, lists_are_those_of_the_rows, 0, TWIN_LOOPS);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return suite_run(missing_rows_suite());
}
