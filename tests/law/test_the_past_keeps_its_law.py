"""
Every dated value up to the day this was written, typed again by hand from the texts and our list of parameters.

A change of law adds a later value and leaves this alone; a value edited in place, or moved by a day, is seen here.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from clefdevoute.law.kernel.parameters import Parameter, all_parameters

WRITTEN_ON = dt.date(2026, 11, 22)

_FRAME = {
    "accompagnateur.delai_nouveau_travailleur": "6",
    "accompagnateur.experience_minimale": "3",
    "accompagnateur.part_connexe_alerte": "0.20",
    "accompagnateur.part_mi_temps": "0.5",
    "accompagnateur.pieces_experience": [
        "attestation d'emploi d'un employeur précédent",
        "fiche salariale",
        "contrat de travail avec la description de la fonction",
    ],
    "accompagnateur.second_contrat_etp": "0.5",
    "accompagnateur.taches_connexes": ["conseil_prevention", "encadrement", "soutien", "bien_etre"],
    "accompagnateur.taches_exclues": ["production", "gestion_personnel", "gestion_entreprise"],
    "accompagnateur.taches_le_cas_echeant": [
        "convention_cpas",
        "plan_formation",
        "jobcoaching",
        "validation_competences",
        "communication_forem",
        "amenagements_raisonnables",
    ],
    "accompagnateur.taches_obligatoires": [
        "entretiens",
        "convention_cpas",
        "bilan",
        "plan_formation",
        "jobcoaching",
        "validation_competences",
        "dossier",
        "communication_forem",
        "sensibilisation_entreprise",
        "amenagements_raisonnables",
        "economie_sociale",
    ],
    "accompagnement_social.arrondi_maximum": "vers_le_bas",
    "accompagnement_social.arrondi_montant": "demi_superieur",
    "accompagnement_social.art_60_compte": False,
    "accompagnement_social.categories_frais": ["a", "b", "c", "d", "e", "f"],
    "accompagnement_social.deplacements_dans_la_base": True,
    "accompagnement_social.etp_maximal": [("8", "0.5"), ("26", "1"), ("45", "1.5"), ("60", "2")],
    "accompagnement_social.etp_minimal": [("8", "0.5"), ("26", "0.5"), ("45", "1"), ("60", "1")],
    "accompagnement_social.indexation": False,
    "accompagnement_social.lignes_tableaux": [
        "loyer",
        "charges",
        "eau",
        "formation",
        "telephonie",
        "missions",
        "maintenance_informatique",
        "fournitures",
        "assurance_rc",
        "assurance_accidents",
        "nettoyage",
        "frais_postaux",
    ],
    "accompagnement_social.mode_comptage": "date_reference",
    "accompagnement_social.pieces": [
        "comptes_individuels",
        "tableau_a",
        "tableau_b",
        "declaration_honneur",
        "decompte",
        "liste_pieces",
        "factures",
        "feuilles_de_route",
    ],
    "accompagnement_social.plafond_au_prorata": False,
    "accompagnement_social.plafond_frais": "0.15",
    "accompagnement_social.solde_negatif": "a_rembourser",
    "accompagnement_social.subvention_maximale": [("8", "25000"), ("26", "50000"), ("45", "75000"), ("60", "100000")],
    "accompagnement_social.taux_avance": "0.80",
    "accompagnement_social.tva_deductible_deduite": True,
    "accompagnement_social.validite_bilan": "24",
    "agrement.duree_initiale": "2",
    "agrement.duree_renouvellement": "4",
    "agrement.echeance_rapport": "07-15",
    "agrement.mode_trimestre": "trimestres_civils",
    "conservation.compte_individuel": "5",
    "conservation.notes_sociales": "5",
    "conservation.pieces_comptables": "7",
    "conservation.pieces_subvention": "10",
    "conservation.pieces_tva": "10",
    "entretiens.delai_retour": "30",
    "entretiens.intervalle": "6",
    "forem.champs_admis": [
        "nom",
        "contact",
        "langues",
        "permis",
        "experience",
        "titres",
        "metiers_souhaites",
        "mobilite",
        "disponibilite",
    ],
    "forem.champs_exclus": ["niss", "sante", "bilan", "notes"],
    "public_cible.age_aine": "50",
    "public_cible.age_jeune_maximal": "24",
    "public_cible.age_jeune_minimal": "18",
    "public_cible.anciennete_allocations_td": "6",
    "public_cible.anciennete_allocations_tgd": "24",
    "public_cible.ecart_article60": "6",
    "public_cible.ecart_sexe_minimal": "0.25",
}
_BEFORE_2022 = {
    "2016-07-01": "0.3363",
    "2017-07-01": "0.3460",
    "2018-07-01": "0.3573",
    "2019-07-01": "0.3653",
    "2020-07-01": "0.3542",
    "2021-07-01": "0.3707",
}
HELD: dict[str, dict[str, Any]] = {name: {"2017-06-30": value} for name, value in _FRAME.items()} | {
    "deplacements.kilometres_annuels": {"2009-01-01": "24000"},
    "deplacements.taux_wallon": {"2009-01-01": "0.3169"},
    "deplacements.taux_annuel": _BEFORE_2022
    | {"2022-07-01": "0.4170", "2023-07-01": "0.4280", "2024-07-01": "0.4415", "2025-07-01": "0.4449"},
    "deplacements.taux_trimestriel": _BEFORE_2022
    | {
        "2022-03-01": "0.4020",
        "2022-07-01": "0.4170",
        "2022-10-01": "0.4201",
        "2023-01-01": "0.4259",
        "2023-04-01": "0.4246",
        "2023-07-01": "0.4237",
        "2023-10-01": "0.4259",
        "2024-01-01": "0.4269",
        "2024-04-01": "0.4265",
        "2024-07-01": "0.4297",
        "2024-10-01": "0.4293",
        "2025-01-01": "0.4290",
        "2025-04-01": "0.4320",
        "2025-07-01": "0.4309",
        "2025-10-01": "0.4312",
        "2026-01-01": "0.4326",
    },
    "sieg.bord_inclus": {"2012-04-29": True},
    "sieg.fenetre": {"2012-04-29": "exercices_fiscaux", "2024-01-01": "trois_ans_glissants", "2031-01-01": None},
    "sieg.plafond": {"2012-04-29": "500000", "2024-01-01": "750000", "2031-01-01": None},
    "sieg.reglement": {"2012-04-29": "360/2012", "2024-01-01": "2023/2832", "2031-01-01": None},
}


def _plain(value: Any) -> Any:
    """Write a value as it was typed above: of a list of named things, the names."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return [tuple(_plain(number) for number in row) for row in value]
    if isinstance(value, tuple):
        return [item["code"] if isinstance(item, dict) else item for item in value]
    return value


@pytest.mark.parametrize("parameter", all_parameters(), ids=lambda parameter: parameter.name)
def test_every_value_of_the_past_is_the_one_that_was_written(parameter: Parameter) -> None:
    wanted = HELD[parameter.name]
    found = {
        value.since.isoformat(): _plain(value.value)
        for value in parameter.values
        if value.since <= WRITTEN_ON or value.since.isoformat() in wanted
    }
    assert found == wanted


def test_no_parameter_is_lost() -> None:
    assert set(HELD) <= {parameter.name for parameter in all_parameters()}
