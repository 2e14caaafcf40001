/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/checkpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/digest.h"
#include "base/memory.h"
#include "base/texts.h"
#include "base/whole_file.h"

/* The file: a line that says what it is, the key, the number of stages; each stage with its
 * number, the size of a slot and how many runs of slots it has; each run with its first slot, its
 * length and its bytes; at the end the digest of all that. Numbers are 64 bits, lowest byte
 * first; slots are as the machine has them. */
static const char magic[] = "maillage checkpoint 1\n";

enum { MAGIC = sizeof magic - 1, KEY = MLG_DIGEST_TEXT - 1, WORD = 8 };

static const double SECONDS_BETWEEN = 2.0; /* writings, at least */
static const double TIMES_AS_LONG = 20.0;  /* nor so soon that writing takes over 5 % of a run */

typedef struct stage {
    uint32_t number;
    size_t slot_size;
    size_t n; /* slots there is room for; not all are done */
    unsigned char *slots;
    unsigned char *done; /* [n] */
} stage;

struct mlg_checkpoint {
    char *path;
    char key[MLG_DIGEST_TEXT];
    stage *stages;
    size_t n, room;
    bool written; /* the file is ours: it may be replaced */
    bool news;    /* something is not written yet */
    double last, took;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double) time.tv_sec + (double) time.tv_nsec * 1e-9;
}

/* ---- stages ---------------------------------------------------------------- */

static stage *find_stage(const mlg_checkpoint *checkpoint, uint32_t number)
{
    for (size_t i = 0; i < checkpoint->n; i++) {
        if (checkpoint->stages[i].number == number) {
            return &checkpoint->stages[i];
        }
    }
    return NULL;
}

/* Room for slots 0 .. n - 1, by half more at a time. */
static mlg_status widen(stage *s, size_t n, mlg_error *err)
{
    mlg_status status = MLG_OK;

    if (n > s->n) {
        const size_t room = n > s->n + s->n / 2 ? n : s->n + s->n / 2;
        unsigned char *done = mlg_resize(s->done, room, 1);
        TRY_ALLOC(err, done);
        s->done = done;
        unsigned char *slots = mlg_resize(s->slots, room, s->slot_size);
        TRY_ALLOC(err, slots);
        s->slots = slots;
        memset(done + s->n, 0, room - s->n);
        s->n = room;
    }
out:
    return status;
}

static mlg_status put_slots(mlg_checkpoint *checkpoint, uint32_t number, uint64_t first, size_t n,
                            size_t slot_size, const void *slots, mlg_error *err)
{
    mlg_status status = MLG_OK;
    stage *s = find_stage(checkpoint, number);

    if (slot_size == 0 || first > SIZE_MAX / 2 || n > SIZE_MAX / 2 - first) {
        FAIL(err, MLG_EARG, "checkpoint: no such slots");
    }
    if (s == NULL) {
        if (!mlg_grow(&checkpoint->stages, &checkpoint->room, checkpoint->n + 1, sizeof *s)) {
            FAIL(err, MLG_ENOMEM, "out of memory for a stage of the checkpoint");
        }
        s = &checkpoint->stages[checkpoint->n++];
        *s = (stage){.number = number, .slot_size = slot_size};
    }
    if (s->slot_size != slot_size) {
        FAIL(err, MLG_EARG, "checkpoint: slots of two sizes in stage %u", (unsigned) number);
    }
    TRY(widen(s, (size_t) first + n, err));
    if (n > 0 && s->slots != NULL) {
        memcpy(s->slots + (size_t) first * slot_size, slots, n * slot_size);
        memset(s->done + first, 1, n);
    }
out:
    return status;
}

static void release(mlg_checkpoint *checkpoint)
{
    for (size_t i = 0; checkpoint != NULL && i < checkpoint->n; i++) {
        mlg_free(checkpoint->stages[i].slots);
        mlg_free(checkpoint->stages[i].done);
    }
    if (checkpoint != NULL) {
        mlg_free(checkpoint->stages);
        mlg_free(checkpoint->path);
        mlg_free(checkpoint);
    }
}

/* ---- writing --------------------------------------------------------------- */

/* Bytes on their way to the file, and into its digest; what goes wrong is asked of the file. */
typedef struct sink {
    FILE *file;
    mlg_digest digest;
} sink;

static void pour(sink *to, const void *bytes, size_t length)
{
    mlg_digest_add(&to->digest, bytes, length);
    (void) fwrite(bytes, 1, length, to->file);
}

static void pour_number(sink *to, uint64_t number)
{
    unsigned char bytes[WORD];
    for (int i = 0; i < WORD; i++) {
        bytes[i] = (unsigned char) (number >> (8 * i));
    }
    pour(to, bytes, sizeof bytes);
}

