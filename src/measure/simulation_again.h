/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_SIMULATION_AGAIN_H
#define MLG_MEASURE_SIMULATION_AGAIN_H

#include "measure/simulation.h"

/* Inside the simulation: the model played again with other numbers, or without a departure. */

/* Plays of one view, as a checkpoint numbers them. */
enum {
    MLG_PLAY_OF_KEY,
    MLG_PLAY_OF_ALL,
    MLG_PLAY_OF_NEAR,
    MLG_PLAY_OF_POINT, /* and the next ones */
    MLG_PLAY_OF_STEP = 256,
    MLG_PLAY_OF_POSTS = 512, /* and after it those of each person */
};

typedef struct mlg_again {
    const mlg_context *context;
    int32_t view;
    mlg_simulation *simulation;
    mlg_checkpoint *keep;
} mlg_again;

/* Replicates that a play may have: the run's draws, in a report `most` of them and what `easy`
 * steps give, but not so few that they tell nothing. */
uint32_t mlg_simulation_room(const mlg_simulation *simulation, const mlg_run *run, uint32_t most,
                             double easy);
mlg_turnover_ask mlg_simulation_ask(const mlg_again *again, uint32_t play, uint32_t replicates);

mlg_status mlg_simulation_play_points(const mlg_again *again, mlg_error *err) MLG_MUST_CHECK;
mlg_status mlg_simulation_play_posts(const mlg_again *again, mlg_error *err) MLG_MUST_CHECK;
mlg_status mlg_simulation_play_steps(const mlg_again *again, mlg_error *err) MLG_MUST_CHECK;

#endif
