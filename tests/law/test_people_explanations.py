"""What a person reads is part of the contract: the trees of the people half, word for word."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from clefdevoute.config.commands.droit_texte import rule_as_text
from clefdevoute.law.accompagnateur import rules as accompagnateur
from clefdevoute.law.accompagnateur import taches
from clefdevoute.law.accompagnement_social import dossier
from clefdevoute.law.accompagnement_social.etranger import Etranger
from clefdevoute.law.conservation.rules import terme
from clefdevoute.law.deplacements.rules import indemnite
from clefdevoute.law.entretiens import faits
from clefdevoute.law.entretiens import rules as entretiens
from clefdevoute.law.forem.rules import transmission
from clefdevoute.law.identifiants.rules import bce
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.public_cible.rules import td, tgd

D = dt.date

CASES: dict[str, Explained[Any]] = {
    "td_oui": td(date_engagement=D(2025, 3, 1), cess=False, dei=True, mois_allocations=7),
    "td_a_verifier": td(date_engagement=D(2025, 3, 1), cess=False, dei=True, date_naissance=D(1974, 6, 1)),
    "td_non": td(date_engagement=D(2025, 3, 1), cess=True, dei=True),
    "tgd_doute": tgd(premier_engagement=D(2025, 3, 1), cess=False, dei=True, mois_allocations=14),
    "eligibilite_sur_pieces": accompagnateur.eligibilite(
        as_of=D(2026, 1, 1),
        experiences=(
            accompagnateur.Experience("accompagnement_social", D(2020, 1, 1), D(2021, 6, 30), "ASBL Le Pont"),
            accompagnateur.Experience(
                "poste_responsabilite_rh_isp", D(2021, 5, 1), D(2022, 12, 31), "CISP Horizon", "contrat"
            ),
        ),
    ),
    "eligibilite_avis": accompagnateur.eligibilite(
        as_of=D(2026, 1, 1),
        experiences=(accompagnateur.Experience("encadrement_isp", D(2019, 1, 1), None, "CISP Horizon"),),
    ),
    "second_contrat": accompagnateur.second_contrat(
        etp_max=Decimal(1),
        jours_accompagnement=("lundi", "mardi"),
        jours_autres=("mardi",),
        as_of=D(2026, 1, 1),
    ),
    "heures_admissibles": taches.heures_admissibles(
        as_of=D(2026, 1, 31),
        lignes=(
            taches.LigneHeures("bilan", Decimal(10)),
            taches.LigneHeures("soutien", Decimal(5)),
            taches.LigneHeures("production", Decimal(2)),
        ),
    ),
    "etat": entretiens.etat(
        date_engagement=D(2024, 1, 1),
        debut_fonction=D(2024, 3, 1),
        as_of=D(2025, 3, 1),
        entretiens=(
            faits.Entretien(D(2024, 8, 31), "individuel"),
            faits.Entretien(D(2025, 1, 3), "individuel", "refuse"),
        ),
        empechements=(faits.Empechement(D(2024, 8, 15), "incapacité", D(2025, 1, 10)),),
    ),
    "indemnite_etranger": indemnite(
        date_trajet=D(2026, 5, 2),
        kilometres=Decimal(120),
        kilometres_annee=Decimal(24000),
        etranger=Etranger(D(2026, 5, 2), "en_attente"),
    ),
    "terme": terme(as_of=D(2025, 3, 1), categorie="notes_sociales", point_de_depart=D(2024, 2, 29)),
    "transmission": transmission(
        as_of=D(2025, 3, 1),
        consentement_le=D(2025, 1, 1),
        version_consentement="1",
        dei_depuis=D(2025, 2, 1),
        recherche_emploi=True,
        champs=("nom", "sante"),
    ),
    "bce": bce(numero="0123.456.748"),
    "dossier_complet": dossier.dossier_complet(
        as_of=D(2026, 1, 1),
        signaletique=dossier.Signaletique(),
        dernier_bilan=D(2023, 12, 31),
        dernier_enregistrement=D(2025, 1, 1),
        synthese_regeneree_le=D(2025, 1, 1),
        synthese_confirmee_le=None,
        derniere_demarche=None,
        aucune_demarche_le=D(2025, 1, 1),
        echeance_individuelle=D(2026, 1, 1),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_explanation(name: str, golden) -> None:
    golden(f"people_{name}.txt", rule_as_text(CASES[name]) + "\n")
