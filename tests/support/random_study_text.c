/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "random_study.h"

/* ---- names ----------------------------------------------------------------------------------- */

static const char kinds[] = "uTQopsaj";
enum { MOST_OF_A_KIND = 16 };
static int other_name[sizeof kinds][MOST_OF_A_KIND];

static void deal_names(unsigned long order)
{
    mlg_random draw = mlg_random_stream(59, "random_study", "names", order);
    for (size_t k = 0; kinds[k] != '\0'; k++) {
        for (int i = 0; i < MOST_OF_A_KIND; i++) {
            const int j = (int) mlg_random_below(&draw, (unsigned) i + 1);
            other_name[k][i] = order > 0 ? other_name[k][j] : i;
            if (order > 0) {
                other_name[k][j] = i;
            }
        }
    }
}

const char *rs_name(char kind, int i)
{
    static char name[5][8];
    static unsigned turn;
    char *text = name[turn++ % 5];
    snprintf(text, sizeof *name, "%c%d", kind, other_name[strchr(kinds, kind) - kinds][i]);
    return text;
}

const char *rs_place_name(int place)
{
    return place < RS_UNITS                   ? rs_name('u', place)
           : place < RS_UNITS + RS_PERIMETERS ? rs_name('T', place - RS_UNITS)
                                              : rs_name('Q', place - RS_UNITS - RS_PERIMETERS);
}

static const char *actor_name(int actor)
{
    return actor < RS_ORGS ? rs_name('o', actor) : rs_name('p', actor - RS_ORGS);
}

/* ---- a text ---------------------------------------------------------------------------------- */

enum { LINE = 256, LINES = 64 };

typedef struct sheet {
    char text[16384];
    char line[LINES][LINE];
    size_t n, used;
    mlg_random order;
    bool shuffled;
} sheet;

/* Ends the row being written. */
static void end_row(sheet *t)
{
    t->n++;
    t->used = 0;
}

static void cell(sheet *t, const char *text)
{
    t->used += (size_t) snprintf(t->line[t->n] + t->used, LINE - t->used, "%s%s",
                                 t->used > 0 ? "," : "", text);
}

static void number_cell(sheet *t, double number, bool known)
{
    char text[32] = "";
    if (known) {
        snprintf(text, sizeof text, "%.2f", number);
    }
    cell(t, text);
}

static void dates_cells(sheet *t, int start, int end)
{
    cell(t, rs_date(start));
    cell(t, rs_date(end));
}

/* Names of a set of words, or of things of a kind where `words` is NULL. */
static void set_cell(sheet *t, unsigned set, const char *const *words, char kind)
{
    char text[LINE] = "";
    const bool back = t->shuffled && words != rs_sectors && mlg_random_below(&t->order, 2) == 0;
    for (int k = 0; k < 16; k++) {
        const int i = back ? 15 - k : k;
        if (rs_has(set, i)) {
            strcat(text, text[0] != '\0' ? "|" : "");
            strcat(text, words != NULL ? words[i]
                         : kind == '@' ? rs_place_name(i)
                                       : rs_name(kind, i));
        }
    }
    cell(t, text);
}

static void word_cell(sheet *t, const char *const *words, int i)
{
    cell(t, i >= 0 ? words[i] : "");
}

/* Puts the rows down under their head, in the order of the text. */
static void end_table(sheet *t, const char *head)
{
    for (size_t i = 0; t->shuffled && i < t->n; i++) {
        char kept[LINE];
        const size_t j = i + mlg_random_below(&t->order, (unsigned) (t->n - i));
        memcpy(kept, t->line[i], LINE);
        memcpy(t->line[i], t->line[j], LINE);
        memcpy(t->line[j], kept, LINE);
    }
    strcat(t->text, t->n > 0 ? head : "");
    for (size_t i = 0; i < t->n; i++) {
        strcat(t->text, t->line[i]);
        strcat(t->text, "\n");
    }
    t->n = t->used = 0;
    memset(t->line, 0, sizeof t->line);
}

