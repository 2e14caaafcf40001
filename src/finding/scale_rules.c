/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "finding/rule.h"
#include "maillage/scale.h"
#include "measure/cover.h"
#include "measure/locations.h"
#include "measure/pair_shares.h"

/* Territories: perimeters that cross, units that nothing on record covers, units without a
 * referent, activities that keep to the main town. */

/* ---- crossing ------------------------------------------------------------------------ */

/* Inhabitants of all units of the study whose population is known. */
static double all_people(const mlg_rule_case *at)
{
    const mlg_value *layers = mlg_rule_value(at, "scale.layers", MLG_VECTOR, NULL);
    double sum = 0.0;
    for (size_t row = 0; layers != NULL && row < layers->n; row++) {
        const double people = mlg_rule_part(layers, "population", row);
        sum += isnan(people) ? 0.0 : people;
    }
    return sum;
}

/* Rows of perimeters.csv that make a territory. */
static void show_perimeter(mlg_finding *finding, const mlg_model *model, mlg_id territory)
{
    for (int32_t row = 0; model != NULL && row < model->rows[MLG_PERIMETERS].n; row++) {
        if (mlg_get_id(model, C_perimeters_territory, row) == territory) {
            mlg_evidence_row_of(finding, model, MLG_PERIMETERS, row);
        }
    }
}

/* Pairs of perimeters that cross, and all that have something in common. */
static double crossing_pairs(const mlg_rule_case *at)
{
    return mlg_rule_part(mlg_rule_value(at, "scale.typology", MLG_SCALAR, NULL), "crossing", 0);
}

static double pairs_in_touch(const mlg_rule_case *at)
{
    const mlg_value *counts = mlg_rule_value(at, "scale.typology", MLG_SCALAR, NULL);
    return mlg_rule_part(counts, "crossing", 0) + mlg_rule_part(counts, "nested", 0) +
           mlg_rule_part(counts, "equal", 0) + mlg_rule_part(counts, "undetermined", 0);
}

static void end_crossing(mlg_finding *finding)
{
    mlg_finding_measure(finding, "scale.typology");
    mlg_finding_lever(finding, T_lever_who_does_what, "S0:247");
    mlg_finding_limit(finding, T_limit_perimeters);
}

/* The figures of the pair are those of its row in the table. */
static mlg_status say_crossing(const mlg_rule_case *at, const mlg_rule *rule,
                               const mlg_value *pairs, size_t row, mlg_findings *out,
                               mlg_error *err)
{
    const mlg_id a = pairs->subject[2 * row], b = pairs->subject[2 * row + 1];
    const double all = all_people(at), units = mlg_rule_part(pairs, "units", row);
    const mlg_pair_shares s = mlg_pair_shares_of(pairs, row);
    const bool known = s.by_people && all > 0.0;
    mlg_finding *finding =
        mlg_finding_add(out, at, rule, known ? fmin(1.0, s.people.low / all) : NAN, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_label(MLG_SCOPE_TERRITORY, a),
        mlg_arg_label(MLG_SCOPE_TERRITORY, b),
        mlg_arg_share(mlg_whole_percents(s.a_in_b.high), 0),
        mlg_arg_share(mlg_whole_percents(s.b_in_a.high), 0),
        mlg_arg_count(crossing_pairs(at)),
        mlg_arg_count(pairs_in_touch(at)),
        mlg_arg_number(units, units > floor(units) ? 1 : 0),
    };
    mlg_finding_say(finding,
                    !known   ? T_finding_crossing_units
                    : s.open ? T_finding_crossing_open
                             : T_finding_crossing,
                    args, sizeof args / sizeof args[0]);
    mlg_finding_subject(finding, MLG_SCOPE_TERRITORY, a);
    mlg_finding_subject(finding, MLG_SCOPE_TERRITORY, b);
    end_crossing(finding);
    if (known && s.unknown > 0.0) {
        mlg_finding_limit(finding, T_limit_unknown_people);
    }
    show_perimeter(finding, at->model, a);
    show_perimeter(finding, at->model, b);
    return MLG_OK;
}

static bool holds(const mlg_model *model, mlg_id territory, mlg_id unit)
{
    uint32_t i = model->unit_offset[territory];
    while (i < model->unit_offset[territory + 1] && model->unit[i] != unit) {
        i++;
    }
    return i < model->unit_offset[territory + 1];
}

