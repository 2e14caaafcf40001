/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "measure/cover.h"
#include "measure/scheme_set.h"
#include "measure/tenure.h"

/* Schemes: who carries and coordinates them, at which levels, for what, paid by whom; and
 * whether residents sit where it is decided. What is not recorded is unknown, never absent. */

enum { ROWS_SHOWN = 12, FUNDERS_SHOWN = 8 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

/* A value of the study, undefined ones too: their parts still count. */
static const mlg_value *value_of(const mlg_document *document, const char *id, mlg_shape shape,
                                 const char *convention)
{
    return mlg_section_value(document->results, id, -1, shape, convention);
}

/* Row of a subject in a list, or n when it is not there. */
static size_t row_of(const mlg_value *value, mlg_id subject)
{
    size_t row = 0;
    while (value != NULL && row < value->n && value->subject[row] != subject) {
        row++;
    }
    return row;
}

/* ---- the schemes -------------------------------------------------------------------------- */

static mlg_cell kind_cell(mlg_document *document, int32_t row)
{
    const mlg_model *model = document->results->model;
    const int32_t kind = row >= 0 ? mlg_get_id(model, C_schemes_kind, row) : -1;
    char label[128];
    if (kind < 0) {
        return mlg_section_key(T_unknown);
    }
    const char *text = mlg_code_label(model, MLG_V_scheme_kind, kind,
                                      document->results->labels.language, label, sizeof label);
    return mlg_cell_of(mlg_arg_text(mlg_doc_text(document, text)));
}

static mlg_cell carriers_cell(mlg_document *document, int32_t row)
{
    const mlg_results *results = document->results;
    size_t n = 0;
    const mlg_id *carriers =
        row >= 0 ? mlg_get_list(results->model, C_schemes_carrier, row, &n) : NULL;
    mlg_buffer text = {0};

    if (n == 0) {
        return mlg_section_key(T_unknown);
    }
    for (size_t i = 0; i < n; i++) {
        mlg_buffer_text(&text, i > 0 ? ", " : "");
        mlg_say_label(&text, results, results->labels.language, MLG_SCOPE_ACTOR, carriers[i]);
    }
    const mlg_cell cell =
        mlg_cell_of(mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&text))));
    document->failed = document->failed || text.failed;
    mlg_buffer_free(&text);
    return cell;
}

static mlg_cell end_cell(const mlg_model *model, int32_t row)
{
    const int32_t last = row >= 0 ? mlg_get_span(model, C_schemes_end, row).last : MLG_EVER_LAST;
    return last == MLG_EVER_LAST || last == MLG_EVER_FIRST ? mlg_section_key(T_unknown)
                                                           : mlg_cell_of(mlg_arg_date(last));
}

/* Known by name; none on record is not known, unless the posts are said to be vacant. */
static mlg_cell coordinators_cell(const mlg_scheme *scheme)
{
    if (scheme->named > 0) {
        return mlg_section_count(scheme->named);
    }
    return mlg_section_key(scheme->unnamed == 0 && scheme->vacant > 0 ? T_vacant : T_unknown);
}

static bool holds_for(const mlg_model *model, int32_t row, mlg_id scheme)
{
    size_t n = 0;
    const mlg_id *schemes = mlg_get_list(model, C_posts_scheme, row, &n);
    bool names = false;
    for (size_t i = 0; i < n && !names; i++) {
        names = schemes[i] == scheme;
    }
    return names && mlg_get_id(model, C_posts_person, row) != MLG_VACANT &&
           mlg_holds_at_date(model, MLG_POSTS, row);
}

/* Different posts that somebody holds for it, whatever the role; NaN without posts.csv. */
static double posts_held(const mlg_model *model, mlg_id scheme)
{
    double held = model->rows[MLG_POSTS].n > 0 ? 0.0 : NAN;
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        bool first = holds_for(model, row, scheme);
        for (int32_t other = 0; other < row && first; other++) {
            first = mlg_get_id(model, C_posts_id, other) != mlg_get_id(model, C_posts_id, row) ||
                    !holds_for(model, other, scheme);
        }
        held += first;
    }
    return held;
}

