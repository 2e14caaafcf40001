/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/words.h"

#include <string.h>

/* ASCII letters only: tolower() would turn I into a dotless i in Turkey. Other bytes
 * must be the same. */
static bool same_word(const char *text, size_t length, const char *word)
{
    for (size_t i = 0; i < length; i++) {
        const char c = (char) (text[i] >= 'A' && text[i] <= 'Z' ? text[i] + 32 : text[i]);
        if (word[i] == '\0' || c != word[i]) {
            return false;
        }
    }
    return word[length] == '\0';
}

/* Is the text one of the words, which are in small letters and end with NULL? */
static bool one_of(const char *text, size_t length, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (same_word(text, length, *words)) {
            return true;
        }
    }
    return false;
}

bool mlg_word_missing(const char *text, size_t length)
{
    static const char *const words[] = {"", "na", "n/a", "nc", "-", "–", "—", ".", NULL};
    return length <= 3 && one_of(text, length, words);
}

bool mlg_word_dash(const char *text, size_t length)
{
    static const char *const words[] = {"-", "–", "—", NULL};
    return length > 0 && length <= 3 && one_of(text, length, words);
}

bool mlg_word_error(const char *text, size_t length)
{
    static const char *const words[] = {"#n/a",    "#ref!",    "#valeur!", "#value!",
                                        "#div/0!", "#nom?",    "#name?",   "#nul!",
                                        "#null!",  "#nombre!", "#num!",    NULL};
    if (length < 2 || text[0] != '#') {
        return false;
    }
    return one_of(text, length, words) || strspn(text, "#") == length;
}

bool mlg_word_unknown(const char *text, size_t length)
{
    static const char *const words[] = {"unknown", "inconnu", "inconnue", NULL};
    return length >= 7 && length <= 8 && ((text[0] | 0x20) == 'i' || (text[0] | 0x20) == 'u') &&
           one_of(text, length, words);
}

bool mlg_word_unknown_share(const char *text, size_t length)
{
    return mlg_word_unknown(text, length) || (length == 1 && text[0] == '?');
}

bool mlg_word_none(const char *text, size_t length)
{
    static const char *const words[] = {
        "none", "aucun", "aucune", "hors dispositif", "hors_dispositif", NULL};
    if (length < 4 || length > 15) {
        return false;
    }
    const char last = (char) (text[length - 1] | 0x20);
    return (last == 'e' || last == 'n' || last == 'f') && one_of(text, length, words);
}

bool mlg_word_vacant(const char *text, size_t length)
{
    static const char *const words[] = {
        "vacant",     "vacante",    "poste vacant",         "non pourvu", "non pourvue",
        "à pourvoir", "à recruter", "recrutement en cours", NULL};
    return one_of(text, length, words);
}

int mlg_word_bool(const char *text, size_t length)
{
    static const char *const yes[] = {"yes", "y", "true", "oui", "o", "vrai",
                                      "1",   "x", "✓",    "✔",   NULL};
    static const char *const no[] = {"no", "n", "false", "non", "faux", "0", NULL};
    return one_of(text, length, yes) ? 1 : one_of(text, length, no) ? 0 : -1;
}

bool mlg_word_total(const char *text, size_t length)
{
    static const char *const words[] = {"total",      "totaux",     "somme",         "sum",
                                        "sous-total", "sous total", "total général", "grand total",
                                        "subtotal",   NULL};
    while (length > 0 && (text[length - 1] == ':' || text[length - 1] == ' ')) {
        length--;
    }
    return length >= 3 && one_of(text, length, words);
}

bool mlg_word_suspect(const char *text, size_t length)
{
    if (length == 0) {
        return true;
    }
    switch (text[0]) {
    case '#':
        return true;
    case '-':
    case '.':
        return length == 1;
    case 'n':
    case 'N':
        return length <= 3;
    case '\xe2': /* the first byte of the dashes */
        return length == 3;
    default:
        return false;
    }
}
