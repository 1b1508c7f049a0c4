"""May personal data go to the Forem, and which (task 8 of the eleven; P26; droit § 4.1, 12)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import date_fr
from clefdevoute.law.kernel.parameters import Parameter
from clefdevoute.law.kernel.registry import Fact, rule

_PARAMETERS = Path(__file__).parent / "parameters"
CHAMPS_ADMIS = Parameter.load(_PARAMETERS / "champs_admis.yaml")
CHAMPS_EXCLUS = Parameter.load(_PARAMETERS / "champs_exclus.yaml")
NISS = "niss"

AsOf = Annotated[dt.date, Fact("Jour de l'envoi.")]
ConsentementLe = Annotated[dt.date | None, Fact("Jour du consentement écrit de la personne.")]
Version = Annotated[
    str, Fact("Version du texte auquel la personne a consenti ; sans elle, le consentement ne vaut pas.", example="1")
]
VersionEnVigueur = Annotated[str, Fact("Version du texte en vigueur ; vide, toute version vaut.", example="1")]
RetireLe = Annotated[dt.date | None, Fact("Jour où la personne a retiré son consentement.")]
DeiDepuis = Annotated[dt.date | None, Fact("Jour depuis lequel la personne est demandeur d'emploi inoccupé (DEI).")]
RechercheEmploi = Annotated[bool, Fact("La personne cherche un emploi.")]
Champs = Annotated[
    tuple[str, ...], Fact("Données que l'on veut envoyer ; vide, toutes celles admises.", example=["nom", "contact"])
]
NissSaisi = Annotated[bool, Fact("Le NISS est tapé exprès pour cet envoi.")]


@dataclass(frozen=True, slots=True)
class Transmission:
    """Whether the packet may go, what it may hold, and what stands in the way."""

    autorisee: Annotated[bool, Fact("L'envoi est permis.")]
    champs: Annotated[tuple[str, ...], Fact("Données que l'envoi peut contenir.")]
    champs_refuses: Annotated[tuple[str, ...], Fact("Données demandées qui n'y entrent pas.")]
    motifs: Annotated[tuple[str, ...], Fact("Ce qui manque pour que l'envoi soit permis.")]


@rule(
    "Le consentement à l'envoi au Forem vaut-il ce jour-là ?", "Page « Accompagnement social », tâche 8", public=False
)
def consentement(
    *,
    as_of: dt.date,
    consentement_le: dt.date | None,
    version: str,
    version_en_vigueur: str,
    retire_le: dt.date | None,
) -> Explained[bool]:
    """Answer whether a dated, versioned consent stands on the day; withdrawn the same day, it no longer does."""
    if consentement_le is None or consentement_le > as_of:
        return Explained(value=False, sentence="Pas de consentement donné : demandez-le et datez-le.")
    given = f"Consentement du {date_fr(consentement_le)}"
    if retire_le is not None and consentement_le <= retire_le <= as_of:
        return Explained(value=False, sentence=f"{given}, retiré le {date_fr(retire_le)} : rien ne part.")
    if not version.strip():
        return Explained(value=False, sentence=f"{given} sans version du texte : dites à quel texte il répond.")
    if version_en_vigueur and version != version_en_vigueur:
        return Explained(
            value=False,
            sentence=f"{given}, donné au texte {version} ; le texte est devenu {version_en_vigueur} : redemandez-le.",
        )
    return Explained(value=True, sentence=f"{given}, texte {version}, non retiré.")


@rule("La personne est-elle DEI et en recherche d'emploi ?", "Page « Accompagnement social », tâche 8", public=False)
def recherche(*, as_of: dt.date, dei_depuis: dt.date | None, recherche_emploi: bool) -> Explained[bool]:
    """Answer whether the two further conditions of the text are met on the day."""
    if dei_depuis is None or dei_depuis > as_of:
        return Explained(value=False, sentence="Pas encore demandeur d'emploi inoccupé (DEI) : l'envoi attend.")
    since = f"DEI depuis le {date_fr(dei_depuis)}"
    if not recherche_emploi:
        return Explained(value=False, sentence=f"{since}, mais ne cherche pas d'emploi : rien ne part.")
    return Explained(value=True, sentence=f"{since}, en recherche d'emploi.")


def _codes(rows: tuple[Mapping[str, Any], ...]) -> tuple[str, ...]:
    return tuple(str(row["code"]) for row in rows)


@rule("Les données peuvent-elles être transmises au Forem, et lesquelles ?", "AGW du 24/05/2017, art. 3", "P26")
def transmission(
    *,
    as_of: AsOf,
    consentement_le: ConsentementLe = None,
    version_consentement: Version = "",
    version_en_vigueur: VersionEnVigueur = "",
    retire_le: RetireLe = None,
    dei_depuis: DeiDepuis = None,
    recherche_emploi: RechercheEmploi = False,
    champs: Champs = (),
    niss_saisi: NissSaisi = False,
) -> Explained[Transmission]:
    """Answer yes only with a standing consent and a person who is DEI and looking for work."""
    allowed, never = CHAMPS_ADMIS.at(as_of), CHAMPS_EXCLUS.at(as_of)
    admitted = _codes(allowed.value) + ((NISS,) if niss_saisi else ())
    wanted = tuple(dict.fromkeys(champs)) or admitted
    kept = tuple(code for code in admitted if code in wanted)
    refused = tuple(code for code in wanted if code not in admitted)
    steps = (
        consentement(
            as_of=as_of,
            consentement_le=consentement_le,
            version=version_consentement,
            version_en_vigueur=version_en_vigueur,
            retire_le=retire_le,
        ),
        recherche(as_of=as_of, dei_depuis=dei_depuis, recherche_emploi=recherche_emploi),
    )
    reasons = tuple(step.sentence for step in steps if not step.value)
    if not reasons and not kept:
        reasons = ("Aucune donnée admise n'est choisie : choisissez-en une.",)
    may = not reasons
    verdict = f"permis, données : {', '.join(kept)}" if may else "refusé, voyez ce qui manque"
    left_out = f" Jamais envoyé : {', '.join(refused)}." if refused else ""
    return Explained(
        value=Transmission(may, kept if may else (), refused, reasons),
        sentence=f"Envoi au Forem du {date_fr(as_of)} : {verdict}.{left_out}",
        law=(allowed, never),
        because=steps,
    )