/* What is known of their time: unknown is not none. */
static mlg_cell fte_cell(mlg_document *document, mlg_id scheme)
{
    const mlg_value *time = mlg_section_value(document->results, "depend.fte_per_scheme", -1,
                                              MLG_VECTOR, "coordination");
    const double fte = mlg_section_part(time, "all_roles", row_of(time, scheme));
    return isnan(fte) ? mlg_section_key(T_unknown)
                      : mlg_cell_of(mlg_arg_number(fte, fte == floor(fte) ? 0 : 2));
}

static mlg_cell trio_cell(const mlg_value *trios, mlg_id scheme)
{
    const size_t row = row_of(trios, scheme);
    const double value = mlg_section_number(trios, MLG_VALUE, row);
    return mlg_section_key(isnan(value)                                     ? T_unknown
                           : value > 0.0                                    ? T_trio_closed
                           : mlg_section_part(trios, "complete", row) > 0.0 ? T_trio_open
                                                                            : T_trio_vacant);
}

static void scheme_row(mlg_document *document, mlg_table *table, const mlg_scheme *scheme)
{
    const mlg_model *model = document->results->model;
    const int32_t row = model->party_scheme_row[scheme->id];
    const mlg_value *levels = value_of(document, "scheme.levels", MLG_VECTOR, NULL);
    const mlg_value *trios = value_of(document, "scheme.triptych", MLG_VECTOR, NULL);
    const mlg_value *funders = value_of(document, "scheme.funding", MLG_VECTOR, "of_schemes");
    const mlg_value *ending = value_of(document, "scheme.expiring", MLG_VECTOR, NULL);
    const size_t at = row_of(levels, scheme->id), post = row_of(ending, scheme->id);

    mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_SCHEME, scheme->id));
    mlg_doc_cell(document, table, kind_cell(document, row));
    mlg_doc_cell(document, table, carriers_cell(document, row));
    mlg_doc_cell(document, table, coordinators_cell(scheme));
    mlg_doc_cell(document, table, trio_cell(trios, scheme->id));
    mlg_doc_cell(document, table, mlg_section_cell(levels, MLG_VALUE, at));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(levels, "clinical", at)));
    mlg_doc_cell(document, table,
                 mlg_section_count(mlg_section_part(levels, "organisational", at)));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(levels, "strategic", at)));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(levels, "bridging", at)));
    mlg_doc_cell(
        document, table,
        mlg_section_count(mlg_section_number(funders, MLG_VALUE, row_of(funders, scheme->id))));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(ending, "ending", post)));
    mlg_doc_cell(document, table, mlg_section_count(posts_held(model, scheme->id)));
    mlg_doc_cell(document, table, fte_cell(document, scheme->id));
    mlg_doc_cell(document, table, end_cell(model, row));
}

/* Where the study has a territory of its own, schemes whose place is not known come after those
 * that are known to reach into it. */
static mlg_status scheme_rows(mlg_document *document, mlg_table *table, const mlg_scheme_set *set,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = document->results->model;
    mlg_perimeters perimeters = {0};

    TRY(mlg_perimeters_of(model, &perimeters, err));
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < set->n; i++) {
            const int32_t row = model->party_scheme_row[set->items[i].id];
            const mlg_id territory = row >= 0 ? mlg_get_id(model, C_schemes_territory, row) : -1;
            const bool first = model->own < 0 || mlg_is_placed(model, &perimeters, territory);
            if (first == (pass == 0)) {
                scheme_row(document, table, &set->items[i]);
            }
        }
    }
out:
    mlg_perimeters_free(&perimeters);
    return status;
}

