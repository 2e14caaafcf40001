/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/texts.h"
#include "model_fixture.h"
#include "suite.h"

/* ---- each rule, broken and kept --------------------------------------------------------- */

/* `fatal` and `count` of the code; a count of 0 is a study that keeps the rule. */
static const struct {
    const char *what, *code;
    size_t count;
    mlg_severity severity;
    const char *rows;
} cases[] = {
    /* dates */
    {"an end before its start", "end_before_start", 1, MLG_FATAL,
     "ties: from,to,start,end\nA,B,2024,2023\n"},
    {"the same year", "end_before_start", 0, MLG_FATAL,
     "ties: from,to,start,end\nA,B,2024-06,2024\n"},
    {"in any table with both", "end_before_start", 7, MLG_FATAL,
     "actors: id,start,end\nB,2024,2023\n"
     "schemes: id,start,end\nC,2024,2023\nactivities: id,start,end\nC,2024,2023\n"
     "posts: id,start,end\nC,2024,2023\nsites: actor,territory,start,end\nB,T,2024,2023\n"
     "funding: funder,target,start,end\nB,C,2024,2023\n"
     "perimeters: territory,unit,start,end\nT,U,2024,2023\n"},
    {"a participation after the study", "future_date", 1, MLG_WARNING,
     "study: key,value\ndate,2023\nparticipations: "
     "actor,activity,date\nA,X,2024-01-01\nB,X,2023-12-31\n"},
    {"two meetings of other years that never end", "sitting_without_end", 2, MLG_WARNING,
     "study: key,value\ndate,2024-06-30\nactivities: id,kind,start,end\n"
     "m1,steering,2021-03-03,\nm2,training,2022-05-05,\nm3,steering,2024-03-03,\n"
     "m4,steering,2021-03-03,2021-03-03\nyear,steering,2021,\nact,action,2021-03-03,\n"
     "deal,agreement,2021-03-03,\nnone,steering,,\n"},
    {"a body that met in the year", "sitting_without_end", 0, MLG_WARNING,
     "study: key,value\ndate,2024-06-30\nactivities: id,kind,start\nm1,steering,2021-03-03\n"
     "participations: actor,activity,date\nA,m1,2021-03-03\nB,m1,2024-02-01\n"},
    {"a body on record at its first meeting alone", "sitting_without_end", 1, MLG_WARNING,
     "study: key,value\ndate,2024-06-30\nactivities: id,kind,start\nm1,steering,2021-03-03\n"
     "participations: actor,activity,date\nA,m1,2021-03-03\nB,m1,\n"},
    {"no date, no year", "sitting_without_end", 0, MLG_WARNING,
     "activities: id,kind,start\nm1,steering,2021-03-03\n"},
    {"days in the first of merged cells", "dates_not_filled_down", 1, MLG_WARNING,
     "participations: actor,activity,date\nA,X,2024-01-05\nB,X,\nC,X,\nA,X,2024-02-05\n"
     "B,X,\nC,X,\n"},
    {"of other bodies in turn", "dates_not_filled_down", 1, MLG_WARNING,
     "participations: actor,activity,date\nA,X,2024-01-05\nB,X,\nC,X,\nA,Y,2024-02-05\n"
     "B,Y,\nC,Y,\n"},
    {"once, for all the rest of a body", "dates_not_filled_down", 0, MLG_WARNING,
     "participations: actor,activity,date\nA,X,2024-01-05\nB,X,\nC,X,\nD,X,\nE,X,\n"},
    {"days that some forgot", "dates_not_filled_down", 0, MLG_WARNING,
     "participations: actor,activity,date\nA,X,2024-01-05\nB,X,\nA,X,2024-02-05\nB,X,\n"
     "A,Y,\nB,Y,\n"},
    {"events of one day, which their rows say", "dates_not_filled_down", 0, MLG_WARNING,
     "activities: id,start,end\nX,2024-01-05,2024-01-05\nY,2024-02-05,2024-02-05\n"
     "participations: actor,activity,date\nA,X,2024-01-05\nB,X,\nC,X,\nA,Y,2024-02-05\n"
     "B,Y,\nC,Y,\n"},
    {"dated rows of an undated study", "no_study_date", 1, MLG_WARNING,
     "study: key,value\ntitle,T\nparticipations: actor,activity,date\nA,X,2024-01-01\n"},
    {"a dated study", "no_study_date", 0, MLG_WARNING,
     "study: key,value\ndate,2024\nposts: id,start\nP,2024-01-01\n"},
    {"rows without days", "no_study_date", 0, MLG_WARNING,
     "study: key,value\ntitle,T\nparticipations: actor,activity,date\nA,X,\n"},
    {"a table alone", "no_study_date", 0, MLG_WARNING,
     "participations: actor,activity,date\nA,X,2024-01-01\n"},
    {"a decimal point that was lost", "many_fte", 2, MLG_WARNING,
     "posts: id,fte\nP,8\nQ,1.6\nR,1.5\nS,0.8\nT,\n"},
    {"no date, no future", "future_date", 0, MLG_WARNING,
     "participations: actor,activity,date\nA,X,2024-01-01\n"},
    {"an unreadable date of the study", "bad_study_date", 1, MLG_FATAL,
     "study: key,value\ndate,hier\n"},
    {"an open date of the study", "bad_study_date", 1, MLG_FATAL, "study: key,value\ndate,>2007\n"},
    {"a short year in the study's date", "short_year", 1, MLG_WARNING,
     "study: key,value\ndate,31/12/85\n"},
    {"a short year of this century in the study's date", "short_year", 0, MLG_WARNING,
     "study: key,value\ndate,31/12/24\n"},
    {"a language nobody speaks here", "bad_language", 1, MLG_FATAL,
     "study: key,value\nlanguage,de\n"},
    {"two dates", "setting_twice", 1, MLG_WARNING, "study: key,value\ndate,2023\nDate,2024\n"},
    /* names */
    {"a tie to an actor its table lacks", "unlisted_actor", 1, MLG_WARNING,
     "actors: id\nA\nties: from,to\nA,B\nB,A\n"},
    {"the same, strictly", "unlisted_actor", 1, MLG_FATAL,
     "study: key,value\nstrict,yes\nactors: id\nA\nties: from,to\nA,B\n"},
    {"no table, declared by use", "unlisted_actor", 0, MLG_WARNING, "ties: from,to\nA,B\n"},
    {"a post or a scheme in the place of an actor", "unlisted_actor", 0, MLG_WARNING,
     "actors: id\nA\nposts: id\nP\nschemes: id\nS\nties: from,to\nA,P\nA,S\n"},
    {"the holder of a post needs no row", "unlisted_actor", 0, MLG_WARNING,
     "actors: id\nA\nposts: id,person,employer\nP,B,A\n"},
    {"whom an actor speaks for", "unlisted_actor", 1, MLG_WARNING,
     "actors: id\nA\nparticipations: actor,on_behalf_of,activity\nA,B,X\n"},
    {"a person who speaks for an organisation", "unlisted_actor", 0, MLG_WARNING,
     "actors: id,kind\nA,organisation\nparticipations: actor,on_behalf_of,activity\nB,A,X\n"},
    {"a holder, and one whom nothing places", "unlisted_actor", 1, MLG_WARNING,
     "actors: id,kind\nA,organisation\nties: from,to\nP,A\nQ,A\nposts: id,person\nR,P\n"},
    {"the holder of a post, present in person", "unlisted_actor", 0, MLG_WARNING,
     "actors: id\nA\nposts: id,person\nR,P\nparticipations: actor,activity\nP,X\nA,X\n"},
    {"a person spelled nearly like a listed one", "unlisted_actor", 1, MLG_WARNING,
     "actors: id,kind,organisation\nDupont Anne,person,A\nA,organisation,\n"
     "participations: actor,on_behalf_of,activity\nDupond Anne,A,X\n"},
    {"what is funded may be an activity", "unlisted_actor", 1, MLG_WARNING,
     "actors: id\nA\nactivities: id\nX\nfunding: funder,target\nA,X\nA,Y\n"},
    {"a scheme its table lacks", "unlisted_scheme", 2, MLG_WARNING,
     "schemes: id,parent\nS,T\nactivities: id,schemes\nX,S|U\n"},
    {"an actor is no scheme", "unlisted_scheme", 1, MLG_WARNING,
     "schemes: id\nS\nactors: id\nA\nposts: id,scheme\nP,A\n"},
    {"a scheme declared by use, spoken for", "unlisted_actor", 0, MLG_WARNING,
     "actors: id\nA\nposts: id,scheme\nP,S\nparticipations: actor,on_behalf_of,activity\nA,S,X\n"},
    {"schemes declared by use", "unlisted_scheme", 0, MLG_WARNING,
     "actors: id\nA\nposts: id,scheme\nP,S\n"},
    {"an activity its table lacks", "unlisted_activity", 1, MLG_WARNING,
     "activities: id\nX\nparticipations: actor,activity\nA,X\nA,Y\nB,Y\nB,X\n"},
    {"a territory its table lacks", "unlisted_territory", 2, MLG_WARNING,
     "territories: id\nT\nactors: id,territory\nA,U\nactivities: id,territory\nX,T|V\n"},
    {"units that no table describes", "unlisted_territory", 0, MLG_WARNING,
     "territories: id\nT\nperimeters: territory,unit\nT,1\nT,2\n"},
    {"a unit missing among described ones", "unlisted_territory", 1, MLG_WARNING,
     "territories: id\nT\n1\nperimeters: territory,unit\nT,1\nT,2\n"},
    {"a code of a commune that no table has", "unlisted_commune", 2, MLG_WARNING,
     "territories: id,scale\nCOM-34003,commune\nsites: actor,territory\nA,COM-34093\nB,2A004\n"},
    {"is told so, without the code beside it", "unlisted_territory", 0, MLG_WARNING,
     "territories: id,scale\nCOM-34003,commune\nsites: actor,territory\nA,COM-34093\nB,2A004\n"},
    {"a study of no territory there is", "study_territory_unknown", 1, MLG_WARNING,
     "study: key,value\nterritory,Herolt\nterritories: id,name\nDEP-34,Hérault\n"},
    {"a study of two", "study_territory_unknown", 1, MLG_WARNING,
     "study: key,value\nterritory,Gard|Gers\nterritories: id,name\nD30,Gard\nD32,Gers\n"},
    {"where perimeters alone say what there is", "study_territory_unknown", 1, MLG_WARNING,
     "study: key,value\nterritory,Here\nperimeters: territory,unit\nT,1\n"},
    {"a study whose territory is a text for people", "study_territory_unknown", 0, MLG_WARNING,
     "study: key,value\nterritory,Here\nties: from,to\nA,B\n"},
    {"rows of several territories", "study_territory_unknown", 0, MLG_WARNING,
     "study: key,value\nterritory,Here\nscope,not_one_territory\nterritories: id\nT\n"},
    {"a study of one, without the sort of body", "study_territory_read", 0, MLG_WARNING,
     "study: key,value\nterritory,Saint-Lô Agglo\nterritories: id,name\nE,CA Saint-Lô Agglo\n"},
    {"a study of one by words of its name", "study_territory_read", 1, MLG_WARNING,
     "study: key,value\nterritory,Coeur du Calvados Sud\nterritories: id,name\n"
     "E,CC Coeur du Calvados Sud et Nord\n"},
    {"a study of one by one word of it", "study_territory_unknown", 1, MLG_WARNING,
     "study: key,value\nterritory,Calvados\nterritories: id,name\nE,CC Coeur du Calvados\n"},
    {"a study of one of two by its words", "study_territory_unknown", 1, MLG_WARNING,
     "study: key,value\nterritory,Calvados\nterritories: id,name\nE,CC Coeur du Calvados\n"
     "F,CC Calvados Sud\n"},
    {"a name of two actors, used as an id", "ambiguous_name", 1, MLG_FATAL,
     "actors: id,name\nA,Centre\nB,Centre\nties: from,to\nCentre,A\n"},
    {"a name of two actors, not used", "ambiguous_name", 0, MLG_FATAL,
     "actors: id,name\nA,Centre\nB,Centre\nties: from,to\nB,A\n"},
    {"an alias of two", "alias_twice", 1, MLG_FATAL,
     "aliases: alias,id\nX,A\nX,B\nties: from,to\nX,C\n"},
    {"an alias said twice", "alias_twice", 0, MLG_FATAL,
     "aliases: alias,id\nX,A\nX,A\nties: from,to\nX,C\n"},
    {"an alias that stands nowhere", "alias_unused", 1, MLG_WARNING,
     "aliases: alias,id\nX,A\nY,A\nties: from,to\nX,C\n"},
    {"the same row twice", "row_twice", 1, MLG_WARNING,
     "actors: id,sector,source\nA,social,p1\nA,social,p2\n"},
    {"two rows that differ", "two_rows_one_id", 1, MLG_FATAL,
     "actors: id,sector\nA,social\nA,housing\n"},
    {"two numbers that differ", "two_rows_one_id", 1, MLG_FATAL,
     "territories: id,population\nT,10\nT,11\n"},
    {"two lists that differ", "two_rows_one_id", 1, MLG_FATAL,
     "schemes: id,themes\nS,mobility\nS,mobility|youth\n"},
    {"one row a fault, the third too", "two_rows_one_id", 2, MLG_FATAL,
     "actors: id,sector\nA,social\nA,housing\nA,culture\n"},
    {"successive states", "two_rows_one_id", 0, MLG_FATAL,
     "schemes: id,carrier,start\nS,CUC,2004\nS,Ville,2016\n"},
    {"rows of a post", "two_rows_one_id", 0, MLG_FATAL, "posts: id,scheme,fte\nP,S,0.5\nP,T,0.5\n"},
    {"ids that differ by case", "same_id", 1, MLG_FATAL, "actors: id\nCCAS\nccas\n"},
    {"ids that differ by accents and blanks", "same_id", 1, MLG_FATAL,
     "activities: id\nRéunion 1\nreunion1\n"},
    {"ids that differ by a point", "same_id", 0, MLG_FATAL, "actors: id\nA1\nA.1\n"},
    {"an alias reconciles them", "same_id", 0, MLG_FATAL,
     "actors: id,sector,start\nCCAS,social,2001\nccas,social,2010\naliases: alias,id\nccas,CCAS\n"},
    {"names that serve as ids, alike", "same_id", 0, MLG_FATAL, "actors: name\nCCAS\nC.C.A.S.\n"},
    {"the same, told as names", "same_name", 1, MLG_WARNING, "actors: name\nCCAS\nC.C.A.S.\n"},
    {"two actors of one name", "same_name", 1, MLG_WARNING,
     "actors: id,name\nA,Centre\nB,Le Centre\n"},
    {"contracts of one name", "same_name", 0, MLG_WARNING, "schemes: id,name\nX,CLS\nY,CLS\n"},
    {"yearly activities of one name", "same_name", 0, MLG_WARNING,
     "activities: id,name\nX,COPIL\nY,COPIL\n"},
    {"an empty name", "no_name", 2, MLG_WARNING,
     "actors: id,name\nA,Centre\nB,\nterritories: id,name\nT,Ville\nU,\n"},
    {"no column of names", "no_name", 0, MLG_WARNING, "actors: id,sector\nA,social\n"},
    /* entities */
    {"kinds taken for granted are told once", "kind_assumed", 1, MLG_WARNING, "actors: id\nA\nB\n"},
    {"a type of institution says that it is one", "kind_assumed", 0, MLG_WARNING,
     "actors: id,institution\nA,ccas\nB,hospital\n"},
    {"a practice may be one person, another type anything", "kind_assumed", 1, MLG_WARNING,
     "actors: id,institution\nA,practice\nB,other\nC,particulier\n"},
    {"kinds said", "kind_assumed", 0, MLG_WARNING, "actors: id,kind\nA,organisation\nB,person\n"},
    {"an organisation of itself through another", "organisation_cycle", 1, MLG_FATAL,
     "actors: id,kind,organisation\nA,service,B\nB,service,A\n"},
    {"two holders at once", "two_holders", 1, MLG_WARNING, "posts: id,person\nP,A\nP,B\n"},
    {"two holders, known to overlap", "two_holders", 1, MLG_WARNING,
     "posts: id,person,start,end\nP,A,2004,2018\nP,B,2017-02,\n"},
    {"two holders in turn, open end", "two_holders", 0, MLG_WARNING,
     "posts: id,person,start,end\nP,A,2004,\nP,B,2017,\n"},
    {"two holders in turn, in one year", "two_holders", 0, MLG_WARNING,
     "posts: id,person,start,end\nP,A,2004,2017\nP,B,2017-10,\n"},
    {"one holder in two schemes", "two_holders", 0, MLG_WARNING,
     "posts: id,person,scheme\nP,A,S\nP,A,T\n"},
    {"a vacancy", "two_holders", 0, MLG_WARNING, "posts: id,person\nP,A\nP,vacant\n"},
    {"one id for the posts of two places", "post_in_two_places", 1, MLG_WARNING,
     "posts: id,person,territory\nReferent,A,T\nReferent,vacant,U\n"},
    {"the same, held by two who overlap", "post_in_two_places", 0, MLG_WARNING,
     "posts: id,person,territory\nReferent,A,T\nReferent,B,U\n"},
    {"a post that moved, with its dates", "post_in_two_places", 0, MLG_WARNING,
     "posts: id,person,territory,start\nP,A,T,2004\nP,vacant,U,2016\n"},
    {"a vacancy where the post is held", "post_in_two_places", 0, MLG_WARNING,
     "posts: id,person,territory\nP,A,T\nP,vacant,T\n"},
    {"one holder for two places", "post_in_two_places", 0, MLG_WARNING,
     "posts: id,person,territory\nP,A,T\nP,A,U\n"},
    {"many actors without a sector", "sector_unknown", 1, MLG_WARNING,
     "actors: id,kind,sector\nA,organisation,social\nB,organisation,\n"},
    {"persons need no sector", "sector_unknown", 0, MLG_WARNING,
     "actors: id,kind,sector\nA,organisation,social\nB,person,\n"},
    {"no column of sectors", "sector_unknown", 0, MLG_WARNING, "actors: id,kind\nA,organisation\n"},
    /* ties and participations */
    {"a tie with itself", "self_tie", 2, MLG_WARNING, "ties: from,to\nA,A\nB,C\nA,A\n"},
    {"a tie with itself by its name", "self_tie", 1, MLG_WARNING,
     "actors: id,name\nA,CCAS\nties: from,to\nA,CCAS\n"},
    {"a tie twice", "tie_twice", 1, MLG_WARNING, "ties: from,to,kind\nA,B,knows\nA,B,knows\n"},
    {"a tie and its return", "tie_twice", 1, MLG_WARNING, "ties: from,to\nA,B\nC,D\nB,A\n"},
    {"an arc and its return", "tie_twice", 0, MLG_WARNING,
     "ties: from,to,directed\nA,B,yes\nB,A,yes\n"},
    {"an arc twice", "tie_twice", 1, MLG_WARNING,
     "ties: from,to,directed\nA,B,yes\nB,A,yes\nA,B,yes\n"},
    {"two kinds", "tie_twice", 0, MLG_WARNING, "ties: from,to,kind\nA,B,knows\nA,B,informs\n"},
    {"waves", "tie_twice", 0, MLG_WARNING,
     "ties: from,to,start,end\nA,B,2022,2022\nA,B,2023,2023\n"},
    {"waves without an end", "tie_twice", 0, MLG_WARNING,
     "ties: from,to,start\nA,B,2022\nA,B,2023\n"},
    {"years that overlap", "tie_twice", 1, MLG_WARNING,
     "ties: from,to,start,end\nA,B,2022,2024\nB,A,2023,2025\n"},
    {"three times are two repetitions", "tie_twice", 2, MLG_WARNING,
     "ties: from,to\nA,B\nA,B\nB,A\n"},
    {"a tie with an actor that is gone", "tie_outside_life", 1, MLG_WARNING,
     "actors: id,start,end\nA,,2015\nB,,\nties: from,to,start\nA,B,2016\nA,B,2015-06\n"},
    {"a tie before an actor", "tie_outside_life", 1, MLG_WARNING,
     "actors: id,start\nA,2010\nB,\nties: from,to,start,end\nB,A,2005,2006\nB,A,2005,2010\n"},
    {"lives of several rows", "tie_outside_life", 0, MLG_WARNING,
     "actors: id,sector,start,end\nA,social,2001,2005\nA,housing,2006,2010\nties: "
     "from,to,start,end\nA,B,2002,2003\nA,B,2008,2009\n"},
    {"an activity of one", "single_participant", 1, MLG_WARNING,
     "participations: actor,activity\nA,X\nA,X\nA,Y\nB,Y\n"},
    {"shares of more than all", "shares_over_one", 1, MLG_WARNING,
     "funding: funder,target,share\nA,P,0.6\nB,P,0.5\nC,P,0.1\n"},
    {"shares of successive years", "shares_over_one", 0, MLG_WARNING,
     "study: key,value\ndate,2024\nfunding: "
     "funder,target,share,start,end\nA,P,0.6,2023,2023\nB,P,0.5,2024,2024\n"},
    {"rounded shares", "shares_over_one", 0, MLG_WARNING,
     "funding: funder,target,share\nA,P,0.334\nB,P,0.334\nC,P,0.334\n"},
    /* territories */
    {"a territory in itself", "perimeter_cycle", 1, MLG_FATAL,
     "perimeters: territory,unit\nA,B\nB,C\nC,A\n"},
    {"a territory that is its own unit", "perimeter_cycle", 1, MLG_FATAL,
     "perimeters: territory,unit\nA,A\n"},
    {"two ways to one unit are no circle", "perimeter_cycle", 0, MLG_FATAL,
     "perimeters: territory,unit\nA,B\nA,C\nB,D\nC,D\n"},
    {"a territory of nothing", "perimeter_empty", 1, MLG_WARNING,
     "territories: id,scale\nT,epci\nU,epci\n1,commune\nperimeters: territory,unit\nT,1\n"},
    {"no perimeters at all", "perimeter_empty", 0, MLG_WARNING, "territories: id,scale\nT,epci\n"},
    {"several of nothing are told once", "perimeter_empty", 1, MLG_WARNING,
     "territories: id,scale\nT,epci\nU,epci\nV,epci\n1,commune\n"
     "perimeters: territory,unit\nT,1\n"},
    {"a perimeter described in part", "perimeter_population", 1, MLG_WARNING,
     "territories: id,scale,population\nT,epci,100\na,commune,40\nb,commune,39\n"
     "perimeters: territory,unit\nT,a\nT,b\n"},
    {"a perimeter with other places", "perimeter_population", 1, MLG_WARNING,
     "territories: id,scale,population\nT,epci,100\na,commune,60\nb,commune,61\n"
     "perimeters: territory,unit\nT,a\nT,b\n"},
    {"counted in another year", "perimeter_population", 0, MLG_WARNING,
     "territories: id,scale,population\nT,epci,100\nU,epci,100\na,commune,80\nb,commune,120\n"
     "perimeters: territory,unit\nT,a\nU,b\n"},
    {"a unit that nobody counted may hold the rest", "perimeter_population", 0, MLG_WARNING,
     "territories: id,scale,population\nT,epci,100\na,commune,40\nb,commune,\n"
     "perimeters: territory,unit\nT,a\nT,b\n"},
    {"an unknown part may be the whole or nothing", "perimeter_population", 0, MLG_WARNING,
     "territories: id,scale,population\nT,cpts,100\na,commune,90\nb,commune,50\n"
     "perimeters: territory,unit,share\nT,a,1\nT,b,-1\n"},
    {"a neighbourhood of its commune", "perimeter_population", 0, MLG_WARNING,
     "territories: id,scale,population\nQ,neighbourhood,10\na,commune,100\n"
     "perimeters: territory,unit\nQ,a\n"},
    {"a unit named twice", "perimeter_twice", 1, MLG_WARNING,
     "perimeters: territory,unit,share\nT,1,0.4\nT,1,0.5\n"},
    {"a share of nothing", "share_zero", 1, MLG_WARNING,
     "perimeters: territory,unit,share\nT,1,0\n"},
    {"a commune in two departements", "unit_in_two", 1, MLG_FATAL,
     "territories: id,scale\nT,departement\nU,departement\nperimeters: territory,unit\nT,1\nU,1\n"},
    {"an intercommunality over two departements, by shares", "unit_in_two", 0, MLG_FATAL,
     "territories: id,scale\nT,departement\nU,departement\nperimeters: "
     "territory,unit,share\nT,1,0.4\nU,1,0.6\n"},
    {"a commune in two regions, one of them by its departement", "unit_in_two", 1, MLG_FATAL,
     "territories: id,scale\nR,region\nS,region\nD,departement\n"
     "perimeters: territory,unit\nR,D\nD,1\nD,2\nS,1\nS,3\n"},
    {"a departement in two regions is told once", "unit_in_two", 1, MLG_FATAL,
     "territories: id,scale\nR,region\nS,region\nD,departement\n"
     "perimeters: territory,unit\nR,D\nS,D\nR,9\nS,8\nD,1\nD,2\n"},
    {"halves of a commune through two departements", "unit_in_two", 0, MLG_FATAL,
     "territories: id,scale\nR,region\nS,region\nD,departement\nE,departement\n"
     "perimeters: territory,unit,share\nR,D,1\nS,E,1\nD,1,0.5\nE,1,0.5\nD,2,1\nE,3,1\n"},
    {"a body inside a body of its scale", "unit_in_two", 0, MLG_FATAL,
     "territories: id,scale\nM,epci\nN,epci\nperimeters: territory,unit\nM,N\nM,1\nN,2\n"},
    {"a region that nobody takes apart", "perimeter_empty", 0, MLG_WARNING,
     "territories: id,scale\nR,region\nU,epci\n1,commune\nperimeters: territory,unit\nU,1\n"},
    {"a region that a scheme covers", "perimeter_empty", 1, MLG_WARNING,
     "territories: id,scale\nR,region\nU,epci\n1,commune\nperimeters: territory,unit\nU,1\n"
     "schemes: id,territory\nS,R\n"},
    {"a region made of nothing", "perimeter_empty", 1, MLG_WARNING,
     "territories: id,scale\nR,region\nU,epci\n1,commune\n"
     "perimeters: territory,unit,share\nU,1,1\nR,1,0\n"},
    {"a commune in two catchments", "unit_in_two", 0, MLG_FATAL,
     "territories: id,scale\nT,cpts\nU,cpts\nperimeters: territory,unit\nT,1\nU,1\n"},
    {"a commune that changed its intercommunality", "unit_in_two", 0, MLG_FATAL,
     "study: key,value\ndate,2020\nterritories: id,scale\nT,epci\nU,epci\n"
     "perimeters: territory,unit,start,end\nT,1,2014,2016\nU,1,2017,\n"},
    {"postal codes", "postal_codes", 1, MLG_WARNING,
     "perimeters: territory,unit\nT,14000\nT,14100\nT,50000\nT,61000\n"},
    {"codes of communes", "postal_codes", 0, MLG_WARNING,
     "perimeters: territory,unit\nT,14118\nT,14000\nT,50129\n"},
    {"summed from its units", "no_population", 0, MLG_WARNING,
     "territories: id,population\nW,\nA,10\nB,20\nperimeters: territory,unit\nW,A\nW,B\n"},
    {"of units that no row describes", "no_population", 1, MLG_WARNING,
     "territories: id,population\nW,\nV,5\nperimeters: territory,unit\nW,A\nW,B\n"},
    {"a unit of it without any", "no_population", 1, MLG_WARNING,
     "territories: id,population\nW,\nA,10\nB,\nperimeters: territory,unit\nW,A\nW,B\n"},
    {"an actor twice at one sitting", "twice_at_sitting", 1, MLG_WARNING,
     "participations: actor,activity,date\nA,X,2024-01-05\nB,X,2024-01-05\nA,X,2024-01-05\n"},
    {"three times", "twice_at_sitting", 2, MLG_WARNING,
     "participations: actor,activity,date\nA,X,2024-01-05\nA,X,2024-01-05\nA,X,2024-01-05\n"},
    {"on other days, or of no known day", "twice_at_sitting", 0, MLG_WARNING,
     "participations: actor,activity,date\nA,X,2024-01-05\nA,X,2024-02-05\nA,X,\nA,X,\n"
     "A,X,2024\nA,X,2024\nA,Y,2024-01-05\n"},
    {"in two roles, for two others", "twice_at_sitting", 0, MLG_WARNING,
     "participations: actor,activity,date,role,on_behalf_of\nA,X,2024-01-05,participant,\n"
     "A,X,2024-01-05,chair,\nP,X,2024-01-05,,A\nP,X,2024-01-05,,B\n"},
    {"no population", "no_population", 1, MLG_WARNING,
     "territories: id,population\nT,0\nU,\nV,7\n"},
    {"no column of populations", "no_population", 0, MLG_WARNING, "territories: id\nT\n"},
};

