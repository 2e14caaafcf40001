/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/texts.h"
#include "graph/condition.h"
#include "graph/rows.h"

/* The views found so far. */
typedef struct offer {
    const mlg_model *model;
    const mlg_view_wish *wish;
    int32_t from, to; /* the period of all */
    mlg_view *views;
    size_t n, room;
} offer;

/* A list of names for a message, cut where it is full. */
typedef struct name_list {
    char text[160];
    size_t used;
} name_list;

static void list_name(name_list *list, const char *name)
{
    const int more = snprintf(list->text + list->used, sizeof list->text - list->used, "%s%s",
                              list->used > 0 ? ", " : "", name);
    if (more < 0 || (size_t) more >= sizeof list->text - list->used) {
        list->text[list->used] = '\0'; /* never half a name */
    } else {
        list->used += (size_t) more;
    }
}

/* ---- the period ------------------------------------------------------------ */

/* The 12 months that end on a day: from the day after the same day a year before. */
static int32_t year_before(int32_t day)
{
    int year = 0, month = 0, day_of_month = 0;
    mlg_day_split(day, &year, &month, &day_of_month);
    if (month == 2 && day_of_month == 29) {
        day_of_month = 28;
    }
    return mlg_day_of(year - 1, month, day_of_month) + 1;
}

static mlg_status set_period(offer *o, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_view_wish *wish = o->wish;

    o->from = MLG_EVER_FIRST;
    o->to = MLG_EVER_LAST;
    if (wish->has_from || wish->has_to) {
        o->from = wish->has_from ? wish->from : o->from;
        o->to = wish->has_to ? wish->to : o->to;
    } else if (o->model->date != MLG_NO_DATE) {
        o->to = o->model->date;
        o->from = year_before(o->to);
    }
    if (o->from > o->to) {
        FAIL_TEXT(err, MLG_EARG, T_fail_period, NULL, 0);
    }
out:
    return status;
}

/* ---- adding ---------------------------------------------------------------- */

static mlg_view *find_view(const offer *o, const char *id)
{
    for (size_t i = 0; o->views != NULL && i < o->n; i++) {
        if (strcmp(o->views[i].id, id) == 0) {
            return &o->views[i];
        }
    }
    return NULL;
}

/* Writes "base.name": blanks become '_', and a name too long is cut between two characters. */
static void write_id(char *id, const char *base, const char *name, size_t length)
{
    const size_t room = sizeof((mlg_view *) NULL)->id;
    size_t used = strlen(base);
    char made[sizeof((mlg_view *) NULL)->id];

    memcpy(made, base, used + 1);
    if (length > 0 && used + 2 < room) {
        made[used++] = '.';
        length = length < room - used - 1 ? length : room - used - 1;
        while (length > 0 && ((unsigned char) name[length] & 0xc0) == 0x80) {
            length--;
        }
        for (size_t i = 0; i < length; i++) {
            made[used] = name[i];
            if (made[used] == ' ') {
                made[used] = '_';
            }
            used++;
        }
        made[used] = '\0';
    }
    memcpy(id, made, used + 1);
}

static const char *base_id(mlg_source source)
{
    return source == MLG_FROM_TIES ? "ties" : "participations";
}

/* Adds a view of a source, "table" or "table.name"; NULL when memory is short. */
static mlg_view *add_view(offer *o, mlg_source source, const char *name, size_t length)
{
    if (!mlg_grow(&o->views, &o->room, o->n + 1, sizeof *o->views)) {
        return NULL;
    }
    mlg_view *view = &o->views[o->n++];
    *view =
        (mlg_view){.source = source, .by = o->wish->by, .from = o->from, .to = o->to, .kind = -1};
    write_id(view->id, base_id(source), name, length);
    return view;
}

/* ---- kinds of tie ---------------------------------------------------------- */

