/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/access.h"
#include "measure/cover.h"
#include "measure/summary.h"
#include "measure/tenure.h"
#include "measure/words.h"

/* Which sectors and themes reach which places. */

static const char *const ID = "scale.deserts";

typedef struct ground {
    mlg_context *context;
    const mlg_model *model;
    mlg_perimeters perimeters;
    mlg_cover cover;
    int32_t *first_site; /* [parties] row of sites.csv in force, or -1 */
    int32_t *next_site;  /* [rows of sites.csv] of the same actor, or -1 */
    double *reached;     /* [n_units] sectors of an actor there */
    mlg_id *named;       /* [sites + 1] territories of one actor */
} ground;

static mlg_status open_ground(mlg_context *context, ground *g, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = context->model;
    const int32_t sites = model->rows[MLG_SITES].n;

    *g = (ground){.context = context, .model = model};
    TRY(mlg_perimeters_of(model, &g->perimeters, err));
    TRY(mlg_cover_open(&g->perimeters, &g->cover, err));
    g->first_site = mlg_alloc(model->parties.n, sizeof *g->first_site);
    g->next_site = mlg_alloc((size_t) sites, sizeof *g->next_site);
    g->reached = mlg_zalloc((size_t) g->perimeters.n_units, sizeof *g->reached);
    g->named = mlg_alloc((size_t) sites + 1, sizeof *g->named);
    TRY_ALLOC(err, g->first_site);
    TRY_ALLOC(err, g->next_site);
    TRY_ALLOC(err, g->reached);
    TRY_ALLOC(err, g->named);
    for (size_t party = 0; party < model->parties.n; party++) {
        g->first_site[party] = -1;
    }
    for (int32_t row = sites - 1; row >= 0; row--) {
        const mlg_id actor = mlg_get_id(model, C_sites_actor, row);
        g->next_site[row] = -1;
        if (actor >= 0 && mlg_holds_at_date(model, MLG_SITES, row)) {
            g->next_site[row] = g->first_site[actor];
            g->first_site[actor] = row;
        }
    }
out:
    return status;
}

static void close_ground(ground *g)
{
    mlg_free(g->first_site);
    mlg_free(g->next_site);
    mlg_free(g->reached);
    mlg_free(g->named);
    mlg_cover_free(&g->cover);
    mlg_perimeters_free(&g->perimeters);
}

/* ---- sectors ----------------------------------------------------------------------- */

static bool has_code(const mlg_model *model, mlg_column column, int32_t row, int32_t code)
{
    size_t n = 0;
    const int32_t *codes = mlg_get_list(model, column, row, &n);
    bool has = false;
    for (size_t i = 0; i < n; i++) {
        has = has || codes[i] == code;
    }
    return has;
}

/* An actor is where its sites are, else in its territory of action. */
static void cover_by_sector(ground *g, int32_t sector)
{
    const mlg_model *model = g->model;

    mlg_cover_clear(&g->perimeters, &g->cover);
    for (size_t party = 0; party < model->parties.n; party++) {
        const int32_t row = model->party_actor_row[party];
        size_t n = 0;
        if (row < 0 || !mlg_holds_at_date(model, MLG_ACTORS, row) ||
            !has_code(model, C_actors_sector, row, sector)) {
            continue;
        }
        for (int32_t site = g->first_site[party]; site >= 0; site = g->next_site[site]) {
            g->named[n++] = mlg_get_id(model, C_sites_territory, site);
        }
        if (n == 0) {
            g->named[n++] = mlg_get_id(model, C_actors_territory, row);
        }
        mlg_cover_row(model, &g->perimeters, &g->cover, g->named, n);
    }
}

enum { VALUE, POPULATION, LEFT_OUT, UNKNOWN, UNITS, OUTSIDE, COVERED, ROWS, COMPLETE, N_FIGURES };
static const char *const sector_parts[] = {"population", "population_without", "population_unknown",
                                           "units",      "units_outside",      "covered",
                                           "rows",       "completeness"};

static void fill(const mlg_perimeters *perimeters, const mlg_cover_sums *s, const mlg_cover *c,
                 double *figure)
{
    const bool known = c->placed > 0; /* nothing says where: not the same as nowhere */
    figure[VALUE] = known ? s->least / s->units : NAN;
    figure[POPULATION] = known ? mlg_cover_people(s) : NAN;
    figure[LEFT_OUT] = known ? mlg_cover_people_left(s) : NAN;
    figure[UNKNOWN] = s->unknown_left;
    figure[UNITS] = s->units;
    figure[OUTSIDE] = perimeters->n_outside;
    figure[COVERED] = known ? s->covered : NAN;
    figure[ROWS] = c->rows;
    figure[COMPLETE] = c->rows > 0 ? (double) c->placed / c->rows : NAN;
}

