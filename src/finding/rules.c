/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "finding/rule.h"
#include "graph/rows.h"

/* Levels are shares of what the last column names: serious when the
 * diagnosis holds and touches over a quarter of it, a warning over a tenth, else a notice.
 * Information has no share: its thresholds are out of reach. */
#define QUARTER 0.25
#define TENTH   0.10
#define HALF    0.50
#define ALL     1.0 /* never over it: not serious */
#define NEVER   2.0 /* a share is at most 1 */

/* kind, topic, each view?, comparison?, serious, warning, least said, most told,
 * share of what, rule. The rest of what is told in part stands in the tables. */
static const mlg_rule rows[] = {
    {"silo", "silo", true, true, QUARTER, TENTH, 0.0, 0,
     "expected cross-sector ties that are missing", mlg_rule_silo},
    /* with many actors any gap is beyond chance: below a fiftieth of the ties that are
     * expected between sectors, one sector's is a handful of rows. One pair of twelve sectors
     * holds a sixty-sixth of them when all are of one size, so half as much for a pair. */
    {"silo", "silo", true, true, QUARTER, TENTH, 0.01, 3,
     "expected cross-sector ties that are missing", mlg_rule_sector_pairs},
    {"silo", "silo", true, true, QUARTER, TENTH, 0.02, 3,
     "expected cross-sector ties that are missing", mlg_rule_closed_sectors},
    /* how to read the others: a warning at most, information when the view is the more open */
    {"two_stories", "two_stories", true, true, ALL, TENTH, 0.0, 0,
     "cross-sector ties that the wider view would have and this one has not", mlg_rule_contrast},
    /* the same in the activities themselves, said once of a view */
    {"same_sector_activities", "silo", true, true, QUARTER, TENTH, 0.02, 0,
     "expected pairs of different sectors that are missing", mlg_rule_same_sector},
    /* a fact, no fault: a notice, a warning when it is half of all seats */
    {"usual_suspects", "usual_suspects", true, false, QUARTER, TENTH, 0.35, 1,
     "seats held by the tenth of the actors with most", mlg_rule_usual_suspects},
    /* tested over its own pairs: what it needs of a view is in its file */
    {"gap", "gap", true, false, QUARTER, TENTH, 0.0, 0,
     "population of both perimeters that lives in the two", mlg_rule_gap},
    /* one pair of actors: a notice at most */
    {"meet_less", "meet_less", true, true, QUARTER, TENTH, 0.0, 3,
     "nothing: a notice, of the meetings expected of the pair", mlg_rule_meet_less},
    /* whole sectors, the clearest pairs in one sentence: a notice, for who meets less need not
     * work less together */
    {"sectors_apart", "sectors_apart", true, true, QUARTER, TENTH, 0.0, 1,
     "nothing: a notice, of the activities expected of the first pair", mlg_rule_sectors_apart},
    /* below a twentieth, the loss of one actor among many is no dependence. With the activities
     * that the post alone convenes, a warning at most where attendance is known of fewer than nine
     * in ten: what nobody wrote down would look as if it hung on nobody else */
    /* a warning at most: who shares a commune need not share a task */
    {"open_motifs", "open_motifs", true, true, QUARTER, TENTH, 0.0, 1,
     "pairs in one commune expected to be partners that are not", mlg_rule_open_motifs},
    /* facts of the tables: notices */
    {"duplicates", "duplicates", true, false, QUARTER, TENTH, 0.0, 2,
     "nothing: a notice of two schemes", mlg_rule_duplicates},
    {"listed", "listed", false, false, QUARTER, TENTH, 0.0, 1,
     "listed organisations without tie or participation: a notice", mlg_rule_listed},
    {"invited", "invited", false, false, QUARTER, TENTH, 0.0, 1,
     "invitations of known outcome that were not followed: a notice", mlg_rule_invited},
    {"invited", "left_out", false, false, QUARTER, TENTH, 0.0, 2, "nothing: a notice of a scheme",
     mlg_rule_left_out},
    /* below a twentieth, the loss of one actor among many is no dependence */
    {"dependence", "departure", true, false, QUARTER, TENTH, 0.05, 0,
     "connected cross-sector pairs cut off", mlg_rule_departure},
    {"dependence", "dependence", true, false, QUARTER, TENTH, 0.05, 0,
     "connected cross-sector pairs cut off", mlg_rule_dependence},
    /* a warning at most: a longer path may remain; not of who the two above are about. The
     * second is a notice: between small sectors it need not mean anything */
    {"broker", "sole_link", true, false, QUARTER, TENTH, 0.05, 1,
     "cross-sector pairs, tied or with a partner in common", mlg_rule_sole_link},
    {"broker", "unlinked_sectors", true, false, QUARTER, TENTH, 0.05, 1,
     "cross-sector pairs of actors of compared sectors", mlg_rule_unlinked_sectors},
    {"dependence", "shared_post", false, false, QUARTER, TENTH, 0.0, 0, "schemes coordinated",
     mlg_rule_shared_post},
    /* a warning at most: several would have to leave together */
    {"bus_factor", "bus_factor", false, false, QUARTER, TENTH, 0.0, 1,
     "schemes of known coordination, left without", mlg_rule_bus_factor},
    /* what several posts hold together, when no single one does: as all would have to leave,
     * serious over a half only */
    {"only_through", "only_through", true, false, HALF, TENTH, 0.05, 1,
     "connected cross-sector pairs cut off", mlg_rule_only_through},
    {"single_thread", "single_thread", false, false, QUARTER, TENTH, 0.0, 2,
     "nothing: a notice of two schemes", mlg_rule_single_thread},
    {"held_ties", "held_ties", true, false, QUARTER, TENTH, 0.0, 0,
     "nothing: a notice, resting on assumptions", mlg_rule_held_ties},
    {"vacant_post", "vacant_post", false, false, QUARTER, TENTH, 0.0, 0,
     "schemes or population, the larger", mlg_rule_vacant_posts},
    {"expiring_post", "expiring_post", false, false, QUARTER, TENTH, 0.0, 0,
     "schemes or population, the larger", mlg_rule_expiring_posts},
    /* known long before, and often renewed: a warning at most */
    {"ending_scheme", "ending_scheme", false, false, ALL, TENTH, 0.0, 0, "schemes in force",
     mlg_rule_ending_schemes},
    /* no fault in themselves: notices up to a quarter, warnings at most */
    {"turnover", "turnover", true, false, QUARTER, TENTH, 0.10, 1,
     "ties of the actors that stayed, surely lost (95 %)", mlg_rule_turnover},
    {"restart", "restart", false, false, QUARTER, TENTH, 0.10, 1,
     "ties of the posts that changed hands, lost within a year", mlg_rule_restart},
    /* no fault in itself: a warning at most */
    {"crossing_perimeters", "crossing", false, false, ALL, TENTH, 0.0, 0,
     "population of the perimeters that stick out, or in both that cross", mlg_rule_crossing},
    /* a scheme has one perimeter and many themes: a warning at most, a notice where it lies inside
     * the one that decides */
    {"theme_scale", "theme_scale", false, false, ALL, TENTH, 0.0, 0,
     "residents of the scheme outside the perimeter that decides", mlg_rule_theme_scale},
    /* facts of the past: a warning at most */
    {"moved_perimeter", "moved_perimeter", false, false, ALL, TENTH, 0.0, 0,
     "population of the units that entered or left a perimeter", mlg_rule_moved_perimeter},
    {"uncovered_population", "uncovered", false, false, QUARTER, TENTH, 0.0, 0,
     "population not covered", mlg_rule_uncovered},
    /* never serious where few units have a record at all: see the rule */
    {"uncovered_population", "not_referents", false, false, QUARTER, TENTH, 0.0, 0,
     "population without a referent on record", mlg_rule_referents},
    {"main_town", "main_town", false, false, QUARTER, TENTH, 0.0, 0,
     "activities in the main town beyond its share of residents", mlg_rule_main_town},
    /* facts of posts and of places, without a norm */
    {"load", "load", false, false, NEVER, NEVER, 0.0, 1, "nothing", mlg_rule_load},
    {"distance", "distance", true, false, NEVER, NEVER, 0.0, 1, "nothing", mlg_rule_distance},
    /* a warning at most, unless every body says its power and who attends; a notice of
     * fewer than three deciding bodies */
    {"residents", "residents", false, false, QUARTER, TENTH, 0.0, 0,
     "deciding bodies of known attendance, without residents", mlg_rule_residents},
    /* a notice at most, a warning when it is all schemes of the study */
    {"triptych", "triptych", false, false, QUARTER, TENTH, 0.0, 0,
     "schemes whose three roles are recorded, not tied", mlg_rule_triptych},
    /* compares, but actions: ten of them, not of actors; a warning at most */
    {"determinants", "determinants", false, false, QUARTER, TENTH, 0.0, 0,
     "actions that would have to change field for thirds", mlg_rule_determinants},
    /* where half of them have a funder on record; a notice at most, a warning when all of at
     * least three have */
    {"single_funder", "single_funder", false, false, QUARTER, TENTH, 0.0, 0,
     "schemes (else posts) of known funders, with a single one", mlg_rule_single_funder},
    /* facts of what the tables hold: notices. The last compares, but residents: ten of them */
    {"conventions", "conventions", false, false, QUARTER, TENTH, 0.0, 0,
     "pairs that work closely, without an agreement", mlg_rule_conventions},
    {"missions", "missions", false, false, QUARTER, TENTH, 0.0, 0,
     "missions without time on record", mlg_rule_missions},
    {"audience", "audience", false, false, QUARTER, TENTH, 0.0, 0,
     "vulnerable audiences that no action names", mlg_rule_audience},
    {"over_solicitation", "over_solicitation", false, false, QUARTER, TENTH, 0.0, 0,
     "seats of residents, of those who sit in two other bodies", mlg_rule_over_solicitation},
    {"attachment", "attachment", false, false, QUARTER, TENTH, 0.0, 0, "nothing: a notice",
     mlg_rule_attachment},
    /* a warning at most: a direction that is rare may be nobody's aim */
    {"levels", "levels", true, true, ALL, TENTH, 0.0, 1,
     "ties that would have the direction, were it as expected", mlg_rule_levels},
    /* facts of who sits where, and of who knows whom: notices */
    {"reciprocity", "reciprocity", false, false, QUARTER, TENTH, 0.0, 2,
     "nothing: a notice of two schemes", mlg_rule_reciprocity},
    {"acquaintance", "acquaintance", false, false, QUARTER, TENTH, 0.0, 1,
     "nothing: a notice of pairs to bring together", mlg_rule_acquaintance},
    /* facts of who is on record where: notices, but for the committee, a warning at most */
    {"lineage", "lineage", false, false, QUARTER, TENTH, 0.0, 2,
     "organisations of the parent that are not on record with the child", mlg_rule_lineage},
    {"composition", "composition", false, false, QUARTER, TENTH, 0.0, 1,
     "expected seats that nobody on record takes", mlg_rule_composition},
    {"shared_body", "shared_body", false, false, QUARTER, TENTH, 0.0, 1,
     "schemes with a body on record, without one of their own", mlg_rule_shared_body},
    {"only_bridge", "only_bridge", false, false, ALL, TENTH, TENTH, 1,
     "cross-sector pairs that meet, in steering committees only", mlg_rule_only_bridge},
    {"communities", "communities", true, true, NEVER, NEVER, 0.0, 1, "nothing",
     mlg_rule_communities},
    {"key_players", "key_players", true, false, NEVER, NEVER, 0.0, 1, "nothing",
     mlg_rule_key_players},
    {"nothing_to_conclude", "silo", true, false, NEVER, NEVER, 0.0, 0, "nothing",
     mlg_rule_silo_unclear},
    {"nothing_to_conclude", "gap", true, false, NEVER, NEVER, 0.0, 0, "nothing",
     mlg_rule_gap_unclear},
    {"nothing_to_conclude", "residents", false, false, NEVER, NEVER, 0.0, 0, "nothing",
     mlg_rule_residents_unclear},
    {"nothing_to_conclude", "triptych", false, false, NEVER, NEVER, 0.0, 0, "nothing",
     mlg_rule_triptych_unclear},
    {"nothing_to_conclude", "determinants", false, false, NEVER, NEVER, 0.0, 0, "nothing",
     mlg_rule_determinants_unclear},
    {"next_table", "next_table", false, false, NEVER, NEVER, 0.0, 0, "nothing",
     mlg_rule_next_table},
    {.kind = NULL},
};

