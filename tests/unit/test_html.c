/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/html.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "report/escape.h"
#include "reported.h"
#include "suite.h"

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

/* ---- escaping ----------------------------------------------------------------------------- */

static const struct {
    const char *text, *markup;
} escape_cases[] = {
    {"plain é 日本", "plain é 日本"},
    {"<b>&\"'", "&lt;b&gt;&amp;&quot;&#39;"},
    {"&#x41;", "&amp;#x41;"},
    {"</script><script>", "&lt;/script&gt;&lt;script&gt;"},
    {"]]>", "]]&gt;"},
    {"bell\x07", "bell\xef\xbf\xbd"},
    {"tab\tand\nline", "tab\tand\nline"},
    {"\xe2\x80\xae"
     "evil",
     "[U+202E]evil"},
    {"\xe2\x81\xa6x", "[U+2066]x"},
    {"\xe2\x80\x99", "\xe2\x80\x99"}, /* an apostrophe begins with the same byte */
    {"\xe2\x80\xa8", "\xe2\x80\xa8"},
    {"\xe2", "\xe2"}, /* cut short: as it is, without reading on */
    {"", ""},
};

START_TEST(a_text_becomes_markup_in_one_way)
{
    mlg_buffer out = {0};
    mlg_html_escape(&out, escape_cases[_i].text);
    ck_assert_str_eq(mlg_buffer_string(&out), escape_cases[_i].markup);
    mlg_buffer_free(&out);
}
END_TEST

/* ---- a page, taken apart -------------------------------------------------------------------- */

static mlg_status write_page(const void *results, FILE *out, mlg_error *err)
{
    mlg_document document;
    mlg_status status = mlg_document_report(results, &document, err);
    if (status == MLG_OK) {
        status = mlg_html_write(&document, out, err);
        mlg_document_free(&document);
    }
    return status;
}

static bool is_void(const char *name, size_t length)
{
    static const char *const names[] = {"meta", "br", "wbr"};
    for (size_t i = 0; i < 3; i++) {
        if (strlen(names[i]) == length && strncmp(names[i], name, length) == 0) {
            return true;
        }
    }
    return false;
}

/* What a walk over the tags of a page finds; fails the test where markup is not balanced. */
typedef struct walk {
    size_t h1, main, captions, tables, articles, svg, heads, scopes, scripts, styles;
    size_t style_attributes, handlers, foreign;
} walk;

static void count_tag(walk *w, const char *tag, size_t length)
{
    static const struct {
        const char *name;
        size_t at;
    } counted[] = {{"h1", offsetof(walk, h1)},
                   {"main", offsetof(walk, main)},
                   {"caption", offsetof(walk, captions)},
                   {"table", offsetof(walk, tables)},
                   {"article", offsetof(walk, articles)},
                   {"svg", offsetof(walk, svg)},
                   {"th", offsetof(walk, heads)},
                   {"script", offsetof(walk, scripts)},
                   {"style", offsetof(walk, styles)},
                   {"img", offsetof(walk, foreign)},
                   {"iframe", offsetof(walk, foreign)},
                   {"link", offsetof(walk, foreign)},
                   {"form", offsetof(walk, foreign)},
                   {"object", offsetof(walk, foreign)}};
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++) {
        if (strlen(counted[i].name) == length && strncmp(counted[i].name, tag, length) == 0) {
            ++*(size_t *) ((char *) w + counted[i].at);
        }
    }
}

/* Attributes between a tag's name and its end: NAME="VALUE" or NAME alone. */
static const char *read_attributes(walk *w, const char *at)
{
    for (at += strspn(at, " "); *at != '>' && strncmp(at, "/>", 2) != 0; at += strspn(at, " ")) {
        const size_t name = strcspn(at, "=> /");
        ck_assert_msg(name > 0, "no attribute: %.40s", at);
        w->style_attributes += name == 5 && strncmp(at, "style", 5) == 0;
        w->handlers += name > 2 && strncmp(at, "on", 2) == 0;
        w->scopes += name == 5 && strncmp(at, "scope", 5) == 0;
        at += name;
        if (*at == '=') {
            ck_assert_msg(at[1] == '"', "an attribute without quotes: %.40s", at);
            const char *end = strchr(at + 2, '"');
            ck_assert_ptr_nonnull(end);
            ck_assert_msg(memchr(at + 2, '<', (size_t) (end - at - 2)) == NULL,
                          "a bare < in an attribute: %.60s", at);
            at = end + 1;
        }
    }
    return at;
}

