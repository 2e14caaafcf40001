/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/person_names.h"

#include <string.h>

#include "base/fold.h"

enum {
    MAX_WORDS = 8,
    MAX_BYTES = 128,   /* of a key that is compared */
    MAX_SHARING = 100, /* names that share a word */
    MAX_JOINED = 3,    /* initials written as one word: "JP" */
};

/* ---- keys --------------------------------------------------------------------------- */

static size_t title_before(const char *key)
{
    static const char *const titles[] = {"madame", "mademoiselle", "monsieur", "docteur", "mme",
                                         "mlle",   "mr",           "dr",       "pr"};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        const size_t n = strlen(titles[i]);
        if (strncmp(key, titles[i], n) == 0 && key[n] == ' ') {
            return n + 1;
        }
    }
    return 0;
}

void mlg_person_key(const char *text, mlg_buffer *out)
{
    mlg_buffer plain = {0}, key = {0};
    for (; *text != '\0'; text++) {
        mlg_buffer_char(&plain, (char) (*text == '.' ? ' ' : *text));
    }
    const char *parted = mlg_buffer_string(&plain);
    mlg_fold(parted, strlen(parted), &key);
    out->failed = out->failed || plain.failed || key.failed;
    const char *folded = mlg_buffer_string(&key);
    mlg_buffer_text(out, folded + title_before(folded));
    mlg_buffer_free(&plain);
    mlg_buffer_free(&key);
}

typedef struct words {
    char text[MAX_BYTES];
    const char *word[MAX_WORDS];
    size_t n;
} words;

/* False for a key that is no person's: too long, or of too many words. */
static bool cut(const char *key, words *out)
{
    char *rest = NULL;
    out->n = 0;
    if (strlen(key) >= MAX_BYTES) {
        return false;
    }
    memcpy(out->text, key, strlen(key) + 1);
    for (char *next = strtok_r(out->text, " ", &rest); next != NULL;
         next = strtok_r(NULL, " ", &rest)) {
        if (out->n == MAX_WORDS) {
            return false;
        }
        out->word[out->n++] = next;
    }
    return out->n > 0;
}

static bool is_full(const char *word)
{
    return word[0] != '\0' && word[1] != '\0';
}

/* Takes the word out; false when it is not there. */
static bool take(words *from, const char *word)
{
    for (size_t i = 0; i < from->n; i++) {
        if (strcmp(from->word[i], word) == 0) {
            memmove(&from->word[i], &from->word[i + 1], (from->n - i - 1) * sizeof *from->word);
            from->n--;
            return true;
        }
    }
    return false;
}

/* Are the words of one the initials of the first words of the other: "c", "j p" or "jp"? Numbers
 * tell things apart: "Personne 7" is not "Personne 70". */
static bool are_initials(const words *few, const words *full)
{
    char letters[MAX_BYTES] = "";
    size_t n = 0;
    for (size_t i = 0; i < few->n; i++) {
        const size_t length = strlen(few->word[i]);
        if (length > 1 && (few->n > 1 || length > MAX_JOINED || full->n != length)) {
            return false;
        }
        memcpy(letters + n, few->word[i], length);
        n += length;
    }
    bool same = n > 0 && n <= full->n;
    for (size_t i = 0; same && i < n; i++) {
        same = full->word[i][0] == letters[i] && !(letters[i] >= '0' && letters[i] <= '9');
    }
    return same;
}

bool mlg_person_keys_agree(const char *a, const char *b)
{
    words x, y, left;
    bool common = false;
    if (!cut(a, &x) || !cut(b, &y)) {
        return false;
    }
    left = x;
    left.n = 0;
    for (size_t i = 0; i < x.n; i++) {
        if (is_full(x.word[i]) && take(&y, x.word[i])) {
            common = true;
        } else {
            left.word[left.n++] = x.word[i];
        }
    }
    if (!common) {
        return strcmp(a, b) == 0;
    }
    for (size_t i = 0; i < left.n;) { /* initials that both have */
        i += take(&y, left.word[i]) && take(&left, left.word[i]) ? 0 : 1;
    }
    return (left.n == 0 && y.n == 0) || are_initials(&left, &y) || are_initials(&y, &left);
}

/* ---- names met ------------------------------------------------------------------------ */