START_TEST(a_broken_rule_is_told_and_a_kept_one_is_not)
{
    mlg_model *m = model_fixture(cases[_i].rows);
    const size_t n = model_fixture_faults(m, cases[_i].code);
    ck_assert_msg(n == cases[_i].count, "%s: %zu of %s", cases[_i].what, n, cases[_i].code);
    for (size_t i = 0; i < mlg_faults_groups(m->faults); i++) {
        mlg_fault_view view;
        mlg_faults_get(m->faults, i, MLG_FR, true, &view, NULL, 0);
        ck_assert(strcmp(view.code, cases[_i].code) != 0 || view.severity == cases[_i].severity);
    }
    mlg_model_free(m);
}
END_TEST

START_TEST(each_message_is_whole_in_both_languages)
{
    mlg_model *m = model_fixture(cases[_i].rows);
    for (int names = 0; names < 2; names++) {
        const char *fr = model_fixture_message(m, cases[_i].code, MLG_FR, names == 1);
        ck_assert(cases[_i].count == 0 || fr != NULL);
        ck_assert_msg(fr == NULL || strpbrk(fr, "{}") == NULL, "%s", fr);
        ck_assert_msg(fr == NULL || strstr(fr, " ?\xe2") == NULL, "%s", fr);
        const char *en = model_fixture_message(m, cases[_i].code, MLG_EN, names == 1);
        ck_assert_msg(en == NULL || strpbrk(en, "{}") == NULL, "%s", en);
    }
    mlg_model_free(m);
}
END_TEST