/* Open elements, the innermost last. */
typedef struct stack {
    struct {
        const char *name;
        size_t length;
    } open[64];
    size_t depth;
} stack;

static bool is_innermost(const stack *s, const char *name, size_t length)
{
    return s->depth > 0 && s->open[s->depth - 1].length == length &&
           strncmp(s->open[s->depth - 1].name, name, length) == 0;
}

static bool is_one_of(const char *name, size_t length, const char *names)
{
    for (const char *at = strchr(names, name[0]); at != NULL; at = strchr(at + 1, name[0])) {
        if (strncmp(at, name, length) == 0 && at[length] == ' ' && (at == names || at[-1] == ' ')) {
            return true;
        }
    }
    return false;
}

/* Ends what HTML ends by itself: before the next of its sort, and with what it is in. */
static void end_implied(stack *s, const char *name, size_t length, bool closes)
{
    static const struct {
        const char *ended, *opening, *closing;
    } rules[] = {
        {"td th ", "td th tr ", "thead tbody "},
        {"tr ", "tr ", "thead tbody "},
        {"li ", "li ", "ul ol "},
        {"dt dd ", "dt dd ", "dl div "},
    };
    for (size_t i = 0; i < N_OF(rules); i++) {
        if (s->depth > 0 && is_one_of(name, length, closes ? rules[i].closing : rules[i].opening) &&
            is_one_of(s->open[s->depth - 1].name, s->open[s->depth - 1].length, rules[i].ended)) {
            s->depth--;
        }
    }
}

static walk walk_page(const char *page)
{
    walk w = {0};
    stack s = {.depth = 0};

    ck_assert(strncmp(page, "<!DOCTYPE html>\n", 16) == 0);
    for (const char *at = strchr(page + 16, '<'); at != NULL; at = strchr(at, '<')) {
        const bool closes = at[1] == '/';
        const char *name = at + 1 + closes;
        const size_t length = strcspn(name, " >/\n");
        ck_assert_msg(length > 0 && name[0] >= 'a' && name[0] <= 'z', "no tag: %.40s", at);
        end_implied(&s, name, length, closes);
        if (closes) {
            ck_assert_msg(is_innermost(&s, name, length), "closed out of turn: %.40s", at);
            s.depth--;
            at = name + length;
            continue;
        }
        count_tag(&w, name, length);
        at = read_attributes(&w, name + length);
        if (*at == '/' || is_void(name, length)) {
            continue;
        }
        ck_assert_uint_lt(s.depth, 64);
        s.open[s.depth].name = name;
        s.open[s.depth++].length = length;
        if (strncmp(name, "style", 5) == 0 || strncmp(name, "script", 6) == 0) {
            at = strstr(at, "</"); /* text without tags */
        }
    }
    ck_assert_uint_eq(s.depth, 0);
    return w;
}

static char *page_of(reported *r, const char *study, mlg_language language, bool names)
{
    reported_study(r, study);
    r->results.labels = (mlg_labels){language, names};
    return reported_written(write_page, &r->results);
}

START_TEST(a_page_is_well_formed_and_has_its_landmarks)
{
    const char *const studies[] = {reported_rich_study(), reported_hostile_study(),
                                   "ties: from,to\na,b\n", "perimeters: territory,unit\nT,U\n"};
    reported r;
    char *page = page_of(&r, studies[_i / 2], (mlg_language) (_i % 2), false);
    const walk w = walk_page(page);
    ck_assert_uint_eq(w.h1, 1);
    ck_assert_uint_eq(w.main, 1);
    ck_assert_uint_eq(w.scripts, 1);
    ck_assert_uint_eq(w.styles, 1);
    ck_assert_uint_ge(w.tables, 3);
    ck_assert_uint_eq(w.captions, w.tables);
    ck_assert_uint_eq(w.scopes, w.heads);
    ck_assert_uint_eq(w.style_attributes, 0);
    ck_assert_uint_eq(w.handlers, 0);
    ck_assert_uint_eq(w.foreign, 0);
    ck_assert_uint_eq(w.articles, r.findings.n);
    ck_assert_ptr_nonnull(strstr(page, _i % 2 == 0 ? "<html lang=\"fr\">" : "<html lang=\"en\">"));
    ck_assert_ptr_nonnull(strstr(page, "class=\"skip\" href=\"#main\""));
    free(page);
    reported_close(&r);
}
END_TEST

