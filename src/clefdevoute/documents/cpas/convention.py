"""
The convention of accompaniment with a CPAS about art. 60 § 7 workers, as a .docx to personalise and as a PDF.

The words are ours, written once for both; a blank line is left where the parties write. The .docx comes
from a model filled in Jinja's sandbox: what was typed is text, never a tag.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from docxtpl import DocxTemplate
from jinja2.sandbox import ImmutableSandboxedEnvironment

from clefdevoute.documents.feuille import Emission, Feuille, Partie, Signataire, feuille_pdf
from clefdevoute.law.kernel.money import date_fr
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.reseau.models import ConventionCpas, RapportCpas, Signature

MODELE = Path(__file__).resolve().parent / "convention.docx"
TITRE = "Convention d’accompagnement social"
SOUS_TITRE = "Travailleurs mis à disposition en application de l’article 60, § 7"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Personne:
    """A person under the convention, as the two parties name her."""

    nom: str
    naissance: dt.date | None
    du: dt.date
    au: dt.date

    @property
    def ligne(self) -> str:
        """Say who, and from when to when."""
        born = f" (naissance le {date_fr(self.naissance)})" if self.naissance else ""
        return f"{self.nom}{born} : du {date_fr(self.du)} au {date_fr(self.au)}"


@dataclass(frozen=True, slots=True)
class Convention:
    """All that the two files say."""

    entreprise: EntrepriseInsertion
    row: ConventionCpas
    personnes: Sequence[Personne]
    signatures: Sequence[Signature] = field(default_factory=tuple)

    def articles(self) -> list[Partie]:
        """Write the articles, in order."""
        return [
            self._parties(),
            Partie("2. Objet", (_OBJET,)),
            Partie("3. Personnes accompagnées", points=[one.ligne for one in self.personnes]),
            Partie(
                "4. Durée",
                (
                    f"La convention va du {date_fr(self.row.starts_on)} au {date_fr(self.row.ends_on)}. Elle ne "
                    "commence pas avant la dernière signature.",
                    _RENEWALS[self.row.renewal],
                ),
            ),
            Partie("5. Ce que fait l’entreprise d’insertion", points=_TACHES),
            self._reports(),
            Partie("7. Secret professionnel", (_SECRET,)),
            Partie("8. Fin avant terme", (_FIN,)),
        ]

    def _parties(self) -> Partie:
        entreprise, cpas = self.entreprise, self.row.cpas
        seat = ", ".join(x for x in (entreprise.street, f"{entreprise.postal_code} {entreprise.city}".strip()) if x)
        ours = (entreprise.name, f"BCE {entreprise.bce_display}", seat)
        theirs = (cpas.name, f"BCE {cpas.bce}" if cpas.bce else "", cpas.address)
        return Partie(
            "1. Parties",
            lignes=(
                ("L’entreprise d’insertion", [word for word in ours if word]),
                ("Le CPAS", [word for word in theirs if word]),
            ),
        )

    def _reports(self) -> Partie:
        if self.row.report_months is None:
            return Partie("6. Rapports au CPAS", ("Aucun rapport n’est convenu.",))
        pace = "chaque mois" if self.row.report_months == 1 else f"tous les {self.row.report_months} mois"
        labels = dict(RapportCpas.Section.choices)
        return Partie(
            "6. Rapports au CPAS",
            (f"L’entreprise envoie un rapport {pace} et un à la fin de la mise à disposition. Il dit seulement :",),
            points=[str(labels[code]) for code in self.row.sections if code in labels],
        )


_OBJET = (
    "L’entreprise d’insertion assure l’accompagnement social des travailleurs que le CPAS met à sa disposition en "
    "application de l’article 60, § 7, de la loi organique des CPAS."
)
_TACHES = (
    "Des entretiens individuels et collectifs réguliers, en face à face, au moins tous les six mois.",
    "Un bilan personnel et professionnel, et des objectifs à court, moyen et long terme.",
    "Un plan de formation, l’intermédiation avec d’autres employeurs et l’information sur la validation des "
    "compétences, quand c’est utile à la personne.",
    "Un dossier individuel tenu à jour, lu par les seuls accompagnateurs sociaux.",
)
_SECRET = (
    "L’accompagnateur social est tenu au secret professionnel. Il ne transmet au CPAS ni notes d’entretien, ni bilan, "
    "ni donnée de santé. La personne sait ce qui est transmis et peut le lire."
)
_FIN = (
    "Chaque partie peut dénoncer la convention par écrit, en donnant son motif et la date d’effet. Les rapports dus à "
    "cette date restent dus."
)
_RENEWALS: dict[str, str] = {
    ConventionCpas.Renewal.AUCUN: "Elle n’est pas reconduite.",
    ConventionCpas.Renewal.EXPRESSE: "Elle se renouvelle par une nouvelle convention, demandée avant son terme.",
    ConventionCpas.Renewal.TACITE: "Elle se reconduit pour la même durée si aucune partie ne s’y oppose par écrit.",
}


def convention_pdf(convention: Convention, *, emission: Emission) -> bytes:
    """Set the convention in type, with a box for each who signs."""
    row = convention.row
    sheet = Feuille(
        titre=TITRE,
        sous_titre=SOUS_TITRE,
        pied=(convention.entreprise.name, row.reference or f"Convention du {date_fr(row.starts_on)}"),
        identite=(("Référence", row.reference),) if row.reference else (),
        parties=convention.articles(),
        signatures=[
            Signataire(one.get_party_display(), one.name, f"signé le {date_fr(one.signed_on)}" if one.signed_on else "")
            for one in convention.signatures
        ],
    )
    return feuille_pdf(sheet, emission=emission)


def convention_docx(convention: Convention) -> bytes:
    """Fill the editable model."""
    template = DocxTemplate(MODELE)
    context = {
        "titre": TITRE,
        "sous_titre": SOUS_TITRE,
        "reference": convention.row.reference,
        "articles": [
            {
                "titre": part.titre,
                "paragraphes": [*part.paragraphes, *(f"{nom} : {', '.join(valeurs)}" for nom, valeurs in part.lignes)],
                "points": list(part.points),
            }
            for part in convention.articles()
        ],
        "signatures": [{"partie": one.get_party_display(), "nom": one.name} for one in convention.signatures],
    }
    template.render(context, jinja_env=ImmutableSandboxedEnvironment(), autoescape=True)
    written = BytesIO()
    template.save(written)
    return written.getvalue()
