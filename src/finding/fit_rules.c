/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "finding/rule.h"
#include "maillage/fit.h"
#include "maillage/scale.h"
#include "measure/theme_scale.h"

/* Perimeters that do not fit: of a theme that is decided elsewhere, of a body that was moved. */

static void show_rows(mlg_finding *finding, const mlg_model *model, mlg_table_id table,
                      mlg_column column, mlg_id wanted)
{
    for (int32_t row = 0; model != NULL && row < model->rows[table].n; row++) {
        if (mlg_get_id(model, column, row) == wanted) {
            mlg_evidence_row_of(finding, model, table, row);
        }
    }
}

/* ---- themes ------------------------------------------------------------------------------ */

/* A scheme, a theme, and the specialised perimeter that fits it best. */
typedef struct misfit {
    const mlg_value *theme;
    size_t row;
    double references; /* schemes most about the theme */
    double outside;    /* share of the scheme's residents (units) outside that perimeter */
    bool people;
} misfit;

static mlg_id theme_code(const mlg_model *model, const char *text)
{
    for (int32_t code = 0; model != NULL && code < mlg_code_count(model, MLG_V_theme); code++) {
        if (strcmp(mlg_code_text(model, MLG_V_theme, code), text) == 0) {
            return code;
        }
    }
    return -1;
}

static bool is_theme(const mlg_value *value)
{
    return strcmp(value->measure->id, "scale.theme_scale") == 0 && value->shape == MLG_PAIRS &&
           value->undefined == T_none && value->n > 0;
}

/* Only where the kind of the other scheme says that it decides: that a scheme has fewer themes
 * does not. */
static bool is_decided(const mlg_model *model, const mlg_value *theme, size_t row)
{
    const int32_t other = model != NULL ? model->party_scheme_row[theme->subject[2 * row + 1]] : -1;
    return other >= 0 && mlg_kind_decides(theme_code(model, theme->convention),
                                          mlg_get_id(model, C_schemes_kind, other));
}

static misfit misfit_of(const mlg_value *theme, size_t first, size_t n)
{
    misfit m = {.theme = theme, .row = first, .references = (double) n};
    for (size_t row = first; row < first + n; row++) {
        if (mlg_rule_number(theme, MLG_VALUE, row) > mlg_rule_number(theme, MLG_VALUE, m.row)) {
            m.row = row;
        }
    }
    m.people = mlg_rule_part(theme, "population_unknown", m.row) == 0.0 &&
               !isnan(mlg_rule_part(theme, "population_inside", m.row)) &&
               !isnan(mlg_rule_part(theme, "population_covered", m.row));
    m.outside = 1.0 - mlg_rule_part(theme, m.people ? "population_inside" : "inside", m.row);
    return m;
}

/* Does the perimeter that decides differ by more than a sliver? Where parts of units leave it open
 * nothing is claimed. */
static bool is_misfit(const misfit *m)
{
    const double relation = mlg_rule_part(m->theme, "but_slivers", m->row);
    return relation != MLG_EQUAL && relation != MLG_UNDETERMINED && !isnan(m->outside);
}

/* The misfit with most residents outside, and on how many themes of one scheme there is any. */
typedef struct misfits {
    misfit worst;
    mlg_id scheme;
    double themes, of;
} misfits;

/* Rows of one scheme stand together. */
static size_t rows_of_scheme(const mlg_value *theme, size_t first)
{
    size_t n = 0;
    while (first + n < theme->n && theme->subject[2 * (first + n)] == theme->subject[2 * first]) {
        n++;
    }
    return n;
}

static void count_themes(const mlg_rule_case *at, misfits *all)
{
    for (size_t i = 0; i < at->values->n; i++) {
        const mlg_value *theme = &at->values->items[i];
        if (!is_theme(theme)) {
            continue;
        }
        for (size_t row = 0, n; row < theme->n; row += n) {
            n = rows_of_scheme(theme, row);
            if (theme->subject[2 * row] == all->scheme && is_decided(at->model, theme, row)) {
                const misfit m = misfit_of(theme, row, n);
                all->of++;
                all->themes += is_misfit(&m);
            }
        }
    }
}

static misfits find_misfits(const mlg_rule_case *at)
{
    misfits all = {.scheme = -1};
    for (size_t i = 0; i < at->values->n; i++) {
        const mlg_value *theme = &at->values->items[i];
        for (size_t row = 0, n; is_theme(theme) && row < theme->n; row += n) {
            n = rows_of_scheme(theme, row);
            const misfit m = misfit_of(theme, row, n);
            if (is_misfit(&m) && is_decided(at->model, theme, row) &&
                (all.scheme < 0 || m.outside > all.worst.outside)) {
                all.worst = m;
                all.scheme = theme->subject[2 * row];
            }
        }
    }
    if (all.scheme >= 0) {
        count_themes(at, &all);
    }
    return all;
}