START_TEST(a_name_may_have_1024_characters_and_no_more)
{
    for (int extra = 0; extra < 2; extra++) {
        mlg_buffer text = {0};
        mlg_buffer_text(&text, "actors: id,name\nA,");
        for (int i = 0; i < 1024 + extra; i++) {
            mlg_buffer_text(&text, "é");
        }
        mlg_model *m = model_fixture(mlg_buffer_string(&text));
        ck_assert_uint_eq(model_fixture_faults(m, "long_name"), (size_t) extra);
        mlg_model_free(m);
        mlg_buffer_clear(&text);
        mlg_buffer_text(&text, "ties: from,to\nA,");
        for (int i = 0; i < 1024 + extra; i++) {
            mlg_buffer_text(&text, "b");
        }
        m = model_fixture(mlg_buffer_string(&text));
        ck_assert_uint_eq(model_fixture_faults(m, "long_name"), (size_t) extra);
        mlg_model_free(m);
        mlg_buffer_free(&text);
    }
}
END_TEST

START_TEST(there_may_be_200_sectors_and_no_more)
{
    for (int extra = 0; extra < 2; extra++) {
        mlg_buffer text = {0};
        mlg_buffer_text(&text, "actors: id,sector\n");
        for (int i = 0; i < 200 + extra; i++) {
            mlg_buffer_format(&text, "A%d,S%d\n", i, i);
        }
        mlg_model *m = model_fixture(mlg_buffer_string(&text));
        ck_assert_uint_eq(model_fixture_faults(m, "too_many_sectors"), (size_t) extra);
        mlg_model_free(m);
        mlg_buffer_free(&text);
    }
}
END_TEST