/* Undoes mlg_html_escape() for what stands in texts. */
static void unescape(char *text)
{
    static const struct {
        const char *reference;
        char sign;
    } table[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
    char *to = text;
    for (const char *from = text; *from != '\0';) {
        size_t i = 0;
        while (i < 5 && strncmp(from, table[i].reference, strlen(table[i].reference)) != 0) {
            i++;
        }
        if (i < 5) {
            *to++ = table[i].sign;
            from += strlen(table[i].reference);
        } else {
            *to++ = *from++;
        }
    }
    *to = '\0';
}

START_TEST(hostile_names_stand_on_the_page_letter_for_letter)
{
    reported r;
    char *page = page_of(&r, reported_hostile_study(), MLG_EN, true);
    const char *const markup[] = {"<script>document", "<svg onload", "<img", "<!--", "\"x\")"};
    for (size_t i = 0; i < sizeof markup / sizeof *markup; i++) {
        ck_assert_msg(strstr(page, markup[i]) == NULL, "%s runs", markup[i]);
    }
    unescape(page);
    for (size_t i = 0; i + 1 < reported_n_hostile; i++) { /* the last is shown by its number */
        ck_assert_msg(strstr(page, reported_hostile[i]) != NULL, "%s is not shown",
                      reported_hostile[i]);
    }
    ck_assert_ptr_null(strstr(page, "\xe2\x80\xae"));
    ck_assert_ptr_nonnull(strstr(page, "mirror [U+202E]evil"));
    free(page);
    reported_close(&r);
}
END_TEST

/* ---- policy ------------------------------------------------------------------------------------
 */

/* base64 by the book: one bit after the other. */
static void slow_base64(const unsigned char *bytes, size_t n, char *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t digit = 0;
    for (; digit * 6 < n * 8; digit++) {
        unsigned value = 0;
        for (size_t bit = digit * 6; bit < digit * 6 + 6; bit++) {
            const unsigned set =
                bit < n * 8 ? ((unsigned) bytes[bit / 8] >> (7 - bit % 8)) & 1u : 0u;
            value = value << 1 | set;
        }
        out[digit] = digits[value];
    }
    for (; digit % 4 != 0; digit++) {
        out[digit] = '=';
    }
    out[digit] = '\0';
}

static void hash_of(const char *page, const char *tag, char *out)
{
    char open[16], close[16], hex[MLG_DIGEST_TEXT];
    unsigned char bytes[32];
    snprintf(open, sizeof open, "<%s>", tag);
    snprintf(close, sizeof close, "</%s>", tag);
    const char *from = strstr(page, open) + strlen(open);
    mlg_digest_of(from, (size_t) (strstr(from, close) - from), hex);
    for (size_t i = 0; i < 32; i++) {
        unsigned byte = 0;
        sscanf(hex + 2 * i, "%2x", &byte);
        bytes[i] = (unsigned char) byte;
    }
    slow_base64(bytes, 32, out);
}

START_TEST(the_policy_lets_only_the_pages_own_style_and_script_act)
{
    reported r;
    char style[64], script[64], expected[512];
    char *page = page_of(&r, reported_rich_study(), MLG_FR, false);
    hash_of(page, "style", style);
    hash_of(page, "script", script);
    snprintf(expected, sizeof expected,
             "<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
             "style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none'; form-action "
             "'none'\">\n",
             style, script);
    ck_assert_msg(strstr(page, expected) != NULL, "the policy is not %s", expected);
    ck_assert_ptr_null(strstr(page, "https:"));
    free(page);
    reported_close(&r);
}
END_TEST

/* ---- persons
 * ------------------------------------------------------------------------------------- */

START_TEST(persons_are_named_only_when_asked_and_then_a_banner_says_so)
{
    /* a person of no organisation is an actor of the network */
    const char *const study = "actors: id,name,kind\nm1,Aline Curieuse,person\n"
                              "o1,CCAS,organisation\no2,CPAM,organisation\n"
                              "ties: from,to\nm1,o1\no1,o2\n";
    for (int names = 0; names <= 1; names++) {
        for (int language = 0; language < MLG_N_LANGUAGES; language++) {
            reported r;
            const char *banner = mlg_text((mlg_language) language, T_report_names_banner);
            char *page = page_of(&r, study, (mlg_language) language, names != 0);
            ck_assert_int_eq(strstr(page, "Curieuse") != NULL, names);
            ck_assert_int_eq(strstr(page, banner) != NULL, names);
            ck_assert_ptr_null(strstr(page, ">m1<"));
            free(page);
            reported_close(&r);
        }
    }
}
END_TEST

/* ---- what a reader meets first ------------------------------------------------------------- */

static size_t times(const char *page, const char *what)
{
    size_t n = 0;
    for (const char *at = page; (at = strstr(at, what)) != NULL; at++) {
        n++;
    }
    return n;
}

START_TEST(an_illustrative_study_has_a_banner_under_its_title_and_on_every_sheet)
{
    for (int language = 0; language < MLG_N_LANGUAGES; language++) {
        reported r;
        const char *banner = mlg_text((mlg_language) language, T_report_illustrative);
        char *page = page_of(&r, "study: key,value\ntitle,T\nillustratif,oui\nties: from,to\na,b\n",
                             (mlg_language) language, true);
        const char *running = strstr(page, "<p class=\"running\" aria-hidden=\"true\">");
        ck_assert_ptr_nonnull(running);
        ck_assert_ptr_nonnull(strstr(page, "<body class=\"marked\">"));
        ck_assert_uint_eq(times(page, banner), 2);
        ck_assert(strstr(running, banner) < strstr(page, "<h1>"));
        ck_assert(strstr(strstr(page, "<h1>"), banner) < strstr(page, "<main"));
        ck_assert_uint_eq(times(page, mlg_text((mlg_language) language, T_report_names_banner)), 2);
        free(page);
        reported_close(&r);
        page = page_of(&r, "ties: from,to\na,b\n", (mlg_language) language, false);
        ck_assert_uint_eq(times(page, banner), 0);
        ck_assert_ptr_null(strstr(page, "class=\"running\""));
        free(page);
        reported_close(&r);
    }
}
END_TEST

START_TEST(a_limit_that_findings_share_is_said_once)
{
    reported r;
    reported_study(&r, reported_rich_study());
    ck_assert(mlg_grow(&r.findings.items, &r.findings.room, 3, sizeof *r.findings.items));
    r.findings.n = 3;
    for (size_t i = 0; i < 3; i++) {
        r.findings.items[i] = r.findings.items[0];
        r.findings.items[i].limits[0] = T_limit_declared;
        r.findings.items[i].limits[1] = i == 1 ? T_limit_removal : T_limit_person;
        r.findings.items[i].n_limits = 2;
    }
    char *page = reported_written(write_page, &r.results);
    ck_assert_uint_eq(times(page, mlg_text(MLG_EN, T_limit_declared)), 1);
    ck_assert_uint_eq(times(page, mlg_text(MLG_EN, T_limit_person)), 1);
    ck_assert_uint_eq(times(page, mlg_text(MLG_EN, T_limit_removal)), 1);
    ck_assert_ptr_nonnull(strstr(page, "(findings <a href=\"#finding-1\">1</a>, <a "
                                       "href=\"#finding-2\">2</a>, <a href=\"#finding-3\">3</a>)"));
    ck_assert_ptr_nonnull(strstr(page, "(findings <a href=\"#finding-1\">1</a>, <a "
                                       "href=\"#finding-3\">3</a>)"));
    free(page);
    reported_close(&r);
}
END_TEST

/* ---- tables -----------------------------------------------------------------------------------
 */

/* A table of one column of numbers and one of shades, as the page writes it. */
static char *table_page(mlg_table shape, size_t rows)
{
    const mlg_heading heads[] = {{"row", mlg_arg_text("Row"), MLG_EVERYWHERE},
                                 {"x", mlg_arg_text("Column"), MLG_EVERYWHERE}};
    reported r;
    mlg_document document = {0};
    reported_study(&r, "ties: from,to\na,b\n");
    document.results = &r.results;
    mlg_doc_section(&document, "s", T_section_silos);
    mlg_table *table =
        mlg_doc_table(&document, "file", mlg_sentence_of(T_table_ei, NULL, 0), heads, 2);
    table->heat = shape.heat;
    table->page_rows = shape.page_rows;
    table->open_rows = shape.open_rows;
    table->total = shape.total;
    for (size_t row = 0; row < rows; row++) {
        mlg_cell cell = mlg_cell_of(mlg_arg_count((double) row));
        cell.tint = (mlg_tint) (row % MLG_N_TINTS);
        cell.small = row == 1 ? "9 < 21" : NULL;
        mlg_doc_cell(&document, table, mlg_cell_of(mlg_arg_text("name")));
        mlg_doc_cell(&document, table, cell);
    }
    char *page = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&page, &length);
    ck_assert_int_eq(mlg_html_write(&document, out, NULL), MLG_OK);
    ck_assert_int_eq(fclose(out), 0);
    mlg_document_free(&document);
    reported_close(&r);
    return page;
}

