/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/missing.h"
#include "measure/context.h"
#include "measure/seats.h"
#include "measure/summary.h"
#include "measure/tenure.h"

/* The register against what is seen: listed and tied to nobody, tied and not listed. */

static const char *const ID = "gap.listed_isolated";
enum { MOST_LISTED = 1000, N_FIGURES = 2 };

typedef struct survey {
    const mlg_model *model;
    mlg_view view;
    mlg_id *into; /* [parties] organisation that each becomes */
    bool by_directory;
    bool *listed, *actor; /* [parties] in the register; an actor at all */
    double *seen;         /* [parties] rows of the 12 months in which it takes part */
    double *named;        /* [parties] all rows that name it: other years, absences */
    double rows;          /* of the 12 months */
} survey;

static void survey_close(survey *s)
{
    mlg_free(s->into);
    mlg_free(s->listed);
    mlg_free(s->actor);
    mlg_free(s->seen);
    mlg_free(s->named);
}

/* ---- the register ------------------------------------------------------------------------ */

static bool has_directory(const mlg_model *model)
{
    bool has = false;
    for (int32_t row = 0; row < model->rows[MLG_ACTORS].n && !has; row++) {
        has = mlg_get_id(model, C_actors_directory, row) > 0;
    }
    return has;
}

/* A person or a service stands for its organisation, which is listed with it. Unnamed groups
 * are nobody that could be found. */
static void read_register(survey *s)
{
    const mlg_model *model = s->model;

    s->by_directory = has_directory(model);
    for (int32_t row = 0; row < model->rows[MLG_ACTORS].n; row++) {
        const mlg_id party = mlg_get_id(model, C_actors_id, row);
        const bool listed = !s->by_directory || mlg_get_id(model, C_actors_directory, row) > 0;
        if (party >= 0 && s->into[party] >= 0 && model->party_actor_row[party] >= 0 &&
            model->party_kind[party] != MLG_KIND_UNNAMED &&
            mlg_when_row(model, &s->view, C_actors_start, C_actors_end, row) != MLG_OUTSIDE) {
            s->actor[s->into[party]] = true;
            s->listed[s->into[party]] = s->listed[s->into[party]] || listed;
        }
    }
}

/* ---- who is seen ---------------------------------------------------------------------------- */

static void see(survey *s, mlg_id subject, mlg_id party, bool counts)
{
    const mlg_id who = subject >= 0 ? subject : party >= 0 ? s->into[party] : -1;
    if (who >= 0) {
        s->named[who] += 1.0;
        s->seen[who] += counts;
    }
}

static void look(void *context, const mlg_reading *reading)
{
    survey *s = context;
    const bool counts = reading->fate == MLG_ROW_COUNTS;

    s->rows += counts;
    see(s, reading->subject[0], reading->party[0], counts);
    if (reading->party[1] >= 0 && reading->subject[1] != reading->subject[0]) {
        see(s, reading->subject[1], reading->party[1], counts);
    }
}

/* A tie inside one organisation shows nobody to anybody. */
static void look_at_tie(void *context, const mlg_reading *reading)
{
    if (reading->subject[0] != reading->subject[1]) {
        look(context, reading);
    }
}

static mlg_status read_ties(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_reader reader;

    TRY(mlg_reader_open(&reader, s->model, &s->view, s->into, NULL, err));
    mlg_reader_each(&reader, look_at_tie, s);
out:
    return status;
}

static mlg_status survey_open(const mlg_model *model, survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = model->parties.n;
    const mlg_span year = mlg_recent_days(model);

    *s = (survey){.model = model,
                  .view = {.source = MLG_FROM_TIES,
                           .by = MLG_BY_ORGANISATION,
                           .from = year.first,
                           .to = year.last,
                           .kind = -1},
                  .listed = mlg_zalloc(n, sizeof(bool)),
                  .actor = mlg_zalloc(n, sizeof(bool)),
                  .seen = mlg_zalloc(n, sizeof(double)),
                  .named = mlg_zalloc(n, sizeof(double))};
    TRY_ALLOC(err, s->listed);
    TRY_ALLOC(err, s->actor);
    TRY_ALLOC(err, s->seen);
    TRY_ALLOC(err, s->named);
    TRY(mlg_collapse_parties(model, &s->view, &s->into, err));
    TRY_ALLOC(err, s->into);
    read_register(s);
    TRY(read_ties(s, err));
    TRY(mlg_seats_each(model, MLG_BY_ORGANISATION, look, s, err));
out:
    return status;
}

