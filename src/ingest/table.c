/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/table.h"

#include <stdio.h>
#include <time.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/texts.h"
#include "ingest/header.h"
#include "ingest/words.h"

enum {
    ROWS_BETWEEN_LOOKS = 4096,       /* at the run's callbacks */
    NANOSECONDS_BETWEEN = 250000000, /* two reports of progress */
};

/* One file on its way into the model. */
typedef struct passage {
    mlg_table_file *file;
    mlg_source *source;
    mlg_model *model;
    mlg_reader reader;
    mlg_header header;
    int64_t n_rows;
    const mlg_run *run;
    struct timespec last;
    mlg_buffer key;
} passage;

/* ---- rows that are no data ------------------------------------------------ */

static void tell_row(passage *p, mlg_severity severity, mlg_text_key key, int32_t column)
{
    mlg_reader_tell(&p->reader, severity, key, column, C_NONE, NULL, NULL);
}

/* The header once more, as when files are pasted together. Only a row whose first cell
 * is the header's is compared further. */
static bool is_header_again(const passage *p, const mlg_row *row)
{
    if (row->n < p->header.n || p->header.n == 0) {
        return false;
    }
    for (int32_t i = 0; i < p->header.n; i++) {
        if (strcmp(row->cells[i].text, p->header.text[i]) != 0) {
            return false;
        }
    }
    return true;
}

/* ---- shape ---------------------------------------------------------------- */

/* A single cell which another separator would cut into as many as the header has. */
static bool tell_mixed_separators(passage *p, const mlg_row *row)
{
    const char *const others[] = {";", ",", "\t"};
    const char own[] = {p->source->facts.separator, '\0'};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        int32_t n = 1;
        for (const char *at = row->cells[0].text; (at = strchr(at, others[i][0])) != NULL; at++) {
            n++;
        }
        if (others[i][0] != own[0] && n == p->header.n) {
            const char *name = others[i][0] == '\t' ? "⇥" : others[i];
            mlg_reader_tell(&p->reader, MLG_FATAL, T_fault_mixed_separators, 1, C_NONE, name,
                            own[0] == '\t' ? "⇥" : own);
            return true;
        }
    }
    return false;
}

/* Tells a row of the wrong length; false when its cells cannot be trusted. */
static bool has_shape(passage *p, const mlg_row *row)
{
    const mlg_place place = {p->reader.file, row->line, p->header.n + 1, C_NONE};
    const mlg_arg args[2] = {{.kind = MLG_ARG_COUNT, .number = row->n},
                             {.kind = MLG_ARG_COUNT, .number = p->header.n}};
    if (row->n < p->header.n) {
        if (row->n == 1 && tell_mixed_separators(p, row)) {
            return false;
        }
        mlg_fault_add(p->model, MLG_WARNING, T_fault_short_row, place, args, 2);
        return true;
    }
    for (int32_t i = p->header.n; i < row->n; i++) {
        if (row->cells[i].length > 0) {
            mlg_fault_add(p->model, MLG_FATAL, T_fault_long_row, place, args, 2);
            return false;
        }
    }
    return true;
}

/* ---- cells ---------------------------------------------------------------- */

/* Tells needed cells that are empty; false when the row cannot stand. */
static bool has_needed(passage *p, const mlg_plan *plan)
{
    const mlg_bind *one[2] = {NULL, NULL};
    bool stands = true, any = false;

    for (size_t i = 0; i < plan->n_binds; i++) {
        const mlg_bind *bind = &plan->binds[i];
        const mlg_cell_state state = plan->values[i].state;
        stands = stands && state != MLG_CELL_BAD;
        if ((bind->field->flags & MLG_REQUIRED) != 0 && state == MLG_CELL_EMPTY) {
            mlg_reader_tell(&p->reader, MLG_FATAL, T_fault_missing_cell, bind->cell + 1, C_NONE,
                            bind->header, NULL);
            stands = false;
        }
        if ((bind->field->flags & MLG_ONE_OF) != 0) {
            one[one[0] != NULL ? 1 : 0] = bind;
            any = any || state != MLG_CELL_EMPTY;
        }
    }
    if (one[0] != NULL && !any) {
        mlg_reader_tell(
            &p->reader, MLG_FATAL, one[1] != NULL ? T_fault_missing_both : T_fault_missing_cell,
            one[0]->cell + 1, C_NONE, one[0]->header, one[1] != NULL ? one[1]->header : NULL);
        stands = false;
    }
    return stands;
}

