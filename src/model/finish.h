/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MODEL_FINISH_H
#define MLG_MODEL_FINISH_H

#include "base/buffer.h"
#include "model/model.h"

/* The steps of mlg_model_finish(), in their order. Each answers MLG_OK or MLG_ENOMEM and
 * leaves its faults in the model. Work over ties and participations is linear in the rows. */

/* How rows name a party, and where its table lists it. */
enum {
    MLG_NAMED_ACTOR = 1,   /* where an actor may stand */
    MLG_NAMED_SCHEME = 2,  /* where only a scheme may */
    MLG_NAMED_HOLDER = 4,  /* as the person of a post */
    MLG_NAMED_TARGET = 8,  /* as what a funder pays for: an activity too */
    MLG_NAMED_BEHALF = 16, /* as whom an actor speaks for */
    MLG_LISTED_ACTOR = 32,
    MLG_LISTED_SCHEME = 64,
    MLG_LISTED_POST = 128,
};

/* The first row that names a party in one way. */
typedef struct mlg_mention {
    int32_t row; /* -1: none */
    mlg_column column;
} mlg_mention;

typedef struct mlg_mentions {
    uint8_t *how;           /* [parties.n] */
    mlg_mention *as_actor;  /* [parties.n] or as target, holder, or spoken for */
    mlg_mention *as_scheme; /* [parties.n] */
} mlg_mentions;

/* settings.c: title, territory, date, language, strict. */
mlg_status mlg_finish_study(mlg_model *model, mlg_error *err);
/* rates.c: the numbers of the departure model. */
mlg_status mlg_finish_rates(mlg_model *model, mlg_error *err);
/* resolve.c: names and aliases become ids in every row; actors left empty are whom they
 * speak for. */
mlg_status mlg_finish_names(mlg_model *model, mlg_error *err);
/* seat_lists.c: who is expected in steering committees. */
mlg_status mlg_finish_seats(mlg_model *model, mlg_error *err);
/* trust_scale.c */
mlg_status mlg_finish_trust(mlg_model *model, mlg_error *err);
/* settings.c: the day rows are in force at. */
void mlg_finish_day(mlg_model *model);
/* mentions.c */
mlg_status mlg_mentions_read(const mlg_model *model, mlg_mentions *mentions, mlg_error *err);
void mlg_mentions_free(mlg_mentions *mentions);
/* entities.c: rows in force, flags, kinds, sectors. */
mlg_status mlg_finish_entities(mlg_model *model, const mlg_mentions *mentions, mlg_error *err);
/* collapse.c: what persons, services and posts collapse into. */
mlg_status mlg_finish_collapse(mlg_model *model, mlg_error *err);
/* find_territory.c: the territory that study.csv names, once it is known which are listed. */
mlg_status mlg_finish_own_territory(mlg_model *model, mlg_error *err);
/* perimeters.c */
mlg_status mlg_finish_perimeters(mlg_model *model, mlg_error *err);
/* Which territories that are made of others have a common name (namesakes.c). */
mlg_status mlg_finish_namesakes(mlg_model *model, mlg_error *err);
/* pseudonym.c; before the rules, which must know what to withhold */
mlg_status mlg_finish_pseudonyms(mlg_model *model, mlg_error *err);
/* unlisted.c, duplicates.c, rules_persons.c, rules_rows.c, rules_territories.c, rules_ties.c,
 * seat_lists.c: whose each list of seats is, and what its words are */
mlg_status mlg_check_unlisted(mlg_model *model, const mlg_mentions *mentions, mlg_error *err);
mlg_status mlg_check_duplicates(mlg_model *model, mlg_error *err);
mlg_status mlg_check_persons(mlg_model *model, const mlg_mentions *mentions, mlg_error *err);
mlg_status mlg_check_rows(mlg_model *model, mlg_error *err);
mlg_status mlg_check_sittings(mlg_model *model, mlg_error *err);
mlg_status mlg_check_territories(mlg_model *model, mlg_error *err);
mlg_status mlg_check_ties(mlg_model *model, mlg_error *err);
mlg_status mlg_check_seats(mlg_model *model, mlg_error *err);

/* ---- shared by the steps ------------------------------------------------------- */

/* Are two keys of study.csv the same without case, accents and blanks? (settings.c) */
bool mlg_same_key(const char *a, const char *b);
/* Last row of study.csv with one of the two keys, or -1; `earlier` gets the row before it. */
int32_t mlg_setting_row(const mlg_model *model, const char *key, const char *key_fr,
                        int32_t *earlier);
/* What the row says, or NULL (also for row -1). */
const char *mlg_setting_value(const mlg_model *model, int32_t row);

/* MLG_ENOMEM when memory was short for a fault. */
mlg_status mlg_faults_status(const mlg_model *model, mlg_error *err);

/* Text of a party, an activity or a territory as a fault's argument. */
mlg_arg mlg_text_of(const mlg_names *names, mlg_id id);
mlg_arg mlg_count_of(double count);
/* Is the party a person, or a post that bears a person's name? Faults withhold it then. A
 * party that nothing makes a person is shown, as in every other output. */
bool mlg_is_private(const mlg_model *model, mlg_id party);

/* Rows of a table by the id they describe, in file order: previous[row] is the earlier
 * row of the same id, or -1. NULL when memory is short. */
int32_t *mlg_rows_by_id(const mlg_model *model, mlg_table_id table, mlg_column id, size_t n_ids);

#endif