/* Rows of perimeters.csv that take the inner one out of the outer one. */
static void show_outside(mlg_finding *finding, const mlg_model *model, mlg_id inner, mlg_id outer)
{
    for (int32_t row = 0; model != NULL && row < model->rows[MLG_PERIMETERS].n; row++) {
        const mlg_id unit = mlg_get_id(model, C_perimeters_unit, row);
        if (mlg_get_id(model, C_perimeters_territory, row) == inner && unit >= 0 &&
            mlg_row_in_force(model, MLG_PERIMETERS, row, model->day) &&
            !holds(model, outer, unit)) {
            mlg_evidence_row_of(finding, model, MLG_PERIMETERS, row);
        }
    }
}

/* Of two kinds: how many perimeters of one stick out of those of the other; the pairs with most
 * residents outside are its subjects and rows. */
static mlg_status say_sticking_out(const mlg_rule_case *at, const mlg_rule *rule,
                                   const mlg_value *kinds, const mlg_value *pairs,
                                   mlg_findings *out, mlg_error *err)
{
    const double everybody = mlg_rule_part(kinds, "everybody", 0);
    const double touched = mlg_rule_part(kinds, "population", 0);
    const bool people = !isnan(mlg_rule_part(pairs, "population", 0));
    mlg_finding *finding =
        mlg_finding_add(out, at, rule, everybody > 0.0 ? touched / everybody : NAN, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_count(mlg_rule_part(kinds, "crossing", 0)),
        mlg_arg_count(mlg_rule_part(kinds, "perimeters", 0)),
        mlg_arg_label(MLG_SCOPE_EXTENT, kinds->subject[0]),
        mlg_arg_label(MLG_SCOPE_EXTENT, kinds->subject[1]),
        mlg_arg_count(crossing_pairs(at)),
        mlg_arg_count(pairs_in_touch(at)),
        mlg_arg_label(MLG_SCOPE_TERRITORY, pairs->subject[0]),
        mlg_arg_label(MLG_SCOPE_TERRITORY, pairs->subject[1]),
        mlg_arg_share(mlg_whole_percents(mlg_rule_number(pairs, MLG_VALUE, 0)), 0),
    };
    mlg_finding_say(finding, people ? T_finding_sticking_out : T_finding_sticking_out_units, args,
                    sizeof args / sizeof args[0]);
    for (size_t row = 0; row < pairs->n; row++) {
        mlg_finding_subject(finding, MLG_SCOPE_TERRITORY, pairs->subject[2 * row]);
        mlg_finding_subject(finding, MLG_SCOPE_TERRITORY, pairs->subject[2 * row + 1]);
    }
    mlg_finding_measure(finding, "scale.relations");
    end_crossing(finding);
    for (size_t row = 0; row < pairs->n; row++) {
        show_outside(finding, at->model, pairs->subject[2 * row], pairs->subject[2 * row + 1]);
    }
    return MLG_OK;
}

/* Where no two kinds have enough perimeters, the pair with most inhabitants in common: the pairs
 * come with the crossing ones first, most inhabitants in common at the top. */
mlg_status mlg_rule_crossing(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                             mlg_error *err)
{
    const mlg_value *pairs = mlg_rule_value(at, "scale.typology", MLG_PAIRS, NULL);
    const mlg_value *kinds = mlg_rule_value(at, "scale.relations", MLG_PAIRS, "most_crossing");
    const mlg_value *most = mlg_rule_value(at, "scale.relations", MLG_PAIRS, "most_crossing_pairs");

    if (kinds != NULL && most != NULL && most->n > 0) {
        return say_sticking_out(at, rule, kinds, most, out, err);
    }
    for (size_t row = 0; pairs != NULL && row < pairs->n; row++) {
        if (mlg_rule_number(pairs, MLG_VALUE, row) == MLG_CROSSING) {
            return say_crossing(at, rule, pairs, row, out, err);
        }
    }
    return MLG_OK;
}

/* ---- uncovered ------------------------------------------------------------------------ */

/* What may cover a unit, and the sentence that says that nothing does. Referents are told apart,
 * with what is recorded of each unit. The documents name no lever for a place that nothing reaches.
 */
static const struct {
    const char *uncovered, *covered; /* conventions of scale.coverage */
    mlg_text_key with_people, units_only;
} questions[] = {
    {"not_schemes", "schemes", T_finding_no_scheme, T_finding_no_scheme_units},
    {"not_activities", "activities", T_finding_no_activity, T_finding_no_activity_units},
    {"not_sites", "sites", T_finding_no_site, T_finding_no_site_units},
};

/* What is not covered is only as sure as rows say where they are: serious when nine of ten do,
 * a warning when half do. */
