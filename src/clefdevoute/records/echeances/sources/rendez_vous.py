"""
Appointments: those that passed without anybody saying how they went, and those of this week.

A séance whose attendance nobody ticked is the same thing to do, for many persons at once.
"""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from clefdevoute.records.agenda.models import RendezVous, Seance
from clefdevoute.records.echeances.lignes import Genre, Gravite, Ligne, Portee, dimanche

_VERBS = {
    RendezVous.Kind.ENTRETIEN: "Mener l’entretien de suivi avec",
    RendezVous.Kind.VISITE: "Faire la visite chez",
    RendezVous.Kind.DEMARCHE: "Faire la démarche avec",
    RendezVous.Kind.AUTRE: "Rencontrer",
}


def lignes(portee: Portee) -> Iterator[Ligne]:
    """Give the planned appointments of persons up to Sunday, then the séances, in two queries."""
    until = timezone.make_aware(dt.datetime.combine(dimanche(portee.as_of) + dt.timedelta(days=1), dt.time.min))
    rows = RendezVous.objects.of(portee.entreprise_id).filter(
        status=RendezVous.Status.PLANIFIE,
        starts_at__lt=until,
    )
    for row in rows.order_by("starts_at", "id"):
        yield _a_confirmer(row) if row.day < portee.as_of else _a_mener(row)
    planned = Seance.objects.of(portee.entreprise_id).filter(status=Seance.Status.PLANIFIE, starts_at__lt=until)
    if portee.miens:
        planned = planned.filter(accompagnateur__user_id=portee.actor.user_id)
    for seance in planned.order_by("starts_at", "id"):
        yield _seance(seance, past=seance.day < portee.as_of)


def _a_confirmer(row: RendezVous) -> Ligne:
    hour = timezone.localtime(row.starts_at)
    return Ligne(
        genre=Genre.RENDEZ_VOUS,
        source="rendez_vous",
        due_on=row.day,
        subject_id=row.pk,
        travailleur_id=row.travailleur_id,
        before=f"Dire si le rendez-vous du {row.day:%d/%m} avec",
        after="a eu lieu",
        act="Indiquer",
        meta=f"Prévu à {hour:%H:%M}{f', {row.place}' if row.place else ''} · aucun statut noté",
        url_name="agenda:rendez_vous",
        url_kwargs={"pk": row.pk},
    )


def _a_mener(row: RendezVous) -> Ligne:
    interview = row.kind == RendezVous.Kind.ENTRETIEN
    words = [row.place, row.get_form_display().lower() if row.form != RendezVous.Form.FACE_A_FACE else ""]
    return Ligne(
        genre=Genre.RENDEZ_VOUS,
        source="rendez_vous",
        due_on=row.day,
        at=row.starts_at,
        subject_id=row.pk,
        travailleur_id=row.travailleur_id,
        before=_VERBS[RendezVous.Kind(row.kind)],
        act="Noter" if interview else "Indiquer",
        meta=" · ".join(word for word in words if word),
        url_name="accompagnateur:entretien_nouveau" if interview else "agenda:rendez_vous",
        url_kwargs={"pk": row.travailleur_id} if interview else {"pk": row.pk},
        url_query={"rendez_vous": str(row.pk)} if interview else {},
    )


def _seance(row: Seance, *, past: bool) -> Ligne:
    hour = timezone.localtime(row.starts_at)
    return Ligne(
        genre=Genre.RENDEZ_VOUS,
        source="seance_tenue",
        due_on=row.day,
        at=None if past else row.starts_at,
        subject_id=row.pk,
        before="Pointer les présences de la séance" if past else "Tenir la séance",
        who=row.title,
        act="Pointer" if past else "Ouvrir",
        meta=f"Prévue à {hour:%H:%M}{f', {row.place}' if row.place else ''}" if past else row.place,
        url_name="agenda:seance",
        url_kwargs={"pk": row.pk},
        gravite=Gravite.AMBRE,
    )
