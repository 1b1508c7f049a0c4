"""The rows of the agenda; see the modules for their reasons."""

from clefdevoute.records.agenda.models.base import Motif
from clefdevoute.records.agenda.models.empechements import Empechement
from clefdevoute.records.agenda.models.feuilles import FeuillePresence
from clefdevoute.records.agenda.models.flux import Convocation, Courriel, FluxAgenda
from clefdevoute.records.agenda.models.rendez_vous import RendezVous
from clefdevoute.records.agenda.models.seances import Presence, Seance

__all__ = [
    "Convocation",
    "Courriel",
    "Empechement",
    "FeuillePresence",
    "FluxAgenda",
    "Motif",
    "Presence",
    "RendezVous",
    "Seance",
]
