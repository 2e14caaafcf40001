/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_DECODE_H
#define MLG_INGEST_DECODE_H

#include "ingest/window.h"
#include "model/model.h"

typedef enum mlg_charset {
    MLG_CHARSET_ASCII, /* so far: the first other byte decides between the next two */
    MLG_CHARSET_UTF8,
    MLG_CHARSET_CP1252,
    MLG_CHARSET_UTF16LE,
    MLG_CHARSET_UTF16BE,
    MLG_CHARSET_OTHER, /* by iconv, when the user names it */
} mlg_charset;

/* Turns a file's bytes into UTF-8 with LF line ends, block by block, and reports what is
 * no text. Zeroed is closed. */
typedef struct mlg_decoder {
    mlg_charset charset;
    bool fixed; /* named by the user, or by a byte order mark */
    bool bom;
    bool after_cr; /* the block before ended in CR: an LF that follows belongs to it */
    bool no_memory;
    bool hopeless;   /* this is no text: what follows is not worth reading */
    void *converter; /* iconv_t, when charset is OTHER */
    char name[24];
    uint64_t n_lf, n_crlf, n_cr; /* line ends by kind */
    uint64_t n_bad;              /* bytes and characters reported */
    mlg_model *model;            /* for faults */
    int32_t file;
} mlg_decoder;

/* Looks at the first bytes of a file. `asked` is the user's encoding or NULL. On return
 * *skip is the length of the byte order mark. A fault (in `model`) and `hopeless` say when
 * the bytes cannot be read; MLG_EARG when nobody knows the encoding asked for. */
mlg_status mlg_decoder_open(mlg_decoder *decoder, const char *asked, const unsigned char *bytes,
                            size_t n, size_t *skip, mlg_error *err) MLG_MUST_CHECK;

/* Decodes n bytes behind the window's end. *left is how many at the end (at most
 * MLG_BLOCK_HEAD) belong to a character that the next block completes: they must stand
 * before it. `last` says that no block follows. */
mlg_status mlg_decode(mlg_decoder *decoder, const unsigned char *bytes, size_t n, bool last,
                      mlg_window *window, size_t *left, mlg_error *err) MLG_MUST_CHECK;

const char *mlg_decoder_name(const mlg_decoder *decoder);
void mlg_decoder_close(mlg_decoder *decoder);

#endif
