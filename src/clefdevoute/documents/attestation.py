"""The attestation of social support that a person takes along: dates and numbers, never what was said."""

import datetime as dt

from clefdevoute.documents.feuille import Emission, Feuille, Partie, Signataire, feuille_pdf
from clefdevoute.documents.justification import texte as t
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi.attestation import Faits

TITRE = "Attestation d’accompagnement social"


def attestation_pdf(
    *, entreprise: EntrepriseInsertion, travailleur: Travailleur, faits: Faits, emission: Emission
) -> bytes:
    """Set the attestation in type, with a box to sign."""
    seat = ", ".join(
        part for part in (entreprise.street, f"{entreprise.postal_code} {entreprise.city}".strip()) if part
    )
    identite = [("Entreprise d’insertion", entreprise.name), ("Numéro BCE", entreprise.bce_display)]
    identite += [("Siège", seat)] if seat else []
    identite += [("Personne", f"{travailleur.first_name} {travailleur.name}")]
    identite += [("Date de naissance", t.jour(travailleur.birth_date))] if travailleur.birth_date else []
    feuille = Feuille(
        titre=TITRE,
        pied=(entreprise.name, TITRE),
        identite=identite,
        parties=(
            Partie(
                "Ce que nous attestons",
                paragraphes=(
                    f"{travailleur.first_name} {travailleur.name} a travaillé dans notre entreprise d’insertion du "
                    f"{t.jour_long(faits.du)} au {t.jour_long(faits.au)} et y a été suivi par le service "
                    "d’accompagnement social, au sens du décret wallon du 20 octobre 2016.",
                ),
                points=_points(faits),
            ),
            Partie(
                "Ce que cette attestation ne dit pas",
                paragraphes=(
                    "Le contenu des entretiens et du dossier reste couvert par le secret professionnel. Personne ne "
                    "peut le demander sur la base de cette attestation.",
                ),
            ),
        ),
        signatures=(Signataire("Accompagnement social", emission.par),),
        signer="Date et signature :",
    )
    return feuille_pdf(feuille, emission=emission)


def nom_de_fichier(travailleur: Travailleur, le: dt.date) -> str:
    """Name the file."""
    return f"attestation-{travailleur.number}-{le:%Y-%m-%d}.pdf"


def _points(faits: Faits) -> list[str]:
    held = _compte(faits.entretiens, "entretien individuel", "entretiens individuels")
    if faits.entretiens and faits.face_a_face != faits.entretiens:
        held += f", dont {faits.face_a_face} en face à face"
    return [f"{held} ;", f"{_compte(faits.seances, 'séance collective', 'séances collectives')}."]


def _compte(count: int, one: str, many: str) -> str:
    return f"{count}\u00a0{one if count < 2 else many}" if count else f"aucun{'e' if one[0] == 's' else ''} {one}"