mlg_status mlg_rule_theme_scale(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                mlg_error *err)
{
    const misfits all = find_misfits(at);
    const misfit *m = &all.worst;
    if (all.scheme < 0) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, m->people ? m->outside : NAN, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_id reference = m->theme->subject[2 * m->row + 1];
    const mlg_arg args[] = {
        mlg_arg_label(MLG_SCOPE_SCHEME, all.scheme),
        mlg_arg_label(MLG_SCOPE_THEME, theme_code(at->model, m->theme->convention)),
        mlg_arg_label(MLG_SCOPE_SCHEME, reference),
        mlg_arg_share(1.0 - m->outside, 0),
        mlg_arg_share(mlg_rule_part(m->theme, m->people ? "population_covered" : "covered", m->row),
                      0),
        mlg_arg_count(all.themes),
        mlg_arg_count(all.of),
        mlg_arg_count(m->references),
    };
    mlg_finding_say(finding, m->people ? T_finding_theme_scale : T_finding_theme_scale_units, args,
                    sizeof args / sizeof args[0]);
    mlg_finding_subject(finding, MLG_SCOPE_SCHEME, all.scheme);
    mlg_finding_subject(finding, MLG_SCOPE_SCHEME, reference);
    mlg_finding_measure(finding, "scale.theme_scale");
    mlg_finding_lever(finding, T_lever_who_does_what, "S0:247");
    mlg_finding_limit(finding, T_limit_theme_scale);
    show_rows(finding, at->model, MLG_SCHEMES, C_schemes_id, all.scheme);
    show_rows(finding, at->model, MLG_SCHEMES, C_schemes_id, reference);
    return MLG_OK;
}

/* ---- perimeters that moved ------------------------------------------------------------------ */

static const mlg_value *vintage(const mlg_rule_case *at, mlg_shape shape, const char *convention)
{
    return mlg_rule_value(at, "scale.vintage_change", shape, convention);
}

/* The perimeter with most residents, then units, that moved to or from another. */
static size_t most_moved(const mlg_value *each)
{
    size_t best = 0;
    for (size_t row = 1; row < each->n; row++) {
        const double here = mlg_rule_part(each, "population_moved", row);
        const double there = mlg_rule_part(each, "population_moved", best);
        const bool more = mlg_rule_part(each, "moved", row) > mlg_rule_part(each, "moved", best);
        best = here > there || (here == there && more) ? row : best;
    }
    return best;
}

/* What moved, what was broken, and ties that were cut are said where there are any. */
static mlg_text_key moved_text(bool moved, bool broken, bool ties)
{
    static const mlg_text_key keys[2][2] = {
        {T_finding_moved_perimeter, T_finding_moved_perimeter_ties},
        {T_finding_moved_perimeter_broken, T_finding_moved_perimeter_broken_ties},
    };
    return moved    ? keys[broken][ties]
           : broken ? T_finding_changed_perimeter_broken
                    : T_finding_changed_perimeter;
}

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

mlg_status mlg_rule_moved_perimeter(const mlg_rule_case *at, const mlg_rule *rule,
                                    mlg_findings *out, mlg_error *err)
{
    const mlg_value *whole = vintage(at, MLG_SCALAR, "changed");
    const mlg_value *each = vintage(at, MLG_VECTOR, "first_to_last");
    const mlg_value *pairs = vintage(at, MLG_PAIRS, "broken");
    if (whole == NULL || each == NULL || each->n == 0) {
        return MLG_OK;
    }
    const size_t row = most_moved(each);
    const double all = all_people(at), touched = mlg_rule_part(whole, "population", 0);
    const double ties = mlg_rule_part(whole, "ties", 0);
    mlg_finding *finding = mlg_finding_add(out, at, rule, all > 0.0 ? touched / all : NAN, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_count(mlg_rule_number(whole, MLG_VALUE, 0)),
        mlg_arg_count(mlg_rule_part(whole, "perimeters", 0)),
        mlg_arg_label(MLG_SCOPE_TERRITORY, each->subject[row]),
        mlg_arg_count(mlg_rule_part(each, "entered", row)),
        mlg_arg_count(mlg_rule_part(each, "left", row)),
        mlg_arg_count(mlg_rule_part(whole, "broken", 0)),
        mlg_arg_count(isnan(ties) ? 0.0 : ties),
        pairs != NULL ? mlg_arg_label(MLG_SCOPE_TERRITORY, pairs->subject[0]) : mlg_arg_count(0),
        pairs != NULL ? mlg_arg_label(MLG_SCOPE_TERRITORY, pairs->subject[1]) : mlg_arg_count(0),
        mlg_arg_count(mlg_rule_part(each, "moved", row)),
    };
    const mlg_text_key text =
        moved_text(mlg_rule_part(each, "moved", row) > 0.0, pairs != NULL, ties > 0.0);
    mlg_finding_say(finding, text, args, sizeof args / sizeof args[0]);
    mlg_finding_subject(finding, MLG_SCOPE_TERRITORY, each->subject[row]);
    mlg_finding_measure(finding, "scale.vintage_change");
    mlg_finding_lever(finding, T_lever_who_does_what, "S0:247");
    mlg_finding_limit(finding, T_limit_moved_perimeter);
    show_rows(finding, at->model, MLG_PERIMETERS, C_perimeters_territory, each->subject[row]);
    return MLG_OK;
}
