"""What the two clocks look at: interviews held or missed, and impediments (A15)."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal

from clefdevoute.law.kernel.errors import BadFact
from clefdevoute.law.kernel.money import date_fr
from clefdevoute.law.kernel.registry import Fact

Sorte = Literal["individuel", "collectif"]
Forme = Literal["face_a_face", "telephone", "video", "ecrit"]
Statut = Literal["fait", "prevu", "refuse", "excuse", "absent", "annule", "reporte"]


@dataclass(frozen=True, slots=True)
class Entretien:
    """One appointment as it went; only one held, face to face and attended, winds the clock."""

    date: Annotated[dt.date, Fact("Jour de l'entretien ou de la séance.")]
    sorte: Annotated[Sorte, Fact("Entretien individuel ou séance collective.")]
    statut: Annotated[Statut, Fact("Comment il s'est passé : seul « fait » compte.")] = "fait"
    forme: Annotated[Forme, Fact("En face à face ou autrement : seul le face à face compte.")] = "face_a_face"
    present: Annotated[bool, Fact("La personne est cochée présente.")] = True

    @property
    def counts(self) -> bool:
        """Whether this appointment winds its clock."""
        return self.statut == "fait" and self.forme == "face_a_face" and self.present


@dataclass(frozen=True, slots=True)
class Empechement:
    """A reasoned impediment, such as a long illness: shown apart, never as an interview done."""

    debut: Annotated[dt.date, Fact("Premier jour de l'empêchement.")]
    motif: Annotated[str, Fact("Raison, sans détail médical.", example="Incapacité de travail")]
    retour: Annotated[dt.date | None, Fact("Jour du retour, s'il est connu.")] = None

    def __post_init__(self) -> None:
        """Refuse an impediment without reason, or that ends before it begins."""
        if not self.motif.strip():
            raise BadFact("« motif » : un empêchement se motive. Écrivez sa raison, sans détail médical.")
        if self.retour is not None and self.retour < self.debut:
            raise BadFact(
                f"« retour » : le retour du {date_fr(self.retour)} précède le début du {date_fr(self.debut)}. "
                f"Vérifiez les deux dates."
            )


AsOf = Annotated[dt.date, Fact("Jour où l'on regarde.")]
Engagement = Annotated[dt.date, Fact("Premier jour de la personne dans l'entreprise.")]
DebutFonction = Annotated[dt.date, Fact("Jour où la fonction d'accompagnement social a commencé dans l'entreprise.")]
Entretiens = Annotated[tuple[Entretien, ...], Fact("Entretiens et séances de la personne, dans n'importe quel ordre.")]
Empechements = Annotated[tuple[Empechement, ...], Fact("Empêchements motivés, passés et en cours.")]
Sortie = Annotated[dt.date | None, Fact("Dernier jour dans l'entreprise, s'il est connu.")]