static const double WELL_FILLED_ROWS = 0.9, HALF_FILLED_ROWS = 0.5;

static void cap_by_places(mlg_finding *finding, double completeness)
{
    const mlg_level most = completeness >= WELL_FILLED_ROWS   ? MLG_SERIOUS
                           : completeness >= HALF_FILLED_ROWS ? MLG_WARN
                                                              : MLG_NOTICE;
    if (finding->level > most) { /* said, or the levels would not be what the methods tell */
        mlg_finding_limit(finding, most == MLG_NOTICE ? T_limit_places_half : T_limit_places_most);
    }
    mlg_finding_at_most(finding, most);
}

/* Inhabitants of a list of units, as far as they are known. */
typedef struct residents {
    double people, unknown;
} residents;

static residents residents_of(const mlg_value *units)
{
    residents r = {0};
    for (size_t row = 0; row < units->n; row++) {
        const double here = mlg_rule_part(units, "population", row);
        r.people += isnan(here) ? 0.0 : here;
        r.unknown += isnan(here) ? 1.0 : 0.0;
    }
    return r;
}

/* Where populations are missing, the share of those that are known is said to be one, and the level
 * is not above what the share of places gives. */
static void say_unknown(mlg_finding *finding, const mlg_rule *rule, double share_of_units)
{
    mlg_finding_at_most(finding, mlg_rule_level(rule, share_of_units));
    mlg_finding_limit(finding, T_limit_people_unknown);
}

/* "municipalities" where all units of the study are: 2 for the second word. */
static mlg_arg unit_word(const mlg_rule_case *at, const mlg_value *units)
{
    const mlg_value *all = mlg_rule_value(at, "scale.layers", MLG_VECTOR, NULL);
    const mlg_value *listed = all != NULL ? all : units;
    return mlg_arg_count(mlg_are_communes(at->model, listed->subject, listed->n) ? 2.0 : 1.0);
}

/* Rows of territories.csv of the units, as they are listed. */
static void show_units(mlg_finding *finding, const mlg_model *model, const mlg_value *units)
{
    for (size_t row = 0; model != NULL && row < units->n; row++) {
        const int32_t at = model->territory_row[units->subject[row]];
        if (at >= 0) {
            mlg_evidence_row_of(finding, model, MLG_TERRITORIES, at);
        }
    }
}

static mlg_status say_uncovered(const mlg_rule_case *at, const mlg_rule *rule, size_t q,
                                const mlg_value *units, mlg_findings *out, mlg_error *err)
{
    const mlg_value *covered =
        mlg_rule_value(at, "scale.coverage", MLG_SCALAR, questions[q].covered);
    const double all = mlg_rule_part(covered, "units", 0), everybody = all_people(at);
    const double of_units = (double) units->n / all;
    const residents left = residents_of(units);
    const bool some_unknown = mlg_rule_part(covered, "population_unknown", 0) > 0.0;
    const bool people = everybody > 0.0 && left.people > 0.0 && left.people < everybody;
    const bool told = everybody > 0.0 && (people || !some_unknown);
    const double share = told ? left.people / everybody : of_units;
    mlg_finding *finding = mlg_finding_add(out, at, rule, share, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_count((double) units->n),
        mlg_arg_count(all),
        mlg_arg_share(share, 0),
        mlg_arg_share(mlg_rule_part(covered, "completeness", 0), 0),
        mlg_arg_label(MLG_SCOPE_TERRITORY, units->subject[0]),
        mlg_arg_key(some_unknown ? T_of_known_residents : T_of_residents),
        unit_word(at, units),
    };
    mlg_finding_say(finding, told ? questions[q].with_people : questions[q].units_only, args,
                    sizeof args / sizeof args[0]);
    cap_by_places(finding, mlg_rule_part(covered, "completeness", 0));
    for (size_t row = 0; row < units->n && row < MLG_MAX_SUBJECTS; row++) {
        mlg_finding_subject(finding, MLG_SCOPE_TERRITORY, units->subject[row]);
    }
    finding->topic = questions[q].uncovered; /* the three may name the same units */
    mlg_finding_measure(finding, "scale.coverage");
    mlg_finding_limit(finding, T_limit_not_recorded);
    if (told && some_unknown) {
        say_unknown(finding, rule, of_units);
    }
    show_units(finding, at->model, units);
    return MLG_OK;
}

