/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "maillage/fit.h"
#include "measure/context.h"
#include "measure/pair_ranking.h"
#include "measure/perimeter_pairs.h"
#include "measure/perimeter_relation.h"
#include "measure/summary.h"

static const char *const id = "scale.relations";

/* When no more of its perimeters cross one of another kind, a kind is nested in it, and these are
 * the exceptions. */
static const double FEW_CROSS = 0.1;

/* A share of fewer perimeters than that says little. */
enum { FEWEST = 10 };

/* All pairs of one kind with another, k <= l. */
typedef struct cell {
    double relation[MLG_N_RELATIONS]; /* MLG_A_IN_B: of k in l */
    double tolerant;                  /* crossing once slivers are left out */
    double crossing_k, crossing_l;    /* perimeters of each that cross one of the other */
    double inside, out; /* k and l in any order, of k: in one of l; sticking out of one */
} cell;

/* Of those of a kind that a perimeter has something in common with, the one it has most. */
typedef struct home {
    int32_t number;       /* its number and 1; 0: there is none */
    double common;        /* inhabitants, else units */
    bool crosses, inside; /* one of that kind at least */
} home;

typedef struct survey {
    const mlg_perimeters *perimeters;
    const int32_t *unit_scale;
    const mlg_extent *whole;
    int32_t n_kinds;
    int32_t *kind;            /* [n_kinds] ascending; -1: unknown, or schemes of several kinds */
    int32_t *place;           /* [perimeters] */
    double *number;           /* [n_kinds] perimeters */
    cell *cells;              /* [n_kinds * n_kinds] */
    home *homes;              /* [perimeters * n_kinds] */
    mlg_pair_ranking ranking; /* of one list after the other */
} survey;

/* ---- kinds ------------------------------------------------------------------------- */

static int ascending(const void *left, const void *right)
{
    const int32_t a = *(const int32_t *) left, b = *(const int32_t *) right;
    return a < b ? -1 : a > b;
}

static mlg_status number_kinds(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) s->perimeters->n;

    s->kind = mlg_alloc(n, sizeof *s->kind);
    s->place = mlg_alloc(n, sizeof *s->place);
    TRY_ALLOC(err, s->kind);
    TRY_ALLOC(err, s->place);
    for (size_t p = 0; p < n; p++) {
        s->kind[p] = s->perimeters->kind[p] >= 0 ? s->perimeters->kind[p] : -1;
    }
    qsort(s->kind, n, sizeof *s->kind, ascending);
    for (size_t p = 0; p < n; p++) {
        if (s->n_kinds == 0 || s->kind[s->n_kinds - 1] != s->kind[p]) {
            s->kind[s->n_kinds++] = s->kind[p];
        }
    }
    s->number = mlg_zalloc((size_t) s->n_kinds, sizeof *s->number);
    s->cells = mlg_zalloc((size_t) s->n_kinds * (size_t) s->n_kinds, sizeof *s->cells);
    s->homes = mlg_zalloc(n * (size_t) s->n_kinds, sizeof *s->homes);
    TRY_ALLOC(err, s->number);
    TRY_ALLOC(err, s->cells);
    TRY_ALLOC(err, s->homes);
    for (size_t p = 0; p < n; p++) {
        const int32_t own = s->perimeters->kind[p] >= 0 ? s->perimeters->kind[p] : -1;
        const int32_t *found =
            bsearch(&own, s->kind, (size_t) s->n_kinds, sizeof *s->kind, ascending);
        s->place[p] = (int32_t) (found - s->kind);
        s->number[s->place[p]]++;
    }
out:
    return status;
}

static cell *cell_of(const survey *s, int32_t k, int32_t l)
{
    return &s->cells[(size_t) k * (size_t) s->n_kinds + (size_t) l];
}

/* ---- counting ------------------------------------------------------------------------ */

static mlg_perimeter_relation turned(mlg_perimeter_relation relation)
{
    return relation == MLG_A_IN_B ? MLG_B_IN_A : relation == MLG_B_IN_A ? MLG_A_IN_B : relation;
}

static home *home_of(const survey *s, int32_t perimeter, int32_t kind)
{
    return &s->homes[(size_t) perimeter * (size_t) s->n_kinds + (size_t) kind];
}

static bool is_by_people(const mlg_extent *whole)
{
    return whole->unknown == 0.0 && whole->people > 0.0;
}