START_TEST(a_shaded_table_has_a_mark_a_class_and_a_word_for_each_shade)
{
    char *page = table_page((mlg_table){.heat = true, .page_rows = SIZE_MAX}, MLG_N_TINTS);
    const walk w = walk_page(page);
    ck_assert_uint_eq(w.style_attributes, 0);
    ck_assert_ptr_nonnull(strstr(page, "<table class=\"heat\">"));
    ck_assert_ptr_nonnull(strstr(page, "<th scope=\"col\" class=\"up\"><span>Column</span>"));
    ck_assert_ptr_nonnull(strstr(page, "<td class=\"far-less\">1<br>9 &lt; 21\n"));
    ck_assert_ptr_nonnull(strstr(page, ".far-less::before"));
    for (mlg_text_key key = T_tint_far_less; key <= T_tint_share_4; key++) {
        ck_assert_uint_eq(times(page, mlg_text(MLG_EN, key)), 1);
    }
    free(page);
    page = table_page((mlg_table){.heat = true, .page_rows = SIZE_MAX}, 2); /* only those used */
    ck_assert_uint_eq(times(page, mlg_text(MLG_EN, T_tint_far_less)), 1);
    ck_assert_uint_eq(times(page, mlg_text(MLG_EN, T_tint_less)), 0);
    free(page);
}
END_TEST

