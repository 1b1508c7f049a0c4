"""A report to a CPAS: what the dates already say, then what is written, in the agreed sections alone."""

import datetime as dt

from clefdevoute.documents.feuille import Emission, Feuille, Partie, feuille_pdf
from clefdevoute.law.kernel.money import date_fr
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.reseau import facts
from clefdevoute.records.reseau.actions.rapports import texts_of
from clefdevoute.records.reseau.models import RapportCpas

Section = RapportCpas.Section


def prefill(rapport: RapportCpas) -> dict[str, str]:
    """Write what the dates say, for the agreed sections that dates can fill; the rest stays to be written."""
    start, end = facts.debut_rapport(rapport), rapport.due_on
    found = dict.fromkeys(rapport.sections, "")
    if Section.PRESENCE in found:
        found[Section.PRESENCE] = _absences(rapport, start, end)
    if Section.ENTRETIENS in found:
        days = [date_fr(day) for day in facts.dates_entretiens(rapport.travailleur, start, end)]
        found[Section.ENTRETIENS] = f"Entretiens tenus : {', '.join(days)}." if days else "Aucun entretien tenu."
    return found


def rapport_pdf(rapport: RapportCpas, *, entreprise: EntrepriseInsertion, emission: Emission) -> bytes:
    """Set in type what is written; a section without text is left out."""
    texts, labels = texts_of(rapport), dict(Section.choices)
    person = rapport.travailleur
    start = facts.debut_rapport(rapport)
    sheet = Feuille(
        titre="Rapport au CPAS",
        sous_titre=f"Période du {date_fr(start)} au {date_fr(rapport.due_on)}",
        pied=(entreprise.name, f"Rapport attendu le {date_fr(rapport.due_on)}"),
        identite=(
            ("CPAS", rapport.convention.cpas.name),
            ("Convention", rapport.convention.reference or str(rapport.convention)),
            ("Personne", f"{person.first_name} {person.name}"),
            ("Entreprise d’insertion", entreprise.name),
        ),
        parties=[Partie(str(labels[code]), (texts[code],)) for code in rapport.sections if texts.get(code)],
        note="Ce rapport contient ce que la convention prévoit, et rien d’autre. La personne peut le lire.",
    )
    return feuille_pdf(sheet, emission=emission)


def _absences(rapport: RapportCpas, start: dt.date, end: dt.date) -> str:
    stretches = facts.dates_presence(rapport.travailleur, start, end)
    if not stretches:
        return "Présence sans absence dans la période."
    said = [
        f"du {date_fr(since)} au {date_fr(until)}" if until else f"depuis le {date_fr(since)}"
        for since, until in stretches
    ]
    return f"Absences : {' ; '.join(said)}."