static void schemes_table(mlg_document *document)
{
    mlg_scheme_set set = {0};
    mlg_error err = {MLG_OK, ""};
    const bool posts = document->results->model->rows[MLG_POSTS].n > 0;
    const mlg_column_use of_posts = posts ? MLG_EVERYWHERE : MLG_FILE_ONLY;
    const mlg_heading heads[] = {
        mlg_head("scheme", T_head_scheme),
        mlg_head("kind", T_head_scheme_kind),
        mlg_head("carriers", T_head_carriers),
        mlg_head("coordinators", T_head_coordinators),
        mlg_head("trio", T_head_trio),
        mlg_head("levels", T_head_levels),
        mlg_head_file("clinical"),
        mlg_head_file("organisational"),
        mlg_head_file("strategic"),
        mlg_head_file("bridging_actors"),
        mlg_head("funders", T_head_funders),
        mlg_head_file("posts_ending"),
        {"posts_held", mlg_arg_key(T_head_posts_held), of_posts},
        {"fte_all_roles", mlg_arg_key(T_head_scheme_fte), of_posts},
        mlg_head("end", T_head_scheme_end),
    };
    const mlg_status status = mlg_schemes_of(document->results->model, &set, &err);

    if (status != MLG_OK) {
        mlg_doc_fail(document, status, &err);
        return;
    }
    if (set.n > 0) {
        mlg_table *table = mlg_doc_table(
            document, "schemes", mlg_sentence_of(T_table_schemes, NULL, 0), heads, COLUMNS(heads));
        table->page_rows = ROWS_SHOWN;
        table->note = mlg_sentence_of(T_table_schemes_note, NULL, 0);
        const mlg_status rows = scheme_rows(document, table, &set, &err);
        if (rows != MLG_OK) {
            mlg_doc_fail(document, rows, &err);
        }
    }
    mlg_schemes_free(&set);
}

/* What schemes lose within a year, when the study has a date. */
static void endings(mlg_document *document)
{
    const mlg_value *all = value_of(document, "scheme.expiring", MLG_SCALAR, "all_posts");
    const mlg_arg args[] = {
        mlg_arg_count(mlg_section_part(all, "ending", 0)),
        mlg_arg_count(mlg_section_part(all, "held", 0)),
        mlg_arg_count(mlg_section_part(all, "end_known", 0)),
        mlg_arg_count(mlg_section_part(all, "schemes_losing_coordination", 0)),
        mlg_arg_count(mlg_section_part(all, "schemes_coordinated", 0)),
    };
    if (all != NULL && all->undefined == T_none) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                      !(args[2].number > 0.0) ? T_schemes_ends_unknown
                      : args[4].number > 0.0  ? T_schemes_ending
                                              : T_schemes_ending_alone,
                      args, COLUMNS(args));
    }
}

/* What ties, agreements and coordinations lose, where an end of one is known. */
static void ties_ending(mlg_document *document)
{
    static const struct {
        const char *within_12, *within_24;
        mlg_text_key text;
    } of[] = {
        {"ties_12", "ties_24", T_schemes_ties_ending},
        {"agreements_12", "agreements_24", T_schemes_agreements_ending},
        {"coordinations_12", "coordinations_24", T_schemes_coordinations_ending},
    };
    for (size_t i = 0; i < COLUMNS(of); i++) {
        static const char id[] = "scheme.ties_ending";
        const mlg_value *soon = value_of(document, id, MLG_SCALAR, of[i].within_12);
        const mlg_value *later = value_of(document, id, MLG_SCALAR, of[i].within_24);
        const mlg_arg args[] = {mlg_arg_count(mlg_section_part(soon, "ending", 0)),
                                mlg_arg_count(mlg_section_part(soon, "end_known", 0)),
                                mlg_arg_count(mlg_section_part(later, "ending", 0)),
                                mlg_arg_count(mlg_section_part(soon, "end_unknown", 0))};
        if (soon != NULL && soon->undefined == T_none) {
            mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, of[i].text, args, COLUMNS(args));
        }
    }
}

/* Who joins the levels. */
static void bridged(mlg_document *document)
{
    const mlg_value *value = value_of(document, "scheme.levels", MLG_SCALAR, "one_person");
    const mlg_arg args[] = {mlg_arg_count(mlg_section_part(value, "bridging", 0)),
                            mlg_arg_count(mlg_section_part(value, "by_one", 0)),
                            mlg_arg_count(mlg_section_part(value, "by_several", 0)),
                            mlg_arg_count(mlg_section_part(value, "unnamed", 0))};
    if (args[0].number > 0.0) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_schemes_bridged, args, COLUMNS(args));
    }
}