/* A value's bytes as a key: equal texts for equal values. */
static void write_value(passage *p, const mlg_bind *bind, const mlg_value *value)
{
    uint64_t bits = 0;
    switch (value->state == MLG_CELL_VALUE ? bind->field->type : MLG_TYPE_TEXT) {
    case MLG_TYPE_PARTIES:
    case MLG_TYPE_TERRITORIES:
    case MLG_TYPE_CODES:
    case MLG_TYPE_WORDS:
        for (uint32_t k = 0; k < value->list.n; k++) {
            mlg_buffer_format(&p->key, "%d,", p->reader.ids[value->list.start + k]);
        }
        mlg_buffer_char(&p->key, '.');
        break;
    case MLG_TYPE_NUMBER:
    case MLG_TYPE_AMOUNT:
    case MLG_TYPE_WEIGHT:
    case MLG_TYPE_SHARE:
    case MLG_TYPE_DATE: /* both ends, as long as a number */
        memcpy(&bits, &value->number, sizeof bits);
        mlg_buffer_format(&p->key, "%llx;", (unsigned long long) bits);
        break;
    default:
        mlg_buffer_format(&p->key, "%d;", value->state == MLG_CELL_VALUE ? value->id : -1);
    }
}

/* Was the same row read before? */
static bool is_again(passage *p, mlg_plan *plan)
{
    const size_t before = plan->rows_seen.n;
    mlg_buffer_clear(&p->key);
    for (size_t i = 0; i < plan->n_binds; i++) {
        write_value(p, &plan->binds[i], &plan->values[i]);
    }
    const int32_t seen =
        p->key.failed ? -1
                      : mlg_names_add(&plan->rows_seen, mlg_buffer_string(&p->key), p->key.length);
    p->reader.no_memory = p->reader.no_memory || seen < 0;
    return seen >= 0 && plan->rows_seen.n == before;
}

/* Answers whether every cell has a value: nearly always. */
static bool read_cells(passage *p, mlg_plan *plan, const mlg_row *row, size_t r)
{
    static const mlg_cell none = {"", 0, 0};
    unsigned others = 0;
    p->reader.n_ids = 0;
    p->reader.near_person = false;
    for (size_t i = 0; i < plan->n_binds; i++) {
        mlg_bind *bind = &plan->binds[i];
        if (plan->known[i * MLG_BATCH + r] >= 0) {
            plan->values[i] =
                (mlg_value){.id = plan->known[i * MLG_BATCH + r], .state = MLG_CELL_VALUE};
        } else if (bind->constant != NULL) {
            const mlg_cell cell = {bind->constant, (uint32_t) strlen(bind->constant), 0};
            plan->values[i] = mlg_cell_read(&p->reader, bind, &cell);
        } else {
            plan->values[i] = mlg_cell_read(&p->reader, bind,
                                            bind->cell < row->n ? &row->cells[bind->cell] : &none);
        }
        others |= (unsigned) plan->values[i].state; /* MLG_CELL_VALUE is 0 */
    }
    return others == 0;
}

/* Which cells of a table say what its rows describe, and what sort of actor that is. */
static const struct {
    mlg_table_id table;
    mlg_column id, name, kind, organisation;
} described[] = {
    {MLG_ACTORS, C_actors_id, C_actors_name, C_actors_kind, C_actors_organisation},
    {MLG_SCHEMES, C_schemes_id, C_schemes_name, C_NONE, C_NONE},
    {MLG_POSTS, C_posts_id, C_NONE, C_NONE, C_NONE},
    {MLG_ACTIVITIES, C_activities_id, C_activities_name, C_NONE, C_NONE},
    {MLG_TERRITORIES, C_territories_id, C_territories_name, C_NONE, C_NONE},
};

/* What a cell of the row just read says; empty where no column is bound. */
static mlg_value said(const mlg_plan *plan, mlg_column column)
{
    for (size_t i = 0; i < plan->n_binds && column != C_NONE; i++) {
        if (plan->binds[i].field->column == column) {
            return plan->values[i];
        }
    }
    return (mlg_value){.state = MLG_CELL_EMPTY};
}

static const mlg_names *names_of(const mlg_model *model, mlg_column column)
{
    return mlg_schema_field(column)->type == MLG_TYPE_TEXT        ? &model->texts
           : mlg_schema_field(column)->type == MLG_TYPE_ACTIVITY  ? &model->activities
           : mlg_schema_field(column)->type == MLG_TYPE_TERRITORY ? &model->territories
                                                                  : &model->parties;
}

