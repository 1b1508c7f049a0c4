"""The values of the tags for one person, as the actor may see them; nothing of health, nothing private."""

import datetime as dt
from typing import Any

from django.utils import timezone

from clefdevoute.documents.justification.texte import jour, jour_long
from clefdevoute.documents.suivi.balises import BALISES, imbriquer
from clefdevoute.documents.suivi.fermeture import MOST_ITEMS
from clefdevoute.records.agenda.models import RendezVous
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Engagement, StatutEngagement, Travailleur
from clefdevoute.records.suivi.bilans import derniers_bilans
from clefdevoute.records.suivi.models import CLOS, Demarche, Objectif, SuiviPar


def valeurs(travailleur: Travailleur, *, by: Actor, name: str, as_of: dt.date) -> dict[str, Any]:
    """Give every tag and every list its value for this person; what is unknown is empty."""
    held = _held(travailleur, by)
    plat = dict.fromkeys(BALISES, "") | {
        "aujourdhui": jour(as_of),
        "aujourdhui_long": jour_long(as_of),
        "accompagnateur.nom": name,
        "suivi.entretiens": str(len(held)),
        "suivi.dernier_entretien": _day(_on(held[0]) if held else None),
    }
    plat |= _personne(travailleur) | _entreprise(travailleur) | _contrat(travailleur, by, as_of)
    last = derniers_bilans(travailleur.entreprise_id, [travailleur.pk], as_of=as_of).get(travailleur.pk)
    plat["bilan.date"] = _day(last.held_on if last else None)
    return imbriquer(plat) | {
        "objectifs": _objectifs(travailleur, by),
        "demarches": _demarches(travailleur, by),
        "entretiens": [{"date": jour(_on(row)), "forme": row.get_form_display()} for row in held[:MOST_ITEMS]],
    }


def _personne(one: Travailleur) -> dict[str, str]:
    return {
        "travailleur.prenom": one.first_name,
        "travailleur.nom": one.name,
        "travailleur.naissance": _day(one.birth_date),
        "travailleur.rue": one.street,
        "travailleur.code_postal": one.postal_code,
        "travailleur.localite": one.city,
        "travailleur.telephone": one.phone,
        "travailleur.courriel": one.email,
        "travailleur.numero": one.number,
    }


def _entreprise(one: Travailleur) -> dict[str, str]:
    ei = one.entreprise
    return {
        "entreprise.nom": ei.name,
        "entreprise.rue": ei.street,
        "entreprise.code_postal": ei.postal_code,
        "entreprise.localite": ei.city,
        "entreprise.telephone": ei.phone,
        "entreprise.bce": ei.bce_display,
    }


def _contrat(travailleur: Travailleur, by: Actor, as_of: dt.date) -> dict[str, str]:
    rows = Engagement.objects.visible_to(by).filter(travailleur=travailleur, starts_on__lte=as_of)
    contract = rows.order_by("-starts_on", "-id").first()
    first = rows.order_by("starts_on").first()
    followed = SuiviPar.objects.visible_to(by).filter(travailleur=travailleur, kind=SuiviPar.Kind.REFERENT)
    referent = followed.filter(ends_on__isnull=True).select_related("accompagnateur").first()
    found = {
        "referent.nom": str(referent.accompagnateur) if referent else "",
        "suivi.depuis": _day(first.starts_on if first else None),
    }
    if contract is None:
        return found
    statut = StatutEngagement.objects.visible_to(by).filter(engagement=contract).first()
    return found | {
        "contrat.debut": _day(contract.starts_on),
        "contrat.fin": _day(contract.ends_on),
        "contrat.heures": f"{contract.hours_per_week.normalize():f}".replace(".", ","),
        "contrat.sorte": str(contract.get_contract_kind_display()),
        "contrat.site": contract.site,
        "contrat.statut": str(statut.get_statut_display()) if statut else "",
    }


def _held(travailleur: Travailleur, by: Actor) -> list[RendezVous]:
    rows = RendezVous.objects.visible_to(by).filter(
        travailleur=travailleur, kind=RendezVous.Kind.ENTRETIEN, status=RendezVous.Status.REALISE
    )
    return list(rows.order_by("-starts_at", "-id"))


def _objectifs(travailleur: Travailleur, by: Actor) -> list[dict[str, str]]:
    rows = Objectif.objects.visible_to(by).filter(travailleur=travailleur).exclude(status__in=CLOS)
    return [
        {
            "titre": row.title,
            "horizon": str(row.get_horizon_display()),
            "echeance": jour(row.review_on),
            "souhait": row.wish or "",
        }
        for row in rows.order_by("review_on", "id")[:MOST_ITEMS]
    ]


def _demarches(travailleur: Travailleur, by: Actor) -> list[dict[str, str]]:
    rows = Demarche.objects.visible_to(by).filter(travailleur=travailleur)
    return [
        {
            "texte": row.text,
            "date": _day(row.done_on or row.promised_for),
            "statut": str(row.get_status_display()),
        }
        for row in rows.order_by("-recorded_at", "-id")[:MOST_ITEMS]
    ]


def _on(row: RendezVous) -> dt.date:
    return timezone.localdate(row.starts_at)


def _day(value: dt.date | None) -> str:
    return jour(value) if value else ""
