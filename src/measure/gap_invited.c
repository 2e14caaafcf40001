/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "maillage/missing.h"
#include "measure/context.h"
#include "measure/seats.h"
#include "measure/summary.h"

/* Who is asked, and who comes: rows of participations.csv of the 12 months. */

static const char *const ID = "gap.invited";

/* What a row says: asked or not, there or not. */
typedef struct tally {
    double invited, came, absent, unknown; /* asked: there, not there, not said */
    double uninvited, left_out;            /* not asked: there all the same, not there */
    double unsaid;                         /* nobody says whether asked */
} tally;

static const char *const parts[] = {"invited",   "came",     "absent", "presence_unknown",
                                    "uninvited", "left_out", "unsaid"};
enum { N_PARTS = sizeof parts / sizeof *parts, N_FIGURES = 1 + N_PARTS };

/* Tallies of one scope, by id. */
typedef struct ledger {
    const char *convention;
    mlg_scope scope;
    size_t n; /* ids there are */
    tally *of;
} ledger;

enum { ALL, BY_ORGANISATION, BY_SECTOR, BY_ACTIVITY, BY_SCHEME, N_LEDGERS };

typedef struct survey {
    const mlg_model *model;
    ledger by[N_LEDGERS];
} survey;

static void add(tally *to, const tally *row)
{
    to->invited += row->invited;
    to->came += row->came;
    to->absent += row->absent;
    to->unknown += row->unknown;
    to->uninvited += row->uninvited;
    to->left_out += row->left_out;
    to->unsaid += row->unsaid;
}

/* Somebody sent in one's place was there: of the organisation, which is what is asked. */
static tally tally_of(const mlg_model *model, int32_t row)
{
    const int32_t invited = mlg_get_id(model, C_participations_invited, row);
    const int32_t present = mlg_get_id(model, C_participations_present, row);
    const bool there =
        present == MLG_CODE_OF(presence, yes) || present == MLG_CODE_OF(presence, represented);

    if (invited < 0) {
        return (tally){.unsaid = 1.0};
    }
    if (invited > 0 || present == MLG_CODE_OF(presence, excused)) { /* an excuse answers one */
        return (tally){.invited = 1.0,
                       .came = there,
                       .absent = present >= 0 && !there,
                       .unknown = present < 0};
    }
    return (tally){.uninvited = there, .left_out = present >= 0 && !there};
}

static void take(survey *s, int which, mlg_id id, const tally *row)
{
    if (id >= 0 && (size_t) id < s->by[which].n) {
        add(&s->by[which].of[id], row);
    }
}

static void look(void *context, const mlg_reading *reading)
{
    survey *s = context;
    const mlg_model *model = s->model;
    const mlg_id who = reading->subject[0] >= 0 ? reading->subject[0] : reading->party[0];
    size_t n = 0;

    if (reading->row.table != MLG_PARTICIPATIONS || reading->fate == MLG_ROW_OUTSIDE ||
        reading->fate == MLG_ROW_MEMBER) { /* invited to what, no row says */
        return;
    }
    const tally row = tally_of(model, reading->row.row);
    const int32_t of_actor = model->party_actor_row[who];
    const int32_t *sectors =
        of_actor >= 0 ? mlg_get_list(model, C_actors_sector, of_actor, &n) : NULL;
    const mlg_id behalf = mlg_get_id(model, C_participations_on_behalf_of, reading->row.row);
    take(s, ALL, 0, &row);
    take(s, BY_ORGANISATION, who, &row);
    take(s, BY_ACTIVITY, reading->activity, &row);
    for (size_t i = 0; i < n; i++) {
        take(s, BY_SECTOR, sectors[i], &row);
    }
    if (behalf >= 0 && (model->party_flags[behalf] & MLG_IS_SCHEME) != 0) {
        take(s, BY_SCHEME, behalf, &row);
    }
}

static mlg_status survey_open(const mlg_model *model, survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t parties = model->parties.n;

    *s =
        (survey){model,
                 {{"response", MLG_SCOPE_NETWORK, 1, NULL},
                  {"organisations", MLG_SCOPE_ACTOR, parties, NULL},
                  {"sectors", MLG_SCOPE_SECTOR, (size_t) mlg_code_count(model, MLG_V_sector), NULL},
                  {"activities", MLG_SCOPE_ACTIVITY, model->activities.n, NULL},
                  {"schemes", MLG_SCOPE_SCHEME, parties, NULL}}};
    for (size_t k = 0; k < N_LEDGERS; k++) {
        s->by[k].of = mlg_zalloc(s->by[k].n, sizeof *s->by[k].of);
        TRY_ALLOC(err, s->by[k].of);
    }
    TRY(mlg_seats_each(model, MLG_BY_ORGANISATION, look, s, err));
out:
    return status;
}

