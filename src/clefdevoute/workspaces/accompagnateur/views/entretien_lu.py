"""An interview that was written: the list in the dossier, its page, its correction, the sheet to hand over."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clefdevoute.documents.feuille_entretien import feuille_pdf
from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi import lecture, themes
from clefdevoute.records.suivi.actions.entretiens import corriger_entretien
from clefdevoute.records.suivi.models import Brouillon, Demarche, Entretien, Note
from clefdevoute.ui import formats
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.accompagnateur import dossier, feuille, redaction
from clefdevoute.workspaces.accompagnateur.forms.notes import CorrectionForm

BOXES = ("partagee", "privee", "sante")


@dataclass(frozen=True, slots=True)
class NoteLue:
    """A text as it is read: its words, who signed them when, and the versions before."""

    text: str
    signed: str
    former: tuple["NoteLue", ...] = ()

    @classmethod
    def of(cls, pile: lecture.Texte | None, names: dict[uuid.UUID, str]) -> "NoteLue | None":
        """Read a pile of versions; nothing for no text."""
        if pile is None:
            return None
        former = tuple(cls(note.text, _signed(note, names)) for note in pile.former)
        return cls(pile.last.text, _signed(pile.last, names), former)


@require_safe
def show_list(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the interviews of a person, the latest first, and the drafts that wait."""
    travailleur = dossier.travailleur_or_404(request, pk)
    rows = Entretien.objects.visible_to(request.actor).filter(travailleur=travailleur)
    rows = rows.select_related("rendez_vous", "accompagnateur").order_by("-rendez_vous__starts_at", "-id")
    page, known = paginate(request, rows), themes.vocabulaire(travailleur.entreprise_id)
    drafts = Brouillon.objects.visible_to(request.actor).filter(travailleur=travailleur)
    context = dossier.contexte(request, travailleur, tab="entretiens") | {
        "page": page,
        "lines": [(row, [known[code] for code in row.themes if code in known]) for row in page.items],
        "drafts": [(row, redaction.adresse(row.form, pk, row.subject)) for row in drafts.defer("content", "replaced")],
    }
    return render(request, "accompagnateur/entretiens.html", context)


@require_safe
def show(request: WorkRequest, pk: uuid.UUID, entretien: uuid.UUID) -> HttpResponse:
    """Show one interview: when and how, the texts open to this reader, what was decided, the trace."""
    travailleur, row = _found(request, pk, entretien)
    texts = lecture.textes(row, request.actor)
    decided = Demarche.objects.visible_to(request.actor).filter(entretien=row)
    names = lecture.auteurs(texts)
    context = (
        dossier.contexte(request, travailleur, tab="entretiens")
        | {
            "entretien": row,
            "themes": themes.mots(row.entreprise_id, row.themes),
            "shared": NoteLue.of(texts.partagee, names),
            "private": NoteLue.of(texts.privee, names),
            "health": [NoteLue.of(text, names) for text in texts.sante],
            "decided": list(decided.order_by("recorded_at")),
        }
        | _reread(request, texts.partagee)
    )
    return render(request, "accompagnateur/entretien.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: WorkRequest, pk: uuid.UUID, entretien: uuid.UUID) -> HttpResponse:
    """Correct the texts and the themes; each change leaves the former version where it was."""
    travailleur, row = _found(request, pk, entretien)
    offered = _offered(row)
    own = _own(row, request)
    form = CorrectionForm(
        request.POST if request.method == "POST" else None,
        themes=offered,
        initial={"themes": row.themes} | _initial(own),
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            _correct(request, row, form)
        except RowRefused as refused:
            status = 409
            for sentences in refused.fields.values():
                for sentence in sentences:
                    form.add_error(None, sentence)
        else:
            messages.success(request, _("Correction enregistrée ; l’ancien texte reste consultable."))
            here = reverse("accompagnateur:entretien", kwargs={"pk": pk, "entretien": row.pk})
            return redirect(here + redaction.relire(form.text("partagee")))
    elif request.method == "POST":
        status = 422
    context = dossier.contexte(request, travailleur, tab="entretiens")
    context |= {"entretien": row, "form": form, "standing": own if status == 409 else {}}
    return render(request, "accompagnateur/entretien_corriger.html", context, status=status)


@require_safe
def show_sheet(request: WorkRequest, pk: uuid.UUID, entretien: uuid.UUID) -> HttpResponse:
    """Show the sheet to hand over: plain words, large, one page; nothing of the notes."""
    travailleur, row = _found(request, pk, entretien)
    context = {"one": travailleur, "entretien": row, "sheet": feuille.feuille(row, request.actor)}
    if "relire" in request.GET:
        context |= _reread(request, lecture.textes(row, request.actor).partagee)
    return render(request, "accompagnateur/entretien_feuille.html", context)


@require_safe
def print_sheet(request: WorkRequest, pk: uuid.UUID, entretien: uuid.UUID) -> HttpResponse:
    """Give the same sheet as a PDF."""
    _travailleur, row = _found(request, pk, entretien)
    sheet = feuille.feuille(row, request.actor)
    answer = HttpResponse(feuille_pdf(sheet, le=timezone.localtime()), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="feuille-{sheet.held_on:%Y-%m-%d}.pdf"'
    return answer


def _found(request: WorkRequest, pk: uuid.UUID, entretien: uuid.UUID) -> tuple[Travailleur, Entretien]:
    travailleur = dossier.travailleur_or_404(request, pk)
    rows = Entretien.objects.visible_to(request.actor).filter(travailleur=travailleur)
    rows = rows.select_related("rendez_vous", "accompagnateur", "travailleur", "author")
    return travailleur, get_object_or_404(rows, pk=entretien)


def _reread(request: WorkRequest, shared: lecture.Texte | None) -> dict[str, Any]:
    """Give the words to read again, when the page that saved them asked for it."""
    if shared is None or "relire" not in request.GET:
        return {"reread": {}}
    return {"reread": redaction.avis({"note_partagee": shared.last.text})}


def _signed(note: Note, names: dict[uuid.UUID, str]) -> str:
    written = timezone.localtime(note.written_at)
    return _("%(who)s, le %(day)s à %(hour)s") % {
        "who": names.get(note.author_id, ""),
        "day": formats.date_courte(written),
        "hour": formats.heure(written),
    }


def _offered(row: Entretien) -> list[tuple[str, str]]:
    """Offer today's chips, and those of this interview that are no longer offered."""
    offered = themes.offerts(row.entreprise_id)
    gone = [code for code in row.themes if code not in dict(offered)]
    return [*offered, *zip(gone, themes.mots(row.entreprise_id, gone), strict=True)]


def _own(row: Entretien, request: WorkRequest) -> dict[str, lecture.Texte | None]:
    """Give the three texts that this reader may correct: the shared one, and her own of the others."""
    texts = lecture.textes(row, request.actor)
    mine = [one for one in texts.sante if one.last.author_id == request.actor.user_id]
    return {"partagee": texts.partagee, "privee": texts.privee, "sante": mine[0] if mine else None}


def _initial(own: dict[str, lecture.Texte | None]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for box, text in own.items():
        found |= {box: text.last.text if text else "", f"v_{box}": text.last.version if text else 0}
    return found


def _correct(request: WorkRequest, row: Entretien, form: CorrectionForm) -> None:
    corriger_entretien(
        entretien=row,
        texts={box: (form.text(box), form.version(box)) for box in BOXES},
        themes=tuple(form.cleaned_data["themes"]),
        by=request.actor,
        now=timezone.now(),
    )
