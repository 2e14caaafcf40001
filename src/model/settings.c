/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/fail.h"
#include "base/fold.h"
#include "base/texts.h"
#include "model/finish.h"
#include "model/span.h"

/* Settings the model itself reads; the others are the reader's and the views'. */
static const struct {
    const char *key, *fr;
} settings[] = {
    {"title", "titre"},     {"territory", "territoire"}, {"date", "date"},
    {"language", "langue"}, {"strict", "strict"},        {"illustrative", "illustratif"},
    {"scope", "portee"},
};

/* Keys differ by more than case, accents and blanks: "ties.file" has its point. */
static size_t key_of(const char *text, char *key, size_t room)
{
    const size_t length = mlg_fold_short(MLG_FOLD_ID, text, strlen(text), key, room);
    return length < room ? length : 0;
}

bool mlg_same_key(const char *a, const char *b)
{
    char x[1024], y[1024];
    const size_t length = key_of(a, x, sizeof x);
    return length > 0 && length == key_of(b, y, sizeof y) && memcmp(x, y, length) == 0;
}

int32_t mlg_setting_row(const mlg_model *model, const char *key, const char *key_fr,
                        int32_t *earlier)
{
    int32_t found = -1;
    *earlier = -1;
    for (int32_t row = 0; row < model->rows[MLG_STUDY].n; row++) {
        const int32_t text = mlg_get_id(model, C_study_key, row);
        const char *said = text >= 0 ? mlg_names_text(&model->texts, text) : NULL;
        if (said != NULL && (mlg_same_key(said, key) || mlg_same_key(said, key_fr))) {
            *earlier = found;
            found = row;
        }
    }
    return found;
}

const char *mlg_setting_value(const mlg_model *model, int32_t row)
{
    const int32_t text = row >= 0 ? mlg_get_id(model, C_study_value, row) : -1;
    return text >= 0 ? mlg_names_text(&model->texts, text) : NULL;
}

const char *mlg_study_setting(const mlg_model *model, const char *key)
{
    int32_t earlier = -1;
    const char *fr = key;
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        fr = mlg_same_key(settings[i].key, key) ? settings[i].fr : fr;
    }
    return mlg_setting_value(model, mlg_setting_row(model, key, fr, &earlier));
}

/* The row that holds a setting, under its English or French name. */
static int32_t setting_row(mlg_model *model, size_t which)
{
    int32_t earlier = -1;
    const int32_t row = mlg_setting_row(model, settings[which].key, settings[which].fr, &earlier);
    if (earlier >= 0) {
        mlg_fault_text(model, MLG_WARNING, T_fault_setting_twice,
                       mlg_place_of(model, MLG_STUDY, row, C_study_key), settings[which].key, NULL);
    }
    return row;
}

static mlg_status copy_setting(mlg_model *model, size_t which, const char **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const char *value = mlg_setting_value(model, setting_row(model, which));
    if (value != NULL) {
        char *copy = mlg_arena_text(&model->arena, value, strlen(value));
        TRY_ALLOC(err, copy);
        *out = copy;
    }
out:
    return status;
}

static void read_date(mlg_model *model)
{
    mlg_span span;
    mlg_text_key fault = T_none;
    const int32_t row = setting_row(model, 2);
    const char *value = mlg_setting_value(model, row);
    if (value == NULL) {
        return;
    }
    const mlg_place place = mlg_place_of(model, MLG_STUDY, row, C_study_value);
    const mlg_span_reading reading = mlg_span_read(value, &span, &fault);
    if (reading == MLG_SPAN_REFUSED || span.first == MLG_EVER_FIRST || span.last == MLG_EVER_LAST) {
        mlg_span_tell(model, fault, T_fault_bad_study_date, place, value);
        return;
    }
    if (reading == MLG_SPAN_DOUBTFUL) {
        mlg_fault_text(model, MLG_WARNING, fault, place, value, NULL);
    }
    model->date = span.last;
}

static void read_language(mlg_model *model)
{
    const int32_t row = setting_row(model, 3);
    const char *value = mlg_setting_value(model, row);
    if (value == NULL) {
        return;
    }
    model->language = mlg_language_find(value);
    if (model->language < 0) {
        mlg_fault_text(model, MLG_FATAL, T_fault_bad_language,
                       mlg_place_of(model, MLG_STUDY, row, C_study_value), value, NULL);
    }
}

/* What the rows of a study are of: one territory, unless it says otherwise. */
static void read_scope(mlg_model *model)
{
    static const struct {
        const char *value, *fr;
        bool several;
    } scopes[] = {{"not_one_territory", "pas_un_territoire", true},
                  {"one_territory", "un_territoire", false}};
    const int32_t row = setting_row(model, 6);
    const char *value = mlg_setting_value(model, row);
    for (size_t i = 0; value != NULL && i < sizeof scopes / sizeof *scopes; i++) {
        if (mlg_same_key(value, scopes[i].value) || mlg_same_key(value, scopes[i].fr)) {
            model->several_territories = scopes[i].several;
            return;
        }
    }
    if (value != NULL) {
        mlg_fault_text(model, MLG_FATAL, T_fault_bad_scope,
                       mlg_place_of(model, MLG_STUDY, row, C_study_value), value, NULL);
    }
}

static bool says_yes(const char *value)
{
    return value != NULL &&
           mlg_vocabulary_find(MLG_V_presence, value) == MLG_CODE_OF(presence, yes);
}

mlg_status mlg_finish_study(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    TRY(copy_setting(model, 0, &model->title, err));
    TRY(copy_setting(model, 1, &model->territory, err));
    read_date(model);
    read_language(model);
    model->strict = says_yes(mlg_setting_value(model, setting_row(model, 4)));
    TRY(mlg_finish_rates(model, err));
    TRY(mlg_finish_seats(model, err));
    TRY(mlg_finish_trust(model, err));
    model->illustrative = says_yes(mlg_setting_value(model, setting_row(model, 5)));
    read_scope(model);
out:
    return status;
}

/* Without a date the study speaks of the last day on which something is known to begin:
 * states that ended before it are over, whatever is still open is in force. */
void mlg_finish_day(mlg_model *model)
{
    static const struct {
        mlg_table_id table;
        mlg_column start;
    } dated[] = {
        {MLG_ACTORS, C_actors_start},
        {MLG_TIES, C_ties_start},
        {MLG_SCHEMES, C_schemes_start},
        {MLG_ACTIVITIES, C_activities_start},
        {MLG_PARTICIPATIONS, C_participations_date},
        {MLG_POSTS, C_posts_start},
        {MLG_SITES, C_sites_start},
        {MLG_FUNDING, C_funding_start},
        {MLG_PERIMETERS, C_perimeters_start},
    };
    model->day = model->date;
    if (model->date != MLG_NO_DATE) {
        return;
    }
    for (size_t i = 0; i < sizeof dated / sizeof *dated; i++) {
        const mlg_span *spans = model->data[dated[i].start];
        for (int32_t row = 0; spans != NULL && row < model->rows[dated[i].table].n; row++) {
            model->day = spans[row].first > model->day ? spans[row].first : model->day;
        }
    }
    if (model->day == MLG_NO_DATE) {
        model->day = 0; /* nothing is dated: every day is the same */
    }
}
