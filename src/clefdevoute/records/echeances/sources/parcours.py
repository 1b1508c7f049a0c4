"""The three paths: an expertise without answer, a module without hours, a trial that ends, an épreuve, an answer."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from clefdevoute.records.echeances.lignes import Genre, Gravite, Ligne, Portee
from clefdevoute.records.parcours.facts import EXPERTISE_DAYS
from clefdevoute.records.parcours.models import (
    DemandeExpertise,
    EpreuveValidation,
    EtapeJobcoaching,
    HeuresModule,
    ModuleFormation,
    PlanFormation,
    ValidationCompetences,
)

MONTH = dt.timedelta(days=EXPERTISE_DAYS)


def expertises(portee: Portee) -> Iterator[Ligne]:
    """Give the requests to the Forem that wait: late after thirty days; one query."""
    rows = DemandeExpertise.objects.of(portee.entreprise_id).filter(
        answered_on__isnull=True,
        plan__state=PlanFormation.State.EN_COURS,
        asked_on__lte=portee.jusque - MONTH,
    )
    for row in rows.defer("answer_text"):
        yield Ligne(
            genre=Genre.FORMATION,
            source="expertise",
            due_on=row.asked_on + MONTH,
            subject_id=row.pk,
            travailleur_id=row.travailleur_id,
            before="Relancer le Forem pour l’expertise de",
            act="Noter",
            meta=f"Demandée le {row.asked_on:%d/%m/%Y}",
            url_name="accompagnateur:expertise_repondre",
            url_kwargs={"pk": row.pk},
            gravite=Gravite.AMBRE,
        )


def modules(portee: Portee) -> Iterator[Ligne]:
    """Give the modules over whose hours or result nobody noted; one query."""
    held = HeuresModule.objects.filter(module_id=OuterRef("pk"))
    rows = ModuleFormation.objects.of(portee.entreprise_id).filter(
        result=ModuleFormation.Result.PREVU,
        plan__state=PlanFormation.State.EN_COURS,
        starts_on__lte=portee.jusque,
    )
    for row in rows.annotate(noted=Exists(held)):
        end = row.ends_on or row.starts_on + MONTH
        if row.noted and (row.ends_on is None or row.ends_on >= portee.as_of):
            continue
        yield Ligne(
            genre=Genre.FORMATION,
            source="module",
            due_on=end,
            subject_id=row.pk,
            travailleur_id=row.travailleur_id,
            before="Noter le résultat du module de" if row.noted else "Noter les heures de formation de",
            act="Noter",
            meta=f"Module du {row.starts_on:%d/%m/%Y}" + (f" au {row.ends_on:%d/%m/%Y}" if row.ends_on else ""),
            url_name="accompagnateur:module" if row.noted else "accompagnateur:module_heures",
            url_kwargs={"pk": row.pk},
            gravite=Gravite.AMBRE,
        )


def essais(portee: Portee) -> Iterator[Ligne]:
    """Give the trials that end and whose outcome is not noted; one query."""
    rows = EtapeJobcoaching.objects.of(portee.entreprise_id).filter(
        kind=EtapeJobcoaching.Kind.ESSAI,
        outcome=EtapeJobcoaching.Outcome.ATTENTE,
        ends_on__lte=portee.jusque,
    )
    for row in rows.select_related("partenaire").defer("note"):
        yield Ligne(
            genre=Genre.JOBCOACHING,
            source="essai",
            due_on=row.ends_on,
            subject_id=row.pk,
            travailleur_id=row.travailleur_id,
            before="Noter l’issue de l’essai de",
            act="Noter l’issue",
            meta=f"Essai jusqu’au {row.ends_on:%d/%m/%Y}" + (f", {row.partenaire}" if row.partenaire else ""),
            url_name="accompagnateur:etape_conclure",
            url_kwargs={"pk": row.pk},
            gravite=Gravite.AMBRE,
        )


def epreuves(portee: Portee) -> Iterator[Ligne]:
    """Give the épreuves planned or past without a result; one query."""
    rows = EpreuveValidation.objects.of(portee.entreprise_id).filter(
        result=EpreuveValidation.Result.PREVUE,
        held_on__lte=portee.jusque,
    )
    for row in rows.select_related("centre"):
        past = row.held_on <= portee.as_of
        yield Ligne(
            genre=Genre.VALIDATION,
            source="epreuve",
            due_on=row.held_on,
            subject_id=row.pk,
            travailleur_id=row.travailleur_id,
            before="Noter le résultat de l’épreuve de" if past else "Préparer l’épreuve de validation de",
            act="Noter" if past else "Préparer",
            meta=f"Le {row.held_on:%d/%m/%Y}" + (f", {row.centre}" if row.centre else ""),
            url_name="accompagnateur:epreuve_resultat" if past else "accompagnateur:validation",
            url_kwargs={"pk": row.pk if past else row.travailleur_id},
            gravite=Gravite.AMBRE,
        )


def interets(portee: Portee) -> Iterator[Ligne]:
    """Give the persons told of the validation a month ago who have not answered; one query."""
    rows = ValidationCompetences.objects.of(portee.entreprise_id).filter(
        state=ValidationCompetences.State.EN_COURS,
        interest="",
        informed_on__lte=portee.jusque - MONTH,
    )
    for row in rows.defer("note"):
        yield Ligne(
            genre=Genre.VALIDATION,
            source="interet",
            due_on=row.informed_on + MONTH,
            subject_id=row.pk,
            travailleur_id=row.travailleur_id,
            before="Demander à",
            after="si la validation l’intéresse",
            act="Noter",
            meta=f"Information du {row.informed_on:%d/%m/%Y}",
            url_name="accompagnateur:validation_interet",
            url_kwargs={"pk": row.pk},
            gravite=Gravite.AMBRE,
        )
