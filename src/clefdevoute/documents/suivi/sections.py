"""
What each section of a dossier on paper holds, as the actor may see it; those of the paths are beside.

Private notes are in no section. Health is one of its own, printed only when it is asked for. For an audit
every section gives days and counts, never a word that was written.
"""

from django.utils import timezone

from clefdevoute.documents.justification.texte import jour
from clefdevoute.documents.suivi import sections_parcours as parcours
from clefdevoute.documents.suivi.demande import Demande, Lecture
from clefdevoute.documents.suivi.dossier import Fait, Section
from clefdevoute.records.agenda.models import Presence, RendezVous
from clefdevoute.records.personnes.models import Engagement
from clefdevoute.records.suivi import bilans
from clefdevoute.records.suivi.models import (
    BilanSante,
    Demarche,
    Document,
    Entretien,
    MouvementConsentement,
    NotePartagee,
    NoteSante,
    Objectif,
    SuiviPar,
)


def signaletique(asked: Demande) -> tuple[Fait, ...]:
    """Give who the person is, her contracts and who follows her."""
    one = asked.travailleur
    facts = [Fait("Numéro", one.number)]
    if asked.words:
        where = ", ".join(part for part in (one.street, f"{one.postal_code} {one.city}".strip()) if part)
        contact = ", ".join(part for part in (one.phone, one.email) if part)
        facts += [Fait(name, said) for name, said in (("Adresse", where), ("Contact", contact)) if said]
    for row in Engagement.objects.visible_to(asked.by).filter(travailleur=one).order_by("starts_on", "id"):
        until = f" au {jour(row.ends_on)}" if row.ends_on else ", sans terme"
        facts.append(Fait("Contrat", f"{row.get_contract_kind_display()} du {jour(row.starts_on)}{until}"))
    followed = SuiviPar.objects.visible_to(asked.by).filter(travailleur=one).select_related("accompagnateur")
    for suivi in followed.order_by("starts_on", "id"):
        until = f" au {jour(suivi.ends_on)}" if suivi.ends_on else ""
        words = f"{suivi.accompagnateur}, {suivi.get_kind_display().lower()} depuis le {jour(suivi.starts_on)}{until}"
        facts.append(Fait("Suivi", words))
    return tuple(facts)


def bilan(asked: Demande) -> tuple[Fait, ...]:
    """Give the finished bilans, with their domains and the opinion of the person where words are asked."""
    facts = []
    for lu in bilans.lus(asked.travailleur, asked.by, health=False):
        if not lu.bilan.finished:
            continue
        said = lu.avis.get_avis_display() if lu.avis else "avis à recueillir"
        signed = f", signé le {jour(lu.signature.signed_on)}" if lu.signature else ", pas encore signé"
        title = f"Bilan, {str(said).lower()}{signed}" if asked.words else f"Bilan{signed}"
        lines = _domains(lu) if asked.words else ""
        facts.append(Fait(jour(lu.bilan.held_on), title, lines))
    return tuple(facts)


def objectifs(asked: Demande) -> tuple[Fait, ...]:
    """Give the objectives, or their horizons and days alone."""
    rows = Objectif.objects.visible_to(asked.by).filter(travailleur=asked.travailleur).order_by("opened_on", "id")
    return tuple(
        Fait(
            jour(row.opened_on),
            row.title if asked.words else f"Objectif à {row.get_horizon_display().lower()}",
            f"{row.get_horizon_display()}, {row.get_status_display().lower()}, à revoir le {jour(row.review_on)}",
        )
        for row in rows
    )


def demarches(asked: Demande) -> tuple[Fait, ...]:
    """Give the steps taken, or their kinds and days alone."""
    rows = Demarche.objects.visible_to(asked.by).filter(travailleur=asked.travailleur)
    return tuple(
        Fait(
            jour(row.done_on or timezone.localdate(row.recorded_at)),
            row.text if asked.words else f"Démarche, {row.get_kind_display().lower()}",
            f"{row.get_status_display()}, {row.who}" if asked.words else str(row.get_status_display()),
        )
        for row in rows.order_by("recorded_at", "id")
    )


def entretiens(asked: Demande) -> tuple[Fait, ...]:
    """Give the interviews held and the séances attended; the shared notes where words are asked, never the private."""
    held = RendezVous.objects.visible_to(asked.by).filter(
        travailleur=asked.travailleur, kind=RendezVous.Kind.ENTRETIEN, status=RendezVous.Status.REALISE
    )
    notes = _notes(asked) if asked.words else {}
    facts = [
        (
            timezone.localdate(row.starts_at),
            f"Entretien individuel, {row.get_form_display().lower()}, {row.duration_min} min",
            notes.get(row.pk, ""),
        )
        for row in held
    ]
    came = Presence.objects.visible_to(asked.by).filter(
        travailleur=asked.travailleur, status=Presence.Status.PRESENT, seance__status="realise"
    )
    facts += [
        (one.seance.day, f"Séance collective : {one.seance.title}" if asked.words else "Séance collective", "")
        for one in came.select_related("seance")
    ]
    return tuple(Fait(jour(day), title, words) for day, title, words in sorted(facts, key=lambda row: row[0]))


