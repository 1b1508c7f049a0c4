"""The addresses of handovers and of the part in the management, and what each needs inside an enterprise."""

from tests.records.factories_sorties import PartPriseFactory, RelevePersonneFactory
from tests.workspaces.matrix import register
from tests.workspaces.matrix_seances import entry, kept


def handover(entreprise):
    return {"pk": RelevePersonneFactory(releve__entreprise=entreprise).releve_id}


def part(entreprise):
    return {"pk": PartPriseFactory(participation__entreprise=entreprise).participation_id}


def proved(entreprise):
    return {
        "pk": PartPriseFactory(
            participation__entreprise=entreprise, participation__proof=kept(entreprise)
        ).participation_id
    }


register(
    [
        entry("releve"),
        entry("releve_nouvelle"),
        entry("sans_referent"),
        entry("releve_fiche", handover),
        entry("releve_fin", handover),
        entry("participations"),
        entry("participation_nouvelle"),
        entry("participation", part),
        entry("participation_annuler", part),
        entry("participation_preuve", proved),
    ]
)