static const struct {
    size_t rows, page_rows, open_rows, tables, all; /* all: rows on the page, heads aside */
    const char *summary;
} folds[] = {
    {3, SIZE_MAX, 0, 1, 3, NULL},
    {3, SIZE_MAX, 3, 1, 3, NULL},
    {9, SIZE_MAX, 3, 1, 9, "All 9 rows"},
    {9, 6, 3, 1, 6, "The first 6 rows"},
    {9, 3, 5, 1, 3, NULL},
    {15, SIZE_MAX, 3, 1, 15, "All 15 rows"},
    {15, 13, 3, 1, 13, "The first 13 rows"},
    {9, 0, 3, 0, 0, NULL},
};

START_TEST(a_long_table_shows_its_first_rows_and_unfolds)
{
    char *page =
        table_page((mlg_table){.page_rows = folds[_i].page_rows, .open_rows = folds[_i].open_rows},
                   folds[_i].rows);
    const walk w = walk_page(page);
    ck_assert_uint_eq(w.tables, folds[_i].tables);
    ck_assert_uint_eq(times(page, "<th scope=\"row\">"), folds[_i].all);
    ck_assert_int_eq(strstr(page, "<details class=\"unfold\">") != NULL, folds[_i].summary != NULL);
    if (folds[_i].summary != NULL) {
        ck_assert_ptr_nonnull(strstr(page, folds[_i].summary));
        const size_t printed = folds[_i].all < 12 ? folds[_i].all : 12;
        char said[64];
        snprintf(said, sizeof said, "<p class=\"note paper\">%zu of %zu rows", printed,
                 folds[_i].rows);
        ck_assert_int_eq(strstr(page, said) != NULL, printed < folds[_i].rows);
        ck_assert_uint_eq(times(strstr(page, "<tbody class=\"folded\">"), "<th scope=\"row\">"),
                          folds[_i].all - 3);
        const char *rest = strstr(page, "<tbody class=\"folded rest\">");
        ck_assert_uint_eq(rest != NULL ? times(rest, "<th scope=\"row\">") : 0,
                          folds[_i].all - printed);
    }
    free(page);
}
END_TEST

/* What a file has is said of the file, which may have the first rows only. */
static const struct {
    size_t rows, page_rows;
    double total;
    const char *said;
} cuts[] = {
    {9, 6, 0, "6 of 9 rows; all of them in tables/file.csv."},
    {9, 6, 9, "6 of 9 rows; all of them in tables/file.csv."},
    {9, 6, 2628, "6 of 2,628 rows; tables/file.csv has the first 9."},
    {9, 9, 2628, "9 of 2,628 rows; tables/file.csv has the first 9."},
    {9, 9, 9, NULL},
};

START_TEST(a_cut_table_says_what_its_file_has)
{
    char *page = table_page((mlg_table){.page_rows = cuts[_i].page_rows, .total = cuts[_i].total},
                            cuts[_i].rows);
    ck_assert_int_eq(strstr(page, "tables/file.csv") != NULL, cuts[_i].said != NULL);
    ck_assert_msg(cuts[_i].said == NULL || strstr(page, cuts[_i].said) != NULL, "%s",
                  cuts[_i].said);
    free(page);
}
END_TEST