START_TEST(territories_may_nest_64_deep_and_no_more)
{
    for (int extra = 0; extra < 2; extra++) {
        mlg_buffer text = {0};
        mlg_buffer_text(&text, "perimeters: territory,unit\n");
        for (int i = 0; i < 64 + extra; i++) {
            mlg_buffer_format(&text, "T%d,T%d\n", i, i + 1);
        }
        mlg_model *m = model_fixture(mlg_buffer_string(&text));
        ck_assert_uint_eq(model_fixture_faults(m, "perimeter_deep"), (size_t) extra);
        mlg_model_free(m);
        mlg_buffer_free(&text);
    }
}
END_TEST

/* ---- what is told ---------------------------------------------------------------------------- */

/* In the order of their lines, whatever order the names were met in; a list in a cell once. */
START_TEST(actors_of_no_kind_are_told_by_their_rows)
{
    mlg_model *m = model_fixture("actors: id\nF\nE\nD\nC\nB\nA\nties: from,to\nA,F\nB,C\n");
    ck_assert_str_eq(model_fixture_message(m, "kind_assumed", MLG_EN, false),
                     "kind unknown of 6 actors, taken for organisations, so shown by name "
                     "(actors.csv:2, :3, :4, :5, :6…); for a person, say so in the column 'kind' "
                     "of actors.csv");
    ck_assert_uint_eq(mlg_faults_count(m->faults, MLG_WARNING), 1);
    mlg_model_free(m);
    m = model_fixture("activities: id,partners\nX,B|A\n");
    ck_assert_ptr_nonnull(strstr(model_fixture_message(m, "kind_assumed", MLG_EN, false),
                                 "of 2 actors, taken for organisations, so shown by name "
                                 "(activities.csv:2);"));
    mlg_model_free(m);
}
END_TEST