mlg_status mlg_rule_uncovered(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    for (size_t q = 0; q < sizeof questions / sizeof questions[0]; q++) {
        const mlg_value *units =
            mlg_rule_value(at, "scale.coverage", MLG_VECTOR, questions[q].uncovered);
        const mlg_value *share =
            mlg_rule_value(at, "scale.coverage", MLG_SCALAR, questions[q].covered);
        /* when no unit is covered at all, the rows speak of territories of another scale */
        if (units != NULL && units->n > 0 && mlg_rule_part(share, "covered", 0) > 0.0) {
            TRY(say_uncovered(at, rule, q, units, out, err));
        }
    }
out:
    return status;
}

/* ---- referents ------------------------------------------------------------------------- */

/* The absence of a record is serious only where records are the rule: at least half of the units
 * have one, a vacancy included, and nine posts of ten say where they are. */
static const double WELL_FILLED_UNITS = 0.5;

static bool is_well_filled(const mlg_value *share)
{
    const double recorded = mlg_rule_part(share, "known", 0) + mlg_rule_part(share, "unnamed", 0) +
                            mlg_rule_part(share, "vacant", 0);
    return recorded >= WELL_FILLED_UNITS * mlg_rule_part(share, "units", 0) &&
           mlg_rule_part(share, "completeness", 0) >= WELL_FILLED_ROWS;
}

/* Rows of posts.csv that say a referent's post is vacant. */
static void show_vacancies(mlg_finding *finding, const mlg_model *model)
{
    for (int32_t row = 0; model != NULL && row < model->rows[MLG_POSTS].n; row++) {
        if (mlg_post_refers(model, row) && mlg_get_id(model, C_posts_person, row) == MLG_VACANT) {
            mlg_evidence_row_of(finding, model, MLG_POSTS, row);
        }
    }
}

/* Units without a referent, by what is recorded, and their inhabitants. */
typedef struct without {
    double units, vacant, people, everybody, unknown; /* units of unknown population */
} without;

static without count_without(const mlg_value *units)
{
    without w = {0};
    for (size_t row = 0; row < units->n; row++) {
        const double held = mlg_rule_number(units, MLG_VALUE, row);
        const double here = mlg_rule_part(units, "population", row);
        const double people = isnan(here) ? 0.0 : here;
        w.everybody += people;
        w.unknown += isnan(here) ? 1.0 : 0.0;
        w.units += !(held > 0.0);
        w.vacant += held == 0.0;
        w.people += held > 0.0 ? 0.0 : people;
    }
    return w;
}

static mlg_status say_referents(const mlg_rule_case *at, const mlg_rule *rule,
                                const mlg_value *share, const mlg_value *units, const without *w,
                                mlg_findings *out, mlg_error *err)
{
    const bool some = w->people > 0.0 && w->people < w->everybody;
    const bool people = w->everybody > 0.0 && (some || w->unknown == 0.0);
    const double touched = people ? w->people / w->everybody : w->units / (double) units->n;
    mlg_finding *finding = mlg_finding_add(out, at, rule, touched, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_count(w->units),
        mlg_arg_count((double) units->n),
        mlg_arg_share(touched, 0),
        mlg_arg_count(w->vacant),
        mlg_arg_count(w->unknown),
        mlg_arg_key(w->unknown > 0.0 ? T_of_known_residents : T_of_residents),
        unit_word(at, units),
    };
    const mlg_text_key said =
        w->vacant > 0.0
            ? (people ? T_finding_no_referent_vacant : T_finding_no_referent_vacant_units)
            : (people ? T_finding_no_referent : T_finding_no_referent_units);
    mlg_finding_say(finding, said, args, sizeof args / sizeof args[0]);
    if (!is_well_filled(share)) {
        finding->level = finding->level > MLG_WARN ? MLG_WARN : finding->level;
        mlg_finding_limit(finding, T_limit_referents_unfilled);
    }
    if (people && w->unknown > 0.0) {
        say_unknown(finding, rule, w->units / (double) units->n);
    }
    for (size_t row = 0; row < units->n; row++) {
        if (!(mlg_rule_number(units, MLG_VALUE, row) > 0.0)) {
            mlg_finding_subject(finding, MLG_SCOPE_TERRITORY, units->subject[row]);
        }
    }
    finding->topic = "not_referents";
    mlg_finding_measure(finding, "scale.referents");
    mlg_finding_lever(finding, T_lever_triptych, "S1:215");
    mlg_finding_limit(finding, T_limit_not_recorded);
    show_vacancies(finding, at->model);
    return MLG_OK;
}

