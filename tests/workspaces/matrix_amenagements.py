"""The addresses of the adjustments on both sides of the wall, and what each needs inside an enterprise."""

from clefdevoute.records.amenagements import actions
from clefdevoute.records.foundation.access import Role
from tests.records.factories import NOW, AffectationFactory, TravailleurFactory, actor
from tests.records.factories_amenagements import AmenagementFactory
from tests.workspaces.matrix import Entry, register
from tests.workspaces.matrix_parcours import SUIVI, person, suivi


def one(entreprise, **traits):
    return AmenagementFactory(travailleur=TravailleurFactory(entreprise=entreprise), **traits)


def need(entreprise):
    return {"pk": one(entreprise).pk}


def analysed(entreprise):
    return {"pk": one(entreprise, analyse=True).pk}


def told(entreprise):
    return {"pk": one(entreprise, dit=True).pk}


def sent(entreprise):
    """Send a notice as an accompagnateur of the enterprise does."""
    row = one(entreprise, analyse=True)
    held = AffectationFactory(role="accompagnateur", entreprise=entreprise)
    return actions.remettre_avis(amenagement=row, by=actor(Role.ACCOMPAGNATEUR, entreprise, user=held.user), now=NOW)


def notice(entreprise):
    return {"pk": sent(entreprise).pk}


def noticed(entreprise):
    return {"pk": sent(entreprise).amenagement_id}


register(
    [
        Entry(name="accompagnateur:amenagements", roles=SUIVI),
        Entry(name="accompagnateur:amenagement_nouveau", roles=SUIVI),
        suivi("amenagements_personne", person),
        suivi("amenagement_besoin", person),
        suivi("amenagement", need),
        suivi("amenagement_analyser", need),
        suivi("avis", analysed),
        suivi("avis_pdf", noticed),
        suivi("amenagement_dire", told),
        suivi("amenagement_revoir", told),
        suivi("amenagement_clore", need),
        suivi("amenagement_sante", need),
        Entry(name="gestionnaire:amenagements"),
        Entry(name="gestionnaire:amenagement", kwargs=notice),
        Entry(name="gestionnaire:amenagement_avis", kwargs=notice),
    ]
)
