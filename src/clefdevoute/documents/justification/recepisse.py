"""What is read from a package that left: its receipt, and each of its pieces."""

import json
import zipfile
from io import BytesIO
from typing import Any

from django.utils import timezone

from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.models import User
from clefdevoute.records.subventions.models import DossierTransmis

from .depuis_dossier import entete
from .modele import Accuse, AnneeAgrement, Emission, PieceListee
from .paquet import LISTE_JSON, Genre
from .pdf_pieces import accuse_pdf


def recepisse_pdf(sent: DossierTransmis, *, left: tuple[str, ...] = ()) -> bytes:
    """Set the receipt of a frozen package in type; ``left`` is what remains to be done by hand."""
    row, proof = sent.subvention, sent.package
    who = User.objects.filter(pk=sent.recorded_by).first()
    accuse = Accuse(
        entete=entete(sent.entreprise),
        annee=AnneeAgrement(du=row.annee_agrement_start, au=row.annee_agrement_end),
        fichier=proof.filename,
        octets=proof.size,
        sha256=proof.sha256,
        pieces=_listed(proofs.read(proof)),
        envoi=f"le {sent.sent_on:%d/%m/%Y}, {sent.get_channel_display()}, récépissé {sent.receipt_number}",
        reste_a_faire=left,
    )
    emission = Emission(le=timezone.localtime(sent.recorded_at), par=who.name if who else sent.entreprise.name)
    return accuse_pdf(accuse, emission=emission)


def piece_envoyee(sent: DossierTransmis, genre: Genre) -> bytes | None:
    """Give one piece of a frozen package, byte for byte; nothing when it did not hold one."""
    content = proofs.read(sent.package)
    name = next((piece.fichier for piece in _listed(content) if piece.genre == genre.value), None)
    if name is None:
        return None
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name)


def _listed(package: bytes) -> tuple[PieceListee, ...]:
    """Read the list that the package itself carries."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        index: dict[str, Any] = json.loads(archive.read(LISTE_JSON))
    return tuple(PieceListee(**piece) for piece in index["pieces"])