def documents(asked: Demande) -> tuple[Fait, ...]:
    """List the papers of the team, without those of one author and without health."""
    rows = Document.objects.visible_to(asked.by).filter(travailleur=asked.travailleur, confidential=False, health=False)
    return tuple(
        Fait(
            jour(row.received_on),
            row.title if asked.words else str(row.get_kind_display()),
            row.state(asked.on),
        )
        for row in rows.order_by("received_on", "id")
    )


def consentements(asked: Demande) -> tuple[Fait, ...]:
    """Give every movement of the consents; their purposes are no content."""
    rows = MouvementConsentement.objects.visible_to(asked.by).filter(travailleur=asked.travailleur)
    return tuple(
        Fait(
            jour(row.happened_on),
            f"{row.consentement.get_purpose_display()} : {row.get_kind_display().lower()}",
            f"Texte {row.consentement.text_version}",
        )
        for row in rows.select_related("consentement").order_by("recorded_at", "id")
    )


def sante(asked: Demande) -> tuple[Fait, ...]:
    """Give what this reader may read of health; nothing of it ever goes to an audit."""
    if not asked.words:
        return ()
    rows = BilanSante.objects.visible_to(asked.by).filter(travailleur=asked.travailleur).select_related("bilan")
    facts = [
        (
            row.bilan.held_on,
            f"Bilan, {row.get_niveau_display().lower()}" if row.niveau else "Bilan",
            "\n".join(part for part in (row.text or "", row.wish or "") if part),
        )
        for row in rows
    ]
    notes = NoteSante.objects.visible_to(asked.by).filter(travailleur=asked.travailleur)
    latest: dict[object, NoteSante] = {(note.entretien_id, note.author_id): note for note in notes.order_by("version")}
    facts += [(timezone.localdate(note.written_at), "Note de santé", note.text) for note in latest.values()]
    return tuple(Fait(jour(day), title, words) for day, title, words in sorted(facts, key=lambda row: row[0]))


SECTIONS: dict[str, tuple[str, Lecture]] = {
    "signaletique": ("Données signalétiques", signaletique),
    "bilan": ("Bilan individuel", bilan),
    "objectifs": ("Objectifs", objectifs),
    "synthese": ("Synthèse des actions", parcours.synthese),
    "demarches": ("Démarches", demarches),
    "entretiens": ("Entretiens de suivi", entretiens),
    "formation": ("Plan de formation", parcours.formation),
    "emploi": ("Jobcoaching", parcours.emploi),
    "validation": ("Validation des compétences", parcours.validation),
    "amenagements": ("Aménagements raisonnables, sans la raison de santé", parcours.amenagements),
    "sortie": ("Sortie", parcours.sortie),
    "documents": ("Documents", documents),
    "consentements": ("Consentements", consentements),
    "sante": ("Santé", sante),
}
"""Code of a section → its title, how it is read; health last, and never for an audit."""


def lire(codes: list[str], asked: Demande) -> tuple[Section, ...]:
    """Read the sections that were chosen, in the order of the dossier."""
    return tuple(
        Section(title, read(asked), sante=code == "sante")
        for code, (title, read) in SECTIONS.items()
        if code in codes and (asked.words or code != "sante")
    )


def _domains(lu: bilans.Lu) -> str:
    lines = []
    for cote in lu.cotes:
        if cote.empty:
            continue
        parts = [str(cote.get_niveau_display()) if cote.niveau else "pas vu"]
        parts += ["frein à l’emploi"] if cote.frein else []
        parts += [part for part in (cote.text, f"souhaite : {cote.wish}" if cote.wish else "") if part]
        lines.append(f"{cote.name} : {' ; '.join(' '.join(part.split()) for part in parts)}")
    if lu.avis and lu.avis.words:
        lines.append(f"Ses mots : « {' '.join(lu.avis.words.split())} »")
    return "\n".join(lines)


def _notes(asked: Demande) -> dict[object, str]:
    """Give the last version of each shared note, by its appointment, in two queries."""
    rows = Entretien.objects.visible_to(asked.by).filter(travailleur=asked.travailleur)
    places = dict(rows.values_list("pk", "rendez_vous_id"))
    notes = NotePartagee.objects.visible_to(asked.by).filter(entretien_id__in=list(places)).order_by("version")
    return {places[note.entretien_id]: note.text for note in notes}