/* ---- determinants -------------------------------------------------------------------------- */

static const struct {
    const char *part;
    mlg_text_key title;
} fields[] = {{"health_system", T_field_health_system},
              {"living_environment", T_field_living_environment},
              {"habits", T_field_habits}};

static void determinant_rows(mlg_document *document, mlg_table *table, const mlg_value *value,
                             size_t row, mlg_cell scheme)
{
    const double n = mlg_section_part(value, "actions", row);
    for (size_t k = 0; k < COLUMNS(fields) && n > 0.0; k++) {
        const double here = mlg_section_part(value, fields[k].part, row);
        mlg_doc_cell(document, table, scheme);
        mlg_doc_cell(document, table, mlg_section_key(fields[k].title));
        mlg_doc_cell(document, table, mlg_cell_number(mlg_section_plain(here), T_none));
        mlg_doc_cell(document, table, mlg_cell_number(mlg_section_plain(n / 3.0), T_none));
        mlg_doc_cell(document, table, mlg_section_share(here / n));
        mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(value, MLG_P, row)));
    }
}

static void determinants(mlg_document *document)
{
    const mlg_value *all = value_of(document, "scheme.determinants", MLG_SCALAR, NULL);
    const mlg_value *each = value_of(document, "scheme.determinants", MLG_VECTOR, NULL);
    const mlg_heading heads[] = {
        mlg_head_file("scheme"),
        mlg_head("determinant", T_head_determinant),
        mlg_head("actions", T_head_actions),
        mlg_head("expected", T_head_actions_expected),
        mlg_head("share", T_head_actions_share),
        mlg_head_file("p"),
    };
    const mlg_arg args[] = {mlg_arg_count(mlg_section_part(all, "actions", 0)),
                            mlg_arg_count(mlg_section_part(all, "unknown", 0)),
                            mlg_arg_number(mlg_section_number(all, MLG_VALUE, 0), 2),
                            mlg_arg_number(mlg_section_number(all, MLG_EXPECTED, 0), 2),
                            mlg_arg_p(mlg_section_number(all, MLG_P, 0)),
                            mlg_arg_count(mlg_section_part(all, "several", 0))};

    if (all == NULL || all->undefined != T_none) {
        return;
    }
    mlg_table *table =
        mlg_doc_table(document, "determinants", mlg_sentence_of(T_table_determinants, args, 2),
                      heads, COLUMNS(heads));
    table->page_rows = COLUMNS(fields);
    table->note = mlg_sentence_of(T_table_determinants_note, args, COLUMNS(args));
    determinant_rows(document, table, all, 0, mlg_cell_code("all"));
    for (size_t row = 0; each != NULL && row < each->n; row++) {
        determinant_rows(document, table, each, row,
                         mlg_section_label(MLG_SCOPE_SCHEME, each->subject[row]));
    }
}

/* ---- residents ----------------------------------------------------------------------------- */

static void involvement_row(mlg_document *document, mlg_table *table, const char *convention,
                            mlg_text_key title)
{
    const mlg_value *value = value_of(document, "scheme.involvement", MLG_SCALAR, convention);
    if (!(mlg_section_part(value, "bodies", 0) > 0.0)) {
        return;
    }
    mlg_doc_cell(document, table, mlg_cell_code(convention));
    mlg_doc_cell(document, table, mlg_section_key(title));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(value, "bodies", 0)));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(value, "known", 0)));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(value, "with_residents", 0)));
    mlg_doc_cell(document, table, mlg_section_share(mlg_section_number(value, MLG_VALUE, 0)));
    mlg_doc_cell(document, table, mlg_section_share(mlg_section_part(value, "seat_share", 0)));
}