const mlg_rule *mlg_rules(void)
{
    return rows;
}

mlg_level mlg_rule_level(const mlg_rule *rule, double share)
{
    return rule->serious > 1.0     ? MLG_INFO
           : share > rule->serious ? MLG_SERIOUS
           : share > rule->warning ? MLG_WARN
                                   : MLG_NOTICE;
}

void mlg_rule_counts(const mlg_graph *graph, int32_t *known, int32_t *sectors)
{
    *known = 0;
    *sectors = 0;
    for (int32_t s = 0; s < graph->n_sectors; s++) {
        int32_t members = 0;
        for (int32_t v = 0; v < graph->n; v++) {
            members += graph->sector[v] == s ? 1 : 0;
        }
        *known += members;
        *sectors += members >= MLG_RULE_SECTOR_ACTORS ? 1 : 0;
    }
}

bool mlg_rule_may_compare(const mlg_graph *graph)
{
    int32_t known = 0, sectors = 0;
    mlg_rule_counts(graph, &known, &sectors);
    return known >= MLG_RULE_ACTORS && sectors >= MLG_RULE_SECTORS;
}

void mlg_rule_cap_thin(mlg_finding *finding, const mlg_graph *graph, double connected)
{
    enum { FEW_ACTIVITIES = 10, FEW_PAIRS = 50 };
    int32_t joining = 0;
    for (int32_t a = 0; a < graph->n_activities; a++) {
        joining += mlg_csr_degree(&graph->attended, a) > 1 ? 1 : 0;
    }
    if ((graph->n_activities > 0 && joining < FEW_ACTIVITIES) || connected < FEW_PAIRS) {
        finding->level = finding->level > MLG_NOTICE ? MLG_NOTICE : finding->level;
        mlg_finding_limit(finding, T_limit_thin);
    }
}

