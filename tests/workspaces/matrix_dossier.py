"""The addresses of one person's dossier, and what each needs inside an enterprise."""

from clefdevoute.records.foundation.access import Role
from tests.records.factories import EngagementFactory
from tests.records.factories_agenda import EmpechementFactory
from tests.records.factories_dossier import DemarcheFactory, ObjectifFactory, SyntheseFactory
from tests.workspaces.matrix import Entry, register

SUIVI = frozenset({Role.ACCOMPAGNATEUR})


def person(entreprise):
    return {"pk": EngagementFactory(travailleur__entreprise=entreprise, travailleur__phone="1").travailleur.pk}


def goal(entreprise):
    row = ObjectifFactory(travailleur__entreprise=entreprise)
    return {"pk": row.travailleur_id, "objectif": row.pk}


def step(entreprise):
    row = DemarcheFactory(travailleur__entreprise=entreprise)
    return {"pk": row.travailleur_id, "demarche": row.pk}


def synthesis(entreprise):
    row = SyntheseFactory(travailleur__entreprise=entreprise)
    return {"pk": row.travailleur_id, "synthese": row.pk}


def impeded(entreprise):
    row = EmpechementFactory(travailleur__entreprise=entreprise)
    return {"pk": row.travailleur_id, "empechement": row.pk}


def twins(entreprise):
    return person(entreprise) | {"autre": person(entreprise)["pk"]}


def entry(name, make=person, **more):
    return Entry(name=f"accompagnateur:{name}", kwargs=make, roles=SUIVI, **more)


register(
    [
        entry("dossier"),
        entry("ajouter"),
        entry("statuts", post=True),
        entry("objectif_nouveau"),
        entry("objectif", goal),
        entry("objectif_ligne", post=True),
        entry("demarche_nouvelle"),
        entry("demarche", step),
        entry("demarche_ligne", post=True),
        entry("aucune_demarche", post=True),
        entry("synthese"),
        entry("synthese_confirmer", synthesis, post=True),
        entry("acces"),
        entry("signaletique"),
        entry("doublon", twins, post=True),
        entry("empechements"),
        entry("empechement_retour", impeded, post=True),
        entry("empechement_retirer", impeded, post=True),
        Entry(name="accompagnateur:chercher", roles=SUIVI),
    ]
)
