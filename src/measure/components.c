/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/components.h"

/* Numbers of components grow with the lowest actor they hold, because roots are tried in order. */
static int32_t spread(const mlg_csr *ties, int32_t root, int32_t component, int32_t *of,
                      int32_t *queue)
{
    int32_t found = 0;

    of[root] = component;
    queue[found++] = root;
    for (int32_t head = 0; head < found; head++) {
        const int32_t v = queue[head];
        for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1]; i++) {
            const int32_t w = ties->target[i];
            if (of[w] < 0) {
                of[w] = component;
                queue[found++] = w;
            }
        }
    }
    return found;
}

mlg_status mlg_components_find(const mlg_csr *ties, mlg_components *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) ties->n;
    int32_t *queue = mlg_alloc(n, sizeof *queue);

    *out = (mlg_components){0};
    out->of = mlg_alloc(n, sizeof *out->of);
    out->size = mlg_alloc(n, sizeof *out->size);
    if (queue == NULL || out->of == NULL || out->size == NULL) {
        FAIL(err, MLG_ENOMEM, "components: no memory for %zu actors", n);
    }
    for (size_t v = 0; v < n; v++) {
        out->of[v] = -1;
    }
    for (int32_t root = 0; root < ties->n; root++) {
        if (out->of[root] < 0) {
            const int32_t size = spread(ties, root, out->n, out->of, queue);
            out->size[out->n++] = size;
            out->biggest = size > out->biggest ? size : out->biggest;
        }
    }
out:
    mlg_free(queue);
    if (status != MLG_OK) {
        mlg_components_free(out);
    }
    return status;
}

void mlg_components_free(mlg_components *components)
{
    mlg_free(components->of);
    mlg_free(components->size);
    *components = (mlg_components){0};
}

static void release(void *made)
{
    mlg_components_free(made);
    mlg_free(made);
}

mlg_status mlg_context_components(mlg_context *context, int32_t view, const mlg_components **out,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_components *made = mlg_context_slot(context, view, MLG_SLOT_COMPONENTS);

    *out = made;
    if (made != NULL) {
        return MLG_OK;
    }
    made = mlg_zalloc(1, sizeof *made);
    TRY_ALLOC(err, made);
    TRY(mlg_components_find(&mlg_context_graph(context, view)->ties, made, err));
    mlg_context_keep(context, view, MLG_SLOT_COMPONENTS, made, release);
    *out = made;
out:
    if (status != MLG_OK) {
        mlg_free(made);
    }
    return status;
}