void mlg_rule_cap_few_ties(mlg_finding *finding, const mlg_graph *graph, double ties)
{
    enum { FEW_TIES = 10 };
    if (graph->view.source == MLG_FROM_TIES && ties < FEW_TIES) {
        mlg_finding_at_most(finding, MLG_NOTICE);
        mlg_finding_limit(finding, T_limit_thin);
    }
}

void mlg_rule_cap_unrecorded(mlg_finding *finding, const mlg_graph *graph)
{
    int32_t all = 0;
    for (size_t a = 0; a < graph->model->activities.n; a++) {
        const bool described = graph->model->activity_row[a] >= 0;
        all += described && graph->activity_when != NULL && graph->activity_when[a] != MLG_OUTSIDE;
    }
    if (10 * graph->n_activities < 9 * all) {
        mlg_finding_at_most(finding, MLG_WARN);
    }
}

static bool names_before(const mlg_model *model, mlg_id holder, int32_t row, size_t at,
                         mlg_id scheme)
{
    for (int32_t other = 0; other <= row; other++) {
        size_t n = 0;
        const int32_t *schemes = mlg_get_list(model, C_posts_scheme, other, &n);
        const bool own = mlg_get_id(model, C_posts_person, other) == holder ||
                         mlg_get_id(model, C_posts_id, other) == holder;
        n = other == row ? at : n;
        for (size_t i = 0; i < n && own; i++) {
            if (schemes[i] == scheme) {
                return true;
            }
        }
    }
    return false;
}

