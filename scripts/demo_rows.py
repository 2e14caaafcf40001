# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of datasets/demo that people would write by hand; make_demo.py reads them.

All organisations and persons are invented. Places: V the main town, A and B the western and
the northern intercommunality, D both, P the area of the CPTS. Schemes: L the CLS, M the CLSM,
A the ASV, P the CPTS, G the CTG, V the contrat de ville.
"""

import datetime

SCHEME = {"L": "CLS", "M": "CLSM", "A": "ASV", "P": "CPTS", "G": "CTG", "V": "Contrat de ville"}

STUDY = [
    ["titre", "Territoire de démonstration — données illustratives"],
    ["territoire", "ARR-144"],
    ["date", "31/10/2026"],
    ["langue", "fr"],
    ["illustratif", "oui"],
    ["vue.situations.instances", "type=RESAD"],
]

# ---- territories ----------------------------------------------------------------------

NORTH_CENTRE = "COM-14027"
WEST_OUTSIDE_CPTS = {"COM-14174", "COM-14357", "COM-14496", "COM-14512", "COM-14572"}
NORTH_INSIDE_CPTS = {"COM-14027", "COM-14096", "COM-14120", "COM-14347", "COM-14374", "COM-14579",
                     "COM-14650", "COM-14672"}
NO_REFERENT = {"COM-14241", "COM-14347", "COM-14353", "COM-14374", "COM-14379", "COM-14389",
               "COM-14390", "COM-14412", "COM-14449", "COM-14475", "COM-14491", "COM-14579"}

# ---- actors: name, sector, institution, place, schemes, the body of a service -----------

HOSPITAL = "hôpital et établissements de santé"
ORGANISATIONS = [
    ("Maison de santé du Centre", "soins de ville", "MSP", "V", "PMA"),
    ("Maison de santé des Vallons", "soins de ville", "MSP", "A", "P"),
    ("Maison de santé de la Plaine", "soins de ville", "MSP", "B", "PMG"),
    ("Centre de santé municipal", "soins de ville", "centre de santé", "V", "PA"),
    ("Cabinet médical du Marché", "soins de ville", "libéral", "V", "PA"),
    ("Cabinet médical de la Gare", "soins de ville", "libéral", "V", "PM"),
    ("Cabinet médical des Champs", "soins de ville", "libéral", "B", "PM"),
    ("Cabinet infirmier du Lavoir", "soins de ville", "libéral", "V", "PA"),
    ("Cabinet infirmier des Prés", "soins de ville", "libéral", "A", "P"),
    ("Pharmacie de la Halle", "soins de ville", "libéral", "V", "PAM"),
    ("Pharmacie du Pont", "soins de ville", "libéral", "B", "P"),
    ("Cabinet de kinésithérapie", "soins de ville", "libéral", "V", "PA"),
    ("Cabinet de sages-femmes", "soins de ville", "libéral", "B", "PG"),
    ("Association porteuse de la CPTS", "soins de ville", "CPTS", "D", "PM"),
    ("Centre hospitalier", HOSPITAL, "établissement de santé", "V", "PLMA"),
    ("Hôpital de proximité", HOSPITAL, "établissement de santé", "B", "PMG"),
    ("Clinique du Plateau", HOSPITAL, "établissement de santé", "V", "P"),
    ("Hospitalisation à domicile", HOSPITAL, "établissement de santé", "D", "PM"),
    ("Établissement de santé mentale", "santé mentale", "établissement de santé", "D", "ML"),
    ("Centre médico-psychologique enfants", "santé mentale", "établissement de santé", "V", "MA"),
    ("Équipe mobile psychiatrie-précarité", "santé mentale", "établissement de santé", "D", "MAL"),
    ("Association de familles", "santé mentale", "association", "D", "ML"),
    ("Centre d’addictologie", "addictologie", "établissement ou service médico-social", "D", "MLA"),
    ("EHPAD du Verger", "médico-social", "établissement ou service médico-social", "A", "P"),
    ("Soins infirmiers à domicile", "soins de ville", "association", "A", "P"),
    ("Service d’aide à domicile", "médico-social", "association", "A", "LP"),
    ("Accompagnement à la vie sociale", "médico-social", "association", "D", "ML"),
    ("Plateforme de répit", "médico-social", "association", "B", "MPG"),
    ("CCAS de la ville-centre", "action sociale", "CCAS", "V", "LMAV"),
    ("CCAS de l’Ouest", "action sociale", "CCAS", "A", "L"),
    ("CCAS du Nord", "action sociale", "CCAS", "B", "GM"),
    ("CIAS des Haies", "action sociale", "CIAS", "B", "GM"),
    ("Circonscription d’action sociale", "action sociale", "conseil départemental", "D", "LMAVG"),
    ("Épicerie sociale", "action sociale", "association", "V", "LAV"),
    ("Association caritative du Centre", "action sociale", "association", "V", "LAV"),
    ("Association caritative du Nord", "action sociale", "association", "B", "G"),
    ("Centre d’hébergement", "action sociale", "association", "V", "MAVL"),
    ("Centre social du Parc", "action sociale", "association", "V", "LAV"),
    ("Centre social des Coteaux", "action sociale", "association", "B", "G"),
    ("Accueil de jour", "action sociale", "association", "V", "LMA"),
    ("Action sociale agricole", "action sociale", "assurance maladie", "D", "LGM"),
    ("Bailleur social du Plateau", "logement", "bailleur social", "V", "LVM"),
    ("Habitat des Vallées", "logement", "bailleur social", "A", "LV"),
    ("Office HLM du Nord", "logement", "bailleur social", "B", "GM"),
    ("Foyer de jeunes travailleurs", "logement", "association", "V", "LVM"),
    ("Agence d’information sur le logement", "logement", "association", "D", "LVG"),
    ("Collège du Bocage", "éducation", "établissement scolaire", "A", "LV"),
    ("Collège de la Plaine", "éducation", "établissement scolaire", "B", "G"),
    ("Lycée général", "éducation", "établissement scolaire", "V", "LV"),
    ("Lycée professionnel", "éducation", "établissement scolaire", "V", "LA"),
    ("Inspection de l’Éducation nationale", "éducation", "État", "D", "LMGV"),
    ("Maison des jeunes", "jeunesse", "association", "V", "LVA"),
    ("Point accueil écoute jeunes", "jeunesse", "association", "D", "LMGA"),
    ("Service jeunesse", "jeunesse", "commune", "V", "LV", "Ville-centre"),
    ("Mission locale", "emploi", "association", "D", "LVMA"),
    ("Agence de l’emploi", "emploi", "État", "V", "LV"),
    ("Chantier d’insertion", "emploi", "association", "A", "LV"),
    ("Entreprise d’insertion", "emploi", "entreprise", "B", "G"),
    ("Caisse d’allocations familiales", "petite enfance", "CAF", "D", "GVL"),
    ("Relais petite enfance", "petite enfance", "intercommunalité", "B", "G"),
    ("Crèche associative", "petite enfance", "association", "V", "VA"),
    ("Protection maternelle et infantile", "petite enfance", "conseil départemental", "D", "GLA",
     "Conseil départemental"),
    ("Comité de promotion de la santé", "prévention", "centre de ressources", "D", "LMAGV"),
    ("Association de prévention par les pairs", "prévention", "association", "V", "LAV"),
    ("Centre de dépistage", "soins de ville", "association", "D", "PA"),
    ("Caisse primaire d’assurance maladie", "accès aux droits", "CPAM", "D", "PA"),
    ("Maison de services au public", "accès aux droits", "intercommunalité", "V", "LAV"),
    ("Point d’accès au droit", "accès aux droits", "association", "V", "LAV"),
    ("Aide aux victimes", "accès aux droits", "association", "D", "MVL"),
    ("Ville-centre", "administration générale", "commune", "V", "LMAV"),
    ("Intercommunalité de l’Ouest", "administration générale", "intercommunalité", "A", "LMAV"),
    ("Intercommunalité du Nord", "administration générale", "intercommunalité", "B", "GM"),
    ("Conseil départemental", "administration générale", "conseil départemental", "D", "LMGV"),
    ("Agence régionale de santé", "administration générale", "ARS", "D", "LMAP"),
    ("Préfecture", "administration générale", "État", "D", "LAV"),
    ("Cohésion sociale de la ville", "politique de la ville", "commune", "V", "VA", "Ville-centre"),
    ("Régie de quartier", "action sociale", "association", "V", "VA"),
    ("Conseil citoyen", "habitants", "conseil citoyen", "V", "LAV"),
    ("Groupe d’entraide mutuelle", "habitants", "GEM", "V", "LMA"),
    ("Habitante relais du Parc", "habitants", "", "V", "LAV"),
    ("Habitant relais de l’Ouest", "habitants", "", "A", "L"),
    ("Collectif d’usagers", "habitants", "association d’usagers", "D", "M"),
    ("Conseil des jeunes", "habitants", "conseil des jeunes", "V", "LV"),
    ("Club omnisports", "sport", "association", "V", "L"),
    ("Association sport-santé", "sport", "association", "A", "LA"),
    ("Régie de mobilité", "mobilité", "intercommunalité", "A", "L"),
    ("Association environnement", "environnement", "association", "A", "L"),
    ("Médiathèque", "accès aux droits", "commune", "V", "AV"),
]
RESIDENTS = {o[0] for o in ORGANISATIONS if o[1] == "habitants"}
FAITHFUL = {"Conseil citoyen", "Groupe d’entraide mutuelle", "Habitante relais du Parc"}
OFTEN = {"Conseil citoyen": 1.0, "Groupe d’entraide mutuelle": 1.0, "Habitante relais du Parc": 1.0,
         "Habitant relais de l’Ouest": 0.7, "Collectif d’usagers": 0.7, "Conseil des jeunes": 0.5}

WEST_BODY, NORTH_BODY = "Intercommunalité de l’Ouest", "Intercommunalité du Nord"
CPTS_BODY, PSY_BODY = "Association porteuse de la CPTS", "Établissement de santé mentale"
PERSONS = [
    ("A. B.", WEST_BODY), ("C. D.", WEST_BODY), ("E. F.", WEST_BODY),
    ("G. H.", CPTS_BODY), ("I. J.", "Ville-centre"), ("K. L.", "Ville-centre"),
    ("M. N.", "Ville-centre"), ("S. T.", NORTH_BODY), ("U. V.", PSY_BODY),
    ("W. X.", NORTH_BODY), ("Y. Z.", NORTH_BODY), ("Personne 7", NORTH_BODY),
    ("Personne 12", "Mission locale"), ("Personne 15", "CCAS de la ville-centre"),
    ("Personne 18", "Centre hospitalier"), ("Personne 21", "Bailleur social du Plateau"),
]
ALIASES = [
    ["CAF", "Caisse d’allocations familiales"],
    ["ARS", "Agence régionale de santé"],
    ["CPAM", "Caisse primaire d’assurance maladie"],
    ["GEM", "Groupe d’entraide mutuelle"],
]
SHORT = {name: alias for alias, name in ALIASES}
# In presences.csv: the text replaced, its column, what was written instead.
MISSPELT = [("Épicerie sociale", 1, "Épicerie social"),
            ("Lycée professionnel", 1, "Lycée profesionnel")]

# ---- ties -------------------------------------------------------------------------------

WORKS, KNOWS = "travaillent ensemble", "se connaissent"
N_KNOWN, N_KNOWS = 42, 66  # organisations that told whom they know, and the ties they told
APART = [{care, other} for care in ("soins de ville", HOSPITAL) for other in ("action sociale",
                                                                             "logement")]
# Known to the rest of the network through one post only.
PENDANTS = ["Club omnisports", "Régie de mobilité", "Association environnement", "Médiathèque",
            "Crèche associative", "Agence d’information sur le logement", "Aide aux victimes",
            "Habitant relais de l’Ouest", "Chantier d’insertion"]
BROKER_TIES = [
    ("Centre hospitalier", "la personne"), ("CCAS de la ville-centre", "la structure"),
    ("Centre d’addictologie", "la personne"), ("Mission locale", "la personne"),
    ("Lycée général", "ne sait pas"), ("Groupe d’entraide mutuelle", "la personne"),
    ("Comité de promotion de la santé", "la structure"),
    ("Bailleur social du Plateau", "ne sait pas"),
    ("Équipe mobile psychiatrie-précarité", "la personne"), ("Conseil citoyen", "la personne"),
    ("Centre social du Parc", "la structure"), ("Association sport-santé", "la personne"),
]
OTHER_POST_TIES = [
    ("G. H.", "Maison de santé du Centre", "la structure"),
    ("G. H.", "Cabinet médical de la Gare", "la structure"),
    ("G. H.", "Pharmacie de la Halle", "la personne"),
    ("G. H.", "Centre hospitalier", "la structure"),
    ("G. H.", "Hospitalisation à domicile", "ne sait pas"),
    ("G. H.", "Caisse primaire d’assurance maladie", "la structure"),
    ("I. J.", "Bailleur social du Plateau", "la structure"),
    ("I. J.", "Régie de quartier", "la structure"), ("I. J.", "Préfecture", "la structure"),
    ("I. J.", "Conseil citoyen", "la personne"), ("I. J.", "Mission locale", "ne sait pas"),
    ("I. J.", "Lycée général", "la structure"),
    ("E. F.", "Agence régionale de santé", "la structure"),
    ("E. F.", "Conseil départemental", "la structure"), ("K. L.", "Conseil citoyen", "la personne"),
]
TRIPTYCH_TIES = [  # elected, coordination, management: closed but for the CLSM
    ("A. B.", "C. D."), ("A. B.", "E. F."), ("C. D.", "E. F."),
    ("A. B.", "K. L."), ("A. B.", "M. N."), ("K. L.", "M. N."),
    ("I. J.", "K. L."), ("I. J.", "M. N."),
    ("A. B.", "U. V."), ("W. X.", "Y. Z."),
    ("Centre de santé municipal", "CCAS de la ville-centre"),  # the one tie of both fields
]
ODD_TIES = [  # a tie of an organisation to itself, and one declared twice with two strengths
    ["Ville-centre", "Ville-centre", WORKS, 1, "", ""],
    ["Mission locale", "Agence de l’emploi", KNOWS, 1, "la structure", ""],
    ["Agence de l’emploi", "Mission locale", KNOWS, 3, "", ""],
]

# ---- schemes, posts, money ----------------------------------------------------------------

SCHEMES = [
    ["ASV", "atelier santé ville", "Ville-centre", "COM-14762",
     "accès aux droits|accès aux soins|prévention", "", "2004", ""],
    ["CLSM", "conseil local de santé mentale", WEST_BODY, "SECTEUR-PSY",
     "santé mentale|logement|addictions", "ASV", "2012", ""],
    ["CLS", "contrat local de santé", WEST_BODY, "EPCI-200068799",
     "accès aux soins|prévention|santé mentale|nutrition|logement|jeunesse", "ASV|CLSM", "2017",
     "31/12/2028"],
    ["CPTS", "CPTS", CPTS_BODY,
     "TERRITOIRE-CPTS", "accès aux soins|prévention|santé mentale|vieillissement", "", "2021", ""],
    ["CTG", "convention territoriale globale", NORTH_BODY, "EPCI-200069524",
     "petite enfance|accès aux droits|isolement", "", "2022", "31/12/2027"],
    ["Contrat de ville", "contrat de ville", "Ville-centre", "COM-14762",
     "logement|emploi|jeunesse|accès aux droits", "", "2024", "31/12/2030"],
]

COORDINATION = "Coordination santé"
ARS, STATE = "Agence régionale de santé", "Préfecture"
POSTS = [
    # poste, personne, role, dispositif, rattachement, employeur, etp, statut, financeurs,
    # lettre de mission, territoire, prise de poste, fin de contrat
    [COORDINATION, "Personne 3", "coordonne", "CLS|ASV", "", WEST_BODY, "1", "CDD", ARS, "non", "",
     "01/2018", "31/03/2022"],
    [COORDINATION, "A. B.", "coordonne", "CLS", "", WEST_BODY, "0,4", "CDD", ARS + "|" + WEST_BODY,
     "oui", "", "01/09/2022", "31/08/2028"],
    [COORDINATION, "A. B.", "coordonne", "CLSM", "", WEST_BODY, "0,3", "CDD", ARS + "|" + PSY_BODY,
     "oui", "", "01/09/2022", "31/08/2028"],
    [COORDINATION, "A. B.", "coordonne", "ASV", "", WEST_BODY, "0,3", "CDD",
     STATE + "|Ville-centre", "oui", "", "01/09/2022", "31/08/2028"],
    ["Coordination de la CPTS", "G. H.", "coordonne", "CPTS", "", CPTS_BODY, "0,8", "CDI",
     "Caisse primaire d’assurance maladie", "oui", "", "15/01/2022", ""],
    ["Chef de projet du contrat de ville", "I. J.", "coordonne", "Contrat de ville",
     "Cohésion sociale de la ville", "Ville-centre", "1", "contrat de projet",
     STATE + "|Ville-centre", "oui", "", "01/07/2024", "30/06/2027"],
    ["Animation de la CTG", "Personne 7", "coordonne", "CTG", "", NORTH_BODY, "0,5", "CDD",
     "Caisse d’allocations familiales|" + NORTH_BODY, "non", "", "01/03/2023", "30/04/2026"],
    ["Animation de la CTG", "vacant", "coordonne", "CTG", "", NORTH_BODY, "0,5", "",
     "Caisse d’allocations familiales|" + NORTH_BODY, "", "", "01/05/2026", ""],
    ["Élu à la santé de l’intercommunalité", "C. D.", "élu", "CLS", "", WEST_BODY, "",
     "mandat électif", "", "", "COM-14762", "03/2026", "03/2032"],
    ["Élue à la politique de la ville", "K. L.", "élu", "ASV|Contrat de ville", "", "Ville-centre", "",
     "mandat électif", "", "", "COM-14762", "03/2026", "03/2032"],
    ["Élu président du CLSM", "S. T.", "élu", "CLSM", "", NORTH_BODY, "", "mandat électif", "", "",
     "COM-14027", "03/2026", "03/2032"],
    ["Élue à la famille", "W. X.", "élu", "CTG", "", NORTH_BODY, "", "mandat électif", "", "",
     "COM-14752", "03/2026", "03/2032"],
    ["Direction des solidarités", "E. F.", "direction", "CLS", "", WEST_BODY, "1",
     "fonctionnaire titulaire", WEST_BODY, "", "", "2019", ""],
    ["Direction de la cohésion sociale", "M. N.", "direction", "ASV|Contrat de ville",
     "Cohésion sociale de la ville", "Ville-centre", "1", "fonctionnaire titulaire",
     "Ville-centre", "", "", "2016", ""],
    ["Direction des soins de secteur", "U. V.", "direction", "CLSM", "", PSY_BODY, "1", "CDI",
     PSY_BODY, "", "", "2020", ""],
    ["Direction enfance et famille", "Y. Z.", "direction", "CTG", "", NORTH_BODY, "1",
     "fonctionnaire titulaire", NORTH_BODY, "", "", "2021", ""],
]
BROKER_SITS = {  # not where single situations are spoken of
    "COPIL du CLS", "Comité technique du CLS", "Groupe accès aux soins", "Groupe habitat et santé",
    "Groupe santé des jeunes", "Groupe alimentation et activité physique", "Comité du CLSM",
    "Groupe prévention du suicide", "Groupe logement et santé mentale",
    "Formation croisée santé et social", "Comité de l’ASV", "Atelier parcours de soins",
    "Atelier accès aux droits", "Plénière des acteurs de la santé"}
HELD_BROKER = {"la personne": 7, "la structure": 2, "ne sait pas": 2}
HELD_POST = {"la structure": 8, "la personne": 1, "ne sait pas": 1}
HOLDERS = [
    {"person": "A. B.", "behalf": COORDINATION, "role": "coordonne", "sits": BROKER_SITS,
     "held": HELD_BROKER},
    {"person": "G. H.", "behalf": "Coordination de la CPTS", "role": "coordonne", "held": HELD_POST,
     "sits": {"Bureau de la CPTS", "Groupe soins non programmés", "Groupe parcours des aînés",
              "Groupe dépistage et vaccination"}},
    {"person": "I. J.", "behalf": "Chef de projet du contrat de ville", "role": "coordonne",
     "held": HELD_POST, "sits": {"COPIL du contrat de ville", "Groupe cadre de vie",
                                 "Groupe emploi", "Groupe réussite éducative",
                                 "Rencontres du conseil citoyen"}},
    {"person": "Personne 7", "behalf": NORTH_BODY, "role": "coordonne", "held": HELD_POST,
     "sits": {"Comité de la CTG", "Groupe parentalité", "Groupe vie sociale"},
     "until": datetime.date(2026, 4, 30)},
    {"person": "C. D.", "behalf": WEST_BODY, "role": "élu", "held": HELD_POST,
     "sits": {"COPIL du CLS"}},
    {"person": "E. F.", "behalf": WEST_BODY, "role": "direction", "held": HELD_POST,
     "sits": {"COPIL du CLS", "Comité technique du CLS"}},
    {"person": "K. L.", "behalf": "Ville-centre", "role": "élu", "held": HELD_POST,
     "sits": {"Comité de l’ASV", "COPIL du contrat de ville"}},
    {"person": "M. N.", "behalf": "Ville-centre", "role": "direction", "held": HELD_POST,
     "sits": {"Comité de l’ASV", "COPIL du contrat de ville"}},
    {"person": "S. T.", "behalf": NORTH_BODY, "role": "préside", "held": HELD_POST,
     "sits": {"Comité du CLSM"}},
    {"person": "U. V.", "behalf": PSY_BODY, "role": "direction", "held": HELD_POST,
     "sits": {"Groupe prévention du suicide"}},
    {"person": "W. X.", "behalf": NORTH_BODY, "role": "élu", "held": HELD_POST,
     "sits": {"Comité de la CTG"}},
    {"person": "Y. Z.", "behalf": NORTH_BODY, "role": "direction", "held": HELD_POST,
     "sits": {"Comité de la CTG"}},
]
ROLE = {"formation": "stagiaire"}

CPAM, CAF = "Caisse primaire d’assurance maladie", "Caisse d’allocations familiales"
MANY, OWN, TOWN_FUNDS = ("convention pluriannuelle", "fonds propres",
                         "crédits politique de la ville")
FUNDING = [
    [ARS, "CLS", "40000", "0,5", MANY, "2023", "2028"],
    [WEST_BODY, "CLS", "40000", "0,5", OWN, "2023", ""],
    [ARS, "CLSM", "25000", "0,6", MANY, "2023", "2028"],
    [PSY_BODY, "CLSM", "16500", "0,4", "mise à disposition", "2023", ""],
    [STATE, "ASV", "22000", "0,45", TOWN_FUNDS, "2026", "2026"],
    ["Ville-centre", "ASV", "18000", "0,37", OWN, "2026", ""],
    [ARS, "ASV", "9000", "0,18", "appel à projets", "2026", "2026"],
    [CPAM, "CPTS", "105000", "1", MANY, "2022", "2027"],
    [CAF, "CTG", "52000", "0,55", MANY, "2022", "2027"],
    [NORTH_BODY, "CTG", "42000", "0,45", OWN, "2022", ""],
    [STATE, "Contrat de ville", "64000", "0,6", TOWN_FUNDS, "2024", "2030"],
    ["Ville-centre", "Contrat de ville", "32000", "0,3", OWN, "2024", ""],
    [CAF, "Contrat de ville", "11000", "0,1", "appel à projets", "2026", "2026"],
]

# ---- activities -------------------------------------------------------------------------

GENERAL = "administration générale"
CARE = ["soins de ville", HOSPITAL, "santé mentale", "addictologie", "médico-social"]
SYSTEM, LIVING, HABITS = "système de santé", "environnement de vie", "habitudes de vie"
AXES = ("Axe 1 Accès aux soins", "Axe 2 Santé mentale", "Axe 3 Cadre de vie",
        "Axe 4 Habitudes de vie")


def activity(line):
    """One of ACTIVITIES as the columns of instances.csv, and who is asked to come."""
    (name, kind, schemes, level, power, place, themes, axis, determinant, audience, degree, dates,
     hours, sectors, also, without, carriers, partners) = line
    schemes = [SCHEME[s] for s in schemes]
    return {"nom": name, "type": kind, "schemes": set(schemes),
            "dispositifs": "|".join(schemes), "niveau": level,
            "pouvoir": power, "territoire": place, "themes": themes, "axe": axis,
            "determinant": determinant, "public": audience, "degre": degree, "meetings": dates,
            "hours": hours, "sectors": sectors, "also": also, "without": without,
            "porteurs": carriers, "partenaires": partners, "debut": "2025" if not dates else "",
            "fin": ""}


def body(name, kind, schemes, level, power, place, themes, dates, hours, sectors, also=(),
         without=(), degree="aucune", axis="", carriers=""):
    return (name, kind, schemes, level, power, place, themes, axis, "", "", degree, dates, hours,
            sectors, also, without, carriers, "")


def action(name, schemes, place, themes, determinant, audience, carrier, partners, axis="",
           degree="", kind="action"):
    return (name, kind, schemes, "clinique", "", place, themes, axis, determinant, audience, degree,
            0, "", (), (), (), carrier, partners)


STRATEGIC, TECHNICAL, CLINICAL = "stratégique", "organisationnel", "clinique"
GROUP = "groupe de travail"
ACTIVITIES = [
    body("COPIL du CLS", "COPIL", "L", STRATEGIC, "décide", "A", "", 2, "2,5", [GENERAL],
         ["Centre hospitalier", PSY_BODY, "CCAS de la ville-centre", CAF,
          "Bailleur social du Plateau", "Inspection de l’Éducation nationale",
          "Comité de promotion de la santé"]),
    body("Comité technique du CLS", "COTECH", "L", TECHNICAL, "donne un avis", "A", "", 3, "2",
         [], ["Ville-centre", WEST_BODY, ARS, "Circonscription d’action sociale",
              "Comité de promotion de la santé", "Mission locale", "Régie de mobilité",
              "Association environnement"]),
    body("Groupe accès aux soins", GROUP, "L", TECHNICAL, "donne un avis", "A", "accès aux soins",
         3, "2", CARE, [ARS], axis=AXES[0]),
    body("Groupe habitat et santé", GROUP, "L", TECHNICAL, "donne un avis", "A", "logement", 3, "2",
         ["logement", "action sociale"], ["Conseil citoyen", "Aide aux victimes",
                                          "Habitant relais de l’Ouest"],
         degree="concertation", axis=AXES[2]),
    body("Groupe santé des jeunes", GROUP, "L", TECHNICAL, "donne un avis", "A", "jeunesse", 3, "2",
         ["éducation", "jeunesse", "petite enfance"], ["Conseil des jeunes",
                                                       "Association de prévention par les pairs"],
         degree="avis recueilli", axis=AXES[3]),
    body("Groupe alimentation et activité physique", GROUP, "L", TECHNICAL, "donne un avis", "A",
         "nutrition|activité physique", 3, "2", ["sport", "environnement", "emploi"],
         ["Épicerie sociale", "Centre social du Parc", "Habitante relais du Parc",
          "Habitant relais de l’Ouest", "Conseil citoyen"], degree="concertation", axis=AXES[3]),
    body("Comité du CLSM", "COPIL", "M", STRATEGIC, "décide", "SECTEUR-PSY", "santé mentale", 2,
         "2", ["santé mentale", GENERAL], ["Centre hospitalier", CPTS_BODY,
                                           "CCAS de la ville-centre", "CIAS des Haies",
                                           "Inspection de l’Éducation nationale"]),
    body("Groupe prévention du suicide", GROUP, "M", TECHNICAL, "donne un avis", "SECTEUR-PSY",
         "santé mentale", 3, "2", ["soins de ville", HOSPITAL, "santé mentale", "médico-social"],
         ["Groupe d’entraide mutuelle", "Collectif d’usagers"], ["Association de familles"],
         degree="concertation",
         axis=AXES[1]),
    body("Groupe logement et santé mentale", GROUP, "M", TECHNICAL, "donne un avis", "SECTEUR-PSY",
         "logement|santé mentale", 3, "2", ["logement", "action sociale", "emploi", "jeunesse",
                                            "accès aux droits"],
         ["Équipe mobile psychiatrie-précarité", "Groupe d’entraide mutuelle",
          "Collectif d’usagers"], degree="co-construction", axis=AXES[2]),
    body("RESAD", "RESAD", "MV", CLINICAL, "", "SECTEUR-PSY", "santé mentale", 6, "3", [],
         [PSY_BODY, "Équipe mobile psychiatrie-précarité", "Centre d’hébergement",
          "Accueil de jour", "CCAS de la ville-centre", "Bailleur social du Plateau",
          "Centre d’addictologie", "Circonscription d’action sociale",
          "Foyer de jeunes travailleurs"]),
    body("Situations d’adolescents", "RESAD", "MV", CLINICAL, "", "SECTEUR-PSY", "jeunesse", 5,
         "2,5", [], ["Point accueil écoute jeunes", "Centre médico-psychologique enfants",
              "Mission locale", "Inspection de l’Éducation nationale",
              "Foyer de jeunes travailleurs", "Équipe mobile psychiatrie-précarité",
              "Circonscription d’action sociale"]),
    body("Formation croisée santé et social", "formation", "M", CLINICAL, "", "SECTEUR-PSY",
         "réseau", 1, "6", [], ["Centre médico-psychologique enfants", "Association de familles",
                                "Accompagnement à la vie sociale", "Service d’aide à domicile",
                                "Point accueil écoute jeunes", "CIAS des Haies",
                                "Action sociale agricole", "Collectif d’usagers",
                                "Maison de santé de la Plaine"]),
    body("Comité de l’ASV", "COPIL", "A", STRATEGIC, "décide", "V", "", 2, "2", [GENERAL],
         ["CCAS de la ville-centre", "Régie de quartier", CPAM, "Centre de santé municipal",
          "Comité de promotion de la santé", "Médiathèque"]),
    body("Atelier parcours de soins", GROUP, "A", TECHNICAL, "donne un avis", "V",
         "accès aux soins", 4, "2", ["soins de ville", HOSPITAL],
         [CPAM, "Centre de dépistage", "Centre d’addictologie",
          "Centre médico-psychologique enfants"], axis=AXES[0]),
    body("Atelier accès aux droits", GROUP, "A", TECHNICAL, "donne un avis", "V",
         "accès aux droits", 4, "2", ["action sociale", "accès aux droits", "emploi"],
         ["Conseil citoyen", "Habitante relais du Parc", "Groupe d’entraide mutuelle"],
         [CPAM, "Médiathèque"],
         degree="co-construction"),
    body("Atelier jeunes du Parc", GROUP, "A", TECHNICAL, "informe", "V", "prévention", 3, "2",
         ["jeunesse", "prévention", "sport"], ["Lycée professionnel",
                                                          "Crèche associative", "Médiathèque",
                                                          "Conseil des jeunes"]),
    body("Bureau de la CPTS", "COPIL", "P", STRATEGIC, "décide", "P", "", 4, "2", [],
         [CPTS_BODY, "Maison de santé du Centre", "Maison de santé des Vallons",
          "Cabinet médical de la Gare", "Pharmacie de la Halle", "Centre hospitalier", ARS]),
    body("Groupe soins non programmés", GROUP, "P", TECHNICAL, "donne un avis", "P",
         "accès aux soins", 4, "2", ["soins de ville", HOSPITAL], [], ["Cabinet de sages-femmes"]),
    body("Groupe parcours des aînés", GROUP, "P", TECHNICAL, "donne un avis", "P", "vieillissement",
         3, "2", [HOSPITAL, "médico-social"], ["Cabinet infirmier du Lavoir",
                                               "Cabinet infirmier des Prés",
                                               "Cabinet de kinésithérapie", "Pharmacie du Pont",
                                               "Cabinet médical des Champs"],
         ["Service d’aide à domicile"]),
    body("Groupe dépistage et vaccination", GROUP, "P", TECHNICAL, "donne un avis", "P",
         "prévention", 2, "2", [], ["Centre de dépistage", CPAM, "Cabinet de sages-femmes",
                                    "Pharmacie du Pont", "Pharmacie de la Halle",
                                    "Cabinet infirmier du Lavoir", "Centre de santé municipal",
                                    "Maison de santé de la Plaine"]),
    body("Comité de la CTG", "COPIL", "G", STRATEGIC, "décide", "B", "", 2, "2", [GENERAL],
         [CAF, "CIAS des Haies", "Inspection de l’Éducation nationale", "Office HLM du Nord",
          "Hôpital de proximité"]),
    body("Groupe parentalité", GROUP, "G", TECHNICAL, "donne un avis", "B", "petite enfance", 3,
         "2", ["petite enfance", "éducation"], ["Cabinet de sages-femmes",
                                                "Maison de santé de la Plaine",
                                                "Point accueil écoute jeunes"]),
    body("Groupe vie sociale", GROUP, "G", TECHNICAL, "donne un avis", "B", "isolement", 3, "2",
         ["action sociale", "logement", "emploi"], ["Plateforme de répit"]),
    body("COPIL du contrat de ville", "COPIL", "V", STRATEGIC, "décide", "V", "", 2, "2",
         [GENERAL], ["CCAS de la ville-centre", "Bailleur social du Plateau",
                     "Habitat des Vallées", CAF, "Agence de l’emploi", "Régie de quartier",
                     "Inspection de l’Éducation nationale"]),
    body("Groupe cadre de vie", GROUP, "V", TECHNICAL, "donne un avis", "V", "logement", 3, "2",
         ["logement", "action sociale"],
         ["Conseil citoyen", "Habitante relais du Parc"], degree="concertation"),
    body("Groupe emploi", GROUP, "V", TECHNICAL, "donne un avis", "V", "emploi", 3, "2",
         ["emploi", "accès aux droits"], ["Foyer de jeunes travailleurs", "Préfecture"],
         ["Médiathèque"]),
    body("Groupe réussite éducative", GROUP, "V", TECHNICAL, "donne un avis", "V", "jeunesse", 3,
         "2", ["éducation", "jeunesse", "petite enfance"], ["Conseil des jeunes", "Médiathèque",
                                                            "Centre social du Parc"]),
    body("Rencontres du conseil citoyen", "conseil citoyen", "V", CLINICAL, "informe", "V",
         "participation", 4, "2", ["habitants"], ["Régie de quartier"],
         ["Groupe d’entraide mutuelle"], degree="avis recueilli"),
    body("Plénière des acteurs de la santé", "plénière", "MA", TECHNICAL, "informe", "A", "réseau",
         1, "3", [], ["Ville-centre", WEST_BODY, ARS, "Préfecture", "Conseil départemental",
                      "Centre hospitalier", PSY_BODY, "CCAS de la ville-centre", "CCAS de l’Ouest",
                      "Mission locale", "Habitat des Vallées", "Lycée professionnel",
                      "Comité de promotion de la santé", "Maison de services au public",
                      "Association sport-santé", "Conseil citoyen", "Groupe d’entraide mutuelle",
                      "Club omnisports", "Maison des jeunes", "Maison de santé du Centre",
                      "Centre de santé municipal", "Pharmacie de la Halle",
                      "Cabinet de kinésithérapie", "Association caritative du Centre",
                      "Circonscription d’action sociale"]),
    action("Permanences de médiation en santé", "A", "V", "accès aux soins", SYSTEM,
           "personnes en précarité", "Centre de santé municipal", "Cabinet infirmier du Lavoir"),
    action("Consultations avancées de spécialistes", "L", "V", "accès aux soins", SYSTEM, "tous",
           "Centre hospitalier", "", AXES[0]),
    action("Bus dentaire", "L", "COM-14658", "accès aux soins", SYSTEM, "éloignés",
           WEST_BODY, "Comité de promotion de la santé", AXES[0]),
    action("Point conseil en addictologie", "L", "V", "addictions", SYSTEM, "jeunes",
           "Centre d’addictologie", "", AXES[0]),
    action("Équipe de liaison psychiatrique", "M", "V", "santé mentale", SYSTEM,
           "usagers de la santé mentale", PSY_BODY, "Centre médico-psychologique enfants", AXES[1]),
    action("Semaine de la santé mentale", "M", "V", "santé mentale", SYSTEM, "tous",
           "Groupe d’entraide mutuelle", "Association de familles", AXES[1], "co-construction"),
    action("Secouristes en santé mentale", "M", "COM-14027", "santé mentale", SYSTEM,
           "professionnels", PSY_BODY, "", AXES[1]),
    action("Bilan de santé des plus précaires", "A", "V", "accès aux droits", SYSTEM,
           "personnes en précarité", CPAM, "Centre de dépistage"),
    action("Ouverture de droits au pied d’immeuble", "A", "V", "accès aux droits", SYSTEM,
           "habitants de QPV", "Maison de services au public", "Régie de quartier|Conseil citoyen",
           "", "co-construction"),
    action("Rendez-vous sous 48 heures", "P", "V", "accès aux soins", SYSTEM, "tous",
           CPTS_BODY, "Maison de santé du Centre|Cabinet médical de la Gare"),
    action("Campagne de vaccination", "P", "V", "prévention", SYSTEM, "personnes âgées",
           CPTS_BODY, "Pharmacie de la Halle|Cabinet infirmier du Lavoir"),
    action("Sortie d’hôpital coordonnée", "P", "V", "vieillissement", SYSTEM, "personnes âgées",
           "Centre hospitalier", "Soins infirmiers à domicile|EHPAD du Verger"),
    action("Repérage de la fragilité", "P", "COM-14061", "vieillissement", SYSTEM,
           "personnes âgées", "Maison de santé des Vallons", "Cabinet infirmier des Prés"),
    action("Dépistage des cancers", "L", "V", "dépistages", SYSTEM, "femmes",
           "Comité de promotion de la santé", "", AXES[0]),
    action("Autorénovation accompagnée", "L", "V", "logement", LIVING, "personnes en précarité",
           "Habitat des Vallées", "Chantier d’insertion", AXES[2]),
    action("Navette vers la santé", "L", "COM-14174", "mobilité", LIVING, "éloignés",
           "Régie de mobilité", "CCAS de l’Ouest", AXES[2]),
    action("Marche et santé", "L", "V", "activité physique", HABITS, "tous",
           "Association sport-santé", "Habitante relais du Parc", AXES[3], "co-construction"),
    action("Petits déjeuners au collège", "L", "V", "nutrition", HABITS, "enfants",
           "Lycée général", "Collège du Bocage", AXES[3]),
    action("Café des parents", "G", "COM-14752", "petite enfance", HABITS, "enfants",
           "Relais petite enfance", "Crèche associative"),
    action("Jardin partagé du Parc", "V", "V", "cadre de vie", LIVING, "habitants de QPV",
           "Régie de quartier", "Conseil citoyen|Centre social du Parc", "", "co-construction"),
]

# ---- where they work ----------------------------------------------------------------------

SITES = [[name, commune] for commune, names in (
    ("COM-14762", ["Maison de santé du Centre", "Centre hospitalier", "CCAS de la ville-centre",
                   "Mission locale", "Bailleur social du Plateau", "Centre social du Parc",
                   "Pharmacie de la Halle", "Épicerie sociale", "Lycée général",
                   "Établissement de santé mentale", "Maison de services au public"]),
    ("COM-14061", ["Maison de santé des Vallons", "Cabinet infirmier des Prés", "Mission locale"]),
    ("COM-14174", ["CCAS de l’Ouest", "Régie de mobilité", "Centre d’addictologie"]),
    ("COM-14658", ["EHPAD du Verger", "Soins infirmiers à domicile"]),
    ("COM-14726", ["Service d’aide à domicile", "Collège du Bocage"]),
    ("COM-14027", ["Hôpital de proximité", "Maison de santé de la Plaine", "CIAS des Haies"]),
    ("COM-14752", ["CCAS du Nord", "Relais petite enfance", "Cabinet de sages-femmes"]),
    ("COM-14475", ["Pharmacie du Pont"]), ("COM-14143", ["Centre social des Coteaux"]),
    ("COM-14581", ["Collège de la Plaine"]), ("COM-14120", ["Cabinet médical des Champs"]),
    ("COM-14579", ["Association caritative du Nord"]), ("COM-14347", ["Plateforme de répit"]),
    ("COM-14357", ["Association environnement"]), ("COM-14672", ["Office HLM du Nord"]),
    ("COM-14352", ["Service d’aide à domicile"]), ("COM-14572", ["Habitat des Vallées"]),
    ("COM-14760", ["Entreprise d’insertion"]), ("COM-14241", ["Action sociale agricole"]),
    ("COM-14037", ["Centre social des Coteaux"]), ("COM-14127", ["Soins infirmiers à domicile"]),
) for name in names]
