"""From an invoice that was read to an invoice that the records can receive; nothing is decided here."""

from clefdevoute.documents.factures.modele import FactureLue
from clefdevoute.records.frais.models import Facture
from clefdevoute.records.frais.saisies import FactureSaisie, FichierSaisi, FournisseurSaisi


def saisie_de(lue: FactureLue, *, content: bytes) -> FactureSaisie:
    """Hand over what the file says, with the file itself and what it carried."""
    number = lue.supplier.numero_entreprise
    return FactureSaisie(
        fournisseur=FournisseurSaisi(
            name=lue.supplier.name or "",
            enterprise_number=number,
            foreign_vat_id="" if number else (lue.supplier.vat_id or ""),
        ),
        number=lue.invoice_id,
        kind=Facture.Kind.NOTE_CREDIT if lue.is_credit_note else Facture.Kind.FACTURE,
        issue_date=lue.issue_date,
        due_date=lue.due_date,
        period_start=lue.period_start,
        period_end=lue.period_end,
        currency=lue.currency,
        net=lue.totals.hors_tva,
        vat=lue.totals.tva,
        gross=lue.totals.tvac,
        source=Facture.Source.UBL,
        original=FichierSaisi(content, lue.filename),
        attachments=tuple(
            FichierSaisi(decoded, piece.filename or "piece-jointe")
            for piece in lue.attachments
            if (decoded := piece.content) is not None
        ),
        warnings=_warnings(lue),
        credited_number=lue.credits_invoices[0] if lue.is_credit_note and lue.credits_invoices else "",
        buyer_number=lue.buyer.numero_entreprise,
    )


def _warnings(lue: FactureLue) -> tuple[dict[str, str], ...]:
    """Keep the broken rules and the notes; the records say themselves what a foreign currency waits for."""
    broken = [{"rule": one.rule, "sentence": one.sentence} for one in lue.warnings]
    notes = [{"rule": "note", "sentence": note} for note in lue.notes if "montant en euros" not in note]
    lost = [
        {
            "rule": "piece_jointe",
            "sentence": f"La pièce « {piece.filename or 'sans nom'} » est illisible : réclamez-la.",
        }
        for piece in lue.attachments
        if piece.base64 is None
    ]
    return (*broken, *notes, *lost)
