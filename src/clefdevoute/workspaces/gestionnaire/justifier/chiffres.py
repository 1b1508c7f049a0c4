"""The figures of a décompte, each with the question that opens its reasons; live or frozen, it is the same reading."""

from dataclasses import dataclass
from decimal import Decimal

from clefdevoute.law.accompagnement_social.decompte import Decompte
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.ui.formats import euros
from clefdevoute.ui.why import Why
from clefdevoute.workspaces.gestionnaire.justifier.pourquoi import pourquoi

# (name, field of the décompte, rule that explains it, how the question names it)
FIGURES = (
    ("Plafond du palier", "plafond", "accompagnement_social.droit", "de plafond"),
    ("Montant accordé", "octroye", "", ""),
    ("Avance", "avance", "accompagnement_social.avance", "d’avance"),
    ("Coût salarial admissible", "cout_salarial", "accompagnement_social.cout_salarial", "de coût salarial"),
    ("À justifier par les tableaux", "a_justifier", "accompagnement_social.montant_a_justifier", "à justifier"),
    ("Frais retenus", "frais_retenus", "accompagnement_social.tableaux", "de frais"),
    ("Total justifié", "justifie", "", ""),
    ("Solde", "solde", "accompagnement_social.solde", "de solde"),
)
STRONG = frozenset({"justifie", "solde"})


@dataclass(frozen=True, slots=True)
class Chiffre:
    """A figure of the year."""

    name: str
    amount: Decimal
    strong: bool
    why: Why | None


def chiffres(explained: Explained[Decompte]) -> tuple[Chiffre, ...]:
    """Read the figures in the order in which a person checks them."""
    found = []
    for name, field, rule, words in FIGURES:
        amount = getattr(explained.value, field)
        step = next((one for one in explained.because if one.rule == rule), None)
        question = f"Pourquoi {euros(amount)} {words} ?"
        found.append(Chiffre(name, amount, field in STRONG, pourquoi(step, question) if step is not None else None))
    return tuple(found)


def arbre(explained: Explained[Decompte]) -> Why:
    """Open the whole year from one question."""
    return pourquoi(explained, f"Pourquoi {euros(explained.value.justifie)} justifiés cette année ?")