/* A row that is not kept is remembered by what it describes: others may name it. */
static void remember_refused(passage *p, const mlg_plan *plan, int32_t line)
{
    size_t d = 0;
    while (d < sizeof described / sizeof *described && described[d].table != plan->table) {
        d++;
    }
    if (d == sizeof described / sizeof *described) {
        return;
    }
    const mlg_value kind = said(plan, described[d].kind);
    const mlg_refused row = {
        .file = p->file->name,
        .line = line,
        .maybe_person = p->reader.near_person ||
                        (kind.state == MLG_CELL_VALUE
                             ? kind.id == MLG_KIND_PERSON
                             : said(plan, described[d].organisation).state == MLG_CELL_VALUE),
    };
    const mlg_column columns[] = {described[d].id, described[d].name};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const mlg_value cell = said(plan, columns[i]);
        if (cell.state == MLG_CELL_VALUE &&
            !mlg_refused_add(p->model, plan->table,
                             mlg_names_text(names_of(p->model, columns[i]), cell.id), row)) {
            p->reader.no_memory = true;
        }
    }
}

static void read_into(passage *p, mlg_plan *plan, const mlg_row *row, size_t r)
{
    for (size_t i = 0; i < plan->n_filters; i++) {
        if (!mlg_filter_pass(&plan->filters[i], row, &p->reader.scratch)) {
            p->reader.no_memory = p->reader.no_memory || p->reader.scratch.failed;
            return;
        }
        plan->filters[i].kept = true;
    }
    if (!read_cells(p, plan, row, r) && !has_needed(p, plan)) {
        remember_refused(p, plan, row->line);
        return;
    }
    if (p->reader.no_memory || (plan->once && is_again(p, plan))) {
        return;
    }
    const int32_t at =
        mlg_model_add_row(p->model, plan->table, (int16_t) p->reader.file, row->line);
    if (at < 0) {
        p->reader.no_memory = true;
        return;
    }
    for (size_t i = 0; i < plan->n_binds; i++) {
        if (plan->values[i].state == MLG_CELL_VALUE &&
            !mlg_cell_store(&p->reader, &plan->binds[i], at, plan->values[i])) {
            p->reader.no_memory = true;
        }
    }
}

/* Reads row `r` of the batch. */
static void read_row(passage *p, const mlg_row *row, size_t r)
{
    p->reader.line = row->line;
    if (mlg_row_is_comment(row) || mlg_row_is_blank(row)) {
        return;
    }
    if (row->cells[0].text[0] == p->header.text[0][0] && is_header_again(p, row)) {
        tell_row(p, MLG_WARNING, T_fault_repeated_header, 0);
        return;
    }
    if (mlg_row_is_total(row)) {
        tell_row(p, MLG_WARNING, T_fault_total_row, 0);
        return;
    }
    p->n_rows++;
    if (row->n != p->header.n && !has_shape(p, row)) {
        return;
    }
    for (size_t i = 0; i < p->file->n_plans; i++) {
        read_into(p, &p->file->plans[i], row, r);
    }
}

/* ---- the file ------------------------------------------------------------- */

static mlg_status look_up(passage *p, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_run *run = p->run;
    struct timespec now;

    if (run->cancelled != NULL && run->cancelled(run->context)) {
        FAIL(err, MLG_ESTOP, "%s: stopped on request", p->file->name);
    }
    if (run->progress != NULL && clock_gettime(CLOCK_MONOTONIC_COARSE, &now) == 0) {
        const int64_t since =
            (int64_t) (now.tv_sec - p->last.tv_sec) * 1000000000 + (now.tv_nsec - p->last.tv_nsec);
        if (since >= NANOSECONDS_BETWEEN) {
            run->progress(run->context, p->file->name, p->source->share(p->source));
            p->last = now;
        }
    }
out:
    return status;
}

/* Looks up the ids that a column's cells are known by, side by side: this is most of the
 * work on a large file, and most of that is waiting for memory. Row by row what is found
 * here is only picked up; the rest is read, and new ids get their numbers in the order of
 * the rows. */
