/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/expected_seats.h"

#include <string.h>

#include "base/fail.h"
#include "base/fold.h"
#include "base/texts.h"
#include "model/finish.h"

enum {
#define SEAT(key) SEAT_##key,
#define BY(key, role, institution, sector, level, words)
#include "model/expected_seats.def"
#undef SEAT
#undef BY
    N_SHIPPED
};

static const mlg_expected_seat shipped[N_SHIPPED] = {
#define SEAT(key) {"seat." #key, T_seat_##key, NULL, SEAT_##key, -1, -1, NULL},
#define BY(key, role, institution, sector, level, words)
#include "model/expected_seats.def"
#undef SEAT
#undef BY
};

/* One way to satisfy a shipped seat. */
typedef struct way {
    int seat;
    int32_t role, institution, sector, level;
    const char *words;
} way;

enum { ANY = -1, NONE = -2 };

static const way ways[] = {
#define ROLE(code)        MLG_CODE_OF(role, code)
#define INSTITUTION(code) MLG_CODE_OF(institution, code)
#define SECTOR(code)      MLG_CODE_OF(sector, code)
#define LEVEL(code)       MLG_CODE_OF(actor_level, code)
#define SEAT(key)
#define BY(key, role, institution, sector, level, words)                                           \
    {SEAT_##key, role, institution, sector, level, words},
#include "model/expected_seats.def"
#undef SEAT
#undef BY
};

/* ---- what a member satisfies ------------------------------------------------------------- */

static bool is_code(int32_t asked, int32_t said)
{
    return asked == ANY || (asked == NONE ? said < 0 : said == asked);
}

/* Does a folded text hold a phrase as whole words? */
static bool holds(const char *text, const char *phrase, size_t length)
{
    for (const char *at = text; at != NULL && *at != '\0';) {
        const char *end = at + length;
        if (strncmp(at, phrase, length) == 0 && (*end == '\0' || *end == ' ')) {
            return true;
        }
        at = strchr(at, ' ');
        at = at != NULL ? at + 1 : NULL;
    }
    return false;
}

static bool is_named(const char *words, const mlg_member_codes *member)
{
    bool found = words[0] == '\0';
    while (words[0] != '\0' && !found) {
        const size_t length = strcspn(words, "|");
        found = holds(member->name, words, length) || holds(member->id, words, length);
        words += length + (words[length] == '|');
    }
    return found;
}

static bool satisfies(const way *w, const mlg_member_codes *m)
{
    const bool role = w->role == MLG_CODE_OF(role, elected) ? m->elected || m->role == w->role
                                                            : is_code(w->role, m->role);
    return role && is_code(w->institution, m->institution) && is_code(w->sector, m->sector) &&
           is_code(w->level, m->level) && is_named(w->words, m);
}

static bool takes_shipped(int seat, const mlg_member_codes *member)
{
    bool found = false;
    for (size_t i = 0; i < sizeof ways / sizeof *ways && !found; i++) {
        found = ways[i].seat == seat && satisfies(&ways[i], member);
    }
    return found;
}

static bool takes(const mlg_expected_seat *seat, const mlg_member_codes *member)
{
    if (seat->shipped >= 0) {
        return takes_shipped(seat->shipped, member);
    }
    const bool named = strcmp(member->name, seat->name) == 0 || strcmp(member->id, seat->name) == 0;
    return named || (seat->institution >= 0 ? member->institution == seat->institution
                                            : seat->sector >= 0 && member->sector == seat->sector);
}

uint64_t mlg_seats_taken(const mlg_expected_seat *seats, size_t n, const mlg_member_codes *member)
{
    uint64_t taken = 0;
    for (size_t i = 0; i < n; i++) {
        taken |= (uint64_t) takes(&seats[i], member) << i;
    }
    return taken;
}

/* ---- the shipped list ---------------------------------------------------------------------- */

const mlg_expected_seat *mlg_shipped_seats(size_t *n)
{
    *n = N_SHIPPED;
    return shipped;
}

bool mlg_same_words(const char *a, const char *b)
{
    char x[512], y[512];
    const size_t n = mlg_fold_short(MLG_FOLD_NAME, a, strlen(a), x, sizeof x);
    const size_t m = mlg_fold_short(MLG_FOLD_NAME, b, strlen(b), y, sizeof y);
    return n > 0 && n < sizeof x && n == m && memcmp(x, y, n) == 0;
}

int mlg_shipped_seat_of(const char *word)
{
    int found = -1;
    for (int i = 0; i < N_SHIPPED && found < 0; i++) {
        const char *key = strchr(shipped[i].convention, '.') + 1;
        if (mlg_same_key(word, key) || mlg_same_words(word, mlg_text(MLG_FR, shipped[i].title)) ||
            mlg_same_words(word, mlg_text(MLG_EN, shipped[i].title))) {
            found = i;
        }
    }
    return found;
}
