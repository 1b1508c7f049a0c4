"""
Where a year's file may stand, who moves it, what each side reads: data, from which the diagram is drawn.

On an installation without the administration, the enterprise *notes* what a letter told it: those moves
belong to the administration and are marked ``noted``. This issue offers the enterprise's moves alone.
"""

from dataclasses import dataclass
from enum import StrEnum

from .models import Subvention

State = Subvention.State


class Side(StrEnum):
    """The two sides of a file."""

    ENTREPRISE = "entreprise"
    ADMINISTRATION = "administration"


@dataclass(frozen=True, slots=True)
class Transition:
    """One permitted move; ``noted`` when the enterprise may note it from a letter."""

    origin: Subvention.State | None
    target: Subvention.State
    side: Side
    noted: bool = False


EI, ADM = Side.ENTREPRISE, Side.ADMINISTRATION

TRANSITIONS: tuple[Transition, ...] = (
    Transition(None, State.CONTRAT_TRANSMIS, EI),
    Transition(State.CONTRAT_TRANSMIS, State.AVANCE_DECIDEE, ADM, noted=True),
    Transition(State.CONTRAT_TRANSMIS, State.SANS_SUITE, EI),
    Transition(State.AVANCE_DECIDEE, State.AVANCE_LIQUIDEE, ADM, noted=True),
    Transition(State.AVANCE_DECIDEE, State.SANS_SUITE, EI),
    Transition(State.AVANCE_LIQUIDEE, State.PIECES_DEMANDEES, ADM, noted=True),
    Transition(State.CONTRAT_TRANSMIS, State.JUSTIFICATION_TRANSMISE, EI),
    Transition(State.AVANCE_DECIDEE, State.JUSTIFICATION_TRANSMISE, EI),
    Transition(State.AVANCE_LIQUIDEE, State.JUSTIFICATION_TRANSMISE, EI),
    Transition(State.PIECES_DEMANDEES, State.JUSTIFICATION_TRANSMISE, EI),
    Transition(State.CORRECTION_DEMANDEE, State.JUSTIFICATION_TRANSMISE, EI),
    Transition(State.JUSTIFICATION_TRANSMISE, State.EN_CONTROLE, ADM),
    Transition(State.JUSTIFICATION_TRANSMISE, State.CORRECTION_DEMANDEE, ADM, noted=True),
    Transition(State.JUSTIFICATION_TRANSMISE, State.SOLDE_LIQUIDE, ADM, noted=True),
    Transition(State.JUSTIFICATION_TRANSMISE, State.A_REMBOURSER, ADM, noted=True),
    Transition(State.EN_CONTROLE, State.CORRECTION_DEMANDEE, ADM),
    Transition(State.EN_CONTROLE, State.CONTROLEE, ADM),
    Transition(State.CONTROLEE, State.EN_CONTROLE, ADM),
    Transition(State.CONTROLEE, State.VALIDEE, ADM),
    Transition(State.VALIDEE, State.SOLDE_LIQUIDE, ADM, noted=True),
    Transition(State.VALIDEE, State.A_REMBOURSER, ADM, noted=True),
    Transition(State.SOLDE_LIQUIDE, State.CLOTUREE, ADM, noted=True),
    Transition(State.A_REMBOURSER, State.CLOTUREE, ADM, noted=True),
)

LABELS: dict[Subvention.State, tuple[str, str]] = {
    State.CONTRAT_TRANSMIS: ("Contrat envoyé", "Avance à décider"),
    State.AVANCE_DECIDEE: ("Avance décidée", "Avance à payer"),
    State.AVANCE_LIQUIDEE: ("Avance reçue", "Avance payée"),
    State.PIECES_DEMANDEES: ("Pièces à envoyer", "Pièces demandées"),
    State.JUSTIFICATION_TRANSMISE: ("Envoyée", "À contrôler"),
    State.EN_CONTROLE: ("En contrôle", "En contrôle"),
    State.CORRECTION_DEMANDEE: ("À corriger", "Correction demandée"),
    State.CONTROLEE: ("En contrôle", "À valider"),
    State.VALIDEE: ("Acceptée", "À payer"),
    State.SOLDE_LIQUIDE: ("Solde reçu", "Solde payé"),
    State.A_REMBOURSER: ("À rembourser", "Remboursement attendu"),
    State.CLOTUREE: ("Clôturée", "Clôturée"),
    State.SANS_SUITE: ("Sans suite", "Sans suite"),
}
"""The words of each state: for the enterprise, for the administration."""

OWNERS: dict[Subvention.State, Side | None] = {
    State.CONTRAT_TRANSMIS: ADM,
    State.AVANCE_DECIDEE: ADM,
    State.AVANCE_LIQUIDEE: EI,
    State.PIECES_DEMANDEES: EI,
    State.JUSTIFICATION_TRANSMISE: ADM,
    State.EN_CONTROLE: ADM,
    State.CORRECTION_DEMANDEE: EI,
    State.CONTROLEE: ADM,
    State.VALIDEE: ADM,
    State.SOLDE_LIQUIDE: ADM,
    State.A_REMBOURSER: EI,
    State.CLOTUREE: None,
    State.SANS_SUITE: None,
}
"""Who must move next; nobody once a file is ended."""

TRANSMISES = frozenset(
    {
        State.JUSTIFICATION_TRANSMISE,
        State.EN_CONTROLE,
        State.CONTROLEE,
        State.VALIDEE,
        State.SOLDE_LIQUIDE,
        State.A_REMBOURSER,
        State.CLOTUREE,
    }
)
"""Where the package has left and nothing more is asked of it; a correction asked opens it again."""


def label(state: str, side: Side) -> str:
    """Say a state in the words of one side."""
    return LABELS[State(state)][0 if side is Side.ENTREPRISE else 1]


def transition(origin: str, target: str) -> Transition | None:
    """Find the permitted move between two states, if there is one."""
    return next((one for one in TRANSITIONS if one.origin == origin and one.target == target), None)


def notable_from(state: str) -> tuple[Subvention.State, ...]:
    """List what the enterprise may note from a letter in a state."""
    return tuple(one.target for one in TRANSITIONS if one.origin == state and one.noted)


def as_mermaid() -> str:
    """Draw the states as Mermaid, one arrow per move, with who moves."""
    lines = ["stateDiagram-v2"]
    for one in TRANSITIONS:
        origin = one.origin.value if one.origin else "[*]"
        who = "administration, noté par l’entreprise" if one.noted else one.side.value
        lines.append(f"    {origin} --> {one.target.value} : {who}")
    lines += [f"    {state.value} --> [*]" for state, owner in OWNERS.items() if owner is None]
    return "\n".join(lines)


def as_page() -> str:
    """Write the page docs/reference/etats-subvention.md: the diagram and the table of labels."""
    rows = [
        f"| `{state.value}` | {LABELS[state][0]} | {LABELS[state][1]} | {OWNERS[state] or 'personne'} |"
        for state in State
    ]
    return "\n".join(
        [
            "# Les états d’une subvention annuelle",
            "",
            "Page produite par `clefdevoute.records.subventions.etats` : un test vérifie qu’elle est à jour.",
            "La ligne d’une année commence quand le contrat est transmis ; il n’y a pas d’état avant.",
            "",
            "```mermaid",
            as_mermaid(),
            "```",
            "",
            "| État | Pour l’entreprise | Pour l’administration | Qui doit bouger |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )
