/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/own_files.h"

#include <string.h>

#include "base/text.h"
#include "base/texts.h"

enum {
    MAX_GROUPS = 5000, /* of all sorts, of each severity; the rest is counted together */
    MAX_ARGS = 6,
    MAX_QUOTED = 160, /* bytes of a cell that a message shows */
};

/* Faults of one kind, place and first argument; line and column are the first's. */
typedef struct group {
    mlg_severity severity;
    mlg_text_key key;
    const char *file;
    int32_t line, column;
    uint32_t count;
    unsigned private_args; /* bit i: argument i may name a person */
    bool person;
    bool of_study; /* of study.csv: on such a row hang all the others */
    mlg_arg *args;
    size_t n_args;
} group;

struct mlg_faults {
    mlg_arena arena;
    mlg_names sorts; /* what makes a group; group = id */
    group *groups;
    size_t n, room;
    int32_t *order; /* groups, errors first, then those of study.csv, then by file and line */
    size_t order_room;
    size_t count[2];  /* by severity, repetitions counted */
    size_t sorted[2]; /* groups by severity */
    uint32_t rest[2]; /* those past MAX_GROUPS */
    bool failed;
    mlg_own_files own; /* what messages call the tables */
};

mlg_faults *mlg_faults_new(void)
{
    return mlg_zalloc(1, sizeof(mlg_faults));
}

void mlg_faults_free(mlg_faults *faults)
{
    if (faults == NULL) {
        return;
    }
    mlg_names_free(&faults->sorts);
    mlg_free(faults->groups);
    mlg_free(faults->order);
    mlg_arena_free(&faults->arena);
    mlg_free(faults);
}

size_t mlg_faults_count(const mlg_faults *faults, mlg_severity severity)
{
    return faults->count[severity];
}

size_t mlg_faults_groups(const mlg_faults *faults)
{
    return faults->n + (faults->rest[0] > 0 ? 1 : 0) + (faults->rest[1] > 0 ? 1 : 0);
}

bool mlg_faults_short(const mlg_faults *faults)
{
    return faults->failed;
}

/* ---- adding -------------------------------------------------------------------- */

/* A cell as a message can show it: short, on one line, whole characters. */
static const char *quote(mlg_faults *faults, const char *text)
{
    size_t length = strlen(text);
    const bool cut = length > MAX_QUOTED;
    if (cut) {
        length = MAX_QUOTED;
        while (length > 0 && ((unsigned char) text[length] & 0xc0) == 0x80) {
            length--;
        }
    }
    char *copy = mlg_arena_alloc(&faults->arena, length + sizeof "…");
    if (copy == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < length; i++) {
        copy[i] = text[i];
        if ((unsigned char) text[i] < ' ' || text[i] == '\x7f') {
            copy[i] = ' ';
        }
    }
    memcpy(copy + length, cut ? "…" : "", cut ? sizeof "…" : 1);
    return copy;
}

/* What makes a group: severity, key, file, field and the first argument. */
static void write_sort(mlg_buffer *out, mlg_severity severity, mlg_text_key key, mlg_place place,
                       const mlg_arg *args, size_t n_args)
{
    mlg_buffer_format(out, "%d %d %d %d ", (int) severity, (int) key, (int) place.file,
                      (int) place.field);
    if (n_args > 0) {
        mlg_text_arg(out, MLG_EN, &args[0]);
    }
}

static bool copy_args(mlg_faults *faults, group *to, const mlg_arg *args, size_t n_args)
{
    to->n_args = n_args < MAX_ARGS ? n_args : MAX_ARGS;
    to->args = mlg_arena_alloc(&faults->arena, MAX_ARGS * sizeof *to->args);
    if (to->args == NULL) {
        return false;
    }
    for (size_t i = 0; i < to->n_args; i++) {
        to->args[i] = args[i];
        if (args[i].kind == MLG_ARG_TEXT) {
            to->args[i].text = quote(faults, args[i].text != NULL ? args[i].text : "");
            if (to->args[i].text == NULL) {
                return false;
            }
        }
    }
    return true;
}

/* Errors first, then what study.csv says, on which the rest hangs; by file, line and column; what
 * is left by age. */
static bool comes_before(const mlg_faults *faults, int32_t a, int32_t b)
{
    const group *x = &faults->groups[a], *y = &faults->groups[b];
    const int by_file = strcmp(x->file, y->file);
    if (x->severity != y->severity) {
        return x->severity > y->severity;
    }
    if (x->of_study != y->of_study) {
        return x->of_study;
    }
    if (by_file != 0) {
        return by_file < 0;
    }
    if (x->line != y->line) {
        return x->line < y->line;
    }
    return x->column != y->column ? x->column < y->column : a < b;
}

/* Puts the last group in its place: at most twice MAX_GROUPS entries move. */
static void place_last(mlg_faults *faults)
{
    const int32_t last = (int32_t) faults->n - 1;
    size_t low = 0, high = faults->n - 1;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (comes_before(faults, faults->order[middle], last)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    memmove(faults->order + low + 1, faults->order + low,
            (faults->n - 1 - low) * sizeof *faults->order);
    faults->order[low] = last;
}

static bool add_group(mlg_faults *faults, group made, const mlg_names *files, int32_t file,
                      const mlg_arg *args, size_t n_args)
{
    const char *name = mlg_names_text(files, file);
    made.file = mlg_arena_text(&faults->arena, name, strlen(name));
    if (made.file == NULL || !copy_args(faults, &made, args, n_args) ||
        !mlg_grow(&faults->groups, &faults->room, faults->n + 1, sizeof *faults->groups) ||
        !mlg_grow(&faults->order, &faults->order_room, faults->n + 1, sizeof *faults->order)) {
        return false;
    }
    faults->groups[faults->n++] = made;
    faults->sorted[made.severity]++;
    place_last(faults);
    return true;
}

static void add(mlg_model *model, mlg_severity severity, mlg_text_key key, mlg_place place,
                const mlg_arg *args, size_t n_args, unsigned private_args, uint32_t times)
{
    mlg_faults *faults = model->faults;
    mlg_buffer sort = {0};
    bool added = true;
    const bool of_study =
        place.field != C_NONE && mlg_schema_field(place.field)->table == MLG_STUDY;

    faults->count[severity] += times;
    write_sort(&sort, severity, key, place, args, n_args);
    const char *text = mlg_buffer_string(&sort);
    const int32_t known = mlg_names_find(&faults->sorts, text, sort.length);
    if (sort.failed) {
        added = false;
    } else if (known >= 0 && (size_t) known < faults->n) {
        faults->groups[known].count += times;
    } else if (faults->sorted[severity] >= MAX_GROUPS && !of_study) {
        faults->rest[severity] += times;
    } else {
        const group made = {.severity = severity,
                            .key = key,
                            .line = place.line,
                            .column = place.column,
                            .count = times,
                            .private_args = private_args,
                            .person = private_args != 0,
                            .of_study = of_study};
        added = add_group(faults, made, &model->files, place.file, args, n_args) &&
                mlg_names_add(&faults->sorts, text, sort.length) >= 0;
    }
    faults->failed = faults->failed || !added;
    mlg_buffer_free(&sort);
}

void mlg_fault_add_masked(mlg_model *model, mlg_severity severity, mlg_text_key key,
                          mlg_place place, const mlg_arg *args, size_t n_args,
                          unsigned private_args)
{
    add(model, severity, key, place, args, n_args, private_args, 1);
}

void mlg_fault_add_times(mlg_model *model, mlg_severity severity, mlg_text_key key, mlg_place place,
                         uint32_t times)
{
    if (times > 0) {
        add(model, severity, key, place, NULL, 0, 0, times);
    }
}

void mlg_fault_add(mlg_model *model, mlg_severity severity, mlg_text_key key, mlg_place place,
                   const mlg_arg *args, size_t n_args)
{
    const bool field_private =
        place.field != C_NONE && (mlg_schema_field(place.field)->flags & MLG_PRIVATE) != 0;
    mlg_fault_add_masked(model, severity, key, place, args, n_args, field_private ? 1u : 0u);
}

void mlg_fault_text(mlg_model *model, mlg_severity severity, mlg_text_key key, mlg_place place,
                    const char *read, const char *expected)
{
    const mlg_arg args[2] = {
        {.kind = MLG_ARG_TEXT, .text = read != NULL ? read : ""},
        {.kind = MLG_ARG_TEXT, .text = expected},
    };
    mlg_fault_add(model, severity, key, place, args, expected != NULL ? 2 : read != NULL ? 1 : 0);
}

void mlg_faults_name_files(mlg_model *model)
{
    mlg_faults *faults = model->faults;
    mlg_own_files own;

    mlg_own_files_of(model, &own);
    faults->own.study = own.study;
    for (int table = 0; table < MLG_N_TABLES; table++) {
        for (int i = 0; i < MLG_OWN_FILES && own.name[table][i] != NULL; i++) {
            faults->own.name[table][i] = quote(faults, own.name[table][i]);
            faults->failed = faults->failed || faults->own.name[table][i] == NULL;
        }
    }
}

/* ---- showing ------------------------------------------------------------------- */

static const char *code_of(mlg_text_key key)
{
    const char *name = mlg_text_name(key);
    return strncmp(name, "fault_", 6) == 0 ? name + 6 : name;
}

/* The two groups that stand for all past MAX_GROUPS: errors after the errors, warnings
 * at the very end. -1 when `i` is one of the others. */
static int rest_at(const mlg_faults *faults, size_t i, size_t *ordinary)
{
    size_t fatal = 0;
    while (fatal < faults->n && faults->groups[faults->order[fatal]].severity == MLG_FATAL) {
        fatal++;
    }
    const bool more_fatal = faults->rest[MLG_FATAL] > 0;
    *ordinary = more_fatal && i > fatal ? i - 1 : i;
    if (more_fatal && i == fatal) {
        return MLG_FATAL;
    }
    return *ordinary == faults->n ? MLG_WARNING : -1;
}

/* A message, with the study's own files for the tables it names. */
static size_t print_message(const mlg_faults *faults, mlg_language language, mlg_text_key key,
                            const mlg_arg *args, size_t n_args, char *message, size_t room)
{
    mlg_buffer words = {0}, text = {0};

    if (message == NULL) {
        return 0;
    }
    mlg_own_words(&words, &faults->own, mlg_text(language, key));
    mlg_text_render_words(&text, language, mlg_buffer_string(&words), args, n_args);
    const size_t length = text.length;
    if (room > 0) {
        const size_t kept = length < room ? length : room - 1;
        memcpy(message, mlg_buffer_string(&text), kept);
        message[kept] = '\0';
    }
    mlg_buffer_free(&words);
    mlg_buffer_free(&text);
    return length;
}

/* A sentence whose subject is withheld says who it is by the row. */
static mlg_text_key key_without(mlg_text_key key, unsigned hidden)
{
    if (key == T_fault_one_person && hidden != 0) {
        return T_fault_one_person_withheld;
    }
    if (key != T_fault_unlisted_actor || hidden == 0) {
        return key;
    }
    return (hidden & 2u) != 0 ? T_fault_unlisted_person_near : T_fault_unlisted_person;
}

size_t mlg_faults_get(const mlg_faults *faults, size_t i, mlg_language language, bool names,
                      mlg_fault_view *view, char *message, size_t room)
{
    size_t ordinary = 0;
    const int rest = rest_at(faults, i, &ordinary);
    mlg_arg args[MAX_ARGS];

    if (rest >= 0) {
        const mlg_text_key key =
            rest == MLG_FATAL ? T_fault_too_many_errors : T_fault_too_many_warnings;
        *view = (mlg_fault_view){.severity = (mlg_severity) rest,
                                 .code = code_of(key),
                                 .file = "",
                                 .count = faults->rest[rest]};
        return print_message(faults, language, key, NULL, 0, message, room);
    }
    const group *from = &faults->groups[faults->order[ordinary]];
    *view = (mlg_fault_view){.severity = from->severity,
                             .code = code_of(from->key),
                             .file = from->file,
                             .line = from->line,
                             .column = from->column,
                             .count = from->count,
                             .person = from->person};
    for (size_t k = 0; k < from->n_args; k++) {
        const bool hidden = !names && (from->private_args >> k & 1u) != 0;
        args[k] = hidden ? (mlg_arg){.kind = MLG_ARG_KEY, .key = T_fault_withheld} : from->args[k];
    }
    return print_message(faults, language, key_without(from->key, names ? 0 : from->private_args),
                         args, from->n_args, message, room);
}
