/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_departure.h"

#include <string.h>

#include "base/memory.h"

enum { FIRST_PERSON = SLOW_ORGS, FIRST_POST = SLOW_ORGS + SLOW_PERSONS };

static int below(mlg_random *draw, int n)
{
    return (int) mlg_random_below(draw, (uint32_t) n);
}

/* Half of the rows name a person or a post: else little would ever fall. */
static int some_party(mlg_random *draw)
{
    return below(draw, 2) == 0 ? below(draw, SLOW_ORGS)
                               : FIRST_PERSON + below(draw, SLOW_PERSONS + SLOW_POSTS);
}

void slow_study_draw(mlg_random *draw, slow_study *s)
{
    for (int o = 0; o < SLOW_ORGS; o++) {
        s->sector[o][0] = below(draw, 4) - 1;
        s->sector[o][1] = below(draw, 3) == 0 ? below(draw, 3) : s->sector[o][0];
    }
    for (int q = 0; q < SLOW_PERSONS; q++) {
        s->organisation[q] = below(draw, SLOW_ORGS);
    }
    for (int p = 0; p < SLOW_POSTS; p++) {
        s->holder[p] = below(draw, SLOW_PERSONS + 2) - 2;
        s->employer[p] = s->holder[p] >= 0 ? s->organisation[s->holder[p]] : below(draw, SLOW_ORGS);
        s->scheme[p] = below(draw, SLOW_SCHEMES);
        s->coordinates[p] = below(draw, 3) > 0;
    }
    for (int a = 0; a < SLOW_ACTIVITIES; a++) {
        s->activity_scheme[a] = below(draw, SLOW_SCHEMES + 1) - 1;
        s->strategic[a] = below(draw, 4) == 0;
    }
    for (int r = 0; r < SLOW_ROWS; r++) {
        s->tie[r][0] = some_party(draw);
        do {
            s->tie[r][1] = some_party(draw);
        } while (s->tie[r][1] == s->tie[r][0]);
        s->tie_held[r] = below(draw, 4) - 1;
        s->seat[r][0] = some_party(draw);
        s->seat[r][1] = below(draw, SLOW_ACTIVITIES);
        s->seat_held[r] = below(draw, 4) - 1;
        s->behalf[r] = -1;
    }
    for (int r = 0; r < SLOW_ROWS; r++) {
        if (below(draw, 4) == 0) {
            s->behalf[r] = below(draw, SLOW_POSTS);
            s->seat[r][0] = below(draw, 2) == 0 ? below(draw, SLOW_ORGS)
                                                : SLOW_PARTIES + below(draw, SLOW_OTHERS);
        }
    }
}

static int holder_of(const slow_study *s, int post)
{
    return s->holder[post];
}

bool slow_falls(const slow_study *s, int post, int party)
{
    if (post < 0 || party < FIRST_PERSON || party >= SLOW_PARTIES) {
        return false;
    }
    if (party < FIRST_POST) {
        return holder_of(s, post) == party - FIRST_PERSON;
    }
    const int other = party - FIRST_POST;
    return other == post || (holder_of(s, post) >= 0 && holder_of(s, other) == holder_of(s, post));
}

bool slow_seat_falls(const slow_study *s, int post, int row)
{
    const int behalf = s->behalf[row];
    return slow_falls(s, post,
                      behalf >= 0 && s->holder[behalf] != SLOW_VACANT ? FIRST_POST + behalf
                                                                      : s->seat[row][0]);
}

bool slow_stops(const slow_study *s, int post, int activity)
{
    bool mine = false, others = false;
    for (int p = 0; post >= 0 && p < SLOW_POSTS; p++) {
        if (s->scheme[p] == s->activity_scheme[activity] && s->coordinates[p] &&
            s->holder[p] != SLOW_VACANT) {
            const bool falls = slow_falls(s, post, FIRST_POST + p);
            mine = mine || falls;
            others = others || !falls;
        }
    }
    return mine && !others && !s->strategic[activity];
}

/* ---- as tables ------------------------------------------------------------------ */

static void name(mlg_buffer *out, int party)
{
    if (party < FIRST_PERSON) {
        mlg_buffer_format(out, "O%d", party);
    } else if (party < FIRST_POST) {
        mlg_buffer_format(out, "Q%d", party - FIRST_PERSON);
    } else if (party < SLOW_PARTIES) {
        mlg_buffer_format(out, "S%d", party - FIRST_POST);
    } else {
        mlg_buffer_format(out, "X%d", party - SLOW_PARTIES);
    }
}

