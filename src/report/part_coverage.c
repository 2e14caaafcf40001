/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "measure/pair_shares.h"
#include "measure/perimeters.h"
#include "report/section_territories.h"

/* What covers the territory, where nothing on record does, and both side by side. */

enum {
    UNCOVERED_SHOWN = 12,
    UNCOVERED_OPEN = 6,
    COVERED_OPEN = 10,
    SIDES_SHOWN = 20,
    SIDES_OPEN = 8
};

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

static const char ID[] = "scale.coverage", BY[] = "scale.coverage_by";

/* The questions that a place may be asked, with the list of those where the answer is nothing. */
static const struct {
    const char *covered, *uncovered;
    mlg_text_key what, without;
} asked[] = {
    {"schemes", "not_schemes", T_covers_schemes, T_without_schemes},
    {"activities", "not_activities", T_covers_activities, T_without_activities},
    {"sites", "not_sites", T_covers_sites, T_without_sites},
    {"referents", NULL, T_covers_referents, T_none}, /* referents have a table of their own */
};

/* ---- what covers ---------------------------------------------------------------------------- */

static mlg_cell code_cell(mlg_document *document, mlg_list_id list, int32_t code, mlg_text_key said)
{
    const mlg_results *results = document->results;
    char label[128];
    const mlg_arg word = mlg_arg_text(
        mlg_code_label(results->model, list, code, results->labels.language, label, sizeof label));
    mlg_buffer text = {0};

    if (said == T_none) {
        return mlg_cell_of(mlg_arg_text(mlg_doc_text(document, word.text)));
    }
    mlg_text_render(&text, results->labels.language, said, &word, 1);
    const mlg_cell cell =
        mlg_cell_of(mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&text))));
    document->failed = document->failed || text.failed;
    mlg_buffer_free(&text);
    return cell;
}

/* Code of a list by its text, or -1. */
static int32_t code_of(const mlg_model *model, mlg_list_id list, const char *text, size_t length)
{
    for (int32_t code = 0; code < mlg_code_count(model, list); code++) {
        const char *here = mlg_code_text(model, list, code);
        if (strlen(here) == length && memcmp(here, text, length) == 0) {
            return code;
        }
    }
    return -1;
}

/* One of the four questions, a kind of scheme by its label, or a kind of perimeter. */
static mlg_cell covering(mlg_document *document, const char *convention)
{
    static const char perimeters[] = "perimeters:";
    const mlg_model *model = document->results->model;

    for (size_t i = 0; i < COLUMNS(asked); i++) {
        if (strcmp(convention, asked[i].covered) == 0) {
            return mlg_section_key(asked[i].what);
        }
    }
    if (strncmp(convention, perimeters, sizeof perimeters - 1) == 0) {
        const char *scale = convention + sizeof perimeters - 1;
        return code_cell(document, MLG_V_scale, code_of(model, MLG_V_scale, scale, strlen(scale)),
                         T_covers_perimeters);
    }
    const int32_t kind = code_of(model, MLG_V_scheme_kind, convention, strlen(convention));
    return kind >= 0 ? code_cell(document, MLG_V_scheme_kind, kind, T_none)
                     : mlg_cell_code(convention);
}

/* May more residents be covered than are? By more than a whole percent tells. */
static bool is_open(const mlg_value *value)
{
    return mlg_whole_percents(mlg_section_part(value, "population", 0)) <
           mlg_whole_percents(mlg_section_part(value, "population_high", 0));
}