/* `relation` of the perimeter to the other. */
static void mark(survey *s, int32_t perimeter, int32_t other, const mlg_overlap *o,
                 mlg_perimeter_relation relation, double *crossing)
{
    home *h = home_of(s, perimeter, s->place[other]);
    const double common = is_by_people(&s->whole[perimeter]) ? o->most.people : o->most.units;

    if (h->number == 0 || common > h->common) {
        h->number = other + 1;
        h->common = common;
    }
    *crossing += relation == MLG_CROSSING && !h->crosses;
    h->crosses = h->crosses || relation == MLG_CROSSING;
    h->inside = h->inside || relation == MLG_EQUAL || relation == MLG_A_IN_B;
}

static void visit(void *with, const mlg_overlap *o)
{
    survey *s = with;
    const mlg_extent *whole_a = &s->whole[o->a], *whole_b = &s->whole[o->b];
    const bool turn = s->place[o->a] > s->place[o->b];
    const int32_t a = turn ? o->b : o->a, b = turn ? o->a : o->b;
    const int32_t k = s->place[a], l = s->place[b];
    const mlg_perimeter_relation met = mlg_relation_of(o, whole_a, whole_b);
    const mlg_perimeter_relation relation = turn ? turned(met) : met;
    cell *c = cell_of(s, k, l);

    c->relation[relation]++;
    c->tolerant += mlg_relation_but_slivers(o, whole_a, whole_b) == MLG_CROSSING;
    if (relation != MLG_DISJOINT) {
        mark(s, a, b, o, relation, &c->crossing_k);
        mark(s, b, a, o, turned(relation), k == l ? &c->crossing_k : &c->crossing_l);
    }
}

/* Pairs of two kinds whose units are of different scales. */
static mlg_status count_beyond(survey *s, int32_t n_scales, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t width = (size_t) n_scales;
    double *of = mlg_zalloc((size_t) s->n_kinds * width, sizeof *of);
    double *known = mlg_zalloc((size_t) s->n_kinds, sizeof *known);

    TRY_ALLOC(err, of);
    TRY_ALLOC(err, known);
    for (int32_t p = 0; p < s->perimeters->n; p++) {
        if (s->unit_scale[p] != MLG_NO_SCALE) {
            of[(size_t) s->place[p] * width + (size_t) s->unit_scale[p]]++;
            known[s->place[p]]++;
        }
    }
    for (int32_t k = 0; k < s->n_kinds; k++) {
        for (int32_t l = k; l < s->n_kinds; l++) {
            double apart = known[k] * known[l];
            for (size_t u = 0; u < width; u++) {
                apart -= of[(size_t) k * width + u] * of[(size_t) l * width + u];
            }
            cell_of(s, k, l)->relation[MLG_UNDETERMINED] += k == l ? apart / 2.0 : apart;
        }
    }
out:
    mlg_free(of);
    mlg_free(known);
    return status;
}

static double pairs_of(const survey *s, int32_t k, int32_t l)
{
    return k == l ? s->number[k] * (s->number[k] - 1.0) / 2.0 : s->number[k] * s->number[l];
}

/* What was not met has nothing in common. */
static void count_disjoint(survey *s)
{
    for (int32_t k = 0; k < s->n_kinds; k++) {
        for (int32_t l = k; l < s->n_kinds; l++) {
            cell *c = cell_of(s, k, l);
            double met = 0.0;
            for (int r = 0; r < MLG_N_RELATIONS; r++) {
                met += r != MLG_DISJOINT ? c->relation[r] : 0.0;
            }
            c->relation[MLG_DISJOINT] = pairs_of(s, k, l) - met;
        }
    }
}

/* ---- the exceptions -------------------------------------------------------------------- */

/* Do nearly all perimeters of one kind lie in one of the other? 1: k in l, -1: l in k, 0: neither.
 * In a kind that is nested, each perimeter is inside one of the other, or crosses. */
static int nesting_of(const cell *c)
{
    const double k_in = c->relation[MLG_A_IN_B] + c->relation[MLG_EQUAL];
    const double l_in = c->relation[MLG_B_IN_A] + c->relation[MLG_EQUAL];

    if (!(c->crossing_k > 0.0)) {
        return 0;
    }
    if (c->crossing_k <= FEW_CROSS * (c->crossing_k + k_in)) {
        return 1;
    }
    return c->crossing_l <= FEW_CROSS * (c->crossing_l + l_in) ? -1 : 0;
}

