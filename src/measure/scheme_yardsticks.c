/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/governance.h"
#include "measure/lineage.h"
#include "measure/scheme_set.h"
#include "measure/summary.h"
#include "measure/tenure.h"
#include "measure/yardsticks.h"

static const char *const ID = "scheme.yardsticks";

static const mlg_yardstick rows[MLG_N_YARDSTICKS] = {
#define YARDSTICK(key, kind, year, n, value, at_least, source)                                     \
    {#key, T_yardstick_##key, MLG_CODE_OF(scheme_kind, kind), year, n, value, at_least, source},
#include "measure/yardsticks.def"
#undef YARDSTICK
};

const mlg_yardstick *mlg_yardsticks(void)
{
    return rows;
}

typedef struct survey {
    const mlg_model *model;
    mlg_scheme_set schemes;
    mlg_tenures tenures;
    mlg_lineage lineage;
    bool *seen; /* [parties] */
    mlg_beside *out;
} survey;

static int32_t kind_of(const mlg_model *model, mlg_id scheme)
{
    const int32_t row = model->party_scheme_row[scheme];
    return row >= 0 ? mlg_get_id(model, C_schemes_kind, row) : -1;
}

static bool is_asv(const mlg_model *model, mlg_id scheme)
{
    return kind_of(model, scheme) == MLG_CODE_OF(scheme_kind, asv);
}

/* One more scheme: its share of 0..1, NaN where the study does not say. */
static void add(survey *s, mlg_yardstick_id which, double share)
{
    mlg_beside *b = &s->out[which];
    b->all++;
    if (!isnan(share)) {
        b->known++;
        b->of_known += share;
    }
}

/* ---- who carries an ASV, and where --------------------------------------------------------- */

static int32_t institution_of(const mlg_model *model, mlg_id party)
{
    const mlg_id body = model->party_organisation[party];
    const int32_t row = model->party_actor_row[body];
    return row >= 0 ? mlg_get_id(model, C_actors_institution, row) : -1;
}

static void look_at_carrier(survey *s, mlg_id scheme)
{
    static const struct {
        mlg_yardstick_id which;
        int32_t code;
    } kinds[] = {
        {MLG_YARDSTICK_asv_municipality, MLG_CODE_OF(institution, municipality)},
        {MLG_YARDSTICK_asv_ccas, MLG_CODE_OF(institution, ccas)},
        {MLG_YARDSTICK_asv_intercommunality, MLG_CODE_OF(institution, intercommunality)},
        {MLG_YARDSTICK_asv_association, MLG_CODE_OF(institution, association)},
    };
    size_t n = 0;
    const mlg_id *carriers =
        mlg_get_list(s->model, C_schemes_carrier, s->model->party_scheme_row[scheme], &n);
    /* several carriers are of no one type */
    const int32_t code = n == 1 ? institution_of(s->model, carriers[0]) : -1;

    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        add(s, kinds[k].which, code >= 0 ? (double) (code == kinds[k].code) : NAN);
    }
}

static mlg_id territory_of(const mlg_model *model, mlg_id scheme)
{
    const int32_t row = model->party_scheme_row[scheme];
    return row >= 0 ? mlg_get_id(model, C_schemes_territory, row) : -1;
}

static void look_at_scale(survey *s, mlg_id scheme)
{
    const mlg_id territory = territory_of(s->model, scheme);
    const int32_t row = territory >= 0 ? s->model->territory_row[territory] : -1;
    const int32_t scale = row >= 0 ? mlg_get_id(s->model, C_territories_scale, row) : -1;
    add(s, MLG_YARDSTICK_asv_communal_scale,
        scale >= 0 ? (double) (scale == MLG_CODE_OF(scale, commune)) : NAN);
}

/* ---- its money and its time -------------------------------------------------------------------
 */

/* The State's part of what is on record for a scheme: of the amounts when every row says one, of
 * the shares when they say the State's or make the whole. */