/* The share of known residents; where some are not known, that stands under it. */
static mlg_cell people_cell(mlg_document *document, const mlg_value *value)
{
    const double share = mlg_section_part(value, "population", 0);
    const mlg_arg unknown = mlg_arg_count(mlg_section_part(value, "population_unknown", 0));
    const double units = mlg_section_part(value, "covered", 0);
    const bool all = mlg_section_number(value, MLG_VALUE, 0) >= 1.0;
    mlg_cell cell = is_open(value) ? mlg_range_cell(document, share,
                                                    mlg_section_part(value, "population_high", 0),
                                                    mlg_range_share)
                                   : mlg_section_share(share);

    if (isnan(share)) {
        return mlg_cell_number(mlg_arg_share(share, 0),
                               isnan(units) ? value->undefined : T_why_people_unknown);
    }
    if (unknown.number > 0.0 && units > 0.0 && !all) { /* none and all are so of everybody */
        mlg_buffer small = {0};
        mlg_text_render(&small, document->results->labels.language, T_people_unknown_in, &unknown,
                        1);
        cell.small = mlg_doc_text(document, mlg_buffer_string(&small));
        document->failed = document->failed || small.failed;
        mlg_buffer_free(&small);
    }
    return cell;
}

static void covered_row(mlg_document *document, mlg_table *table, const mlg_value *value)
{
    static const char *const parts[] = {"covered", "units"};

    mlg_doc_cell(document, table, covering(document, value->convention));
    for (size_t p = 0; p < COLUMNS(parts); p++) {
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(value, parts[p], 0)));
    }
    mlg_doc_cell(document, table, people_cell(document, value));
    mlg_doc_cell(document, table, mlg_section_share(mlg_section_part(value, "population", 0)));
    mlg_doc_cell(document, table, mlg_section_share(mlg_section_part(value, "population_high", 0)));
    mlg_doc_cell(document, table,
                 mlg_section_count(mlg_section_part(value, "population_unknown", 0)));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(value, "rows", 0)));
    mlg_doc_cell(document, table, mlg_section_share(mlg_section_part(value, "completeness", 0)));
}

static void covered(mlg_document *document)
{
    const mlg_values *values = document->results->values;
    const bool communes = mlg_section_in_communes(document->results);
    const mlg_heading heads[] = {
        mlg_head("by", T_head_covered_by),
        mlg_head("units", communes ? T_head_communes_covered : T_head_units_covered),
        mlg_head("of", communes ? T_head_communes : T_head_units),
        {"people", mlg_arg_key(T_head_people_covered), MLG_PAGE_ONLY},
        mlg_head_file("population"),
        mlg_head_file("population_high"),
        mlg_head_file("population_unknown"),
        mlg_head("rows", T_head_rows),
        mlg_head("completeness", T_head_placed),
    };
    mlg_table *table = NULL;

    for (size_t i = 0; i < values->n; i++) {
        const mlg_value *value = &values->items[i];
        if (strcmp(value->measure->id, ID) != 0 || value->shape != MLG_SCALAR ||
            !(mlg_section_part(value, "rows", 0) > 0.0)) {
            continue;
        }
        if (table == NULL) {
            table = mlg_doc_table(document, "covered", mlg_sentence_of(T_table_covered, NULL, 0),
                                  heads, COLUMNS(heads));
            table->note = mlg_sentence_of(T_table_covered_note, NULL, 0);
            table->open_rows = COVERED_OPEN;
        }
        covered_row(document, table, value);
        if (is_open(value)) {
            table->note = mlg_sentence_of(T_table_covered_note_open, NULL, 0);
        }
    }
    if (table == NULL) {
        mlg_section_lacks(document, ID,
                          mlg_section_value(document->results, ID, -1, MLG_SCALAR, NULL));
    }
}

/* ---- where nothing does -----------------------------------------------------------------------
 */

/* What is known of the places of a list. */
typedef struct whereabouts {
    mlg_perimeters perimeters;
    mlg_id *epci, *departement; /* [n_units] the perimeter of that scale, or -1 */
    unsigned *without;          /* [n_units] bit q: of question q */
} whereabouts;

/* "epci", and the codes of official tables for its sorts: "epci_cc", "epci_ca" ... */
static bool is_epci(const char *scale)
{
    return strncmp(scale, "epci", 4) == 0 && (scale[4] == '\0' || scale[4] == '_');
}

static bool is_departement(const char *scale)
{
    return strcmp(scale, "departement") == 0;
}

