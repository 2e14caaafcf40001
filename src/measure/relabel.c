/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/relabel.h"

#include "base/fail.h"
#include "base/memory.h"

mlg_status mlg_relabel_order(const mlg_csr *ties, int32_t *old, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t found = 0;
    bool *seen = mlg_zalloc((size_t) ties->n, sizeof *seen);

    TRY_ALLOC(err, seen);
    for (int32_t root = 0; root < ties->n; root++) {
        if (seen[root]) {
            continue;
        }
        seen[root] = true;
        int32_t head = found;
        for (old[found++] = root; head < found; head++) {
            const int32_t v = old[head];
            for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1]; i++) {
                const int32_t w = ties->target[i];
                if (!seen[w]) {
                    seen[w] = true;
                    old[found++] = w;
                }
            }
        }
    }
out:
    mlg_free(seen);
    return status;
}

mlg_status mlg_relabel(const mlg_csr *ties, const int32_t *old, mlg_csr *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    uint32_t at = 0;
    int32_t *new = mlg_alloc((size_t) ties->n, sizeof *new);

    *out = (mlg_csr){.n = ties->n};
    out->offset = mlg_alloc((size_t) ties->n + 1, sizeof *out->offset);
    out->target = mlg_alloc(mlg_csr_size(ties), sizeof *out->target);
    TRY_ALLOC(err, new);
    TRY_ALLOC(err, out->offset);
    TRY_ALLOC(err, out->target);
    for (int32_t v = 0; v < ties->n; v++) {
        new[old[v]] = v;
    }
    for (int32_t v = 0; v < ties->n; v++) {
        out->offset[v] = at;
        for (uint32_t i = ties->offset[old[v]]; i < ties->offset[old[v] + 1]; i++) {
            out->target[at++] = new[ties->target[i]];
        }
    }
    out->offset[ties->n] = at;
out:
    mlg_free(new);
    if (status != MLG_OK) {
        mlg_csr_free(out);
    }
    return status;
}