static double state_part(const mlg_model *model, mlg_id scheme)
{
    double amount = 0.0, state = 0.0, share = 0.0, state_share = 0.0, n = 0.0;
    bool state_said = false;

    for (int32_t row = 0; row < model->rows[MLG_FUNDING].n; row++) {
        const mlg_id funder = mlg_get_id(model, C_funding_funder, row);
        const double a = mlg_get_number(model, C_funding_amount, row);
        const double part = mlg_get_number(model, C_funding_share, row);
        if (mlg_get_id(model, C_funding_target, row) != scheme || funder < 0 ||
            !mlg_holds_at_date(model, MLG_FUNDING, row)) {
            continue;
        }
        const bool of_state = institution_of(model, funder) == MLG_CODE_OF(institution, state);
        n++;
        amount += a;
        state += of_state ? a : 0.0;
        share += isnan(part) ? 0.0 : part;
        state_share += of_state && !isnan(part) ? part : 0.0;
        state_said = state_said || (of_state && !isnan(part));
    }
    if (n > 0.0 && amount > 0.0) {
        return state / amount;
    }
    return state_said || share >= 0.995 ? fmin(state_share, 1.0) : NAN;
}

/* Full-time equivalents that coordinate a scheme; a row over several counts in equal parts. NaN
 * when a row does not say, or there is none. */
static double time_of(const survey *s, mlg_id scheme)
{
    double fte = NAN;
    for (size_t i = 0; i < s->tenures.n; i++) {
        const mlg_tenure *t = &s->tenures.items[i];
        size_t n = 0;
        if (t->scheme != scheme || !t->coordinates || t->holder == MLG_VACANT) {
            continue;
        }
        (void) mlg_get_list(s->model, C_posts_scheme, t->row, &n);
        if (s->model->rows[MLG_POSTS].n == 0 || isnan(t->fte) || n == 0) {
            return NAN;
        }
        fte = (isnan(fte) ? 0.0 : fte) + t->fte / (double) n;
    }
    return fte;
}

static void look_at_means(survey *s, mlg_id scheme)
{
    static const double near = 1e-6;
    const double fte = time_of(s, scheme);
    add(s, MLG_YARDSTICK_asv_state_budget, state_part(s->model, scheme));
    add(s, MLG_YARDSTICK_asv_one_fte, isnan(fte) ? NAN : (double) (fabs(fte - 1.0) < near));
    add(s, MLG_YARDSTICK_asv_half_to_one_fte,
        isnan(fte) ? NAN : (double) (fte >= 0.5 - near && fte < 1.0 - near));
}

/* ---- what rests on what
 * -------------------------------------------------------------------------- */

/* Is there an ancestor of a kind? */
static bool descends(const survey *s, mlg_id scheme, int32_t kind)
{
    bool found = false;
    for (size_t i = 0; i < s->lineage.n; i++) {
        const mlg_descent *d = &s->lineage.items[i];
        found = found || (d->child == scheme && kind_of(s->model, d->parent) == kind);
    }
    return found;
}

static bool share_a_unit(const mlg_model *model, mlg_id a, mlg_id b)
{
    bool found = false;
    for (uint32_t i = model->unit_offset[a]; i < model->unit_offset[a + 1]; i++) {
        for (uint32_t j = model->unit_offset[b]; j < model->unit_offset[b + 1]; j++) {
            found = found || model->unit[i] == model->unit[j];
        }
    }
    return found;
}

static bool has_units(const mlg_model *model, mlg_id territory)
{
    return territory >= 0 && model->unit_offset[territory + 1] > model->unit_offset[territory];
}

/* Does an ASV stand on its ground? Unknown without ASV, or where one does not say its ground. */
static double asv_there(const survey *s, mlg_id scheme)
{
    const mlg_id own = territory_of(s->model, scheme);
    bool all = has_units(s->model, own), found = false;
    size_t n = 0;

    for (size_t i = 0; i < s->schemes.n; i++) {
        const mlg_id other = s->schemes.items[i].id;
        const mlg_id there = territory_of(s->model, other);
        if (is_asv(s->model, other)) {
            const bool says = has_units(s->model, there) && has_units(s->model, own);
            n++;
            all = all && says;
            found = found || (says && share_a_unit(s->model, own, there));
        }
    }
    return found ? 1.0 : n > 0 && all ? 0.0 : NAN;
}