static void find_perimeter(const mlg_model *model, const mlg_perimeters *perimeters,
                           bool (*wanted)(const char *scale), mlg_id *of)
{
    const mlg_csr *covers = &perimeters->covers;

    for (int32_t unit = 0; unit < perimeters->n_units; unit++) {
        of[unit] = -1;
    }
    for (int32_t p = 0; p < perimeters->n; p++) {
        const mlg_id territory = perimeters->territory[p];
        if (model->is_unit[territory] ||
            !wanted(mlg_code_text(model, MLG_V_scale, perimeters->scale[p]))) {
            continue;
        }
        for (uint32_t i = covers->offset[p]; i < covers->offset[p + 1]; i++) {
            mlg_id *here = &of[covers->target[i]];
            *here = *here < 0 ? territory : *here;
        }
    }
}

static mlg_status open_whereabouts(const mlg_model *model, whereabouts *w, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(mlg_perimeters_of(model, &w->perimeters, err));
    const size_t n = (size_t) w->perimeters.n_units;
    w->epci = mlg_alloc(n, sizeof *w->epci);
    w->departement = mlg_alloc(n, sizeof *w->departement);
    w->without = mlg_zalloc(n, sizeof *w->without);
    TRY_ALLOC(err, w->epci);
    TRY_ALLOC(err, w->departement);
    TRY_ALLOC(err, w->without);
    find_perimeter(model, &w->perimeters, is_epci, w->epci);
    find_perimeter(model, &w->perimeters, is_departement, w->departement);
out:
    return status;
}

static void close_whereabouts(whereabouts *w)
{
    mlg_free(w->epci);
    mlg_free(w->departement);
    mlg_free(w->without);
    mlg_perimeters_free(&w->perimeters);
}

/* Where no unit at all is covered, the rows speak of places of another scale: no list. */
static bool has_list(const mlg_results *results, size_t q)
{
    const mlg_value *share = mlg_section_value(results, ID, -1, MLG_SCALAR, asked[q].covered);
    return asked[q].uncovered != NULL && mlg_section_part(share, "covered", 0) > 0.0;
}

/* Marks what each place is without; answers how many are without anything. */
static size_t mark(const mlg_results *results, whereabouts *w)
{
    size_t n = 0;
    for (size_t q = 0; q < COLUMNS(asked); q++) {
        const mlg_value *list =
            has_list(results, q)
                ? mlg_section_value(results, ID, -1, MLG_VECTOR, asked[q].uncovered)
                : NULL;
        for (size_t row = 0; list != NULL && row < list->n; row++) {
            const int32_t unit = w->perimeters.unit_of[list->subject[row]];
            n += w->without[unit] == 0;
            w->without[unit] |= 1u << q;
        }
    }
    return n;
}

static mlg_cell without_cell(mlg_document *document, unsigned without)
{
    mlg_buffer words = {0};
    for (size_t q = 0; q < COLUMNS(asked); q++) {
        if ((without & 1u << q) != 0) {
            mlg_buffer_text(&words, words.length > 0 ? " · " : "");
            mlg_buffer_text(&words, mlg_text(document->results->labels.language, asked[q].without));
        }
    }
    const mlg_cell cell =
        mlg_cell_of(mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&words))));
    document->failed = document->failed || words.failed;
    mlg_buffer_free(&words);
    return cell;
}

static mlg_cell place_cell(mlg_id territory)
{
    return territory >= 0 ? mlg_section_label(MLG_SCOPE_TERRITORY, territory)
                          : mlg_section_key(T_unknown);
}

static void uncovered_row(mlg_document *document, mlg_table *table, const whereabouts *w,
                          int32_t unit)
{
    const mlg_results *results = document->results;
    const mlg_id territory = w->perimeters.unit[unit];

    mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_TERRITORY, territory));
    mlg_doc_cell(document, table,
                 mlg_cell_code(mlg_names_text(&results->model->territories, territory)));
    mlg_doc_cell(document, table, mlg_section_count(w->perimeters.population[unit]));
    mlg_doc_cell(document, table, place_cell(w->epci[unit]));
    mlg_doc_cell(document, table, place_cell(w->departement[unit]));
    mlg_doc_cell(document, table, without_cell(document, w->without[unit]));
    for (size_t q = 0; q < COLUMNS(asked); q++) {
        if (asked[q].uncovered != NULL) {
            mlg_doc_cell(document, table,
                         has_list(results, q) ? mlg_section_count((w->without[unit] & 1u << q) != 0)
                                              : mlg_cell_empty());
        }
    }
}

