/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/database.h"

#include <errno.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

struct mlg_database {
    sqlite3 *file;
    sqlite3_stmt *insert;
    int parameter; /* bound last */
    int failed;    /* first failure of the row's parameters, or SQLITE_OK */
};

static mlg_status tell(const mlg_database *database, int code, mlg_error *err)
{
    if (code == SQLITE_NOMEM) {
        return mlg_fail(err, MLG_ENOMEM, "no memory for the database");
    }
    return mlg_fail(err, code == SQLITE_TOOBIG || code == SQLITE_FULL ? MLG_ESIZE : MLG_EENGINE,
                    "sqlite: %s",
                    database->file != NULL ? sqlite3_errmsg(database->file) : sqlite3_errstr(code));
}

mlg_status mlg_database_open(mlg_database **database, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_database *made = mlg_alloc(1, sizeof *made);

    *database = NULL;
    TRY_ALLOC(err, made);
    *made = (mlg_database){0};
    const int code =
        sqlite3_open_v2(":memory:", &made->file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (code != SQLITE_OK) {
        status = tell(made, code, err);
        goto out;
    }
    *database = made;
    made = NULL;
out:
    mlg_database_close(made);
    return status;
}

void mlg_database_close(mlg_database *database)
{
    if (database != NULL) {
        sqlite3_finalize(database->insert);
        sqlite3_close(database->file);
        mlg_free(database);
    }
}

mlg_status mlg_database_run(mlg_database *database, const char *sql, mlg_error *err)
{
    const int code = sqlite3_exec(database->file, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? MLG_OK : tell(database, code, err);
}

mlg_status mlg_database_prepare(mlg_database *database, const char *sql, mlg_error *err)
{
    sqlite3_finalize(database->insert);
    database->insert = NULL;
    database->parameter = 0;
    database->failed = SQLITE_OK;
    const int code = sqlite3_prepare_v2(database->file, sql, -1, &database->insert, NULL);
    return code == SQLITE_OK ? MLG_OK : tell(database, code, err);
}

static void bound(mlg_database *database, int code)
{
    if (database->failed == SQLITE_OK) {
        database->failed = code;
    }
}

void mlg_database_text(mlg_database *database, const char *text)
{
    const int parameter = ++database->parameter;
    bound(database,
          text == NULL || text[0] == '\0'
              ? sqlite3_bind_null(database->insert, parameter)
              : sqlite3_bind_text(database->insert, parameter, text, -1, SQLITE_TRANSIENT));
}

void mlg_database_number(mlg_database *database, double number)
{
    const int parameter = ++database->parameter;
    bound(database, isfinite(number)
                        ? sqlite3_bind_double(database->insert, parameter, number + 0.0)
                        : sqlite3_bind_null(database->insert, parameter));
}

void mlg_database_count(mlg_database *database, int64_t count)
{
    bound(database, sqlite3_bind_int64(database->insert, ++database->parameter, count));
}

void mlg_database_bytes(mlg_database *database, const void *bytes, size_t length)
{
    const int parameter = ++database->parameter;
    bound(database, length == 0 ? sqlite3_bind_null(database->insert, parameter)
                                : sqlite3_bind_blob64(database->insert, parameter, bytes,
                                                      (sqlite3_uint64) length, SQLITE_TRANSIENT));
}

mlg_status mlg_database_row(mlg_database *database, mlg_error *err)
{
    int code = database->failed;
    if (code == SQLITE_OK) {
        code = sqlite3_step(database->insert);
    }
    const mlg_status status = code == SQLITE_DONE ? MLG_OK : tell(database, code, err);
    sqlite3_reset(database->insert);
    database->parameter = 0;
    database->failed = SQLITE_OK;
    return status;
}

mlg_status mlg_database_write(mlg_database *database, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    sqlite3_int64 length = 0;
    unsigned char *bytes = sqlite3_serialize(database->file, "main", &length, 0);

    TRY_ALLOC(err, bytes);
    if (fwrite(bytes, 1, (size_t) length, out) != (size_t) length) {
        FAIL(err, MLG_EIO, "cannot write: %s", strerror(errno));
    }
out:
    sqlite3_free(bytes);
    return status;
}
