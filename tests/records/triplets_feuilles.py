"""The cases of the constraints of signed attendance sheets."""

from clefdevoute.records.agenda.models import FeuillePresence
from tests.records.factories_agenda import NOTED
from tests.records.factories_sorties import FeuillePresenceFactory
from tests.records.triplets_frais import Case


def _joined():
    row: FeuillePresence = FeuillePresenceFactory()
    return {"seance": row.seance, "entreprise": row.entreprise, "proof": row.proof}


CASES = [Case("feuille_once_per_seance", FeuillePresenceFactory, {}, {"withdrawn_at": NOTED}, _joined)]
