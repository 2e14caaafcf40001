/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_places.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"

/* ---- a study -------------------------------------------------------------------------- */

static void draw_tables(places_study *s, mlg_random *draw)
{
    s->n_units = 3 + (int) mlg_random_below(draw, PLACES_UNITS - 2);
    s->n_perimeters = 1 + (int) mlg_random_below(draw, PLACES_PERIMETERS);
    s->n_activities = (int) mlg_random_below(draw, PLACES_ACTIVITIES + 1);
    for (int u = 0; u < s->n_units; u++) {
        const unsigned people = mlg_random_below(draw, 12);
        s->people[u] = people < 2 ? 0 : 100.0 * people;
    }
    for (int p = 0; p < s->n_perimeters; p++) {
        s->centre[p] = (int) mlg_random_below(draw, (unsigned) s->n_units);
        for (int u = 0; u < s->n_units; u++) {
            s->in[p][u] = mlg_random_below(draw, 2) == 0 || u == (p + 1) % s->n_units;
        }
    }
    for (int a = 0; a < s->n_activities; a++) {
        const unsigned most = mlg_random_below(draw, 3); /* 0: it does not say where */
        for (unsigned k = 0; k < most; k++) {
            if (mlg_random_below(draw, 5) == 0) {
                s->names_perimeter[a][mlg_random_below(draw, (unsigned) s->n_perimeters)] = true;
            } else {
                s->names_unit[a][mlg_random_below(draw, (unsigned) s->n_units)] = true;
            }
        }
    }
}

static void append(places_study *s, const char *before, char kind, int number)
{
    const size_t used = strlen(s->text);
    snprintf(s->text + used, sizeof s->text - used, "%s%c%d", before, kind, number);
}

static void close_line(places_study *s, const char *end)
{
    const size_t used = strlen(s->text);
    snprintf(s->text + used, sizeof s->text - used, "%s", end);
}

static void write_territories(places_study *s)
{
    close_line(s, "territories: id,population,scale,centre\n");
    for (int u = 0; u < s->n_units; u++) {
        append(s, "", 'u', u);
        if (s->people[u] > 0) {
            const size_t used = strlen(s->text);
            snprintf(s->text + used, sizeof s->text - used, ",%d,commune,\n", (int) s->people[u]);
        } else {
            close_line(s, ",,commune,\n");
        }
    }
    for (int p = 0; p < s->n_perimeters; p++) {
        append(s, "", 'T', p);
        append(s, ",,epci,", 'u', s->centre[p]);
        close_line(s, "\n");
    }
    close_line(s, "perimeters: territory,unit\n");
    for (int p = 0; p < s->n_perimeters; p++) {
        for (int u = 0; u < s->n_units; u++) {
            if (s->in[p][u]) {
                append(s, "", 'T', p);
                append(s, ",", 'u', u);
                close_line(s, "\n");
            }
        }
    }
}

void places_study_make(places_study *study, unsigned long stream)
{
    mlg_random draw = mlg_random_stream(7, "slow_places", "", stream);

    memset(study, 0, sizeof *study);
    draw_tables(study, &draw);
    write_territories(study);
    close_line(study, "activities: id,territory\n");
    for (int a = 0; a < study->n_activities; a++) {
        const char *before = ",";
        append(study, "", 'A', a);
        for (int u = 0; u < study->n_units; u++) {
            if (study->names_unit[a][u]) {
                append(study, before, 'u', u);
                before = "|";
            }
        }
        for (int p = 0; p < study->n_perimeters; p++) {
            if (study->names_perimeter[a][p]) {
                append(study, before, 'T', p);
                before = "|";
            }
        }
        close_line(study, before[0] == ',' ? ",\n" : "\n");
    }
}

/* ---- main towns ------------------------------------------------------------------------ */

/* Adds one territory's part of an activity to its units. */
static void share_out(const places_study *s, const bool *units, double part, double *weight)
{
    double people = 0.0, n = 0.0;
    for (int u = 0; u < s->n_units; u++) {
        people += units[u] ? s->people[u] : 0.0;
        n += units[u];
    }
    for (int u = 0; u < s->n_units; u++) {
        if (units[u]) {
            weight[u] += people > 0.0 ? part * s->people[u] / people : part / n;
        }
    }
}