size_t mlg_rule_schemes_of(const mlg_model *model, mlg_id holder)
{
    size_t count = 0;
    for (int32_t row = 0; model != NULL && row < model->rows[MLG_POSTS].n; row++) {
        size_t n = 0;
        const int32_t *schemes = mlg_get_list(model, C_posts_scheme, row, &n);
        const bool own = mlg_get_id(model, C_posts_person, row) == holder ||
                         mlg_get_id(model, C_posts_id, row) == holder;
        for (size_t i = 0; i < n && own; i++) {
            count += !names_before(model, holder, row, i, schemes[i]);
        }
    }
    return count;
}

/* ---- values ---------------------------------------------------------------------- */

const mlg_value *mlg_rule_value(const mlg_rule_case *at, const char *id, mlg_shape shape,
                                const char *convention)
{
    for (size_t i = 0; i < at->values->n; i++) {
        const mlg_value *value = &at->values->items[i];
        if (value->view == at->view && value->shape == shape && value->undefined == T_none &&
            strcmp(value->measure->id, id) == 0 &&
            (convention == NULL || strcmp(value->convention, convention) == 0)) {
            return value;
        }
    }
    return NULL;
}

double mlg_rule_number(const mlg_value *value, mlg_value_column column, size_t row)
{
    const bool there = value != NULL && row < value->n && value->column[column] != NULL;
    return there ? value->column[column][row] : NAN;
}

