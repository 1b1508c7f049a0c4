"""Credit notes that came after the package left: they never reopen the year, they are told with their effect (A6)."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Q

from clefdevoute.law.accompagnement_social.decompte import decompte as rule
from clefdevoute.law.accompagnement_social.lignes import Depense
from clefdevoute.law.kernel.money import cents, euros
from clefdevoute.records.frais.facts import LigneAnnee
from clefdevoute.records.frais.models import Facture

from .decompte import decompter
from .facts import FaitsAnnee
from .models import DossierTransmis, Subvention


@dataclass(frozen=True, slots=True)
class Signalement:
    """A late credit note and what it would change; the effect is None while nobody said what it credits."""

    facture: Facture
    justifie_avant: Decimal
    justifie_apres: Decimal | None
    sentence: str

    @property
    def effet(self) -> Decimal | None:
        """Say what the note takes off the justified amount, negative or nought."""
        return None if self.justifie_apres is None else self.justifie_apres - self.justifie_avant


def a_signaler(subvention: Subvention) -> tuple[Signalement, ...]:
    """List the credit notes received since the package left that touch this year, each with its own effect."""
    sent = DossierTransmis.objects.filter(subvention=subvention).order_by("recorded_at", "pk").last()
    if sent is None:
        return ()
    year = (subvention.annee_agrement_start, subvention.annee_agrement_end)
    notes = Facture.objects.of(subvention.entreprise_id).filter(
        Q(issue_date__range=year) | Q(credited__issue_date__range=year),
        kind=Facture.Kind.NOTE_CREDIT,
        received_at__gt=sent.recorded_at,
    )
    late = list(notes.exclude(state=Facture.State.ECARTEE).select_related("credited", "fournisseur"))
    if not late:
        return ()
    counted = decompter(entreprise=subvention.entreprise, as_of=subvention.annee_agrement_start)
    before = counted.explained.value.justifie
    return tuple(_told(note, counted.faits, before) for note in late)


def _told(note: Facture, facts: FaitsAnnee, before: Decimal) -> Signalement:
    """Subtract the note where the invoice it credits was imputed, and count the year again."""
    who = f"Note de crédit {note.number} de {note.fournisseur.name}, reçue après l’envoi"
    lines = [line for line in facts.lignes if line.facture_id is not None and line.facture_id == note.credited_id]
    if not lines:
        text = f"{who} : dites quelle facture elle crédite pour en voir l’effet, puis signalez-la à l’administration."
        return Signalement(note, before, None, text)
    added = tuple(_credit(note, line) for line in lines)
    law = facts.for_law()
    after = rule(**{**law, "depenses": (*law["depenses"], *added)}).value.justifie
    effect = f"{euros(before - after)} de moins justifiés" if after < before else "rien ne change au montant justifié"
    return Signalement(note, before, after, f"{who} : {effect}. Signalez-la à l’administration.")


def _credit(note: Facture, line: LigneAnnee) -> Depense:
    """Write the note as a cost of the frozen year, on the line and with the key of what it credits."""
    net, vat = note.euros or (None, Decimal(0))
    whole = (note.credited.euros or (Decimal(0), Decimal(0)))[0] if note.credited else Decimal(0)
    # A line that took part of the invoice takes the same part of the note.
    share = (line.depense.hors_tva or whole) / whole if whole else Decimal(1)
    return replace(
        line.depense,
        piece=note.number,
        nature="note_de_credit",
        hors_tva=None if net is None else cents(abs(net) * share),
        tva=cents(abs(vat) * share),
    )