static void involvement(mlg_document *document)
{
    static const struct {
        const char *convention;
        mlg_text_key title;
    } rows[] = {
        {"bodies", T_bodies_all},          {"decides", T_bodies_decide},
        {"ratifies", T_bodies_ratify},     {"advises", T_bodies_advise},
        {"informs", T_bodies_inform},      {"power_unknown", T_bodies_power_unknown},
        {"strategic", T_bodies_strategic}, {"organisational", T_bodies_organisational},
        {"clinical", T_bodies_clinical},   {"level_unknown", T_bodies_level_unknown},
    };
    const mlg_heading heads[] = {
        mlg_head_file("class"),
        mlg_head("bodies_that", T_head_bodies_that),
        mlg_head("bodies", T_head_bodies),
        mlg_head("known", T_head_bodies_known),
        mlg_head("with_residents", T_head_with_residents),
        mlg_head("share", T_head_residents_share),
        mlg_head("seat_share", T_head_seat_share),
    };
    const mlg_value *all = value_of(document, "scheme.involvement", MLG_SCALAR, "bodies");

    if (!(mlg_section_part(all, "bodies", 0) > 0.0)) {
        return;
    }
    mlg_table *table =
        mlg_doc_table(document, "involvement", mlg_sentence_of(T_table_involvement, NULL, 0), heads,
                      COLUMNS(heads));
    table->plain = true;
    table->page_rows = COLUMNS(rows);
    table->note = mlg_sentence_of(T_table_involvement_note, NULL, 0);
    for (size_t i = 0; i < COLUMNS(rows); i++) {
        involvement_row(document, table, rows[i].convention, rows[i].title);
    }
}

/* Activities at concertation or beyond. */
static double beyond(const mlg_value *degree)
{
    return mlg_section_part(degree, "concerted", 0) + mlg_section_part(degree, "co_built", 0) +
           mlg_section_part(degree, "co_decided", 0);
}

/* Degrees and concentration, in words. */
static void involvement_words(mlg_document *document)
{
    const mlg_value *degree = value_of(document, "scheme.involvement", MLG_SCALAR, "degree");
    const mlg_value *few = value_of(document, "scheme.involvement", MLG_SCALAR, "top_three");
    const double consulted = mlg_section_part(degree, "consulted", 0);
    const mlg_arg degrees[] = {
        mlg_arg_count(mlg_section_part(degree, "none", 0)),
        mlg_arg_count(mlg_section_part(degree, "informed", 0)),
        mlg_arg_count(consulted),
        mlg_arg_count(beyond(degree)),
        mlg_arg_count(mlg_section_part(degree, "unknown", 0)),
    };
    const mlg_arg top[] = {
        mlg_arg_count(mlg_section_part(few, "residents", 0)),
        mlg_arg_count(mlg_section_part(few, "attendances", 0)),
        mlg_arg_share(mlg_section_number(few, MLG_VALUE, 0), 0),
    };
    const mlg_value *bodies = value_of(document, "scheme.involvement", MLG_SCALAR, "bodies");
    const mlg_arg seats[] = {
        mlg_arg_count(mlg_section_part(bodies, "seats_of_residents", 0)),
        mlg_arg_count(mlg_section_part(bodies, "seats", 0)),
        mlg_arg_share(mlg_section_part(bodies, "seat_share", 0), 0),
    };
    if (seats[1].number > 0.0) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_residents_seats, seats, COLUMNS(seats));
    }
    if (degree != NULL && degree->undefined == T_none) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_residents_degrees, degrees, 5);
    }
    if (few != NULL && few->undefined == T_none && few->caution == T_none) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_residents_few, top, 3);
    }
}