static void count_reached(ground *g)
{
    for (int32_t unit = 0; unit < g->perimeters.n_units; unit++) {
        g->reached[unit] += g->cover.sum[unit] > 0.0;
    }
}

static mlg_status list_reached(const ground *g, double sectors, int32_t view, mlg_values *out,
                               mlg_error *err)
{
    mlg_status status = MLG_OK;
    enum { SECTORS, SECTORS_KNOWN, RESIDENTS, WIDTH };
    static const char *const parts[] = {"sectors", "population"};
    const size_t room = (size_t) g->perimeters.n_units;
    mlg_id *subject = mlg_alloc(room, sizeof *subject);
    double *figure = mlg_alloc(room, WIDTH * sizeof *figure);
    size_t n = 0;

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (int32_t unit = 0; unit < g->perimeters.n_units; unit++) {
        if (g->perimeters.asked[unit]) {
            subject[n] = g->perimeters.unit[unit];
            figure[n * WIDTH + SECTORS] = sectors > 0.0 ? g->reached[unit] : NAN;
            figure[n * WIDTH + SECTORS_KNOWN] = sectors;
            figure[n++ * WIDTH + RESIDENTS] = g->perimeters.population[unit];
        }
    }
    TRY(mlg_values_listing(out,
                           &(mlg_listing){.id = ID,
                                          .view = view,
                                          .scope = MLG_SCOPE_TERRITORY,
                                          .convention = "units",
                                          .why = T_why_no_place,
                                          .parts = parts,
                                          .n_parts = WIDTH - 1,
                                          .subject = subject,
                                          .figure = figure,
                                          .n = n},
                           err));
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

static mlg_status list_sectors(ground *g, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t n_codes = mlg_code_count(g->model, MLG_V_sector);
    mlg_id *subject = mlg_alloc((size_t) n_codes, sizeof *subject);
    double *figure = mlg_alloc((size_t) n_codes, N_FIGURES * sizeof *figure);
    double placed = 0.0;
    size_t n = 0;

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (int32_t sector = 0; sector < n_codes; sector++) {
        cover_by_sector(g, sector);
        if (g->cover.rows > 0) {
            const mlg_cover_sums sums = mlg_cover_sum(&g->perimeters, &g->cover);
            subject[n] = sector;
            fill(&g->perimeters, &sums, &g->cover, figure + N_FIGURES * n++);
            placed += g->cover.placed > 0;
            count_reached(g);
        }
    }
    TRY(mlg_values_listing(out,
                           &(mlg_listing){.id = ID,
                                          .view = view,
                                          .scope = MLG_SCOPE_SECTOR,
                                          .convention = "sectors",
                                          .why = n > 0 ? T_why_no_place : T_why_no_sectors,
                                          .parts = sector_parts,
                                          .n_parts = N_FIGURES - 1,
                                          .subject = subject,
                                          .figure = figure,
                                          .n = n},
                           err));
    TRY(list_reached(g, placed, view, out, err));
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

/* ---- themes ------------------------------------------------------------------------- */

static mlg_span span_of(const mlg_model *model, int32_t row)
{
    return (mlg_span){mlg_get_span(model, C_activities_start, row).first,
                      mlg_get_span(model, C_activities_end, row).last};
}

static bool is_counted(const mlg_model *model, int32_t row)
{
    return mlg_is_recent(model, span_of(model, row));
}

static void cover_by_theme(ground *g, int32_t theme)
{
    const mlg_model *model = g->model;
    mlg_cover_clear(&g->perimeters, &g->cover);
    for (int32_t row = 0; row < model->rows[MLG_ACTIVITIES].n; row++) {
        if (is_counted(model, row) && has_code(model, C_activities_themes, row, theme)) {
            size_t n = 0;
            const int32_t *named = mlg_get_list(model, C_activities_territory, row, &n);
            mlg_cover_row(model, &g->perimeters, &g->cover, named, n);
        }
    }
}

static mlg_status add_cover(ground *g, const char *convention, int32_t view, mlg_values *out,
                            mlg_error *err)
{
    const mlg_cover_sums sums = mlg_cover_sum(&g->perimeters, &g->cover);
    double figure[N_FIGURES];
    mlg_figure figures[N_FIGURES - 1];

    fill(&g->perimeters, &sums, &g->cover, figure);
    for (size_t k = 1; k < N_FIGURES; k++) {
        figures[k - 1] = (mlg_figure){sector_parts[k - 1], figure[k]};
    }
    return mlg_values_summary(out,
                              &(mlg_summary){.id = ID,
                                             .view = view,
                                             .convention = convention,
                                             .value = figure[VALUE],
                                             .why = isnan(figure[VALUE]) ? T_why_no_place : T_none,
                                             .figures = figures,
                                             .n_figures = N_FIGURES - 1},
                              err);
}

static mlg_status list_themes(ground *g, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    for (int32_t theme = 0; theme < mlg_code_count(g->model, MLG_V_theme); theme++) {
        cover_by_theme(g, theme);
        if (g->cover.rows > 0) {
            const char *word = mlg_words_of_code(g->context, "theme",
                                                 mlg_code_text(g->model, MLG_V_theme, theme), err);
            TRY_ALLOC(err, word);
            TRY(add_cover(g, word, view, out, err));
        }
    }
out:
    return status;
}

/* ---- neighbourhoods ------------------------------------------------------------------ */

/* Activities that name the neighbourhood, or something inside it: one of the whole commune is not
 * one of the neighbourhood. */
static double activities_in(const mlg_model *model, mlg_id territory)
{
    double n = 0.0;
    for (int32_t row = 0; row < model->rows[MLG_ACTIVITIES].n; row++) {
        size_t named = 0;
        const int32_t *at = mlg_get_list(model, C_activities_territory, row, &named);
        bool inside = false;
        for (size_t i = 0; i < named; i++) {
            inside = inside || at[i] == territory;
        }
        n += inside && is_counted(model, row);
    }
    return n;
}

enum { REACHED, PEOPLE_THERE, N_THERE };

static mlg_status list_left_out(const mlg_id *subject, const double *figure, size_t n, int32_t view,
                                mlg_values *out, mlg_error *err)
{
    static const char *const parts[] = {"population"};
    return mlg_values_listing(out,
                              &(mlg_listing){.id = ID,
                                             .view = view,
                                             .scope = MLG_SCOPE_TERRITORY,
                                             .convention = "not_neighbourhoods",
                                             .why = T_why_all_covered,
                                             .parts = parts,
                                             .n_parts = 1,
                                             .subject = subject,
                                             .figure = figure,
                                             .n = n},
                              err);
}

static mlg_status add_neighbourhoods(const ground *g, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = g->model;
    const int32_t rows = model->rows[MLG_TERRITORIES].n;
    mlg_id *subject = mlg_alloc((size_t) rows, sizeof *subject);
    double *figure = mlg_alloc((size_t) rows, N_THERE * sizeof *figure);
    double all = 0.0, covered = 0.0, people = 0.0, people_covered = 0.0, actions = 0.0;
    bool *outside = NULL;
    size_t left = 0;

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    TRY(mlg_outside_of(model, &outside, err));
    for (int32_t row = 0; row < rows; row++) {
        const mlg_id territory = mlg_get_id(model, C_territories_id, row);
        const double here = mlg_get_number(model, C_territories_population, row);
        if (territory < 0 ||
            mlg_get_id(model, C_territories_scale, row) != MLG_CODE_OF(scale, neighbourhood) ||
            (outside != NULL && outside[territory])) {
            continue;
        }
        const double n = activities_in(model, territory);
        all++;
        actions += n;
        covered += n > 0.0;
        people += isnan(here) ? 0.0 : here;
        people_covered += isnan(here) || n == 0.0 ? 0.0 : here;
        if (n == 0.0) {
            subject[left] = territory;
            figure[left * N_THERE + REACHED] = 0.0;
            figure[left++ * N_THERE + PEOPLE_THERE] = here;
        }
    }
    const bool known = all > 0.0 && model->rows[MLG_ACTIVITIES].n > 0;
    const mlg_figure figures[] = {
        {"units", all},
        {"covered", known ? covered : NAN},
        {"activities", known ? actions : NAN},
        {"population", known && people > 0.0 ? people_covered / people : NAN},
    };
    TRY(mlg_values_summary(out,
                           &(mlg_summary){.id = ID,
                                          .view = view,
                                          .convention = "neighbourhoods",
                                          .value = known ? covered / all : NAN,
                                          .why = known       ? T_none
                                                 : all > 0.0 ? T_why_no_activities
                                                             : T_why_no_neighbourhood,
                                          .figures = figures,
                                          .n_figures = sizeof figures / sizeof *figures},
                           err));
    if (known) {
        TRY(list_left_out(subject, figure, left, view, out, err));
    }
out:
    mlg_free(outside);
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

mlg_status mlg_scale_deserts(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    ground g = {0};
    const size_t before = out->n;

    if (context->model == NULL) {
        return mlg_values_undefined(out, ID, view, T_why_no_units, err);
    }
    TRY(open_ground(context, &g, err));
    if (!mlg_perimeters_have_units(&g.perimeters)) {
        TRY(mlg_values_undefined(out, ID, view, T_why_no_units, err));
        goto out;
    }
    TRY(list_sectors(&g, view, out, err));
    TRY(list_themes(&g, view, out, err));
    TRY(add_neighbourhoods(&g, view, out, err));
out:
    close_ground(&g);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