/* Marks the kinds that rows of ties use; answers how many. */
static mlg_status used_kinds(const mlg_model *model, bool **out, size_t *count, mlg_error *err)
{
    mlg_status status = MLG_OK;
    bool *used = mlg_zalloc((size_t) mlg_code_count(model, MLG_V_tie_kind), sizeof *used);

    *out = used;
    *count = 0;
    TRY_ALLOC(err, used);
    for (int32_t row = 0; row < model->rows[MLG_TIES].n; row++) {
        const int32_t kind = mlg_get_id(model, C_ties_kind, row);
        if (kind >= 0 && !used[kind]) {
            used[kind] = true;
            (*count)++;
        }
    }
out:
    return status;
}

/* The view of all ties, and one for each kind when there are several. */
static mlg_status add_ties(offer *o, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_view *view = NULL;
    bool *used = NULL;
    size_t kinds = 0;

    TRY(used_kinds(o->model, &used, &kinds, err));
    if (o->model->rows[MLG_TIES].n > 0) {
        view = add_view(o, MLG_FROM_TIES, "", 0);
        TRY_ALLOC(err, view);
    }
    for (int32_t k = 0; kinds > 1 && k < mlg_code_count(o->model, MLG_V_tie_kind); k++) {
        if (used[k]) {
            const char *text = mlg_code_text(o->model, MLG_V_tie_kind, k);
            view = add_view(o, MLG_FROM_TIES, text, strlen(text));
            TRY_ALLOC(err, view);
            view->kind = k;
        }
    }
out:
    mlg_free(used);
    return status;
}

/* Narrows a view to the kind that is wished for. */
static mlg_status narrow(const offer *o, mlg_view *view, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t kind = mlg_find_code(o->model, MLG_V_tie_kind, o->wish->kind);
    name_list known = {0};
    bool *used = NULL;
    size_t kinds = 0;

    TRY(used_kinds(o->model, &used, &kinds, err));
    if (kind < 0 || !used[kind]) {
        for (int32_t k = 0; k < mlg_code_count(o->model, MLG_V_tie_kind); k++) {
            if (used[k]) {
                list_name(&known, mlg_code_text(o->model, MLG_V_tie_kind, k));
            }
        }
        const mlg_arg reason[] = {mlg_fail_arg(o->wish->kind), mlg_fail_arg(known.text)};
        FAIL_TEXT(err, MLG_EARG, T_fail_no_kind, reason, 2);
    }
    if (view->source != MLG_FROM_TIES || (view->kind >= 0 && view->kind != kind)) {
        const mlg_arg reason[] = {mlg_fail_arg(view->id), mlg_fail_arg(o->wish->kind)};
        FAIL_TEXT(err, MLG_EARG, T_fail_view_no_kind, reason, 2);
    }
    if (view->kind < 0) {
        const char *text = mlg_code_text(o->model, MLG_V_tie_kind, kind);
        write_id(view->id, view->id, text, strlen(text));
        view->kind = kind;
    }
out:
    mlg_free(used);
    return status;
}

/* ---- named views ----------------------------------------------------------- */

/* Where conditions may stand, and the source they narrow. */
static const struct {
    mlg_table_id table;
    mlg_source source;
} narrowed[] = {
    {MLG_TIES, MLG_FROM_TIES},
    {MLG_PARTICIPATIONS, MLG_FROM_PARTICIPATIONS},
    {MLG_ACTIVITIES, MLG_FROM_PARTICIPATIONS},
};

/* The part of a setting's key behind "view." or "vue.", or NULL. */
static const char *behind_prefix(const char *key)
{
    return strncasecmp(key, "view.", 5) == 0  ? key + 5
           : strncasecmp(key, "vue.", 4) == 0 ? key + 4
                                              : NULL;
}

/* Reads "NAME.TABLE", the rest of a key. */
static mlg_status read_key(const char *key, size_t *name_length, size_t *which, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const char *dot = strrchr(key, '.');
    const size_t n = sizeof narrowed / sizeof *narrowed;
    const int table = dot != NULL && dot > key ? mlg_schema_find_table(dot + 1) : -1;

    *name_length = dot != NULL ? (size_t) (dot - key) : 0;
    for (*which = 0; *which < n && (int) narrowed[*which].table != table; ++*which) {
    }
    if (*which == n) {
        char told[81];
        snprintf(told, sizeof told, "%s", key);
        const mlg_arg what = mlg_fail_arg(told);
        FAIL_TEXT(err, MLG_EARG, T_fail_not_a_view, &what, 1);
    }
out:
    return status;
}

