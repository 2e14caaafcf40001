/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_TURNOVER_INSIDE_H
#define MLG_MEASURE_TURNOVER_INSIDE_H

#include <math.h>

#include "base/random.h"
#include "base/replicate.h"
#include "measure/paths.h"
#include "measure/turnover_play.h"

/* Inside the departure model. The clocks of people and posts do not depend on ties: a replicate
 * first draws them (clock), then the months in which the rows they touch are up (rows), then what
 * each month counts: pairs (pieces), distances (near), schemes and residents (held). */

/* ---- random numbers ----------------------------------------------------------------- */

/* The numbers of one replicate are not drawn in turn but looked up by what they decide, so that
 * two scenarios share them, and none is drawn for what was settled otherwise. */
typedef struct mlg_dice {
    uint64_t key[2];
} mlg_dice;

typedef enum mlg_cast {
    MLG_CAST_LIFE,      /* person: who is in office at month 0 */
    MLG_CAST_SUCCESSOR, /* post, vacancy that it ended */
    MLG_CAST_RENEWED,   /* person, how many dates before */
    MLG_CAST_ELECTION,  /* election */
    MLG_CAST_REFILLED,  /* post, vacancy; the next two as well */
    MLG_CAST_VACANCY,
    MLG_CAST_INTERIM,
    MLG_CAST_SURVIVES, /* row * 2 + end, vacancy of that end's post; the next one as well */
    MLG_CAST_KNIT,
    MLG_CAST_SCHEME,  /* scheme */
    MLG_CAST_ACTIVITY /* activity whose last scheme is not in the ground */
} mlg_cast;

enum { MLG_MOST_VACANCIES = 0xffff }; /* of a post in one replicate */

static inline mlg_dice mlg_dice_of(uint64_t seed, const char *view, uint64_t replicate)
{
    mlg_random stream = mlg_random_stream(seed, "turnover.simulation", view, replicate);
    const uint64_t first = mlg_random_next(&stream);
    return (mlg_dice){{first, mlg_random_next(&stream)}};
}

/* Uniform on [0, 1): a keyed hash of (what, whose, which). */
static inline double mlg_dice_unit(const mlg_dice *dice, mlg_cast what, uint64_t whose,
                                   uint32_t which)
{
    uint64_t z = (whose << 20 ^ (uint64_t) which << 4 ^ (uint64_t) what) + dice->key[0];
    z = (z ^ z >> 32) * UINT64_C(0xd6e8feb86659fd93);
    z = (z ^ z >> 32) * UINT64_C(0xd6e8feb86659fd93);
    z = (z ^ z >> 32) + dice->key[1];
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (double) ((z ^ z >> 31) >> 11) * 0x1.0p-53;
}

/* -log(1 - unit). The C library's logarithm may differ in its last bit from one processor to
 * another; this one is a series of plain sums: 2 atanh((m - 1) / (m + 1)) for m in [.7, 1.4). */
static inline double mlg_minus_log_rest(double unit)
{
    union {
        double number;
        uint64_t bits;
    } m = {.number = 1 - unit};
    /* the power of 2 that leaves m in [sqrt(1/2), sqrt(2)) */
    const uint64_t steps = (m.bits - UINT64_C(0x3fe6a09e667f3bcd)) & UINT64_C(0xfff0000000000000);
    m.bits -= steps;
    const double power = (double) ((int64_t) steps / (INT64_C(1) << 52));
    const double z = (m.number - 1) / (m.number + 1), q = z * z, q2 = q * q, q4 = q2 * q2;
    const double low = (1 + q * (1. / 3)) + q2 * (1. / 5 + q * (1. / 7));
    const double middle = (1. / 9 + q * (1. / 11)) + q2 * (1. / 13 + q * (1. / 15));
    const double high = (1. / 17 + q * (1. / 19)) + q2 * (1. / 21 + q * (1. / 23));
    return -(2 * z * (low + q4 * (middle + q4 * high)) + power * 0.69314718055994531);
}

/* Exponential of mean 1. */
static inline double mlg_dice_wait(const mlg_dice *dice, mlg_cast what, uint64_t whose,
                                   uint32_t which)
{
    return mlg_minus_log_rest(mlg_dice_unit(dice, what, whose, which));
}

/* ---- clocks ------------------------------------------------------------------------- */

/* A post without its holder: at least the instant of a change. */
typedef struct mlg_vacancy {
    double from, to; /* months; `to` INFINITY: never refilled */
    bool left;       /* somebody left at `from`; false for a post vacant at month 0 */
    bool interim;
} mlg_vacancy;