static void survey_close(survey *s)
{
    for (size_t k = 0; k < N_LEDGERS; k++) {
        mlg_free(s->by[k].of);
    }
}

/* ---- what is told ---------------------------------------------------------------------- */

/* Of the invitations whose answer is known, those that were followed. */
static double response_of(const tally *t)
{
    return t->came + t->absent > 0.0 ? t->came / (t->came + t->absent) : NAN;
}

static bool is_told(const tally *t)
{
    return t->invited + t->uninvited + t->left_out > 0.0;
}

static void put(const tally *t, double *figure)
{
    const double numbers[N_FIGURES] = {response_of(t), t->invited,   t->came,     t->absent,
                                       t->unknown,     t->uninvited, t->left_out, t->unsaid};
    for (size_t i = 0; i < N_FIGURES; i++) {
        figure[i] = numbers[i];
    }
}

/* One row of a list, on its way into order. */
typedef struct line {
    mlg_id id;
    const tally *of;
} line;

/* Most absences first, then whoever came unasked or was left out most. */
static int by_absences(const void *left, const void *right)
{
    const line *x = left, *y = right;
    const double keys[][2] = {
        {x->of->absent, y->of->absent},
        {x->of->uninvited + x->of->left_out, y->of->uninvited + y->of->left_out}};
    for (size_t i = 0; i < 2; i++) {
        if (keys[i][0] > keys[i][1] || keys[i][0] < keys[i][1]) {
            return keys[i][0] > keys[i][1] ? -1 : 1;
        }
    }
    return x->id < y->id ? -1 : x->id > y->id;
}

static mlg_status list(const ledger *of, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    line *lines = mlg_alloc(of->n, sizeof *lines);
    mlg_id *subject = NULL;
    double *figure = NULL;
    size_t n = 0;

    TRY_ALLOC(err, lines);
    for (size_t id = 0; id < of->n; id++) {
        if (is_told(&of->of[id])) {
            lines[n++] = (line){(mlg_id) id, &of->of[id]};
        }
    }
    if (n == 0) {
        goto out;
    }
    qsort(lines, n, sizeof *lines, by_absences);
    subject = mlg_alloc(n, sizeof *subject);
    figure = mlg_alloc(n * N_FIGURES, sizeof *figure);
    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t i = 0; i < n; i++) {
        subject[i] = lines[i].id;
        put(lines[i].of, figure + i * N_FIGURES);
    }
    const mlg_listing listing = {.id = ID,
                                 .view = -1,
                                 .scope = of->scope,
                                 .convention = of->convention,
                                 .why = T_why_no_answer_known,
                                 .parts = parts,
                                 .n_parts = N_PARTS,
                                 .subject = subject,
                                 .figure = figure,
                                 .n = n};
    TRY(mlg_values_listing(out, &listing, err));
out:
    mlg_free(lines);
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

static double count_never(const ledger *of)
{
    double n = 0.0;
    for (size_t id = 0; id < of->n; id++) {
        n += of->of[id].absent > 0.0 && of->of[id].came <= 0.0;
    }
    return n;
}

static mlg_status sum_up(const survey *s, mlg_values *out, mlg_error *err)
{
    const tally *all = s->by[ALL].of;
    double numbers[N_FIGURES];
    mlg_figure figures[N_PARTS + 1];

    put(all, numbers);
    for (size_t i = 0; i < N_PARTS; i++) {
        figures[i] = (mlg_figure){parts[i], numbers[1 + i]};
    }
    figures[N_PARTS] = (mlg_figure){"never_came", count_never(&s->by[BY_ORGANISATION])};
    const mlg_summary summary = {
        .id = ID,
        .view = -1,
        .convention = "response",
        .value = numbers[0],
        .why = isnan(numbers[0]) ? T_why_no_answer_known : T_none,
        .figures = figures,
        .n_figures = N_PARTS + 1,
    };
    return mlg_values_summary(out, &summary, err);
}

mlg_status mlg_gap_invited(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    const mlg_model *model = context->model;
    survey s = {0};

    if (model == NULL || model->rows[MLG_PARTICIPATIONS].n == 0) {
        return mlg_values_undefined(out, ID, view, T_why_no_two_mode, err);
    }
    TRY(survey_open(model, &s, err));
    if (!is_told(s.by[ALL].of)) {
        TRY(mlg_values_undefined(out, ID, view, T_why_no_invitations, err));
        goto out;
    }
    TRY(sum_up(&s, out, err));
    for (size_t k = BY_ORGANISATION; k < N_LEDGERS; k++) {
        TRY(list(&s.by[k], out, err));
    }
out:
    survey_close(&s);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
