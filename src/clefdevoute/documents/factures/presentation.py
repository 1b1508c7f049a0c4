"""The JSON form of what was read: a stable contract, documented in docs/reference/commande-factures.md."""

from typing import Any

from clefdevoute.documents.factures.modele import FactureLue, Partie, Refus


def en_json(lue: FactureLue | Refus, *, file: str) -> dict[str, Any]:
    """Describe one file; ``file`` is the argument as the caller gave it."""
    if isinstance(lue, Refus):
        return {"file": file, "decision": "reject", "code": lue.code, "message": lue.message, "warnings": []}
    return {
        "file": file,
        "decision": str(lue.decision),
        "warnings": [un.sentence for un in lue.warnings],
        "notes": list(lue.notes),
        "syntax": lue.syntax,
        "type_code": lue.type_code,
        "invoice_id": lue.invoice_id,
        "issue_date": lue.issue_date.isoformat(),
        "due_date": lue.due_date.isoformat() if lue.due_date else None,
        "currency": lue.currency,
        "is_credit_note": lue.is_credit_note,
        "credits_invoices": list(lue.credits_invoices),
        "supplier": _partie(lue.supplier),
        "buyer": _partie(lue.buyer),
        "totals": {
            "tax_exclusive": lue.totals.tax_exclusive,
            "tax": lue.totals.tax,
            "tax_inclusive": lue.totals.tax_inclusive,
            "payable": lue.totals.payable,
        },
        "line_count": lue.line_count,
        "attachments": [
            {"filename": un.filename, "mime": un.mime, "decoded_bytes": un.decoded_bytes} for un in lue.attachments
        ],
        "payee_ibans": list(lue.payee_ibans),
        "payment_ids": list(lue.payment_ids),
    }


def _partie(partie: Partie) -> dict[str, str | None]:
    return {
        "name": partie.name,
        "vat_id": partie.vat_id,
        "be_enterprise_number": partie.be_enterprise_number,
        "country": partie.country,
    }