/* One setting; a name that comes again narrows the same view further. */
static mlg_status add_named(offer *o, size_t first_named, const char *key, const char *condition,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t length = 0, which = 0;
    char id[sizeof((mlg_view *) NULL)->id];
    mlg_view *view = NULL;

    TRY(read_key(key, &length, &which, err));
    write_id(id, base_id(narrowed[which].source), key, length);
    view = find_view(o, id);
    if (view != NULL && (size_t) (view - o->views) < first_named) {
        const mlg_arg what = mlg_fail_arg(id);
        FAIL_TEXT(err, MLG_EARG, T_fail_view_taken, &what, 1);
    }
    if (view == NULL) {
        view = add_view(o, narrowed[which].source, key, length);
        TRY_ALLOC(err, view);
    }
    if (view->n_conditions == MLG_MAX_CONDITIONS) {
        char most[12];
        snprintf(most, sizeof most, "%d", MLG_MAX_CONDITIONS);
        const mlg_arg what[] = {mlg_fail_arg(id), mlg_fail_arg(most)};
        FAIL_TEXT(err, MLG_EARG, T_fail_view_conditions, what, 2);
    }
    TRY(mlg_condition_read(o->model, narrowed[which].table, condition,
                           &view->condition[view->n_conditions], err));
    view->n_conditions++;
out:
    return status;
}

static mlg_status add_all_named(offer *o, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = o->model;
    const size_t first_named = o->n;

    for (int32_t row = 0; row < model->rows[MLG_STUDY].n; row++) {
        const int32_t key = mlg_get_id(model, C_study_key, row);
        const int32_t value = mlg_get_id(model, C_study_value, row);
        const char *name = key >= 0 ? behind_prefix(mlg_names_text(&model->texts, key)) : NULL;
        if (name != NULL) {
            TRY(add_named(o, first_named, name,
                          value >= 0 ? mlg_names_text(&model->texts, value) : "", err));
        }
    }
out:
    return status;
}

/* ---- all ------------------------------------------------------------------- */

/* Keeps only the view that is wished for; a kind without a view is of all ties. */
static mlg_status choose(offer *o, mlg_error *err)
{
    mlg_status status = MLG_OK;
    name_list known = {0};
    const char *id = o->wish->view != NULL ? o->wish->view : base_id(MLG_FROM_TIES);
    const mlg_view *view = find_view(o, id);

    if (view == NULL || o->views == NULL) {
        for (size_t i = 0; i < o->n; i++) {
            list_name(&known, o->views[i].id);
        }
        const mlg_arg reason[] = {mlg_fail_arg(id), mlg_fail_arg(known.text)};
        FAIL_TEXT(err, MLG_EARG, T_fail_no_view, reason, 2);
    }
    o->views[0] = *view;
    o->n = 1;
    if (o->wish->kind != NULL) {
        TRY(narrow(o, &o->views[0], err));
    }
out:
    return status;
}

mlg_status mlg_views_of(const mlg_model *model, const mlg_view_wish *wish, mlg_view **views,
                        size_t *n_views, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_view_wish defaults = {0};
    offer o = {.model = model, .wish = wish != NULL ? wish : &defaults};

    *views = NULL;
    *n_views = 0;
    TRY(set_period(&o, err));
    TRY(add_ties(&o, err));
    if (model->rows[MLG_PARTICIPATIONS].n > 0 || mlg_has_shortcuts(model)) {
        const mlg_view *view = add_view(&o, MLG_FROM_PARTICIPATIONS, "", 0);
        TRY_ALLOC(err, view);
    }
    TRY(add_all_named(&o, err));
    if (o.wish->view != NULL || o.wish->kind != NULL) {
        TRY(choose(&o, err));
    }
    *views = o.views;
    *n_views = o.n;
out:
    if (status != MLG_OK) {
        mlg_free(o.views);
    }
    return status;
}

void mlg_views_free(mlg_view *views)
{
    mlg_free(views);
}