static void look_at_ground(survey *s, mlg_id scheme)
{
    const int32_t asv = MLG_CODE_OF(scheme_kind, asv), cls = MLG_CODE_OF(scheme_kind, cls);
    const bool told = s->lineage.is_told[s->lineage.place[scheme]];
    const int32_t kind = kind_of(s->model, scheme);

    if (kind == cls) {
        add(s, MLG_YARDSTICK_cls_on_asv, told ? (double) descends(s, scheme, asv) : NAN);
    } else if (kind == MLG_CODE_OF(scheme_kind, clsm)) {
        const bool from_it = descends(s, scheme, asv);
        add(s, MLG_YARDSTICK_clsm_with_asv, from_it ? 1.0 : asv_there(s, scheme));
    }
}

/* Each coordinator once, by a row in force that says the contract. */
static void look_at_contracts(survey *s)
{
    const mlg_model *model = s->model;
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
            const mlg_id person = mlg_get_id(model, C_posts_person, row);
            const mlg_id who = person >= 0 ? person : mlg_get_id(model, C_posts_id, row);
            const int32_t contract = mlg_get_id(model, C_posts_contract, row);
            const bool says = contract >= 0 && contract != MLG_CODE_OF(contract, unknown);
            if (mlg_get_id(model, C_posts_role, row) == MLG_CODE_OF(role, coordinator) &&
                person != MLG_VACANT && who >= 0 && !s->seen[who] && says == (pass == 0) &&
                mlg_holds_at_date(model, MLG_POSTS, row)) {
                s->seen[who] = true;
                add(s, MLG_YARDSTICK_coordinators_tenured,
                    says ? (double) (contract == MLG_CODE_OF(contract, permanent)) : NAN);
            }
        }
    }
}

mlg_status mlg_yardsticks_of(const mlg_model *model, mlg_beside *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    survey s = {.model = model, .out = out};

    for (size_t i = 0; i < MLG_N_YARDSTICKS; i++) {
        out[i] = (mlg_beside){0};
    }
    TRY(mlg_schemes_of(model, &s.schemes, err));
    TRY(mlg_tenures_of(model, &s.tenures, err));
    TRY(mlg_lineage_of(model, &s.lineage, err));
    s.seen = mlg_zalloc(model->parties.n, sizeof *s.seen);
    TRY_ALLOC(err, s.seen);
    for (size_t i = 0; i < s.schemes.n; i++) {
        const mlg_id scheme = s.schemes.items[i].id;
        if (is_asv(model, scheme)) {
            look_at_carrier(&s, scheme);
            look_at_scale(&s, scheme);
            look_at_means(&s, scheme);
        }
        look_at_ground(&s, scheme);
    }
    look_at_contracts(&s);
out:
    mlg_schemes_free(&s.schemes);
    mlg_free(s.tenures.items);
    mlg_lineage_free(&s.lineage);
    mlg_free(s.seen);
    return status;
}

mlg_status mlg_scheme_yardsticks(mlg_context *context, int32_t view, mlg_values *out,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_beside beside[MLG_N_YARDSTICKS];

    if (context->model == NULL) {
        return mlg_values_undefined(out, ID, view, T_why_no_schemes, err);
    }
    TRY(mlg_yardsticks_of(context->model, beside, err));
    for (size_t i = 0; i < MLG_N_YARDSTICKS; i++) {
        const mlg_beside *b = &beside[i];
        const mlg_figure figures[] = {
            {"yardstick", rows[i].value},
            {"at_least", rows[i].at_least},
            {"year", rows[i].year > 0 ? (double) rows[i].year : NAN},
            {"n_of_document", rows[i].n > 0 ? (double) rows[i].n : NAN},
            {"n", b->all},
            {"known", b->known},
        };
        TRY(mlg_values_summary(
            out,
            &(mlg_summary){.id = ID,
                           .view = view,
                           .convention = rows[i].key,
                           .value = b->known > 0.0 ? b->of_known / b->known : NAN,
                           .why = b->known > 0.0 ? T_none
                                  : b->all > 0.0 ? T_why_yardstick_unknown
                                                 : T_why_no_such_scheme,
                           .figures = figures,
                           .n_figures = sizeof figures / sizeof *figures},
            err));
    }
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