double mlg_rule_part(const mlg_value *value, const char *part, size_t row)
{
    const double *values = value != NULL ? mlg_value_part_find(value, part) : NULL;
    return values != NULL && row < value->n ? values[row] : NAN;
}

/* ---- a part of the ties beside the whole --------------------------------------------- */

/* The same measure in the widest view of a source, and the row of the same subject in it. */
static const mlg_value *in_whole(const mlg_rule_case *at, const mlg_value *value, mlg_id subject,
                                 mlg_source source, size_t *row)
{
    for (size_t v = 0; v < mlg_context_views(at->context); v++) {
        const mlg_view *view = mlg_context_view(at->context, (int32_t) v);
        const mlg_rule_case other = {.values = at->values, .view = (int32_t) v};
        const mlg_value *whole =
            view->source == source && view->kind < 0 && view->n_conditions == 0
                ? mlg_rule_value(&other, value->measure->id, value->shape, value->convention)
                : NULL;
        for (size_t i = 0; whole != NULL && whole->scope == value->scope && i < whole->n; i++) {
            if (whole->subject[i] == subject) {
                *row = i;
                return whole;
            }
        }
    }
    return NULL;
}

mlg_wider mlg_rule_wider(const mlg_rule_case *at, const mlg_value *value, size_t row)
{
    const mlg_view *view = &at->graph->view;
    mlg_wider wider = {0};

    if (view->source == MLG_FROM_TIES && (view->kind >= 0 || view->n_conditions > 0)) {
        const mlg_id subject = value->subject[row];
        wider.ties = in_whole(at, value, subject, MLG_FROM_TIES, &wider.ties_row);
        wider.meetings = in_whole(at, value, subject, MLG_FROM_PARTICIPATIONS, &wider.meetings_row);
    }
    return wider;
}

void mlg_rule_cap_part(mlg_finding *finding, const mlg_rule *rule, const mlg_wider *wider,
                       const char *share)
{
    const mlg_level before = finding->level;
    const double ties = mlg_rule_part(wider->ties, share, wider->ties_row);
    const double meetings = mlg_rule_part(wider->meetings, share, wider->meetings_row);

    if (!isnan(ties)) {
        mlg_finding_at_most(finding, mlg_rule_level(rule, ties));
    }
    if (!isnan(meetings)) {
        mlg_finding_at_most(finding, mlg_rule_level(rule, meetings));
    }
    if (finding->level < before) {
        mlg_finding_limit(finding, T_limit_one_kind);
    }
}