enum { FIGURE_OUTSIDE, FIGURE_PEOPLE, FIGURE_UNITS, FIGURE_TOLERANT };

static const mlg_pair_column figures[] = {
    [FIGURE_OUTSIDE] = {MLG_VALUE, NULL},
    [FIGURE_PEOPLE] = {MLG_VALUE, "population"},
    [FIGURE_UNITS] = {MLG_VALUE, "units"},
    [FIGURE_TOLERANT] = {MLG_VALUE, "but_slivers"},
};

/* A perimeter that sticks out of the one it has most in common with: first those that it holds more
 * than half of, then by the inhabitants outside, else units. */
static void add_pair(survey *s, int32_t inner, int32_t outer)
{
    const mlg_overlap o = mlg_overlap_of(s->perimeters, inner, outer);
    const mlg_extent *whole = &s->whole[inner];
    const bool people = is_by_people(whole);
    const double people_outside = whole->people - o.most.people;
    const double units_outside = whole->units - o.most.units;
    const double outside = people ? people_outside / whole->people : units_outside / whole->units;
    const mlg_ranked_pair pair = {
        .a = inner,
        .b = outer,
        .rank = outside < 0.5,
        .then = people ? people_outside : units_outside,
        .figure = {[FIGURE_OUTSIDE] = outside,
                   [FIGURE_PEOPLE] = people ? people_outside : NAN,
                   [FIGURE_UNITS] = units_outside,
                   [FIGURE_TOLERANT] = mlg_relation_but_slivers(&o, whole, &s->whole[outer])},
    };
    mlg_pair_ranking_add(&s->ranking, &pair);
}

static double size_of(const mlg_extent *whole)
{
    return is_by_people(whole) ? whole->people : whole->units;
}

/* Does it stick out of one that holds at least a quarter of it (of four, one does), and lie in
 * none? One that barely enters another is its neighbour's. */
static bool sticks_out(const survey *s, int32_t inner, const home *h)
{
    return h->crosses && !h->inside && 4.0 * h->common >= size_of(&s->whole[inner]);
}

/* Of one that holds more than half. */
static bool is_exception(const survey *s, int32_t inner, const home *h)
{
    return sticks_out(s, inner, h) && 2.0 * h->common > size_of(&s->whole[inner]);
}

static void find_exceptions(survey *s)
{
    for (int32_t p = 0; p < s->perimeters->n; p++) {
        for (int32_t l = 0; l < s->n_kinds; l++) {
            const int32_t k = s->place[p];
            const home *h = home_of(s, p, l);
            const int nesting = k == l  ? 0
                                : k < l ? nesting_of(cell_of(s, k, l))
                                        : -nesting_of(cell_of(s, l, k));
            if (nesting > 0 && is_exception(s, p, h)) {
                add_pair(s, p, h->number - 1);
            }
        }
    }
}

/* Appends what was ranked, and empties the ranking; nothing when there is none. */
static mlg_status list_ranked(survey *s, const char *convention, int32_t view, mlg_values *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;

    mlg_pair_ranking_close(&s->ranking);
    if (s->ranking.n == 0) {
        goto out;
    }
    TRY(mlg_pair_ranking_list(&s->ranking, id, view, s->perimeters->territory, s->ranking.seen,
                              figures, sizeof figures / sizeof *figures, out, err));
    out->items[before].convention = convention;
    out->items[before].scope = MLG_SCOPE_TERRITORY;
out:
    mlg_pair_ranking_free(&s->ranking);
    return status;
}

static mlg_status list_exceptions(survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(mlg_pair_ranking_open(&s->ranking, err));
    find_exceptions(s);
    TRY(list_ranked(s, "exceptions", view, out, err));
out:
    return status;
}

/* ---- the two kinds that cross most ------------------------------------------------------- */

/* Perimeters of one kind that stick out of those of another. */
typedef struct nest {
    int32_t inner, outer;
    double crossing; /* of the inner, and in none of the outer */
    bool acts;       /* both are of somebody who acts */
} nest;

/* A zone that only statistics know has nobody to talk to. */
static bool is_of_body(int32_t kind)
{
    static const int32_t bodies[] = {
        MLG_CODE_OF(scale, epci),          MLG_CODE_OF(scale, pays_petr),
        MLG_CODE_OF(scale, nature_park),   MLG_CODE_OF(scale, cpts),
        MLG_CODE_OF(scale, mental_sector), MLG_CODE_OF(scale, departement),
        MLG_CODE_OF(scale, region),
    };
    bool found = kind >= 0 && kind % 2 == 0; /* of schemes */
    for (size_t i = 0; kind >= 0 && i < sizeof bodies / sizeof *bodies; i++) {
        found = found || kind == 2 * bodies[i] + 1;
    }
    return found;
}