static void uncovered_table(mlg_document *document, const whereabouts *w)
{
    const mlg_heading heads[] = {
        mlg_head("unit", mlg_section_in_communes(document->results) ? T_head_commune : T_head_unit),
        mlg_head_file("code"),
        mlg_head("population", T_head_population),
        mlg_head("epci", T_head_epci),
        mlg_head("departement", T_head_departement),
        mlg_head("without", T_head_without),
        mlg_head_file("no_scheme"),
        mlg_head_file("no_activity"),
        mlg_head_file("no_site"),
    };
    const size_t *order =
        mlg_section_order(document, w->perimeters.population, NULL, (size_t) w->perimeters.n_units);
    mlg_table *table = mlg_doc_table(
        document, "uncovered", mlg_sentence_of(T_table_uncovered, NULL, 0), heads, COLUMNS(heads));
    table->note = mlg_sentence_of(T_table_uncovered_note, NULL, 0);
    table->page_rows = UNCOVERED_SHOWN;
    table->open_rows = UNCOVERED_OPEN;
    for (int32_t i = 0; order != NULL && i < w->perimeters.n_units; i++) {
        if (w->without[order[i]] != 0) {
            uncovered_row(document, table, w, (int32_t) order[i]);
        }
    }
}

static void uncovered(mlg_document *document)
{
    whereabouts w = {0};
    mlg_error why = {MLG_OK, ""};
    const mlg_status status = open_whereabouts(document->results->model, &w, &why);

    if (status != MLG_OK) {
        mlg_doc_fail(document, status, &why);
    } else if (mark(document->results, &w) > 0) {
        uncovered_table(document, &w);
    }
    close_whereabouts(&w);
}

/* ---- side by side ------------------------------------------------------------------------------
 */

/* "departement:sites": the question, or NULL when it is of another scale. */
static const char *question_of(const mlg_value *value, const char *scale)
{
    const size_t length = strlen(scale);
    return strcmp(value->measure->id, BY) == 0 && value->shape == MLG_VECTOR &&
                   strncmp(value->convention, scale, length) == 0 &&
                   value->convention[length] == ':'
               ? value->convention + length + 1
               : NULL;
}

/* The question of a word; the last one where it is none of them. */
static size_t asked_of(const char *question)
{
    size_t q = 0;
    while (q + 1 < COLUMNS(asked) && strcmp(asked[q].covered, question) != 0) {
        q++;
    }
    return q;
}

static void side_row(mlg_document *document, mlg_table *table, const mlg_value *value, size_t row,
                     mlg_cell kind)
{
    static const char *const parts[] = {"population_unknown", "population_without_low",
                                        "population_without_high", "population_low",
                                        "population_high"};
    const double people = mlg_section_part(value, "population", row);
    const double left = mlg_section_part(value, "population_without", row);
    const char *question = strrchr(value->convention, ':') + 1;
    const double units = mlg_section_part(value, "units", row);
    const double covered_units = mlg_section_part(value, "covered", row);

    mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_TERRITORY, value->subject[row]));
    mlg_doc_cell(document, table, mlg_territory_code_cell(document, value->subject[row]));
    mlg_doc_cell(document, table, kind);
    mlg_doc_cell(document, table, mlg_section_key(asked[asked_of(question)].what));
    mlg_doc_cell(document, table, mlg_section_count(covered_units));
    mlg_doc_cell(document, table, mlg_section_count(units));
    mlg_doc_cell(document, table, mlg_section_share(mlg_section_number(value, MLG_VALUE, row)));
    mlg_doc_cell(document, table, mlg_section_count(left));
    mlg_doc_cell(document, table, mlg_section_count(people));
    for (size_t p = 0; p < COLUMNS(parts); p++) {
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(value, parts[p], row)));
    }
}

