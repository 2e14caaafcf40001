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
    if (seat->institution >= 0) {
        return member->institution == seat->institution;
    }
    if (seat->sector >= 0) {
        return member->sector == seat->sector;
    }
    return strcmp(member->name, seat->name) == 0 || strcmp(member->id, seat->name) == 0;
}

uint64_t mlg_seats_taken(const mlg_expected_seat *seats, size_t n, const mlg_member_codes *member)
{
    uint64_t taken = 0;
    for (size_t i = 0; i < n; i++) {
        taken |= (uint64_t) takes(&seats[i], member) << i;
    }
    return taken;
}

/* ---- the study's own list ------------------------------------------------------------------ */

const mlg_expected_seat *mlg_expected_seats(const mlg_model *model, size_t *n)
{
    *n = model->n_seats > 0 ? model->n_seats : N_SHIPPED;
    return model->n_seats > 0 ? model->seats : shipped;
}

bool mlg_expected_seats_own(const mlg_model *model)
{
    return model->n_seats > 0;
}

static bool same_words(const char *a, const char *b)
{
    char x[512], y[512];
    const size_t n = mlg_fold_short(MLG_FOLD_NAME, a, strlen(a), x, sizeof x);
    const size_t m = mlg_fold_short(MLG_FOLD_NAME, b, strlen(b), y, sizeof y);
    return n > 0 && n < sizeof x && n == m && memcmp(x, y, n) == 0;
}

/* Number of a shipped seat by its key or title, or -1. */
static int find_shipped(const char *word)
{
    int found = -1;
    for (int i = 0; i < N_SHIPPED && found < 0; i++) {
        const char *key = strchr(shipped[i].convention, '.') + 1;
        if (mlg_same_key(word, key) || same_words(word, mlg_text(MLG_FR, shipped[i].title)) ||
            same_words(word, mlg_text(MLG_EN, shipped[i].title))) {
            found = i;
        }
    }
    return found;
}

/* One word of the list; NULL name when memory is short. */
static mlg_status read_seat(mlg_model *model, const char *word, size_t own, mlg_expected_seat *out,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer key = {0}, name = {0};
    const int known = find_shipped(word);

    if (known >= 0) {
        *out = shipped[known];
        goto out;
    }
    mlg_buffer_format(&key, "seat.own_%zu", own);
    mlg_fold(word, strlen(word), &name);
    *out = (mlg_expected_seat){.title = T_none, .shipped = -1, .institution = -1, .sector = -1};
    out->word = mlg_arena_text(&model->arena, word, strlen(word));
    out->institution = mlg_vocabulary_find(MLG_V_institution, word);
    out->sector = out->institution < 0 ? mlg_vocabulary_find(MLG_V_sector, word) : -1;
    if (!key.failed && !name.failed) {
        out->convention = mlg_arena_text(&model->arena, mlg_buffer_string(&key), key.length);
        out->name = mlg_arena_text(&model->arena, mlg_buffer_string(&name), name.length);
    }
    TRY_ALLOC(err, out->word);
    TRY_ALLOC(err, out->convention);
    TRY_ALLOC(err, out->name);
out:
    mlg_buffer_free(&key);
    mlg_buffer_free(&name);
    return status;
}

static bool is_there(const mlg_expected_seat *seats, size_t n, const mlg_expected_seat *one)
{
    bool found = false;
    for (size_t i = 0; i < n; i++) {
        found = found || (one->shipped >= 0 && seats[i].shipped == one->shipped);
    }
    return found;
}

mlg_status mlg_finish_seats(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t earlier = -1;
    const char *list = mlg_setting_value(
        model, mlg_setting_row(model, "expected.copil", "attendu.copil", &earlier));
    mlg_expected_seat *seats = NULL;
    size_t n = 0, own = 0;

    if (list == NULL) {
        goto out;
    }
    seats = mlg_arena_alloc(&model->arena, MLG_MOST_SEATS * sizeof *seats);
    TRY_ALLOC(err, seats);
    while (*list != '\0' && n < MLG_MOST_SEATS) {
        char word[256];
        const size_t length = strcspn(list, "|");
        size_t from = 0, to = length < sizeof word - 1 ? length : sizeof word - 1;
        for (; from < to && list[from] == ' '; from++) {
        }
        for (; to > from && list[to - 1] == ' '; to--) {
        }
        memcpy(word, list + from, to - from);
        word[to - from] = '\0';
        list += length + (list[length] == '|');
        if (word[0] != '\0') {
            TRY(read_seat(model, word, own + 1, &seats[n], err));
            own += seats[n].shipped < 0;
            n += !is_there(seats, n, &seats[n]);
        }
    }
    model->seats = seats;
    model->n_seats = n;
out:
    return status;
}