static void count_nests(survey *s)
{
    for (int32_t p = 0; p < s->perimeters->n; p++) {
        for (int32_t l = 0; l < s->n_kinds; l++) {
            const home *h = home_of(s, p, l);
            cell *c = cell_of(s, s->place[p], l);
            c->inside += h->inside;
            c->out += sticks_out(s, p, h);
        }
    }
}

static bool is_before(const survey *s, const nest *a, const nest *b)
{
    if (a->acts != b->acts) {
        return a->acts;
    }
    return a->crossing * s->number[b->inner] > b->crossing * s->number[a->inner];
}

/* Inner -1: there is none. */
static nest find_most_crossing(const survey *s)
{
    nest best = {.inner = -1};
    for (int32_t k = 0; k < s->n_kinds; k++) {
        for (int32_t l = 0; l < s->n_kinds; l++) {
            if (k == l || s->kind[k] < 0 || s->kind[l] < 0 || s->number[k] < FEWEST) {
                continue;
            }
            const cell *c = cell_of(s, k, l);
            const bool acts = is_of_body(s->kind[k]) && is_of_body(s->kind[l]);
            const nest here = {k, l, c->out, acts};
            if (c->out > 0.0 && 2.0 * c->inside >= s->number[k] &&
                (best.inner < 0 || is_before(s, &here, &best))) {
                best = here;
            }
        }
    }
    return best;
}

static double people_of(const mlg_perimeters *perimeters, const bool *among)
{
    double sum = 0.0;
    for (int32_t u = 0; u < perimeters->n_units; u++) {
        const double here = perimeters->population[u];
        sum += among[u] && !isnan(here) ? here : 0.0;
    }
    return sum;
}

/* Ranks the perimeters that cross, and marks the units of the study that they touch. */
static void find_crossing(survey *s, const nest *most, bool *touched)
{
    const mlg_csr *covers = &s->perimeters->covers;
    for (int32_t p = 0; p < s->perimeters->n; p++) {
        const home *h = home_of(s, p, most->outer);
        if (s->place[p] != most->inner || !sticks_out(s, p, h)) {
            continue;
        }
        add_pair(s, p, h->number - 1);
        for (uint32_t i = covers->offset[p]; i < covers->offset[p + 1]; i++) {
            touched[covers->target[i]] = s->perimeters->asked[covers->target[i]];
        }
    }
}

static mlg_status list_most(const survey *s, const nest *most, const bool *touched, int32_t view,
                            mlg_values *out, mlg_error *err)
{
    enum { MOST_PARTS = 4 };
    static const char *const names[MOST_PARTS] = {"crossing", "perimeters", "population",
                                                  "everybody"};
    const double numbers[MOST_PARTS] = {most->crossing, s->number[most->inner],
                                        people_of(s->perimeters, touched),
                                        people_of(s->perimeters, s->perimeters->asked)};
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, id, view, 1, err);

    TRY_ALLOC(err, value);
    value->total = 1;
    value->convention = "most_crossing";
    mlg_id *subject = mlg_value_subjects(value);
    double *share = mlg_value_column_of(value, MLG_VALUE);
    bool made = subject != NULL && share != NULL;
    for (int i = 0; made && i < MOST_PARTS; i++) {
        double *part = mlg_value_part_of(value, names[i]);
        made = part != NULL;
        if (made) {
            part[0] = numbers[i];
        }
    }
    if (!made) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "scale.relations: no memory for two kinds");
    }
    subject[0] = s->kind[most->inner];
    subject[1] = s->kind[most->outer];
    share[0] = most->crossing / s->number[most->inner];
out:
    return status;
}

static mlg_status list_most_crossing(survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    bool *touched = NULL;

    count_nests(s);
    const nest most = find_most_crossing(s);
    if (most.inner < 0) {
        return MLG_OK;
    }
    touched = mlg_zalloc((size_t) s->perimeters->n_units, sizeof *touched);
    TRY_ALLOC(err, touched);
    TRY(mlg_pair_ranking_open(&s->ranking, err));
    find_crossing(s, &most, touched);
    TRY(list_most(s, &most, touched, view, out, err));
    TRY(list_ranked(s, "most_crossing_pairs", view, out, err));
out:
    mlg_free(touched);
    return status;
}