START_TEST(what_a_perimeter_lacks_is_told_in_people)
{
    mlg_model *m =
        model_fixture("territories: id,scale,population\nT,epci,100\nU,epci,1000\na,commune,40\n"
                      "b,commune,19\nperimeters: territory,unit\nT,a\nT,b\nU,a\n");
    ck_assert_str_eq(model_fixture_message(m, "perimeter_population", MLG_EN, false),
                     "the units described of 2 territories make less than 80% or more than 120% of "
                     "their population (T:2, U:3); of 'T', 59 inhabitants are described, 100 are "
                     "written: complete perimeters.csv, or correct the population, for its rates "
                     "are over the units described");
    mlg_model_free(m);
}
END_TEST

START_TEST(merged_cells_are_counted)
{
    mlg_model *m = model_fixture(
        "participations: actor,activity,date\nA,X,2024-01-05\nB,X,\nC,X,\nA,Y,2024-02-05\n"
        "B,Y,\nC,Y,\nD,Y,\nA,Z,\n");
    const char *told = model_fixture_message(m, "dates_not_filled_down", MLG_EN, false);
    ck_assert_ptr_nonnull(strstr(told, "5 rows without a date follow, 2 times, a dated row"));
    mlg_model_free(m);
}
END_TEST

/* One setting changes all results: it is not the 5 000th warning that tells of it. */
START_TEST(faults_of_the_settings_come_before_those_of_rows)
{
    mlg_fault_view view;
    mlg_model *m = model_fixture("study: key,value\nterritory,Nowhere\nactors: id,name\nA,\n"
                                 "territories: id,name\nDEP-14,Calvados\n");
    mlg_faults_get(m->faults, 0, MLG_EN, false, &view, NULL, 0);
    ck_assert_str_eq(view.code, "study_territory_unknown");
    ck_assert_int_eq(view.line, 2);
    mlg_model_free(m);

    mlg_buffer text = {0};
    mlg_buffer_text(&text, "study: key,value\nterritory,Nowhere\nterritories: id,name\n");
    for (int i = 0; i < 12; i++) { /* two of each name, and an error that comes before */
        mlg_buffer_format(&text, "T%d,N%d\n", i, i / 2);
    }
    mlg_buffer_text(&text, "ties: from,to,start,end\nA,B,2024,2023\n");
    m = model_fixture(mlg_buffer_string(&text));
    mlg_faults_get(m->faults, 0, MLG_EN, false, &view, NULL, 0);
    ck_assert_str_eq(view.code, "end_before_start");
    mlg_faults_get(m->faults, 1, MLG_EN, false, &view, NULL, 0);
    ck_assert_str_eq(view.code, "study_territory_unknown");
    mlg_model_free(m);
    mlg_buffer_free(&text);
}
END_TEST

