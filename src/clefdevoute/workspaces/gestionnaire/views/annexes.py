"""The papers of a year one by one, to print or to keep: annexes, workbooks, the explained décompte."""

import datetime as dt
from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clefdevoute.documents.justification import depuis_dossier as papers
from clefdevoute.documents.justification.classeur_ods import classeur_ods
from clefdevoute.documents.justification.classeur_xlsx import classeur_xlsx
from clefdevoute.documents.justification.modele import Emission, Feuille, PieceIncoherente, Tableau
from clefdevoute.documents.justification.paquet import Genre
from clefdevoute.documents.justification.pdf import tableau_pdf
from clefdevoute.documents.justification.recepisse import piece_envoyee
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.subventions.decompte import DecompteAnnee
from clefdevoute.records.subventions.models import DossierTransmis
from clefdevoute.ui.errors import error_page
from clefdevoute.workspaces.gestionnaire.justifier.annee import Place, bilan_of, last_package, place_of

PDF, XLSX, ODS = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.spreadsheet",
)
Maker = Callable[[Place, DecompteAnnee, Emission], bytes]


def emission_of(request: WorkRequest) -> Emission:
    """Say when and by whom a paper is made out."""
    return Emission(le=timezone.localtime(), par=request.user.name or request.user.email)


def _sheets(place: Place, counted: DecompteAnnee, *tables: Tableau) -> tuple[Feuille, ...]:
    found = tuple(sheet for table in tables for sheet in papers.feuilles(place.entreprise, counted, table))
    if not found:
        raise PieceIncoherente(
            _("Aucune feuille de ce tableau n’est à remplir cette année : il n’y a rien à imprimer.")
        )
    return found


def _table(table: Tableau) -> Maker:
    return lambda place, counted, emission: tableau_pdf(_sheets(place, counted, table), emission=emission)


MADE: dict[str, tuple[str, str, Maker]] = {
    "a-pdf": ("tableau-a.pdf", PDF, _table(Tableau.A)),
    "b-pdf": ("tableau-b.pdf", PDF, _table(Tableau.B)),
    "xlsx": ("tableaux.xlsx", XLSX, lambda p, c, e: classeur_xlsx(_sheets(p, c, *Tableau), emission=e)),
    "ods": ("tableaux.ods", ODS, lambda p, c, e: classeur_ods(_sheets(p, c, *Tableau), emission=e)),
    "decompte": (
        "decompte.pdf",
        PDF,
        lambda p, c, e: papers.decompte_du_dossier(p.entreprise, c, emission=e),
    ),
}


GENRES = {
    "a-pdf": Genre.TABLEAU_A,
    "b-pdf": Genre.TABLEAU_B,
    "xlsx": Genre.CLASSEUR_XLSX,
    "ods": Genre.CLASSEUR_ODS,
    "decompte": Genre.DECOMPTE,
}
"""The same papers as the package names them."""


@require_safe
def download(request: WorkRequest, annee: dt.date, nom: str) -> HttpResponse:
    """Make out one paper of the year as it stands now."""
    if nom not in MADE:
        raise Http404
    place = place_of(request, annee)
    filename, media_type, make = MADE[nom]
    sent = last_package(place) if place.sent else None
    if sent is not None:
        return _frozen(request, sent, nom)
    bilan = bilan_of(place)
    if bilan.decompte is None:
        return error_page(request, 409, title=_("Rien à imprimer"), what=bilan.items[0].sentence)
    try:
        content = make(place, bilan.decompte, emission_of(request))
    except PieceIncoherente as refused:
        return error_page(request, 409, title=_("Rien à imprimer"), what=str(refused))
    return served(content, f"{annee:%Y-%m-%d}-{filename}", media_type)


def _frozen(request: WorkRequest, sent: DossierTransmis, nom: str) -> HttpResponse:
    """Give the very piece that left: once a year is sent, nothing of it is made out again."""
    filename, media_type, _make = MADE[nom]
    content = piece_envoyee(sent, GENRES[nom])
    if content is None:
        what = _("Cette pièce n’était pas dans le dossier transmis : il n’en avait pas besoin.")
        return error_page(request, 409, title=_("Rien à imprimer"), what=what)
    return served(content, f"{sent.subvention.annee_agrement_start:%Y-%m-%d}-{filename}", media_type)


def served(content: bytes, filename: str, media_type: str) -> HttpResponse:
    """Hand over bytes made here: a PDF is shown in its sandbox, the rest downloaded."""
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = content_disposition_header(media_type != PDF, filename) or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