/* How far residents take part, level by level: where a level says it. */
static void degrees_table(mlg_document *document)
{
    static const struct {
        const char *convention;
        mlg_text_key title;
    } rows[] = {
        {"degree", T_bodies_all},
        {"degree_strategic", T_bodies_strategic},
        {"degree_organisational", T_bodies_organisational},
        {"degree_clinical", T_bodies_clinical},
        {"degree_level_unknown", T_bodies_level_unknown},
    };
    static const char *const parts[] = {"none", "informed", "consulted"};
    const mlg_heading heads[] = {
        mlg_head_file("class"),
        mlg_head("level", T_head_level),
        mlg_head("none", T_head_degree_none),
        mlg_head("informed", T_head_degree_informed),
        mlg_head("consulted", T_head_degree_consulted),
        mlg_head("dialogue", T_head_degree_beyond),
        mlg_head("share", T_head_residents_share),
        mlg_head("unknown", T_head_degree_unknown),
    };
    const mlg_value *all = value_of(document, "scheme.involvement", MLG_SCALAR, "degree");

    if (all == NULL || all->undefined != T_none) {
        return;
    }
    mlg_table *table = mlg_doc_table(document, "degrees", mlg_sentence_of(T_table_degrees, NULL, 0),
                                     heads, COLUMNS(heads));
    table->plain = true;
    table->page_rows = COLUMNS(rows);
    table->note = mlg_sentence_of(T_table_degrees_note, NULL, 0);
    for (size_t i = 0; i < COLUMNS(rows); i++) {
        const mlg_value *of =
            value_of(document, "scheme.involvement", MLG_SCALAR, rows[i].convention);
        if (of == NULL || of->undefined != T_none) {
            continue;
        }
        mlg_doc_cell(document, table, mlg_cell_code(rows[i].convention));
        mlg_doc_cell(document, table, mlg_section_key(rows[i].title));
        for (size_t k = 0; k < COLUMNS(parts); k++) {
            mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(of, parts[k], 0)));
        }
        mlg_doc_cell(document, table, mlg_section_count(beyond(of)));
        mlg_doc_cell(document, table, mlg_section_share(mlg_section_number(of, MLG_VALUE, 0)));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(of, "unknown", 0)));
    }
}

/* ---- funding -------------------------------------------------------------------------------- */

static void funding_rows(mlg_document *document, mlg_table *table, const char *convention,
                         mlg_text_key what)
{
    const mlg_value *value = value_of(document, "scheme.funding", MLG_VECTOR, convention);
    for (size_t row = 0; value != NULL && row < value->n; row++) {
        mlg_doc_cell(document, table, mlg_section_key(what));
        mlg_doc_cell(document, table, mlg_section_label(value->scope, value->subject[row]));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_number(value, MLG_VALUE, row)));
        mlg_doc_cell(
            document, table,
            mlg_cell_number(mlg_section_plain(mlg_section_part(value, "hhi", row)), T_none));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(value, "amount", row)));
        mlg_doc_cell(document, table,
                     mlg_cell_number(
                         mlg_arg_number(mlg_section_part(value, "median_years", row), 1), T_none));
    }
}

static void funding(mlg_document *document)
{
    static const char *const conventions[] = {"schemes", "posts", "activities"};
    const mlg_heading heads[] = {
        mlg_head("what", T_head_funded_what), mlg_head("target", T_head_funded),
        mlg_head("funders", T_head_funders),  mlg_head("hhi", T_head_hhi),
        mlg_head("amount", T_head_amount),    mlg_head("median_years", T_head_years),
    };
    mlg_arg args[6];
    double known = 0.0;

    for (size_t i = 0; i < COLUMNS(conventions); i++) {
        const mlg_value *value = value_of(document, "scheme.funding", MLG_SCALAR, conventions[i]);
        const double n = mlg_section_part(value, "known", 0);
        args[2 * i] = mlg_arg_count(n);
        args[2 * i + 1] = mlg_arg_count(mlg_section_part(value, "targets", 0));
        known += n > 0.0 ? n : 0.0;
    }
    if (known == 0.0) {
        return;
    }
    mlg_table *table = mlg_doc_table(document, "funding", mlg_sentence_of(T_table_funding, NULL, 0),
                                     heads, COLUMNS(heads));
    table->page_rows = FUNDERS_SHOWN;
    table->mixed = true;
    table->note = mlg_sentence_of(T_table_funding_note, args, 6);
    funding_rows(document, table, "of_schemes", T_funded_scheme);
    funding_rows(document, table, "of_posts", T_funded_post);
    funding_rows(document, table, "of_activities", T_funded_activity);
}

void mlg_section_schemes(mlg_document *document)
{
    schemes_table(document);
    bridged(document);
    endings(document);
    ties_ending(document);
    determinants(document);
    involvement(document);
    involvement_words(document);
    degrees_table(document);
    funding(document);
    mlg_part_governance(document);
    mlg_part_workload(document);
}