static const struct {
    const char *asked, *own; /* "": none */
    const char *told;        /* in the warning; NULL: none */
} own_territories[] = {
    {"DEP-34", "DEP-34", NULL},
    {"34", "DEP-34", NULL},
    {"Hérault", "DEP-34", NULL},
    {"département Hérault", "DEP-34", NULL},
    {"Agde Méditerranée", "E", "is read as 'CA Hérault Agde Méditerranée' (E)"},
    {"Grand Pic Saint-Loup", "P", NULL},
    {"CC Pic Saint-Loup", "", "the nearest: CC du Grand Pic Saint-Loup (P):"},
    {"Méditerranée", "", "the nearest: CA Hérault Agde Méditerranée (E):"},
    {"Herolt", "", "the nearest: Hérault (DEP-34):"},
    {"DEP-35", "", "names none of those of the tables: all units"},
    {"Nulle Part", "", "names none of those of the tables: all units"},
    {"Saint-Loup", "", "the nearest: CC du Grand Pic Saint-Loup (P), SCoT Saint-Loup"},
    {"Pic Saint-Loup", "P", "is read as 'CC du Grand Pic Saint-Loup' (P)"},
    {"Sète", "S", NULL}, /* CA Sète, and not the harbour of Sète */
    {"Montpellier", "", "names both 'M1' and 'M2'"},
};

START_TEST(the_study_s_territory_is_found_as_init_finds_it)
{
    char text[1024];
    snprintf(text, sizeof text,
             "study: key,value\nterritory,%s\nterritories: id,name,scale\n"
             "DEP-34,Hérault,departement\nE,CA Hérault Agde Méditerranée,epci\n"
             "P,CC du Grand Pic Saint-Loup,epci\nM1,Montpellier,commune\nM2,Montpellier,epci\n"
             "SC,SCoT Saint-Loup,scot\nS,CA Sète,epci\nH,Port de Sète,\n",
             own_territories[_i].asked);
    mlg_model *m = model_fixture(text);
    ck_assert_str_eq(m->own >= 0 ? mlg_names_text(&m->territories, m->own) : "",
                     own_territories[_i].own);
    const char *told = model_fixture_message(m, "study_territory_unknown", MLG_EN, false);
    told = told != NULL ? told : model_fixture_message(m, "study_territory_read", MLG_EN, false);
    told = told != NULL ? told : model_fixture_message(m, "study_territory_several", MLG_EN, false);
    ck_assert_msg((told != NULL) == (own_territories[_i].told != NULL), "%s: %s",
                  own_territories[_i].asked, told != NULL ? told : "nothing");
    ck_assert_msg(told == NULL || strstr(told, own_territories[_i].told) != NULL, "%s: %s",
                  own_territories[_i].asked, told);
    mlg_model_free(m);
}
END_TEST

START_TEST(short_memory_for_what_is_told_is_an_error)
{
    mlg_status status = MLG_ENOMEM;
    for (long n = 0; status != MLG_OK; n++) {
        ck_assert_int_lt(n, 10000);
        mlg_model *m = model_fixture_rows(
            "study: key,value\nterritory,Grand Saint-Loup\nactors: id\nA\nB\n"
            "territories: id,name,scale,population\nT,CC du Grand Pic Saint-Loup,epci,100\n"
            "U,CC vide,epci,10\nCOM-34001,Un,commune,5\nperimeters: territory,unit\n"
            "T,COM-34001\nT,COM-34002\n"
            "participations: actor,activity,date\nA,X,2024-01-05\nB,X,\n");
        mlg_alloc_fails_at = n;
        status = mlg_model_finish(m, NULL);
        mlg_alloc_fails_at = -1;
        ck_assert(status == MLG_OK || status == MLG_ENOMEM);
        if (status == MLG_OK) {
            static const char *const codes[] = {"kind_assumed", "study_territory_unknown",
                                                "perimeter_empty", "unlisted_commune",
                                                "no_study_date"};
            for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
                ck_assert_msg(model_fixture_faults(m, codes[i]) == 1, "%s", codes[i]);
            }
        }
        mlg_model_free(m);
    }
}
END_TEST

/* ---- suggestions --------------------------------------------------------------------------- */

static const struct {
    const char *what, *used, *near; /* NULL: nothing is near enough */
} suggestions[] = {
    {"case and initials", "c.c.a.s. de caen", "CCAS de Caen"},
    {"a slip", "CCAS de Caem", "CCAS de Caen"},
    {"words in another order", "Caen - CCAS", "CCAS de Caen"},
    {"a swap", "Hapazt", "Hapzat"},
    {"two slips in a short word", "Hopzot", NULL},
    {"a short word", "ARSX", NULL},
    {"nothing like it", "Université", NULL},
    {"an id", "C-1", NULL},
};