static void write_actors(const slow_study *s, mlg_buffer *out)
{
    static const char *const sectors[] = {"social", "hospital", "education"};
    mlg_buffer_text(out, "actors: id,kind,sector,organisation\n");
    for (int o = 0; o < SLOW_ORGS; o++) {
        mlg_buffer_format(out, "O%d,organisation,", o);
        for (int k = 0; k < 2; k++) {
            const int sector = s->sector[o][k];
            const bool again = k == 1 && sector == s->sector[o][0];
            if (sector >= 0 && !again) {
                mlg_buffer_format(out, "%s%s", k == 1 && s->sector[o][0] >= 0 ? "|" : "",
                                  sectors[sector]);
            }
        }
        mlg_buffer_text(out, ",\n");
    }
    for (int q = 0; q < SLOW_PERSONS; q++) {
        mlg_buffer_format(out, "Q%d,person,,O%d\n", q, s->organisation[q]);
    }
}

static void write_posts(const slow_study *s, mlg_buffer *out)
{
    mlg_buffer_text(out, "posts: id,person,role,scheme,employer\n");
    for (int p = 0; p < SLOW_POSTS; p++) {
        mlg_buffer_format(out, "S%d,", p);
        if (s->holder[p] >= 0) {
            mlg_buffer_format(out, "Q%d", s->holder[p]);
        } else {
            mlg_buffer_text(out, s->holder[p] == SLOW_VACANT ? "vacant" : "");
        }
        mlg_buffer_format(out, ",%s,D%d,O%d\n", s->coordinates[p] ? "coordinator" : "member",
                          s->scheme[p], s->employer[p]);
    }
    mlg_buffer_text(out, "activities: id,schemes,level\n");
    for (int a = 0; a < SLOW_ACTIVITIES; a++) {
        mlg_buffer_format(out, "A%d,", a);
        if (s->activity_scheme[a] >= 0) {
            mlg_buffer_format(out, "D%d", s->activity_scheme[a]);
        }
        mlg_buffer_text(out, s->strategic[a] ? ",strategic\n" : ",organisational\n");
    }
}

static const char *held(int code)
{
    static const char *const names[] = {"", "organisation", "person", "unknown"};
    return names[code + 1];
}

void slow_study_write(const slow_study *s, int post, bool stops, mlg_buffer *out)
{
    write_actors(s, out);
    write_posts(s, out);
    mlg_buffer_text(out, "ties: from,to,kind,held_by\n");
    for (int r = 0; r < SLOW_ROWS; r++) {
        if (!slow_falls(s, post, s->tie[r][0]) && !slow_falls(s, post, s->tie[r][1])) {
            name(out, s->tie[r][0]);
            mlg_buffer_char(out, ',');
            name(out, s->tie[r][1]);
            mlg_buffer_format(out, ",,%s\n", held(s->tie_held[r]));
        }
    }
    mlg_buffer_text(out, "participations: actor,activity,held_by,on_behalf_of\n");
    for (int r = 0; r < SLOW_ROWS; r++) {
        if (!slow_seat_falls(s, post, r) && !(stops && slow_stops(s, post, s->seat[r][1]))) {
            name(out, s->seat[r][0]);
            mlg_buffer_format(out, ",A%d,%s,", s->seat[r][1], held(s->seat_held[r]));
            if (s->behalf[r] >= 0) {
                name(out, FIRST_POST + s->behalf[r]);
            }
            mlg_buffer_char(out, '\n');
        }
    }
}

/* ---- pairs ------------------------------------------------------------------------- */

static bool has_sector(const mlg_graph *graph, int32_t actor, int32_t sector)
{
    return graph->sector_set.n > 0 ? mlg_csr_find(&graph->sector_set, actor, sector) > 0.0
                                   : graph->sector[actor] == sector;
}

static bool crosses(const mlg_graph *graph, int32_t a, int32_t b)
{
    bool known_a = false, known_b = false;
    for (int32_t s = 0; s < graph->n_sectors; s++) {
        const bool in_a = has_sector(graph, a, s), in_b = has_sector(graph, b, s);
        if (in_a && in_b) {
            return false;
        }
        known_a = known_a || in_a;
        known_b = known_b || in_b;
    }
    return known_a && known_b;
}