static void find_known(const mlg_bind *bind, const mlg_names *names, const mlg_row *rows, size_t n,
                       int32_t *known)
{
    const char *text[MLG_BATCH];
    size_t length[MLG_BATCH], at[MLG_BATCH], used = 0;
    int32_t found[MLG_BATCH];
    const mlg_cell *before = NULL;

    for (size_t r = 0; r < n; r++) {
        const mlg_cell *cell = bind->cell < rows[r].n ? &rows[r].cells[bind->cell] : NULL;
        known[r] = -1;
        /* a number may be a code that a spreadsheet spoilt: it is looked at closely */
        if (cell == NULL || cell->length == 0 || (cell->text[0] >= '0' && cell->text[0] <= '9')) {
            before = NULL;
            continue;
        }
        if (before == NULL || before->length != cell->length ||
            !mlg_same_text(before->text, cell->text, cell->length)) {
            text[used] = cell->text;
            length[used] = cell->length;
            used++;
        }
        at[r] = used - 1;
        known[r] = 0;
        before = cell;
    }
    mlg_names_find_many(names, text, length, used, found);
    for (size_t r = 0; r < n; r++) {
        known[r] = known[r] == 0 ? found[at[r]] : -1;
    }
}

static void find_all_known(const passage *p, const mlg_row *rows, size_t n)
{
    for (size_t i = 0; i < p->file->n_plans; i++) {
        const mlg_plan *plan = &p->file->plans[i];
        for (size_t b = 0; plan->known != NULL && b < plan->n_binds; b++) {
            const mlg_names *names = mlg_bind_names(&plan->binds[b], p->model);
            if (names != NULL) {
                find_known(&plan->binds[b], names, rows, n, plan->known + b * MLG_BATCH);
            }
        }
    }
}

/* A constant that cannot be read is told once, where study.csv says it, and not again at
 * each row. */
static void check_constants(passage *p)
{
    const mlg_rows *study = &p->model->rows[MLG_STUDY];
    const int32_t file = p->reader.file;
    for (size_t i = 0; i < p->file->n_plans; i++) {
        for (size_t b = 0; b < p->file->plans[i].n_binds; b++) {
            mlg_bind *bind = &p->file->plans[i].binds[b];
            if (bind->constant == NULL) {
                continue;
            }
            const mlg_cell cell = {bind->constant, (uint32_t) strlen(bind->constant), 0};
            p->reader.file = study->file[bind->study_row];
            p->reader.line = study->line[bind->study_row];
            if (mlg_cell_read(&p->reader, bind, &cell).state == MLG_CELL_BAD) {
                bind->constant = "";
            }
        }
    }
    p->reader.file = file;
}

/* A condition that no row met, of those that came to it: most often a column or a value of another
 * file. */
static void tell_kept_none(const passage *p)
{
    for (size_t i = 0; i < p->file->n_plans && p->n_rows > 0; i++) {
        const mlg_plan *plan = &p->file->plans[i];
        size_t f = 0;
        while (f < plan->n_filters && plan->filters[f].kept) {
            f++;
        }
        if (f < plan->n_filters) {
            const mlg_filter *filter = &plan->filters[f];
            const mlg_arg args[] = {{.kind = MLG_ARG_TEXT, .text = filter->condition},
                                    {.kind = MLG_ARG_TEXT, .text = p->file->name}};
            mlg_fault_add_masked(
                p->model, MLG_WARNING, T_fault_filter_keeps_none,
                mlg_place_of(p->model, MLG_STUDY, filter->study_row, C_study_value), args, 2,
                filter->is_private ? 1u : 0u);
        }
    }
}

static mlg_status read_rows(passage *p, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_source *source = p->source;
    check_constants(p);
    for (size_t since = ROWS_BETWEEN_LOOKS;;) {
        if (since >= ROWS_BETWEEN_LOOKS) {
            TRY(look_up(p, err));
            since = 0;
        }
        if (source->at == source->n_rows) {
            TRY(source->refill(source, err));
            if (source->n_rows == 0) {
                break;
            }
        }
        const size_t left = source->n_rows - source->at;
        const size_t n = left < MLG_BATCH ? left : MLG_BATCH;
        find_all_known(p, source->rows + source->at, n);
        for (size_t i = 0; i < n; i++) {
            read_row(p, &source->rows[source->at++], i);
        }
        since += n;
        if (p->reader.no_memory) {
            FAIL(err, MLG_ENOMEM, "out of memory for the rows of %s", p->file->name);
        }
    }
    mlg_reader_end(&p->reader);
    tell_kept_none(p);
    if (p->n_rows == 0 && !source->refused) {
        const mlg_place place = {p->reader.file, p->header.line, 0, C_NONE};
        mlg_fault_text(p->model, MLG_WARNING, T_fault_header_only, place, NULL, NULL);
    }
out:
    return status;
}