static bool enter(mlg_person_names *names, const char *word, int32_t key)
{
    const size_t before = names->word.n;
    const int32_t at = mlg_names_add(&names->word, word, strlen(word));
    if (at < 0 ||
        !mlg_grow(&names->first, &names->first_room, names->word.n, sizeof *names->first) ||
        !mlg_grow(&names->n, &names->n_room, names->word.n, sizeof *names->n) ||
        !mlg_grow(&names->entry, &names->entry_room, names->n_entries + 1, sizeof *names->entry)) {
        return false;
    }
    if (names->word.n > before) {
        names->first[at] = -1;
        names->n[at] = 0;
    }
    names->n[at]++;
    names->entry[names->n_entries] = (struct mlg_person_entry){key, names->first[at]};
    names->first[at] = (int32_t) names->n_entries++;
    return true;
}

/* Calls for each full word of a key, or for the whole of one that has none. */
static bool each_word(const char *key, bool (*call)(void *context, const char *word), void *context)
{
    words of;
    bool any = false, done = true;
    if (!cut(key, &of)) {
        return true;
    }
    for (size_t i = 0; i < of.n && done; i++) {
        if (is_full(of.word[i])) {
            any = true;
            done = call(context, of.word[i]);
        }
    }
    return any ? done : call(context, key);
}

typedef struct visit {
    mlg_person_names *names;
    int32_t key;
    const char *text;
    mlg_id party;
    void (*found)(void *context, mlg_id other);
    void *context;
    mlg_id *told;
    size_t n_told, room;
} visit;

static bool enter_word(void *context, const char *word)
{
    const visit *v = context;
    return enter(v->names, word, v->key);
}

void mlg_person_names_add(mlg_person_names *names, const char *text, mlg_id party)
{
    mlg_buffer key = {0};
    const size_t before = names->key.n;
    mlg_person_key(text, &key);
    bool added = !key.failed &&
                 mlg_grow(&names->party, &names->party_room, before + 1, sizeof *names->party);
    visit v = {.names = names, .key = -1};
    if (added) {
        v.key = mlg_names_add(&names->key, mlg_buffer_string(&key), key.length);
        added = v.key >= 0;
    }
    if (added && names->key.n > before) {
        names->party[before] = party;
        added = each_word(mlg_buffer_string(&key), enter_word, &v);
    }
    names->failed = names->failed || !added;
    mlg_buffer_free(&key);
}

static bool is_told(const visit *v, mlg_id party)
{
    for (size_t i = 0; i < v->n_told; i++) {
        if (v->told[i] == party) {
            return true;
        }
    }
    return false;
}

static bool compare_word(void *context, const char *word)
{
    visit *v = context;
    const mlg_person_names *names = v->names;
    const int32_t at = mlg_names_find(&names->word, word, strlen(word));
    if (at < 0 || names->n[at] > MAX_SHARING) {
        return true;
    }
    for (int32_t i = names->first[at]; i >= 0; i = names->entry[i].next) {
        const int32_t key = names->entry[i].key;
        const mlg_id other = names->party[key];
        if (other == v->party || is_told(v, other) ||
            !mlg_person_keys_agree(mlg_names_text(&names->key, key), v->text)) {
            continue;
        }
        if (!mlg_grow(&v->told, &v->room, v->n_told + 1, sizeof *v->told)) {
            return false;
        }
        v->told[v->n_told++] = other;
        v->found(v->context, other);
    }
    return true;
}

void mlg_person_names_find(mlg_person_names *names, const char *text, mlg_id party,
                           void (*found)(void *context, mlg_id other), void *context)
{
    mlg_buffer key = {0};
    mlg_person_key(text, &key);
    visit v = {.names = names,
               .text = mlg_buffer_string(&key),
               .party = party,
               .found = found,
               .context = context};
    if (key.failed || !each_word(v.text, compare_word, &v)) {
        names->failed = true;
    }
    mlg_free(v.told);
    mlg_buffer_free(&key);
}

void mlg_person_names_free(mlg_person_names *names)
{
    mlg_names_free(&names->key);
    mlg_names_free(&names->word);
    mlg_free(names->party);
    mlg_free(names->first);
    mlg_free(names->n);
    mlg_free(names->entry);
    *names = (mlg_person_names){0};
}