static mlg_table *sides_table(mlg_document *document, const char *id, mlg_sentence caption)
{
    const bool communes = mlg_section_in_communes(document->results);
    const mlg_heading heads[] = {
        mlg_head("perimeter", T_head_perimeter),
        mlg_head_file("code"),
        mlg_head_file("scale"),
        mlg_head("by", T_head_covered_by),
        mlg_head("units", communes ? T_head_communes_covered : T_head_units_covered),
        mlg_head("of", communes ? T_head_communes : T_head_units),
        mlg_head("share", T_head_share_lost),
        mlg_head("population_without", T_head_people_left),
        mlg_head("population", T_head_population),
        mlg_head_file("population_unknown"),
        mlg_head_file("population_without_low"),
        mlg_head_file("population_without_high"),
        mlg_head_file("population_low"),
        mlg_head_file("population_high"),
    };
    return mlg_doc_table(document, id, caption, heads, COLUMNS(heads));
}

static void one_side(mlg_document *document, mlg_table *table, const mlg_value *value,
                     mlg_cell kind)
{
    const size_t *order =
        mlg_section_order(document, mlg_value_part_find(value, "population_without"),
                          mlg_value_part_find(value, "units"), value->n);
    for (size_t i = 0; order != NULL && i < value->n; i++) {
        side_row(document, table, value, order[i], kind);
    }
}

/* Is any place of the list without? Else the table above has said it. */
static bool has_without(const mlg_value *value)
{
    bool any = false;
    for (size_t row = 0; row < value->n && !any; row++) {
        any = mlg_section_number(value, MLG_VALUE, row) < 1.0;
    }
    return any;
}

/* The questions of one scale that leave somebody without: the same perimeters in the same order. */
typedef struct sides {
    const mlg_value *of[COLUMNS(asked)];
    size_t n;
} sides;

static sides sides_of(const mlg_results *results, const char *scale)
{
    sides found = {.n = 0};
    for (size_t i = 0; i < results->values->n && found.n < COLUMNS(found.of); i++) {
        const mlg_value *value = &results->values->items[i];
        if (question_of(value, scale) != NULL && value->undefined == T_none && has_without(value)) {
            found.of[found.n++] = value;
        }
    }
    return found;
}

/* Those with most residents without, over all questions, first. */
static const size_t *order_of(mlg_document *document, const sides *of)
{
    double *left = mlg_arena_alloc(&document->arena, of->of[0]->n * sizeof *left + 1);
    for (size_t row = 0; left != NULL && row < of->of[0]->n; row++) {
        left[row] = 0.0;
        for (size_t q = 0; q < of->n; q++) {
            const double here = mlg_section_part(of->of[q], "population_without_high", row);
            left[row] += isnan(here) ? 0.0 : here;
        }
    }
    document->failed = document->failed || left == NULL;
    return left != NULL ? mlg_section_order(document, left, mlg_value_part_find(of->of[0], "units"),
                                            of->of[0]->n)
                        : NULL;
}

/* "Residents without: a scheme". */
static mlg_arg left_head(mlg_document *document, mlg_text_key what)
{
    const mlg_language language = document->results->labels.language;
    mlg_buffer words = {0};
    mlg_buffer_text(&words, mlg_text(language, T_head_people_left));
    mlg_buffer_text(&words, " ");
    mlg_buffer_text(&words, mlg_text(language, what));
    const mlg_arg head = mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&words)));
    document->failed = document->failed || words.failed;
    mlg_buffer_free(&words);
    return head;
}

static mlg_cell people_range(mlg_document *document, const mlg_value *value, const char *low,
                             const char *high, size_t row)
{
    const double least = mlg_section_part(value, low, row);
    const double most = mlg_section_part(value, high, row);
    return least < most
               ? mlg_range_cell(document, floor(least + 0.5), floor(most + 0.5), mlg_arg_count)
               : mlg_section_count(most);
}