/* Parts of an activity in each unit; 0 when it names no territory. */
static int places_of(const places_study *s, int a, double *weight, bool *touches)
{
    int named = 0;
    for (int u = 0; u < s->n_units; u++) {
        weight[u] = 0.0;
        touches[u] = s->names_unit[a][u];
        named += s->names_unit[a][u];
        for (int p = 0; p < s->n_perimeters; p++) {
            touches[u] = touches[u] || (s->names_perimeter[a][p] && s->in[p][u]);
        }
    }
    for (int p = 0; p < s->n_perimeters; p++) {
        named += s->names_perimeter[a][p];
    }
    for (int u = 0; u < s->n_units; u++) {
        bool alone[PLACES_UNITS] = {false};
        alone[u] = true;
        if (s->names_unit[a][u]) {
            share_out(s, alone, 1.0 / named, weight);
        }
    }
    for (int p = 0; p < s->n_perimeters; p++) {
        if (s->names_perimeter[a][p]) {
            share_out(s, s->in[p], 1.0 / named, weight);
        }
    }
    return named;
}

slow_town slow_main_town(const places_study *s, int perimeter)
{
    slow_town out = {0};
    bool inside[PLACES_UNITS] = {false}, centre[PLACES_UNITS] = {false};

    for (int u = 0; u < s->n_units; u++) {
        const bool member = perimeter < 0 || s->in[perimeter][u];
        inside[u] = member && s->people[u] > 0;
        out.left_out += member && !(s->people[u] > 0);
        for (int p = 0; p < s->n_perimeters; p++) {
            centre[u] = centre[u] || ((perimeter < 0 || p == perimeter) && s->centre[p] == u);
        }
        out.people += inside[u] ? s->people[u] : 0.0;
        out.people_centre += inside[u] && centre[u] ? s->people[u] : 0.0;
    }
    for (int a = 0; a < s->n_activities; a++) {
        double weight[PLACES_UNITS], in = 0.0, all = 0.0;
        bool touches[PLACES_UNITS], any_in = false, any_out = false, beyond = false;
        out.unlocated += places_of(s, a, weight, touches) == 0;
        for (int u = 0; u < s->n_units; u++) {
            any_in = any_in || (touches[u] && inside[u] && centre[u]);
            any_out = any_out || (touches[u] && inside[u] && !centre[u]);
            beyond = beyond || (touches[u] && perimeter >= 0 && !s->in[perimeter][u]);
            in += inside[u] && centre[u] ? weight[u] : 0.0;
            all += inside[u] ? weight[u] : 0.0;
        }
        out.in += any_in && !any_out && !beyond;
        out.located += any_in != any_out && !beyond;
        out.spread += (any_in && any_out) || ((any_in || any_out) && beyond);
        out.divided += any_in || any_out ? in / all : 0.0;
    }
    out.divided /= out.located + out.spread;
    return out;
}

/* ---- distributions ---------------------------------------------------------------------- */

double slow_gini(const double *people, const double *things, size_t n)
{
    double all_people = 0.0, all_things = 0.0, sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        all_people += people[i];
        all_things += things[i];
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            sum += people[i] * people[j] * fabs(things[i] / people[i] - things[j] / people[j]);
        }
    }
    return sum / (2.0 * all_people * all_things);
}

/* Every sequence of `left` falls, with its chance. */
static double mean_from(const double *people, double all, size_t n, double *things, int left)
{
    double mean = 0.0;
    if (left == 0) {
        return slow_gini(people, things, n);
    }
    for (size_t u = 0; u < n; u++) {
        things[u]++;
        mean += people[u] / all * mean_from(people, all, n, things, left - 1);
        things[u]--;
    }
    return mean;
}

double slow_gini_mean(const double *people, size_t n, int n_things)
{
    double things[PLACES_UNITS] = {0}, all = 0.0;
    for (size_t u = 0; u < n; u++) {
        all += people[u];
    }
    return mean_from(people, all, n, things, n_things);
}

double slow_binomial(unsigned n, double chance, unsigned x)
{
    double sum = 0.0;
    for (unsigned k = 0; k <= x && k <= n; k++) {
        sum += exp(lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0) + k * log(chance) +
                   (n - k) * log1p(-chance));
    }
    return sum;
}