START_TEST(any_allocation_of_the_page_may_fail)
{
    reported r;
    mlg_document document;
    mlg_status status = MLG_ENOMEM;
    reported_study(&r, reported_rich_study());
    ck_assert_int_eq(mlg_document_report(&r.results, &document, NULL), MLG_OK);
    for (long n = 0; status == MLG_ENOMEM; n += 1 + n / 40) {
        mlg_error err = {MLG_OK, ""};
        FILE *out = fopen("/dev/null", "w");
        ck_assert_ptr_nonnull(out);
        mlg_alloc_fails_at = n;
        status = mlg_html_write(&document, out, &err);
        const bool reached = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        fclose(out);
        ck_assert_int_eq(status, reached ? MLG_ENOMEM : MLG_OK);
        ck_assert(!reached || err.message[0] != '\0');
    }
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

/* A page that grew past what a phone's connection bears would be noticed here. */
START_TEST(a_page_of_three_hundred_actors_stays_small)
{
    static char study[65536];
    reported r;
    size_t used = (size_t) snprintf(study, sizeof study, "actors: id,name,sector\n");
    for (int i = 0; i < 300; i++) {
        used += (size_t) snprintf(study + used, sizeof study - used,
                                  "v%d,Organisation of the area %d,field %d\n", i, i, i % 8);
    }
    used += (size_t) snprintf(study + used, sizeof study - used, "ties: from,to,kind\n");
    for (int i = 0; i < 300; i++) {
        for (int step = 1; step <= 13; step += 6) {
            used += (size_t) snprintf(study + used, sizeof study - used, "v%d,v%d,works_with\n", i,
                                      (i * 7 + step) % 300);
        }
    }
    ck_assert_uint_lt(used, sizeof study);
    char *page = page_of(&r, study, MLG_FR, false);
    ck_assert_uint_lt(strlen(page), 250 * 1024);
    free(page);
    reported_close(&r);
}
END_TEST

START_TEST(the_same_study_gives_the_same_page)
{
    reported first, second;
    char *one = page_of(&first, reported_rich_study(), MLG_FR, false);
    char *two = page_of(&second, reported_rich_study(), MLG_FR, false);
    ck_assert_str_eq(one, two);
    free(one);
    free(two);
    reported_close(&first);
    reported_close(&second);
}
END_TEST

START_TEST(a_full_disk_is_told)
{
    reported r;
    mlg_document document;
    mlg_error err = {MLG_OK, ""};
    FILE *full = fopen("/dev/full", "w");
    if (full == NULL) {
        return;
    }
    setvbuf(full, NULL, _IONBF, 0);
    reported_study(&r, "ties: from,to\na,b\n");
    ck_assert_int_eq(mlg_document_report(&r.results, &document, NULL), MLG_OK);
    ck_assert_int_eq(mlg_html_write(&document, full, &err), MLG_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "No space left"));
    fclose(full);
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("html");
    TCase *html = tcase_create("html");
    tcase_add_loop_test(html, a_text_becomes_markup_in_one_way, 0, N_OF(escape_cases));
    tcase_add_loop_test(html, a_page_is_well_formed_and_has_its_landmarks, 0, 8);
    tcase_add_test(html, hostile_names_stand_on_the_page_letter_for_letter);
    tcase_add_test(html, the_policy_lets_only_the_pages_own_style_and_script_act);
    tcase_add_test(html, persons_are_named_only_when_asked_and_then_a_banner_says_so);
    tcase_add_test(html, an_illustrative_study_has_a_banner_under_its_title_and_on_every_sheet);
    tcase_add_test(html, a_limit_that_findings_share_is_said_once);
    tcase_add_test(html, a_shaded_table_has_a_mark_a_class_and_a_word_for_each_shade);
    tcase_add_loop_test(html, a_long_table_shows_its_first_rows_and_unfolds, 0, N_OF(folds));
    tcase_add_loop_test(html, a_cut_table_says_what_its_file_has, 0,
                        (int) (sizeof cuts / sizeof *cuts));
    tcase_add_test(html, any_allocation_of_the_page_may_fail);
    tcase_add_test(html, a_page_of_three_hundred_actors_stays_small);
    tcase_add_test(html, the_same_study_gives_the_same_page);
    tcase_add_test(html, a_full_disk_is_told);
    suite_add_tcase(suite, html);
    return suite_run(suite);
}