static void page_rows(mlg_document *document, mlg_table *table, const sides *of,
                      const size_t *order)
{
    for (size_t i = 0; order != NULL && i < of->of[0]->n; i++) {
        const size_t row = order[i];
        mlg_doc_cell(document, table,
                     mlg_section_label(MLG_SCOPE_TERRITORY, of->of[0]->subject[row]));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(of->of[0], "units", row)));
        mlg_doc_cell(document, table,
                     people_range(document, of->of[0], "population_low", "population_high", row));
        for (size_t q = 0; q < of->n; q++) {
            mlg_doc_cell(document, table,
                         mlg_section_share(mlg_section_number(of->of[q], MLG_VALUE, row)));
            mlg_doc_cell(document, table,
                         people_range(document, of->of[q], "population_without_low",
                                      "population_without_high", row));
        }
    }
}

/* A perimeter a row, two columns a question. */
static void page_sides(mlg_document *document, const char *scale)
{
    enum { BEFORE = 3 };
    static const char *const names[COLUMNS(asked)][2] = {
        {"a", "a_without"}, {"b", "b_without"}, {"c", "c_without"}, {"d", "d_without"}};
    const mlg_results *results = document->results;
    const sides of = sides_of(results, scale);
    const bool communes = mlg_section_in_communes(results);
    mlg_heading heads[BEFORE + 2 * COLUMNS(asked)] = {
        mlg_head("perimeter", T_head_perimeter),
        mlg_head("units", communes ? T_head_communes : T_head_units),
        mlg_head("population", T_head_population),
    };

    if (of.n == 0) {
        return;
    }
    for (size_t q = 0; q < of.n; q++) {
        const size_t which = asked_of(question_of(of.of[q], scale));
        const mlg_text_key without = asked[which].without;
        heads[BEFORE + 2 * q] = mlg_head(names[q][0], asked[which].what);
        heads[BEFORE + 2 * q + 1] = (mlg_heading){
            names[q][1],
            left_head(document, without != T_none ? without : asked[which].what),
            MLG_EVERYWHERE,
        };
    }
    const mlg_cell kind = code_cell(
        document, MLG_V_scale, code_of(results->model, MLG_V_scale, scale, strlen(scale)), T_none);
    const size_t *order = order_of(document, &of);
    mlg_table *table =
        mlg_doc_table(document, NULL, mlg_sentence_of(T_table_coverage_by, &kind.arg, 1), heads,
                      BEFORE + 2 * of.n);
    table->note = mlg_sentence_of(T_table_coverage_by_note, NULL, 0);
    table->page_rows = SIDES_SHOWN;
    table->open_rows = SIDES_OPEN;
    page_rows(document, table, &of, order);
}

/* All scales stand in the file; the page has departments, and bodies of municipalities. */
static void side_by_side(mlg_document *document)
{
    const mlg_model *model = document->results->model;
    const mlg_values *values = document->results->values;
    mlg_table *table = NULL;

    for (int pass = 0; pass < 2; pass++) { /* departments first */
        for (int32_t scale = 0; scale < mlg_code_count(model, MLG_V_scale); scale++) {
            const char *text = mlg_code_text(model, MLG_V_scale, scale);
            if (pass == 0 ? is_departement(text) : is_epci(text)) {
                page_sides(document, text);
            }
        }
    }
    for (size_t i = 0; i < values->n; i++) {
        const mlg_value *value = &values->items[i];
        const char *end = strrchr(value->convention, ':');
        if (strcmp(value->measure->id, BY) != 0 || value->undefined != T_none || end == NULL) {
            continue;
        }
        if (table == NULL) {
            table = sides_table(document, "coverage_by",
                                mlg_sentence_of(T_table_coverage_by_note, NULL, 0));
            table->page_rows = 0;
        }
        const char *scale =
            mlg_code_text(document->results->model, MLG_V_scale,
                          code_of(document->results->model, MLG_V_scale, value->convention,
                                  (size_t) (end - value->convention)));
        one_side(document, table, value, mlg_cell_code(scale));
    }
}

void mlg_part_coverage(mlg_document *document)
{
    covered(document);
    if (document->results->model != NULL) {
        uncovered(document);
        side_by_side(document);
    }
}