static void write_places(const random_study *s, sheet *t)
{
    for (int u = 0; u < s->n_units; u++) {
        cell(t, rs_name('u', u));
        cell(t, "commune");
        number_cell(t, s->people[u], s->people[u] > 0);
        number_cell(t, s->area[u], s->area[u] > 0);
        number_cell(t, s->lon[u], s->on_map[u]);
        number_cell(t, s->lat[u], s->on_map[u]);
        cell(t, "");
        end_row(t);
    }
    for (int p = 0; p < s->n_perimeters; p++) {
        cell(t, rs_name('T', p));
        cell(t, "epci,,,,");
        cell(t, s->centre[p] >= 0 ? rs_name('u', s->centre[p]) : "");
        end_row(t);
    }
    for (int q = 0; q < RS_QUARTERS; q++) {
        cell(t, rs_name('Q', q));
        cell(t, "neighbourhood,,,,,");
        end_row(t);
    }
    end_table(t, "territories: id,scale,population,area_km2,lon,lat,centre\n");
    for (int p = 0; p < s->n_perimeters; p++) {
        for (int u = 0; u < s->n_units; u++) {
            if (rs_has(s->in[p], u)) {
                cell(t, rs_name('T', p));
                cell(t, rs_name('u', u));
                end_row(t);
            }
        }
    }
    end_table(t, "perimeters: territory,unit\n");
}

static void write_actors(const random_study *s, sheet *t)
{
    static const char *const said[] = {"no", "yes"};
    for (int i = 0; i < RS_ACTORS; i++) {
        const struct rs_actor *a = &s->actor[i];
        if (!a->listed || (i < RS_ORGS && i >= s->n_orgs)) {
            continue;
        }
        cell(t, actor_name(i));
        cell(t, i < RS_ORGS ? "organisation" : "person");
        cell(t, a->organisation >= 0 ? actor_name(a->organisation) : "");
        set_cell(t, a->sectors, rs_sectors, 0);
        set_cell(t, a->themes, rs_themes, 0);
        cell(t, a->place >= 0 ? rs_place_name(a->place) : "");
        word_cell(t, said, a->directory);
        dates_cells(t, a->start, a->end);
        end_row(t);
    }
    end_table(t, "actors: id,kind,organisation,sector,themes,territory,directory,start,end\n");
    for (int i = 0; i < s->n_sites; i++) {
        cell(t, actor_name(s->site[i].actor));
        cell(t, rs_place_name(s->site[i].place));
        dates_cells(t, s->site[i].start, s->site[i].end);
        end_row(t);
    }
    end_table(t, "sites: actor,territory,start,end\n");
}

static void write_schemes(const random_study *s, sheet *t)
{
    static const char *const scheme_kinds[] = {"cls", "clsm", "cpts"};
    static const char *const activity_kinds[] = {"steering", "technical", "working_group",
                                                 "training", "action"};
    static const char *const powers[] = {"informs", "advises", "ratifies", "decides"};
    for (int i = 0; i < s->n_schemes; i++) {
        const struct rs_scheme *c = &s->scheme[i];
        cell(t, rs_name('s', i));
        word_cell(t, scheme_kinds, c->kind);
        cell(t, c->place >= 0 ? rs_place_name(c->place) : "");
        cell(t, c->carrier >= 0 ? actor_name(c->carrier) : "");
        set_cell(t, c->themes, rs_themes, 0);
        if (c->no_parent) {
            cell(t, "none");
        } else {
            set_cell(t, c->parents, NULL, 's');
        }
        dates_cells(t, c->start, c->end);
        end_row(t);
    }
    end_table(t, "schemes: id,kind,territory,carrier,themes,parent,start,end\n");
    for (int i = 0; i < s->n_activities; i++) {
        const struct rs_activity *a = &s->activity[i];
        cell(t, rs_name('a', i));
        word_cell(t, activity_kinds, a->kind);
        word_cell(t, powers, a->power);
        if (a->outside) {
            cell(t, "none");
        } else {
            set_cell(t, a->schemes, NULL, 's');
        }
        set_cell(t, a->themes, rs_themes, 0);
        set_cell(t, a->axes, rs_axes, 0);
        set_cell(t, a->audiences, rs_audiences, 0);
        set_cell(t, a->carriers, NULL, 'o');
        set_cell(t, a->partners, NULL, 'o');
        set_cell(t, a->places, NULL, '@');
        dates_cells(t, a->start, a->end);
        end_row(t);
    }
    end_table(t, "activities: id,kind,power,schemes,themes,axis,audience,carriers,partners,"
                 "territory,start,end\n");
}