START_TEST(an_unlisted_name_is_told_with_the_nearest)
{
    char rows[512], expected[512];
    snprintf(rows, sizeof rows,
             "actors: id,name,kind\nC1,CCAS de Caen,organisation\nC2,Hapzat,organisation\n"
             "C3,ARS,organisation\nschemes: id,carrier\nS,%s\n",
             suggestions[_i].used);
    mlg_model *m = model_fixture(rows);
    const char *near = suggestions[_i].near;
    snprintf(expected, sizeof expected,
             "'%s' is not in the table of actors%s%s%s; add it, or correct the name",
             suggestions[_i].used, near != NULL ? ", the nearest is '" : "",
             near != NULL ? near : "", near != NULL ? "'" : "");
    ck_assert_str_eq(model_fixture_message(m, "unlisted_actor", MLG_EN, false), expected);
    mlg_model_free(m);
}
END_TEST

START_TEST(a_person_s_name_is_never_suggested_nor_quoted_unless_asked)
{
    mlg_model *m = model_fixture("actors: id,name,kind\nP1,Camille Zyx,person\n"
                                 "schemes: id,carrier\nS,Camille Zyy\n"
                                 "ties: from,to\nCamille Zyz,P1\nZYX Camille,P1\n");
    for (size_t i = 0; i < mlg_faults_groups(m->faults); i++) {
        char message[512];
        mlg_fault_view view;
        mlg_faults_get(m->faults, i, MLG_FR, false, &view, message, sizeof message);
        ck_assert_msg(strcasestr(message, "Zyx") == NULL && strstr(message, "Zyz") == NULL, "%s",
                      message);
        ck_assert(strcmp(view.code, "unlisted_actor") != 0 || view.person);
    }
    const char *asked = model_fixture_message(m, "unlisted_actor", MLG_EN, true);
    ck_assert_ptr_nonnull(strstr(asked, "the nearest is 'Camille Zyx'"));
    mlg_model_free(m);
}
END_TEST

START_TEST(a_withheld_person_is_told_by_the_row)
{
    mlg_model *m = model_fixture("actors: id,kind\nDupont Anne,person\nties: from,to\n"
                                 "Dupond Anne,Dupont Anne\n");
    ck_assert_str_eq(model_fixture_message(m, "unlisted_actor", MLG_EN, false),
                     "the actor of this row is not in the table of actors; its name is near that "
                     "of a person who is: correct it, or add it (--names shows it)");
    ck_assert_str_eq(model_fixture_message(m, "unlisted_actor", MLG_EN, true),
                     "'Dupond Anne' is not in the table of actors, the nearest is 'Dupont Anne'; "
                     "add it, or correct the name");
    mlg_model_free(m);
}
END_TEST

START_TEST(the_actors_without_a_sector_are_named)
{
    mlg_model *m = model_fixture("actors: id,name,kind,sector\nA,Un,organisation,social\n"
                                 "B,Deux,organisation,\nP,Zyx,person,\nC,Trois,organisation,\n"
                                 "D,,organisation,\nE,Cinq,organisation,\n");
    mlg_fault_view view;
    char message[512];
    bool told = false;
    for (size_t i = 0; i < mlg_faults_groups(m->faults); i++) {
        mlg_faults_get(m->faults, i, MLG_EN, false, &view, message, sizeof message);
        if (strcmp(view.code, "sector_unknown") == 0) {
            told = true;
            ck_assert_int_eq(view.line, 0); /* the file: no row of it is to blame */
            ck_assert_str_eq(message, "4 actors of 5 without a sector, more than 5% (Deux, Trois, "
                                      "D…); fill in the column 'sector'");
        }
    }
    ck_assert(told);
    mlg_model_free(m);
}
END_TEST

START_TEST(a_study_of_strangers_stays_linear)
{
    enum { N = 30000 };
    mlg_buffer text = {0};
    mlg_buffer_text(&text, "actors: id,name\n");
    for (int i = 0; i < N; i++) {
        mlg_buffer_format(&text, "listed%06d,Nom %d\n", i * 7, i);
    }
    mlg_buffer_text(&text, "ties: from,to\n");
    for (int i = 0; i < N; i++) {
        mlg_buffer_format(&text, "strange%06d,listed%06d\n", i * 13, i * 7);
    }
    mlg_model *m = model_fixture(mlg_buffer_string(&text));
    /* repetitions past the bound of groups are counted all the same */
    ck_assert_uint_ge(mlg_faults_count(m->faults, MLG_WARNING), N);
    ck_assert_uint_eq(mlg_faults_groups(m->faults), 5001);
    mlg_model_free(m);
    mlg_buffer_free(&text);
}
END_TEST

/* ---- the collection -------------------------------------------------------------------------- */

static mlg_model *model_of_files(void)
{
    mlg_model *m = NULL;
    ck_assert_int_eq(mlg_model_new(&m, NULL), MLG_OK);
    mlg_names_add(&m->files, "ties.csv", 8);
    mlg_names_add(&m->files, "actors.csv", 10);
    return m;
}

START_TEST(repeated_faults_are_grouped_by_what_was_read)
{
    mlg_model *m = model_of_files();
    for (int line = 2; line < 12; line++) {
        const mlg_place at = {0, line, 3, C_ties_start};
        mlg_fault_text(m, MLG_FATAL, T_fault_bad_date, at, line % 2 == 0 ? "hier" : "demain", NULL);
    }
    mlg_fault_text(m, MLG_FATAL, T_fault_bad_date, (mlg_place){1, 5, 3, C_actors_start}, "hier",
                   NULL);
    mlg_fault_text(m, MLG_FATAL, T_fault_bad_date, (mlg_place){0, 5, 4, C_ties_end}, "hier", NULL);
    ck_assert_uint_eq(mlg_faults_groups(m->faults), 4);
    ck_assert_uint_eq(mlg_faults_count(m->faults, MLG_FATAL), 12);
    ck_assert_uint_eq(mlg_faults_count(m->faults, MLG_WARNING), 0);
    mlg_model_free(m);
}
END_TEST

START_TEST(faults_come_errors_first_then_by_file_and_line)
{
    static const struct {
        mlg_severity severity;
        int file, line;
    } added[] = {{MLG_WARNING, 0, 9}, {MLG_FATAL, 0, 7}, {MLG_WARNING, 1, 2},
                 {MLG_FATAL, 1, 8},   {MLG_FATAL, 0, 3}, {MLG_WARNING, -1, 0}};
    static const char *const expected[] = {"actors.csv:8", "ties.csv:3",   "ties.csv:7",
                                           ":0",           "actors.csv:2", "ties.csv:9"};
    mlg_model *m = model_of_files();
    for (size_t i = 0; i < 6; i++) {
        char cell[8];
        snprintf(cell, sizeof cell, "%zu", i);
        mlg_fault_text(m, added[i].severity, T_fault_bad_date,
                       (mlg_place){added[i].file, added[i].line, 1, C_ties_start}, cell, NULL);
    }
    for (size_t i = 0; i < 6; i++) {
        char place[64];
        mlg_fault_view view;
        mlg_faults_get(m->faults, i, MLG_FR, false, &view, NULL, 0);
        snprintf(place, sizeof place, "%s:%d", view.file, (int) view.line);
        ck_assert_str_eq(place, expected[i]);
        ck_assert_int_eq(view.severity, i < 3 ? MLG_FATAL : MLG_WARNING);
        ck_assert_str_eq(view.code, "bad_date");
        ck_assert_int_eq(view.column, 1);
    }
    mlg_model_free(m);
}
END_TEST