static mlg_status add_facts(const passage *p, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_model *model = p->model;
    if (!mlg_grow(&model->inputs, &model->inputs_room, model->n_inputs + 1,
                  sizeof *model->inputs)) {
        FAIL(err, MLG_ENOMEM, "out of memory for the facts of %s", p->file->name);
    }
    mlg_input *input = &model->inputs[model->n_inputs++];
    *input = p->source->facts;
    input->file = p->file->name;
    input->rows = p->n_rows;
out:
    return status;
}

/* How many cells of a possible header the file's plans know: settles its separator. */
static int count_known(const void *context, const char *const *texts, const size_t *lengths, int n)
{
    const mlg_table_file *file = context;
    enum { MOST = 16, WIDTH = 96 };
    char room[MOST][WIDTH];
    const char *text[MOST];
    mlg_header header = {.text = text};
    int best = 0;

    for (int i = 0; i < n && i < MOST; i++) {
        snprintf(room[i], WIDTH, "%.*s", (int) (lengths[i] < WIDTH ? lengths[i] : WIDTH), texts[i]);
        text[i] = room[i];
        header.n = i + 1;
    }
    for (int table = file->guess ? MLG_ACTORS : 0; file->guess && table < MLG_N_TABLES; table++) {
        const mlg_plan plan = {.table = (mlg_table_id) table};
        const int known = mlg_plan_knows(&plan, &header);
        best = known > best ? known : best;
    }
    for (size_t i = 0; i < file->n_plans && !file->guess; i++) {
        const int known = mlg_plan_knows(&file->plans[i], &header);
        best = known > best ? known : best;
    }
    return best;
}

mlg_status mlg_table_read(mlg_table_file *file, mlg_model *model, const mlg_ingest_options *options,
                          const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    passage p = {.file = file, .model = model, .run = run};
    bool found = false;

    p.reader.model = model;
    p.reader.file = mlg_names_add(&model->files, file->name, strlen(file->name));
    if (p.reader.file < 0) {
        FAIL(err, MLG_ENOMEM, "out of memory for the name of %s", file->name);
    }
    const mlg_opening opening = {.path = file->path,
                                 .file = p.reader.file,
                                 .model = model,
                                 .options = options,
                                 .limits = MLG_LIMITS_INIT,
                                 .known = count_known,
                                 .context = file};
    TRY(mlg_csv_open(&opening, &p.source, err));
    if (!p.source->refused) {
        TRY(mlg_header_find(p.source, file, model, p.reader.file, &p.header, &found, err));
    }
    if (found) {
        TRY(read_rows(&p, err));
        TRY(add_facts(&p, err));
    }
out:
    if (p.source != NULL) {
        p.source->close(p.source);
    }
    mlg_buffer_free(&p.key);
    mlg_header_free(&p.header);
    mlg_reader_free(&p.reader);
    return status;
}

mlg_status mlg_table_guess(const char *path, int *table, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_plan plan = {.table = MLG_ACTORS};
    mlg_table_file file = {.name = "", .path = path, .plans = &plan, .n_plans = 1, .guess = true};
    mlg_source *source = NULL;
    mlg_model *scratch = NULL; /* what is wrong with a file that is not read is not told */
    mlg_header header = {0};
    bool found = false;

    *table = -1;
    TRY(mlg_model_new(&scratch, err));
    const mlg_opening opening = {.path = path,
                                 .file = mlg_names_add(&scratch->files, "", 0),
                                 .model = scratch,
                                 .limits = MLG_LIMITS_INIT,
                                 .known = count_known,
                                 .context = &file};
    TRY(mlg_csv_open(&opening, &source, err));
    if (!source->refused) {
        TRY(mlg_header_find(source, &file, scratch, opening.file, &header, &found, err));
        *table = found ? (int) plan.table : -1;
    }
out:
    if (source != NULL) {
        source->close(source);
    }
    mlg_header_free(&header);
    mlg_plan_free(&plan);
    mlg_model_free(scratch);
    return status;
}

void mlg_table_free(mlg_table_file *file)
{
    for (size_t i = 0; i < file->n_plans; i++) {
        mlg_plan_free(&file->plans[i]);
    }
    mlg_free(file->plans);
    *file = (mlg_table_file){0};
}
