"""Addresses of the right in the matrix: dashboard, register, imports, accompagnateurs, enterprise."""

import datetime as dt
from typing import Any

from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models import User
from clefdevoute.records.personnes.actions import imports
from tests.records import factories as make
from tests.workspaces.matrix import Entry, register

CSV = "Nom;Prénom;Naissance;Début;Heures par semaine\nBrasseur;Noé;03/04/1990;01/02/2026;38\n"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def _user(entreprise: EntrepriseInsertion) -> User:
    """The gestionnaire who signed in for this enterprise: what only she may open is hers."""
    found = User.objects.filter(email=f"gestionnaire-{entreprise.pk}@exemple.be").first()
    return found or make.UserFactory()


def _proof(entreprise: EntrepriseInsertion, classe: FieldClass = FieldClass.PERSONNEL) -> Any:
    by = make.actor(Role.GESTIONNAIRE, entreprise, user=_user(entreprise))
    return proofs.store(
        content=PDF, filename="preuve.pdf", by=by, entreprise_id=entreprise.pk, now=make.NOW, classe=classe
    )


def _key(row: Any) -> dict[str, Any]:
    return {"pk": row.pk}


def annee(entreprise: EntrepriseInsertion) -> dict[str, Any]:
    if not entreprise.pk or not make.Agrement.objects.filter(entreprise=entreprise).exists():
        make.AgrementFactory(entreprise=entreprise, starts_on=dt.date(2024, 3, 15))
    return {"annee": dt.date(2025, 3, 15)}


def travailleur(entreprise: EntrepriseInsertion) -> dict[str, Any]:
    return _key(make.TravailleurFactory(entreprise=entreprise))


def contrat(entreprise: EntrepriseInsertion) -> dict[str, Any]:
    person = make.TravailleurFactory(entreprise=entreprise)
    return _key(make.EngagementFactory(travailleur=person, statut__proof=_proof(entreprise)))


def sans_statut(entreprise: EntrepriseInsertion) -> dict[str, Any]:
    return _key(make.EngagementFactory(travailleur=make.TravailleurFactory(entreprise=entreprise), statut=""))


def condition(entreprise: EntrepriseInsertion) -> dict[str, Any]:
    engagement = make.EngagementFactory(travailleur=make.TravailleurFactory(entreprise=entreprise), statut="")
    statut = make.StatutEngagementFactory(engagement=engagement)
    paper = _proof(entreprise, FieldClass.SANTE)
    return _key(make.ConditionStatutFactory(statut=statut, recorded_by=_user(entreprise), proof=paper))


def absence(entreprise: EntrepriseInsertion) -> dict[str, Any]:
    return _key(make.AbsenceFactory(travailleur=make.TravailleurFactory(entreprise=entreprise)))


def depot(entreprise: EntrepriseInsertion) -> dict[str, Any]:
    by = make.actor(Role.GESTIONNAIRE, entreprise, user=_user(entreprise))
    row = imports.deposit(entreprise_id=entreprise.pk, content=CSV.encode(), filename="r.csv", by=by, now=make.NOW)
    return _key(row)


def accompagnateur(entreprise: EntrepriseInsertion) -> dict[str, Any]:
    return _key(make.AccompagnateurFactory(entreprise=entreprise, diplome=True, diploma_proof=_proof(entreprise)))


def experience(entreprise: EntrepriseInsertion) -> dict[str, Any]:
    person = make.AccompagnateurFactory(entreprise=entreprise)
    return _key(make.PeriodeExperienceFactory(accompagnateur=person, proof=_proof(entreprise)))


def contrat_accompagnateur(entreprise: EntrepriseInsertion) -> dict[str, Any]:
    person = make.AccompagnateurFactory(entreprise=entreprise)
    return _key(make.ContratAccompagnateurFactory(accompagnateur=person, proof=_proof(entreprise)))


def agrement(entreprise: EntrepriseInsertion) -> dict[str, Any]:
    found = make.Agrement.objects.filter(entreprise=entreprise).first()
    return _key(found or make.AgrementFactory(entreprise=entreprise))


def affectation(entreprise: EntrepriseInsertion) -> dict[str, Any]:
    return _key(make.AffectationFactory(entreprise=entreprise))


def _named(name: str, **options: Any) -> Entry:
    return Entry(name=f"gestionnaire:{name}", **options)


register(
    [
        _named("annee", kwargs=annee),
        _named("hypothese", kwargs=annee),
        _named("travailleurs"),
        _named("travailleurs_export", kwargs=lambda _: {"extension": "csv"}, tenant=False),
        _named("travailleur_nouveau"),
        _named("imports"),
        _named("import", kwargs=depot),
        _named("import_colonnes", kwargs=depot),
        _named("import_apercu", kwargs=depot),
        _named("import_appliquer", kwargs=depot, post=True),
        _named("import_annuler", kwargs=depot, post=True),
        *(
            _named(name, kwargs=travailleur)
            for name in ("travailleur", "travailleur_modifier", "contrat_nouveau", "absence_nouvelle")
        ),
        _named("absence_fin", kwargs=absence),
        *(
            _named(name, kwargs=contrat)
            for name in (
                "contrat_modifier", "contrat_fin", "statut_completer", "statut_verifier", "statut_corriger",
                "statut_preuve", "conditions",
            )
        ),
        _named("statut", kwargs=sans_statut),
        _named("condition_preuve", kwargs=condition),
        _named("accompagnateurs"),
        _named("accompagnateur_nouveau"),
        *(
            _named(name, kwargs=accompagnateur)
            for name in (
                "accompagnateur", "accompagnateur_modifier", "accompagnateur_diplome", "experience_nouvelle",
                "accompagnateur_contrat_nouveau",
            )
        ),
        _named("experience_retirer", kwargs=experience, post=True),
        _named("experience_preuve", kwargs=experience),
        _named("accompagnateur_contrat_modifier", kwargs=contrat_accompagnateur),
        _named("accompagnateur_contrat_preuve", kwargs=contrat_accompagnateur),
        _named("entreprise"),
        _named("entreprise_modifier"),
        _named("agrement_nouveau"),
        _named("agrement_fin", kwargs=agrement),
        _named("suspension_nouvelle", kwargs=agrement),
        _named("tva"),
        _named("compte_ligne"),
        _named("invitation"),
        _named("acces_fin", kwargs=affectation),
    ]
)  # fmt: skip