/* ---- values ------------------------------------------------------------------------------ */

enum { PARTS = 11 };

static void fill_row(const survey *s, int32_t k, int32_t l, double *row)
{
    const cell *c = cell_of(s, k, l);
    row[0] = c->relation[MLG_CROSSING];
    row[1] = pairs_of(s, k, l);
    row[2] = c->relation[MLG_EQUAL];
    row[3] = c->relation[MLG_A_IN_B] + (k == l ? c->relation[MLG_B_IN_A] : 0.0);
    row[4] = k == l ? 0.0 : c->relation[MLG_B_IN_A];
    row[5] = c->relation[MLG_DISJOINT];
    row[6] = c->relation[MLG_UNDETERMINED];
    row[7] = c->tolerant;
    row[8] = c->crossing_k;
    row[9] = k == l ? c->crossing_k : c->crossing_l;
    row[10] = s->number[k];
    row[11] = s->number[l];
}

/* Every two kinds that have a pair, k <= l. */
static mlg_status list_kinds(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    static const char *const names[PARTS] = {
        "pairs",       "equal",      "a_in_b",     "b_in_a",       "disjoint",    "undetermined",
        "but_slivers", "a_crossing", "b_crossing", "a_perimeters", "b_perimeters"};
    mlg_status status = MLG_OK;
    size_t n = 0, at = 0;
    double *part[PARTS], row[1 + PARTS];

    for (int32_t k = 0; k < s->n_kinds; k++) {
        for (int32_t l = k; l < s->n_kinds; l++) {
            n += pairs_of(s, k, l) > 0.0;
        }
    }
    mlg_value *value = mlg_values_add(out, id, view, n, err);
    TRY_ALLOC(err, value);
    value->total = n;
    mlg_id *subject = mlg_value_subjects(value);
    double *crossing = mlg_value_column_of(value, MLG_VALUE);
    bool made = subject != NULL && crossing != NULL;
    for (int i = 0; made && i < PARTS; i++) {
        part[i] = mlg_value_part_of(value, names[i]);
        made = part[i] != NULL;
    }
    if (!made) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "scale.relations: no memory for %zu pairs of kinds", n);
    }
    for (int32_t k = 0; k < s->n_kinds; k++) {
        for (int32_t l = k; l < s->n_kinds; l++) {
            if (!(pairs_of(s, k, l) > 0.0)) {
                continue;
            }
            fill_row(s, k, l, row);
            subject[2 * at] = s->kind[k];
            subject[2 * at + 1] = s->kind[l];
            crossing[at] = row[0];
            for (int i = 0; i < PARTS; i++) {
                part[i][at] = row[1 + i];
            }
            at++;
        }
    }
out:
    return status;
}

static mlg_status run(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_perimeters perimeters = {0};
    mlg_extent *whole = NULL;
    int32_t *unit_scale = NULL;
    survey s = {.perimeters = &perimeters};

    TRY(mlg_perimeters_of(context->model, &perimeters, err));
    if (perimeters.n < 2) {
        TRY(mlg_values_undefined(
            out, id, view, perimeters.n == 0 ? T_why_no_perimeters : T_why_one_perimeter, err));
        goto out;
    }
    whole = mlg_extents_of(&perimeters);
    unit_scale = mlg_unit_scales(context->model, &perimeters);
    TRY_ALLOC(err, whole);
    TRY_ALLOC(err, unit_scale);
    s.whole = whole;
    s.unit_scale = unit_scale;
    TRY(number_kinds(&s, err));
    TRY(mlg_overlaps_each(&perimeters, visit, &s, err));
    TRY(count_beyond(&s, mlg_code_count(context->model, MLG_V_scale), err));
    count_disjoint(&s);
    TRY(list_kinds(&s, view, out, err));
    TRY(list_exceptions(&s, view, out, err));
    TRY(list_most_crossing(&s, view, out, err));
out:
    mlg_pair_ranking_free(&s.ranking);
    mlg_free(s.kind);
    mlg_free(s.place);
    mlg_free(s.number);
    mlg_free(s.cells);
    mlg_free(s.homes);
    mlg_free(whole);
    mlg_free(unit_scale);
    mlg_perimeters_free(&perimeters);
    return status;
}

mlg_status mlg_scale_relations(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    const size_t before = out->n;
    const mlg_status status = run(context, view, out, err);

    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