typedef struct mlg_clocks {
    double months;
    uint32_t *posts_of; /* [n_people + 1] */
    double *rate;       /* [n_posts] departures a month without a date ahead; -1: none of its own */
    double *end;        /* [n_posts] dated end ahead, or INFINITY */
    double *election;   /* [n_posts] months, or INFINITY */
    bool *plain;        /* [n_people] no date ahead within the horizon */
    double *stays;      /* [n_people] of the plain: a uniform from here on is nobody leaving */
    double *pace;       /* [n_people] of the plain: departures a month */
    double dated, changes, refilled, interim, vacancy; /* `vacancy`: mean months */
} mlg_clocks;

mlg_status mlg_clocks_make(const mlg_turnover_ground *ground, const mlg_law *law, int32_t months,
                           mlg_clocks *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_clocks_free(mlg_clocks *clocks);

/* What the posts of one replicate go through. */
typedef struct mlg_timelines {
    mlg_vacancy *vacancy;
    size_t n, room;
    uint32_t *first; /* [n_posts + 1] of `vacancy` */
    int32_t *moved;  /* [n_moved] posts with a vacancy, ascending */
    int32_t n_moved;
    double departures; /* people leaving a post, or several at once */
    bool *departed;    /* [n_posts] somebody left it */
    double *falls;     /* [n_posts] when whoever holds it at month 0 leaves it */
    double *ends;      /* [n_posts] */
    bool *elected;     /* [n_posts] it fell in an election */
} mlg_timelines;

bool mlg_timelines_make(mlg_timelines *out, int32_t n_posts);
void mlg_timelines_free(mlg_timelines *lines);
/* False when memory is short. `leaves` gets a bit for each person who left, or is NULL. */
bool mlg_timelines_draw(const mlg_clocks *clocks, const mlg_turnover_ground *ground,
                        const mlg_law *law, const mlg_dice *dice, int32_t stays,
                        mlg_timelines *lines, uint8_t *leaves);

/* ---- months ------------------------------------------------------------------------- */

/* Months are bits: month m is bit m % 64 of word m / 64. */
static inline int32_t mlg_month_from(double time, int32_t months)
{
    if (time > months) {
        return months + 1;
    }
    const int32_t whole = (int32_t) time; /* no time is before month 0 */
    return whole + (whole < time);
}

/* Forgets the months in [from, to). */
static inline void mlg_months_clear(uint64_t *mask, double from, double to, int32_t months)
{
    const int32_t end = mlg_month_from(to, months);
    for (int32_t m = mlg_month_from(from, months); m < end;) {
        const int32_t stop = (m | 63) + 1 < end ? (m | 63) + 1 : end;
        const uint64_t bits = ~UINT64_C(0) >> (64 - (stop - m));
        mask[m / 64] &= ~(bits << (m & 63));
        m = stop;
    }
}

/* ---- spells without anybody --------------------------------------------------------- */

typedef struct mlg_spell {
    double from, to;
} mlg_spell;

typedef struct mlg_absences {
    mlg_spell *at, *spare;
    size_t n, room, spare_room;
} mlg_absences;

/* When none of the posts is filled or in interim. False when memory is short. */
bool mlg_absences_of(const mlg_timelines *lines, const int32_t *post, size_t n_posts,
                     mlg_absences *out);
void mlg_absences_free(mlg_absences *spells);

/* Things that stand while one of their posts is filled or in interim: schemes, sets of units. */
typedef struct mlg_held {
    int32_t n;
    uint32_t *first;
    int32_t *post;
    double *worth;   /* [n] */
    double *end;     /* [n] months, INFINITY */
    double total;    /* worth of those with a post */
    mlg_csr by_post; /* post -> those that it is the first of */
    int32_t *ending; /* [n_ending] within the horizon */
    int32_t n_ending;
} mlg_held;

mlg_status mlg_held_schemes(const mlg_turnover_ground *ground, int32_t months, mlg_held *out,
                            mlg_error *err) MLG_MUST_CHECK;
mlg_status mlg_held_units(const mlg_turnover_ground *ground, mlg_held *out,
                          mlg_error *err) MLG_MUST_CHECK;
void mlg_held_free(mlg_held *held);
/* at[0 .. months]; `renewed`: chance that one goes on after its end. */
bool mlg_held_count(const mlg_held *held, const mlg_timelines *lines, const mlg_dice *dice,
                    double renewed, int32_t months, mlg_absences *spells, double *at);

/* ---- rows (turnover_live.c, turnover_rows.c) ---------------------------------------- */

/* A row that may go down, and that something depends on. */
typedef struct mlg_live_row {
    int32_t post[2];
    int32_t activity; /* that may stop, or -1 */
    uint32_t row;     /* of the ground: names its random numbers */
    double survives;
} mlg_live_row;

/* Rows that join the same two: up while any of them is. */
typedef struct mlg_bundles {
    int32_t n;
    mlg_csr rows;        /* bundle -> live rows */
    mlg_csr by_post;     /* post -> bundles */
    mlg_csr by_activity; /* activity that may stop -> bundles */
} mlg_bundles;

/* What always holds together, and who is in it: known[0] counted actors with a sector, then
 * bearers of each mark (as in cross_removal.c). */
typedef struct mlg_turnover_pieces {
    int32_t n;            /* that a bundle joins */
    int32_t width;        /* numbers a piece, even */
    double *bearers;      /* [n * width] whole numbers: their products are exact to 2^53 */
    uint32_t *some_first; /* [n + 1] of `some`: which of its numbers are not 0 */
    int32_t *some;
    double *sign;   /* [width] */
    int64_t inside; /* cross pairs connected whatever happens */
    mlg_bundles bundles;
    int32_t *joins; /* [2 * bundles.n] pieces */
} mlg_turnover_pieces;

/* Pairs of ends that rows join, as an adjacency in which counted actors come first. */
typedef struct mlg_near {
    int32_t n, n_counted;
    int32_t *place; /* [actors and activities] number in `all` */
    mlg_csr all;    /* weight 1: some row always joins them */
    int32_t *link;  /* [entries of all] bundle, or -1: always there */
    mlg_bundles links;
    double per_step; /* distance of a step: 1, or 1/2 through activities */
    double whole;    /* efficiency while nothing is down */
} mlg_near;

typedef struct mlg_live {
    size_t n_rows;
    mlg_live_row *row;
    int32_t words;    /* of a mask */
    uint64_t *full;   /* [words] */
    bool *stops;      /* [n_activities] may stop within the horizon */
    mlg_csr convened; /* post -> activities that it is the first convenor of, without an end */
    int32_t *ending;  /* [n_ending] activities that end within the horizon */
    int32_t n_ending;
    mlg_turnover_pieces pieces;
    mlg_near near;
} mlg_live;

mlg_status mlg_live_make(const mlg_turnover_ground *ground, const mlg_law *law,
                         const mlg_turnover_ask *ask, const mlg_run *run, mlg_live *out,
                         mlg_error *err) MLG_MUST_CHECK;
void mlg_live_free(mlg_live *live);
/* Does a departure or a stop ever take the row? */
bool mlg_row_may_fall(const mlg_turnover_ground *ground, const bool *stops,
                      const mlg_turnover_row *row);

/* What a replicate is drawn from. */
typedef struct mlg_drawn {
    const mlg_turnover_ground *ground;
    const mlg_law *law;
    const mlg_turnover_ask *ask;
    const mlg_dice *dice;
    const mlg_timelines *lines;
    mlg_absences *spells;
} mlg_drawn;

/* Months in which activities still join their actors: those that stop in some. */
typedef struct mlg_pauses {
    uint64_t *mask; /* [n_activities * words] */
    bool *is;       /* [n_activities] it has a mask */
    int32_t *list;  /* [n] of them */
    int32_t n;
} mlg_pauses;

bool mlg_pauses_make(mlg_pauses *out, const mlg_live *live, int32_t n_activities);
void mlg_pauses_free(mlg_pauses *pauses);
/* Forgets those of the replicate before. False when memory is short. */
bool mlg_pauses_draw(const mlg_live *live, const mlg_drawn *drawn, mlg_pauses *out);

/* Bundles that are down in some month, with the months in which they are up. */
typedef struct mlg_masks {
    uint64_t *mask; /* [n bundles * words] */
    uint32_t *met;  /* [n bundles] last replicate that looked at it */
    bool *down;     /* [n bundles] */
    int32_t *list;  /* [n] that are down */
    int32_t n;
    uint32_t replicate; /* how many so far */
    uint64_t *row;      /* [words] of one row */
} mlg_masks;

bool mlg_masks_make(mlg_masks *out, const mlg_live *live, const mlg_bundles *bundles);
void mlg_masks_free(mlg_masks *masks);
/* Forgets those of the replicate before. */
void mlg_masks_draw(const mlg_live *live, const mlg_bundles *bundles, const mlg_drawn *drawn,
                    const mlg_pauses *pauses, mlg_masks *out);
void mlg_bundles_free(mlg_bundles *bundles);

/* ---- pairs (turnover_pieces.c) ------------------------------------------------------ */

/* An actor with several sectors bears a mark for each set of them; those of even sets count the
 * other way, so that pairs in which both bear a mark sum to the pairs that share a sector. */
typedef struct mlg_turnover_marks {
    int32_t n;
    size_t *start; /* [actors + 1] */
    int32_t *mark;
    int64_t *sign; /* [n] of pairs that share nothing: -1, or 1 for an even set */
} mlg_turnover_marks;

mlg_status mlg_turnover_marks_make(const mlg_turnover_ground *ground, mlg_turnover_marks *m,
                                   mlg_error *err) MLG_MUST_CHECK;
void mlg_turnover_marks_free(mlg_turnover_marks *m);

/* `bundle` gets the bundle of each row of the ground that is in one. */
mlg_status mlg_turnover_pieces_make(const mlg_turnover_ground *ground, const bool *stops,
                                    const mlg_run *run, int32_t *bundle, mlg_turnover_pieces *out,
                                    mlg_error *err) MLG_MUST_CHECK;
void mlg_turnover_pieces_free(mlg_turnover_pieces *pieces);

/* Pieces joined, and apart again: the last join is undone first. */
typedef struct mlg_joins {
    int32_t *parent, *size;
    double *bearers;
    int32_t *stack; /* pieces joined to another, in order */
    int32_t n_stack;
    int64_t pairs;
    int32_t *list; /* bundles not yet settled, level after level of halving */
    size_t room;
} mlg_joins;

bool mlg_joins_make(mlg_joins *out, const mlg_turnover_pieces *pieces);
void mlg_joins_free(mlg_joins *joins);
bool mlg_pairs_count(const mlg_live *live, const mlg_masks *masks, int32_t months, mlg_joins *joins,
                     double *at);

/* ---- distances (turnover_near.c) ---------------------------------------------------- */

mlg_status mlg_near_make(const mlg_turnover_ground *ground, const bool *stops, int32_t *link,
                         mlg_near *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_near_free(mlg_near *near);

typedef struct mlg_nears {
    mlg_searches *searches;
    int64_t *arrivals; /* [n + 1] by distance in steps */
    mlg_csr now;       /* ties of a month */
    uint8_t *is;       /* [links] not 0: not there this month */
    uint64_t *change;  /* [words] months that differ from the one before */
} mlg_nears;

bool mlg_nears_make(mlg_nears *out, const mlg_live *live);
void mlg_nears_free(mlg_nears *nears);
double mlg_efficiency_whole(const mlg_near *near, mlg_nears *nears);
void mlg_efficiency_count(const mlg_live *live, const mlg_masks *masks, int32_t months,
                          mlg_nears *nears, double *at);

/* ---- a replicate (turnover_play.c) -------------------------------------------------- */

/* All that is known before the first replicate. */
typedef struct mlg_scene {
    const mlg_turnover_ground *ground;
    const mlg_law *law;
    mlg_turnover_ask ask;
    uint64_t seed;
    mlg_clocks clocks;
    mlg_live live;
    mlg_held schemes, units;
} mlg_scene;

mlg_status mlg_scene_make(const mlg_turnover_ground *ground, const mlg_law *law,
                          const mlg_turnover_ask *ask, const mlg_run *run, mlg_scene *out,
                          mlg_error *err) MLG_MUST_CHECK;
void mlg_scene_free(mlg_scene *scene);

/* One thread's. */
typedef struct mlg_stagehand {
    mlg_timelines lines;
    mlg_pauses pauses;
    mlg_masks ties, links; /* bundles of pieces, of ends */
    mlg_joins joins;
    mlg_nears nears;
    mlg_absences spells;
} mlg_stagehand;

mlg_stagehand *mlg_stagehand_new(const mlg_scene *scene); /* NULL when memory is short */
void mlg_stagehand_free(void *stagehand);

/* One replicate as it is kept, also in a checkpoint: doubles, then the bits of who left. */
typedef struct mlg_track {
    double *at[MLG_N_PLAY]; /* [months + 1], or NULL when not asked for */
    double *lost, *departures, *recovery;
    uint8_t *leaves; /* [(people + 7) / 8] */
} mlg_track;

size_t mlg_track_size(const mlg_scene *scene);
mlg_track mlg_track_at(const mlg_scene *scene, void *slots, size_t slot);
mlg_status mlg_track_play(const mlg_scene *scene, mlg_stagehand *hand, uint64_t replicate,
                          mlg_track *out);

/* About how many steps a replicate takes. */
double mlg_track_work(const mlg_scene *scene);

/* Slots 0 .. n - 1 in chunks, each taken up from a checkpoint or computed and kept there. */
typedef struct mlg_kept_slots {
    mlg_replicates job; /* first, last and slots are filled in */
    uint64_t n;
    uint64_t chunk; /* slots at a time */
    size_t size;    /* bytes a slot */
    uint32_t stage;
    mlg_checkpoint *keep;                                            /* or NULL */
    void (*take)(void *to, uint64_t first, uint64_t n, void *slots); /* chunks in their order */
    void *to;
    uint64_t first; /* of the chunk at hand: slots[0] */
} mlg_kept_slots;

uint64_t mlg_chunk_of(double work); /* of one slot */
mlg_status mlg_kept_slots_run(mlg_kept_slots *kept, const mlg_run *run,
                              mlg_error *err) MLG_MUST_CHECK;

#endif
