/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/twomode_ground.h"

#include <math.h>

#include "measure/silo_ground.h"
#include "measure/summary.h"

static void release(void *made)
{
    mlg_two_mode_ground *ground = made;
    if (ground != NULL) {
        if (ground->structure != NULL) {
            mlg_structure_free(ground->structure);
        }
        if (ground->mix != NULL) {
            mlg_sector_mix_free(ground->mix);
        }
        mlg_free(ground->structure);
        mlg_free(ground->mix);
        mlg_free(ground);
    }
}

static mlg_status ground_of(mlg_context *context, int32_t view, mlg_two_mode_ground **out,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_two_mode_ground *ground = mlg_context_slot(context, view, MLG_SLOT_TWO_MODE);

    if (ground == NULL) {
        ground = mlg_zalloc(1, sizeof *ground);
        TRY_ALLOC(err, ground);
        mlg_context_keep(context, view, MLG_SLOT_TWO_MODE, ground, release);
    }
    *out = ground;
out:
    return status;
}

mlg_status mlg_two_mode_structure(mlg_context *context, int32_t view, mlg_structure **out,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_two_mode_ground *ground = NULL;
    mlg_structure *made = NULL;

    TRY(ground_of(context, view, &ground, err));
    if (ground->structure == NULL) {
        made = mlg_zalloc(1, sizeof *made);
        TRY_ALLOC(err, made);
        TRY(mlg_structure_make(mlg_context_graph(context, view), context->run, made, err));
        ground->structure = made;
        made = NULL;
    }
    *out = ground->structure;
out:
    mlg_free(made);
    return status;
}

mlg_status mlg_two_mode_mix(mlg_context *context, int32_t view, mlg_sector_mix **out,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_two_mode_ground *ground = NULL;
    mlg_sector_mix *made = NULL;

    TRY(ground_of(context, view, &ground, err));
    if (ground->mix == NULL) {
        made = mlg_zalloc(1, sizeof *made);
        TRY_ALLOC(err, made);
        TRY(mlg_sector_mix_make(mlg_context_graph(context, view), context->run, made, err));
        ground->mix = made;
        made = NULL;
    }
    *out = ground->mix;
out:
    mlg_free(made);
    return status;
}

/* ---- telling a test ----------------------------------------------------------- */

mlg_status mlg_two_mode_tell(const mlg_two_mode_test *test, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_summary summary = {.id = test->id,
                                 .view = test->view,
                                 .convention = test->convention,
                                 .value = test->observed,
                                 .why = test->why,
                                 .caution = test->caution,
                                 .figures = test->figures,
                                 .n_figures = test->n_figures};
    const size_t n = test->why == T_none ? test->n : 0;
    double *scratch = mlg_alloc(n, sizeof *scratch);
    bool added = false;

    TRY_ALLOC(err, scratch);
    TRY(mlg_values_summary(out, &summary, err));
    added = true;
    mlg_value *value = &out->items[out->n - 1];
    value->null_model = "margins";
    value->tail = test->tail;
    if (n > 0) {
        mlg_null_summary null =
            mlg_null_summarise(test->draw, n, false, test->tested, test->scale, scratch);
        if (!(null.sd > 0.0)) { /* the margins leave nothing to chance: there is no test */
            null.p_less = null.p_greater = null.p_two = NAN;
        }
        value->draws = (uint32_t) n;
        value->p_method = "draws";
        TRY(mlg_silo_fill(value, 0, test->observed, &null, NULL, test->tail, err));
    }
out:
    mlg_free(scratch);
    if (status != MLG_OK && added) {
        mlg_values_drop(out);
    }
    return status;
}
