"""The receipt of a package that left: which file, of which hash, when, by which way, under which number."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from clefdevoute.records.subventions.models import DossierTransmis

from .depuis_dossier import entete
from .modele import Accuse, AnneeAgrement, Emission, PieceListee
from .pdf_pieces import accuse_pdf


def recepisse_pdf(sent: DossierTransmis, *, left: tuple[str, ...] = ()) -> bytes:
    """Set the receipt of a frozen package in type; the same package always gives the same receipt."""
    row, proof = sent.subvention, sent.package
    accuse = Accuse(
        entete=entete(sent.entreprise),
        annee=AnneeAgrement(du=row.annee_agrement_start, au=row.annee_agrement_end),
        fichier=proof.filename,
        octets=proof.size,
        sha256=proof.sha256,
        pieces=tuple(_listee(number, piece) for number, piece in enumerate(sent.pieces)),
        envoi=f"le {sent.sent_on:%d/%m/%Y}, {sent.get_channel_display()}, récépissé {sent.receipt_number}",
        reste_a_faire=left,
    )
    return accuse_pdf(accuse, emission=Emission(le=timezone.localtime(sent.recorded_at), par=sent.entreprise.name))


def _listee(number: int, piece: Mapping[str, Any]) -> PieceListee:
    return PieceListee(
        numero=number,
        fichier=piece["name"],
        genre="",
        titre=piece["name"].rsplit(".", 1)[0].lstrip("0123456789-").replace("-", " ").capitalize(),
        octets=piece["size"],
        sha256=piece["sha256"],
    )