int64_t slow_cross_pairs(const mlg_graph *graph, const bool *left_out)
{
    int64_t pairs = 0;
    bool *seen = mlg_alloc((size_t) graph->n, sizeof *seen);
    for (int32_t from = 0; from < graph->n; from++) {
        bool grown = true;
        memset(seen, 0, (size_t) graph->n * sizeof *seen);
        seen[from] = true;
        while (grown) {
            grown = false;
            for (int32_t v = 0; v < graph->n; v++) {
                for (uint32_t e = graph->ties.offset[v]; seen[v] && e < graph->ties.offset[v + 1];
                     e++) {
                    grown = grown || !seen[graph->ties.target[e]];
                    seen[graph->ties.target[e]] = true;
                }
            }
        }
        for (int32_t to = from + 1; to < graph->n && !left_out[from]; to++) {
            pairs += seen[to] && !left_out[to] && crosses(graph, from, to);
        }
    }
    mlg_free(seen);
    return pairs;
}

/* ---- survivors ----------------------------------------------------------------------- */

/* Names that no table lists are organisations, numbered after those listed. */
static int organisation_of(const slow_study *s, int party)
{
    return party < FIRST_PERSON   ? party
           : party < FIRST_POST   ? s->organisation[party - FIRST_PERSON]
           : party < SLOW_PARTIES ? s->employer[party - FIRST_POST]
                                  : SLOW_ORGS + party - SLOW_PARTIES;
}

/* Organisations that who leaves is of. */
static bool is_own(const slow_study *s, int post, int organisation)
{
    for (int party = FIRST_PERSON; party < SLOW_PARTIES; party++) {
        if (slow_falls(s, post, party) && organisation_of(s, party) == organisation) {
            return true;
        }
    }
    return false;
}

static double chance_of(int code, const double survival[3])
{
    return survival[code < 0 ? 2 : code];
}

/* Bits of the organisations that one row ties. */
typedef struct unit {
    unsigned partners;
    double lasts;
} unit;

static int read_units(const slow_study *s, int post, bool ties, const double survival[3],
                      unit *units)
{
    int n = 0;
    for (int r = 0; ties && r < SLOW_ROWS; r++) {
        for (int end = 0; end < 2; end++) {
            const int other = organisation_of(s, s->tie[r][1 - end]);
            if (slow_falls(s, post, s->tie[r][end]) && !is_own(s, post, other)) {
                units[n++] = (unit){1u << other, chance_of(s->tie_held[r], survival)};
            }
        }
    }
    for (int a = 0; !ties && a < SLOW_ACTIVITIES; a++) {
        unit one = {0, -1.0};
        unsigned own = 0; /* under whose name it sits there */
        for (int r = 0; r < SLOW_ROWS; r++) {
            const int organisation = organisation_of(s, s->seat[r][0]);
            const double lasts = chance_of(s->seat_held[r], survival);
            if (s->seat[r][1] == a && slow_seat_falls(s, post, r)) {
                one.lasts = lasts > one.lasts ? lasts : one.lasts;
                own |= 1u << organisation;
            } else if (s->seat[r][1] == a && !is_own(s, post, organisation)) {
                one.partners |= 1u << organisation;
            }
        }
        one.partners &= ~own;
        if (one.lasts >= 0.0 && one.partners != 0) {
            units[n++] = one;
        }
    }
    return n;
}

void slow_outlast_of(const slow_study *s, int post, bool ties, const double survival[3],
                     slow_outlast *out)
{
    unit units[2 * SLOW_ROWS];
    unsigned all = 0;
    *out = (slow_outlast){.rows = read_units(s, post, ties, survival, units)};
    for (int i = 0; i < out->rows; i++) {
        all |= units[i].partners;
    }
    out->ties = __builtin_popcount(all);
    for (unsigned long kept = 0; kept < 1ul << out->rows; kept++) {
        double chance = 1.0;
        unsigned left = 0;
        for (int i = 0; i < out->rows; i++) {
            const bool lasts = (kept >> i & 1) != 0;
            chance *= lasts ? units[i].lasts : 1.0 - units[i].lasts;
            left |= lasts ? units[i].partners : 0;
        }
        out->expected += chance * __builtin_popcount(left);
        out->chance[__builtin_popcount(left)] += chance;
    }
}