/* The run of done slots from `from` on or later: its first, and its end; both n when none. */
static size_t next_run(const stage *s, size_t from, size_t *end)
{
    size_t first = from;
    while (first < s->n && s->done[first] == 0) {
        first++;
    }
    *end = first;
    while (*end < s->n && s->done[*end] != 0) {
        ++*end;
    }
    return first;
}

static void pour_stage(sink *to, const stage *s)
{
    size_t end = 0;
    uint64_t runs = 0;

    for (size_t first = next_run(s, 0, &end); first < end; first = next_run(s, end, &end)) {
        runs++;
    }
    pour_number(to, s->number);
    pour_number(to, s->slot_size);
    pour_number(to, runs);
    for (size_t first = next_run(s, 0, &end); first < end; first = next_run(s, end, &end)) {
        pour_number(to, first);
        pour_number(to, end - first);
        pour(to, s->slots + first * s->slot_size, (end - first) * s->slot_size);
    }
}

static mlg_status write_all(const void *what, FILE *file, mlg_error *err)
{
    const mlg_checkpoint *checkpoint = what;
    sink to = {.file = file};
    char digest[MLG_DIGEST_TEXT];

    mlg_digest_start(&to.digest);
    pour(&to, magic, MAGIC);
    pour(&to, checkpoint->key, KEY);
    pour_number(&to, checkpoint->n);
    for (size_t i = 0; i < checkpoint->n; i++) {
        pour_stage(&to, &checkpoint->stages[i]);
    }
    mlg_digest_end(&to.digest, digest);
    errno = 0;
    (void) fwrite(digest, 1, KEY, file);
    return ferror(file) != 0 ? mlg_fail(err, MLG_EIO, "cannot write: %s", strerror(errno)) : MLG_OK;
}

static mlg_status write_out(mlg_checkpoint *checkpoint, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double start = now();

    TRY(mlg_whole_file(checkpoint->path, checkpoint->written, false, write_all, checkpoint, err));
    checkpoint->written = true;
    checkpoint->news = false;
    checkpoint->last = now();
    checkpoint->took = checkpoint->last - start;
out:
    return status;
}

/* ---- reading --------------------------------------------------------------- */

static mlg_status refuse(const char *path, mlg_text_key why, mlg_error *err)
{
    const mlg_arg reason = mlg_fail_arg(path);
    return mlg_fail_text(err, MLG_EIO, why, &reason, 1);
}

static mlg_status refuse_unread(const char *path, int number, mlg_error *err)
{
    const mlg_arg reason[] = {mlg_fail_arg(path), mlg_errno_arg(number)};
    return mlg_fail_text(err, MLG_EIO, T_fail_checkpoint_unread, reason, 2);
}

/* The whole file; *bytes NULL and MLG_OK when there is none. */
static mlg_status read_whole(const char *path, mlg_buffer *into, bool *found, mlg_error *err)
{
    mlg_status status = MLG_OK;
    char piece[1 << 14];
    struct stat about;
    const int handle = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    *found = handle >= 0 || errno != ENOENT;
    if (handle < 0) {
        return *found ? refuse_unread(path, errno, err) : MLG_OK;
    }
    if (fstat(handle, &about) != 0 || !S_ISREG(about.st_mode)) {
        TRY(refuse(path, T_fail_checkpoint_other, err));
    }
    for (ssize_t got = 1; got > 0;) {
        got = read(handle, piece, sizeof piece);
        if (got < 0) {
            TRY(refuse_unread(path, errno, err));
        }
        mlg_buffer_bytes(into, piece, (size_t) got);
    }
    if (into->failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the checkpoint");
    }
out:
    close(handle);
    return status;
}

/* What is left to read of the bytes between the key and the digest. */
typedef struct source {
    const unsigned char *at;
    size_t left;
    bool short_of; /* asked for more than there was */
} source;

static const unsigned char *sip(source *from, uint64_t length)
{
    const unsigned char *at = from->at;
    if (from->short_of || length > from->left) {
        from->short_of = true;
        return NULL;
    }
    from->at += length;
    from->left -= (size_t) length;
    return at;
}

static uint64_t sip_number(source *from)
{
    uint64_t number = 0;
    const unsigned char *bytes = sip(from, WORD);
    for (int i = 0; bytes != NULL && i < WORD; i++) {
        number |= (uint64_t) bytes[i] << (8 * i);
    }
    return number;
}