mlg_status mlg_rule_referents(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                              mlg_error *err)
{
    const mlg_value *share = mlg_rule_value(at, "scale.referents", MLG_SCALAR, NULL);
    const mlg_value *units = mlg_rule_value(at, "scale.referents", MLG_VECTOR, NULL);
    if (share == NULL || units == NULL) { /* nothing is recorded of any unit: nothing to claim */
        return MLG_OK;
    }
    const without w = count_without(units);
    return w.units > 0.0 ? say_referents(at, rule, share, units, &w, out, err) : MLG_OK;
}

/* ---- the main town ----------------------------------------------------------------------- */

static const double MOSTLY_LOCATED = 0.7;

/* Does the list claim that this perimeter's main town holds more than its share? It takes as many
 * activities as a comparison of a network takes actors. */
static bool is_concentrated(const mlg_value *towns, size_t row)
{
    return mlg_rule_number(towns, MLG_P_ADJUSTED, row) <= MLG_RULE_P &&
           mlg_rule_part(towns, "located", row) >= MLG_RULE_ACTORS;
}

static mlg_id main_town_of(const mlg_model *model, mlg_id territory)
{
    const int32_t row = model != NULL ? model->territory_row[territory] : -1;
    return row >= 0 ? mlg_get_id(model, C_territories_centre, row) : -1;
}

/* Rows of the activities that lie in a territory. */
static void show_activities(mlg_finding *finding, const mlg_model *model, mlg_id territory)
{
    for (int32_t row = 0; model != NULL && row < model->rows[MLG_ACTIVITIES].n; row++) {
        if (mlg_activity_lies_in(model, row, territory)) {
            mlg_evidence_row_of(finding, model, MLG_ACTIVITIES, row);
        }
    }
}

static mlg_status say_main_town(const mlg_rule_case *at, const mlg_rule *rule,
                                const mlg_value *towns, size_t row, mlg_findings *out,
                                mlg_error *err)
{
    const double share = mlg_rule_number(towns, MLG_VALUE, row);
    const double expected = mlg_rule_number(towns, MLG_EXPECTED, row);
    const double located = mlg_rule_part(towns, "located", row);
    const mlg_id territory = towns->subject[row], town = main_town_of(at->model, territory);
    mlg_finding *finding = mlg_finding_add(out, at, rule, share - expected, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_count(mlg_rule_part(towns, "in_centre", row)),
        mlg_arg_count(located),
        mlg_arg_label(MLG_SCOPE_TERRITORY, town),
        mlg_arg_share(expected, 0),
        mlg_arg_label(MLG_SCOPE_TERRITORY, territory),
        mlg_arg_number(mlg_rule_part(towns, "quotient", row), 1),
        mlg_arg_number(expected * located, 0),
        mlg_arg_number(mlg_rule_number(towns, MLG_LOW, row) * located, 0),
        mlg_arg_number(mlg_rule_number(towns, MLG_HIGH, row) * located, 0),
        mlg_arg_p(mlg_rule_number(towns, MLG_P_ADJUSTED, row)),
        mlg_arg_count(mlg_rule_part(towns, "spread", row)),
        mlg_arg_count(mlg_rule_part(towns, "unlocated", row)),
        mlg_arg_count(mlg_rule_part(towns, "bound", row)),
    };
    const double asked = located + args[10].number + args[11].number;
    mlg_finding_say(finding, T_finding_main_town, args, sizeof args / sizeof args[0]);
    if (located < MOSTLY_LOCATED * asked && finding->level > MLG_WARN) {
        finding->level =
            MLG_WARN; /* those that concern more, or nothing known, may say otherwise */
    }
    mlg_finding_subject(finding, MLG_SCOPE_TERRITORY, territory);
    mlg_finding_measure(finding, "scale.main_town");
    mlg_finding_lever(finding, T_lever_main_town, "S0:243");
    mlg_finding_limit(finding, T_limit_main_town);
    mlg_finding_limit(finding, T_limit_not_recorded);
    if (town >= 0) {
        show_activities(finding, at->model, town);
    }
    return MLG_OK;
}

/* One finding for all perimeters: the one that most activities speak of, the first of equals. */
mlg_status mlg_rule_main_town(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                              mlg_error *err)
{
    const mlg_value *towns = mlg_rule_value(at, "scale.main_town", MLG_VECTOR, "activities");
    size_t best = SIZE_MAX;
    for (size_t row = 0; towns != NULL && row < towns->n; row++) {
        if (is_concentrated(towns, row) &&
            (best == SIZE_MAX ||
             mlg_rule_part(towns, "located", row) > mlg_rule_part(towns, "located", best))) {
            best = row;
        }
    }
    return best != SIZE_MAX ? say_main_town(at, rule, towns, best, out, err) : MLG_OK;
}