/* ---- what is told ------------------------------------------------------------------------ */

/* Schemes and posts are in no register of actors. */
static bool is_unlisted(const survey *s, size_t p)
{
    const mlg_kind kind = s->model->party_kind[p];
    return s->seen[p] > 0.0 && !s->listed[p] && kind != MLG_KIND_SCHEME && kind != MLG_KIND_POST &&
           kind != MLG_KIND_UNNAMED;
}

static bool is_isolated(const survey *s, size_t p)
{
    return s->listed[p] && s->seen[p] <= 0.0;
}

static mlg_status list(const survey *s, bool isolated, size_t n, mlg_values *out, mlg_error *err)
{
    static const char *const parts[] = {"in_table"};
    mlg_status status = MLG_OK;
    const size_t shown = n < MOST_LISTED ? n : MOST_LISTED;
    mlg_id *subject = mlg_alloc(shown, sizeof *subject);
    double *figure = mlg_alloc(shown * N_FIGURES, sizeof *figure);
    size_t at = 0;

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t p = 0; p < s->model->parties.n && at < shown; p++) {
        if (isolated ? is_isolated(s, p) : is_unlisted(s, p)) {
            subject[at] = (mlg_id) p;
            figure[N_FIGURES * at] = isolated ? s->named[p] : s->seen[p];
            figure[N_FIGURES * at + 1] = s->actor[p];
            at++;
        }
    }
    const mlg_listing listing = {.id = ID,
                                 .view = -1,
                                 .scope = MLG_SCOPE_ACTOR,
                                 .convention = isolated ? "isolated" : "unlisted",
                                 .parts = parts,
                                 .n_parts = 1,
                                 .subject = subject,
                                 .figure = figure,
                                 .n = shown};
    TRY(mlg_values_listing(out, &listing, err));
    out->items[out->n - 1].total = n;
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

static mlg_status tell(const survey *s, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t listed = 0, isolated = 0, active = 0, unlisted = 0;

    for (size_t p = 0; p < s->model->parties.n; p++) {
        listed += s->listed[p];
        isolated += is_isolated(s, p);
        unlisted += is_unlisted(s, p);
        active += is_unlisted(s, p) || (s->listed[p] && s->seen[p] > 0.0);
    }
    const mlg_figure figures[] = {
        {"listed", (double) listed},
        {"isolated", (double) isolated},
        {"active", (double) active},
        {"unlisted", (double) unlisted},
        {"unlisted_share", active > 0 ? (double) unlisted / (double) active : 0.0},
        {"by_directory", s->by_directory},
        {"rows", s->rows},
    };
    const mlg_text_key why = s->rows <= 0.0 ? T_why_nothing_seen
                             : listed == 0  ? T_why_no_register
                                            : T_none;
    if (why != T_none) {
        return mlg_values_undefined(out, ID, -1, why, err);
    }
    const mlg_summary summary = {.id = ID,
                                 .view = -1,
                                 .convention = "isolated_share",
                                 .value = (double) isolated / (double) listed,
                                 .figures = figures,
                                 .n_figures = sizeof figures / sizeof *figures};
    TRY(mlg_values_summary(out, &summary, err));
    if (isolated > 0) {
        TRY(list(s, true, isolated, out, err));
    }
    if (unlisted > 0) {
        TRY(list(s, false, unlisted, out, err));
    }
out:
    return status;
}

mlg_status mlg_gap_listed_isolated(mlg_context *context, int32_t view, mlg_values *out,
                                   mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    survey s = {0};

    if (context->model == NULL) {
        return mlg_values_undefined(out, ID, view, T_why_no_register, err);
    }
    TRY(survey_open(context->model, &s, err));
    TRY(tell(&s, out, err));
out:
    survey_close(&s);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