static mlg_status read_stage(mlg_checkpoint *checkpoint, source *from, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const uint64_t number = sip_number(from);
    const uint64_t slot_size = sip_number(from);
    const uint64_t runs = sip_number(from);

    for (uint64_t i = 0; i < runs && !from->short_of; i++) {
        const uint64_t first = sip_number(from);
        const uint64_t n = sip_number(from);
        const bool fits = slot_size > 0 && n <= from->left / slot_size;
        const unsigned char *bytes = sip(from, fits ? n * slot_size : UINT64_MAX);
        if (bytes != NULL) {
            TRY(put_slots(checkpoint, (uint32_t) number, first, (size_t) n, (size_t) slot_size,
                          bytes, err));
        }
    }
out:
    return status;
}

/* The digest first: of a file that was cut or changed nothing else can be believed. */
static mlg_status check_bytes(const mlg_checkpoint *checkpoint, const char *text, size_t length,
                              mlg_error *err)
{
    char digest[MLG_DIGEST_TEXT];
    const size_t start = length < MAGIC ? length : MAGIC;

    if (length == 0 || memcmp(text, magic, start) != 0) {
        return refuse(checkpoint->path, T_fail_checkpoint_other, err);
    }
    if (length < MAGIC + KEY + WORD + KEY) {
        return refuse(checkpoint->path, T_fail_checkpoint_damaged, err);
    }
    mlg_digest_of(text, length - KEY, digest);
    if (memcmp(digest, text + length - KEY, KEY) != 0) {
        return refuse(checkpoint->path, T_fail_checkpoint_damaged, err);
    }
    if (memcmp(checkpoint->key, text + MAGIC, KEY) != 0) {
        return refuse(checkpoint->path, T_fail_checkpoint_of_another, err);
    }
    return MLG_OK;
}

static mlg_status read_all(mlg_checkpoint *checkpoint, const char *text, size_t length,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(check_bytes(checkpoint, text, length, err));
    source from = {(const unsigned char *) text + MAGIC + KEY, length - MAGIC - (size_t) 2 * KEY,
                   false};
    const uint64_t stages = sip_number(&from);
    for (uint64_t i = 0; i < stages && !from.short_of; i++) {
        TRY(read_stage(checkpoint, &from, err));
    }
    if (from.short_of || from.left > 0) {
        TRY(refuse(checkpoint->path, T_fail_checkpoint_damaged, err));
    }
out:
    return status;
}

/* ---- calls ------------------------------------------------------------------- */

mlg_status mlg_checkpoint_open(const char *path, const char key[65], mlg_checkpoint **out,
                               mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_checkpoint *made = NULL;
    mlg_buffer bytes = {0};

    *out = NULL;
    if (path == NULL) {
        return MLG_OK;
    }
    made = mlg_zalloc(1, sizeof *made);
    TRY_ALLOC(err, made);
    made->path = mlg_copy(path, strlen(path) + 1, 1);
    TRY_ALLOC(err, made->path);
    memcpy(made->key, key, MLG_DIGEST_TEXT);
    TRY(read_whole(path, &bytes, &made->written, err));
    if (made->written) {
        TRY(read_all(made, mlg_buffer_string(&bytes), bytes.length, err));
        made->last = now();
    } else {
        TRY(write_out(made, err));
    }
    *out = made;
    made = NULL;
out:
    mlg_buffer_free(&bytes);
    release(made);
    return status;
}

size_t mlg_checkpoint_take(const mlg_checkpoint *checkpoint, uint32_t number, uint64_t first,
                           size_t n, size_t slot_size, void *slots)
{
    size_t taken = 0;
    const stage *s = checkpoint != NULL ? find_stage(checkpoint, number) : NULL;

    if (s == NULL || s->slot_size != slot_size || first >= s->n) {
        return 0;
    }
    while (taken < n && first + taken < s->n && s->done[first + taken] != 0) {
        taken++;
    }
    memcpy(slots, s->slots + (size_t) first * slot_size, taken * slot_size);
    return taken;
}

mlg_status mlg_checkpoint_keep(mlg_checkpoint *checkpoint, uint32_t number, uint64_t first,
                               size_t n, size_t slot_size, const void *slots, mlg_error *err)
{
    mlg_status status = MLG_OK;

    if (checkpoint == NULL || n == 0) {
        return MLG_OK;
    }
    TRY(put_slots(checkpoint, number, first, n, slot_size, slots, err));
    checkpoint->news = true;
    const double pause = TIMES_AS_LONG * checkpoint->took;
    if (now() - checkpoint->last >= (pause > SECONDS_BETWEEN ? pause : SECONDS_BETWEEN)) {
        TRY(write_out(checkpoint, err));
    }
out:
    return status;
}

mlg_status mlg_checkpoint_close(mlg_checkpoint *checkpoint, mlg_error *err)
{
    const mlg_status status =
        checkpoint != NULL && checkpoint->news ? write_out(checkpoint, err) : MLG_OK;
    release(checkpoint);
    return status;
}