static const char *const roles[] = {"coordinator", "elected", "referent",
                                    "director",    "member",  "resident"};

static void write_seats(const random_study *s, sheet *t)
{
    static const char *const said[] = {"no", "yes", "excused", "represented"};
    static const char *const tie_kinds[] = {"knows", "works_with", "agreement"};
    for (int i = 0; i < s->n_seats; i++) {
        const struct rs_seat *e = &s->seat[i];
        cell(t, actor_name(e->actor));
        cell(t, rs_name('a', e->activity));
        word_cell(t, roles, e->role);
        number_cell(t, e->hours, e->hours >= 0);
        cell(t, rs_date(e->date));
        word_cell(t, said, e->invited);
        word_cell(t, said, e->present);
        cell(t, e->behalf < 0         ? ""
                : e->behalf < RS_ORGS ? actor_name(e->behalf)
                                      : rs_name('s', e->behalf - RS_ORGS));
        end_row(t);
    }
    end_table(t, "participations: actor,activity,role,hours,date,invited,present,on_behalf_of\n");
    for (int i = 0; i < s->n_ties; i++) {
        cell(t, actor_name(s->tie[i].a));
        cell(t, actor_name(s->tie[i].b));
        word_cell(t, tie_kinds, s->tie[i].kind);
        dates_cells(t, s->tie[i].start, s->tie[i].end);
        end_row(t);
    }
    end_table(t, "ties: from,to,kind,start,end\n");
}

static void write_posts(const random_study *s, sheet *t)
{
    for (int i = 0; i < s->n_posts; i++) {
        const struct rs_post *p = &s->post[i];
        cell(t, rs_name('j', p->name));
        cell(t, p->holder >= 0 ? actor_name(p->holder) : p->holder == -2 ? "vacant" : "");
        word_cell(t, roles, p->role);
        set_cell(t, p->schemes, NULL, 's');
        cell(t, p->service >= 0 ? actor_name(p->service) : "");
        cell(t, p->employer >= 0 ? actor_name(p->employer) : "");
        number_cell(t, p->fte, p->fte >= 0.0);
        set_cell(t, p->missions, rs_missions, 0);
        cell(t, p->place >= 0 ? rs_place_name(p->place) : "");
        cell(t, p->mandate ? "elected" : "");
        dates_cells(t, p->start, p->end);
        end_row(t);
    }
    end_table(t, "posts: id,person,role,scheme,service,employer,fte,mission,territory,contract,"
                 "start,end\n");
    for (int i = 0; i < s->n_fundings; i++) {
        const struct rs_funding *f = &s->funding[i];
        cell(t, actor_name(f->funder));
        cell(t, rs_name('s', f->scheme));
        number_cell(t, f->amount, f->amount >= 0);
        dates_cells(t, f->start, f->end);
        end_row(t);
    }
    end_table(t, "funding: funder,target,amount,start,end\n");
}

const char *random_study_text(const random_study *study, unsigned long order)
{
    static sheet t;
    t = (sheet){.order = mlg_random_stream(59, "random_study", "rows", order),
                .shuffled = order > 0};
    deal_names(order);
    strcpy(t.text, "study: key,value\ndate,2024-06-30\n");
    write_places(study, &t);
    write_actors(study, &t);
    write_schemes(study, &t);
    write_seats(study, &t);
    write_posts(study, &t);
    return t.text;
}