START_TEST(cells_of_persons_are_withheld_unless_asked)
{
    char message[256];
    mlg_fault_view view;
    mlg_model *m = model_of_files();
    mlg_fault_text(m, MLG_FATAL, T_fault_bad_date, (mlg_place){0, 2, 1, C_ties_from}, "Camille Zyx",
                   NULL);
    ck_assert_uint_gt(mlg_faults_get(m->faults, 0, MLG_EN, false, &view, message, sizeof message),
                      20);
    ck_assert(view.person);
    ck_assert_str_eq(message, "unreadable date: '(withheld: --names)'; "
                              "write 2024-03-31, 31/03/2024, 2024-03 or 2024");
    mlg_faults_get(m->faults, 0, MLG_EN, true, &view, message, sizeof message);
    ck_assert_ptr_nonnull(strstr(message, "'Camille Zyx'"));
    mlg_model_free(m);
}
END_TEST

START_TEST(a_quoted_cell_is_short_on_one_line_and_of_whole_characters)
{
    char cell[1000], message[512];
    mlg_fault_view view;
    mlg_model *m = model_of_files();
    for (size_t i = 0; i + 2 < sizeof cell; i += 2) {
        memcpy(cell + i, "é", 2);
    }
    cell[sizeof cell - 2] = cell[sizeof cell - 1] = '\0';
    memcpy(cell, "a\n\x1b", 3);
    mlg_fault_text(m, MLG_FATAL, T_fault_bad_date, (mlg_place){0, 2, 1, C_ties_start}, cell, NULL);
    mlg_faults_get(m->faults, 0, MLG_EN, false, &view, message, sizeof message);
    ck_assert_uint_lt(strlen(message), 260);
    ck_assert_ptr_nonnull(strstr(message, "'a  "));
    ck_assert_ptr_nonnull(strstr(message, "é…'"));
    mlg_model_free(m);
}
END_TEST

START_TEST(past_5000_groups_faults_are_counted_together)
{
    enum { N = 10600, KEPT = 5000, MORE = N / 2 - KEPT };
    mlg_fault_view view;
    mlg_model *m = model_of_files();
    for (int i = 0; i < N; i++) {
        char cell[16];
        snprintf(cell, sizeof cell, "%d", i);
        mlg_fault_text(m, i % 2 == 0 ? MLG_FATAL : MLG_WARNING, T_fault_bad_date,
                       (mlg_place){0, N - i, 1, C_ties_start}, cell, NULL);
    }
    ck_assert_uint_eq(mlg_faults_groups(m->faults), 2 * KEPT + 2);
    ck_assert_uint_eq(mlg_faults_count(m->faults, MLG_FATAL), N / 2);
    for (size_t i = 0; i < 2 * KEPT + 2; i++) {
        mlg_faults_get(m->faults, i, MLG_EN, false, &view, NULL, 0);
        ck_assert_int_eq(view.severity, i <= KEPT ? MLG_FATAL : MLG_WARNING);
        ck_assert_uint_eq(view.count, i == KEPT || i == 2 * KEPT + 1 ? MORE : 1);
        ck_assert_str_eq(view.code, i == KEPT           ? "too_many_errors"
                                    : i == 2 * KEPT + 1 ? "too_many_warnings"
                                                        : "bad_date");
    }
    mlg_model_free(m);
}
END_TEST

START_TEST(short_memory_for_a_fault_is_told_and_the_fault_is_counted)
{
    int failures = 0;
    for (long n = 0; n < 12; n++) {
        mlg_model *m = model_of_files();
        mlg_alloc_fails_at = n;
        mlg_fault_text(m, MLG_FATAL, T_fault_bad_date, (mlg_place){0, 2, 1, C_ties_start}, "hier",
                       "x");
        const bool failed = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        ck_assert_int_eq(mlg_faults_short(m->faults), failed);
        ck_assert_uint_eq(mlg_faults_count(m->faults, MLG_FATAL), 1);
        failures += failed ? 1 : 0;
        mlg_model_free(m);
    }
    ck_assert_int_gt(failures, 4);
    mlg_faults_free(NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rules");
    TCase *rules = tcase_create("rules");
    const int n = sizeof cases / sizeof *cases;
    tcase_add_loop_test(rules, a_broken_rule_is_told_and_a_kept_one_is_not, 0, n);
    tcase_add_loop_test(rules, each_message_is_whole_in_both_languages, 0, n);
    tcase_add_test(rules, a_name_may_have_1024_characters_and_no_more);
    tcase_add_test(rules, there_may_be_200_sectors_and_no_more);
    tcase_add_test(rules, territories_may_nest_64_deep_and_no_more);
    suite_add_tcase(suite, rules);
    TCase *told = tcase_create("what is told");
    tcase_add_test(told, actors_of_no_kind_are_told_by_their_rows);
    tcase_add_test(told, what_a_perimeter_lacks_is_told_in_people);
    tcase_add_test(told, merged_cells_are_counted);
    tcase_add_test(told, short_memory_for_what_is_told_is_an_error);
    tcase_add_test(told, faults_of_the_settings_come_before_those_of_rows);
    tcase_add_loop_test(told, the_study_s_territory_is_found_as_init_finds_it, 0,
                        sizeof own_territories / sizeof *own_territories);
    suite_add_tcase(suite, told);
    TCase *names = tcase_create("suggestions");
    tcase_add_loop_test(names, an_unlisted_name_is_told_with_the_nearest, 0,
                        sizeof suggestions / sizeof *suggestions);
    tcase_add_test(names, a_person_s_name_is_never_suggested_nor_quoted_unless_asked);
    tcase_add_test(names, a_withheld_person_is_told_by_the_row);
    tcase_add_test(names, the_actors_without_a_sector_are_named);
    tcase_add_test(names, a_study_of_strangers_stays_linear);
    tcase_set_timeout(names, 60);
    suite_add_tcase(suite, names);
    TCase *faults = tcase_create("the collection of faults");
    tcase_add_test(faults, repeated_faults_are_grouped_by_what_was_read);
    tcase_add_test(faults, faults_come_errors_first_then_by_file_and_line);
    tcase_add_test(faults, cells_of_persons_are_withheld_unless_asked);
    tcase_add_test(faults, a_quoted_cell_is_short_on_one_line_and_of_whole_characters);
    tcase_add_test(faults, past_5000_groups_faults_are_counted_together);
    tcase_add_test(faults, short_memory_for_a_fault_is_told_and_the_fault_is_counted);
    suite_add_tcase(suite, faults);
    return suite_run(suite);
}
