"""The addresses of the three paths and of the adjustments, and what each needs inside an enterprise."""

from clefdevoute.records.foundation.access import Role
from tests.records import factories_parcours as p
from tests.records.factories import TravailleurFactory
from tests.workspaces.matrix import Entry, register

SUIVI = frozenset({Role.ACCOMPAGNATEUR})


def person(entreprise):
    return {"pk": TravailleurFactory(entreprise=entreprise).pk}


def task(entreprise):
    return person(entreprise) | {"task": 6}


def row(factory, **traits):
    def make(entreprise):
        found = factory(**traits, **{_root(factory): entreprise})
        return {"pk": found.pk}

    return make


def _root(factory):
    path = {
        p.DemandeExpertiseFactory: "plan__travailleur__entreprise",
        p.ModuleFormationFactory: "plan__travailleur__entreprise",
        p.EtapeJobcoachingFactory: "jobcoaching__travailleur__entreprise",
        p.EpreuveValidationFactory: "validation__travailleur__entreprise",
    }
    return path.get(factory, "travailleur__entreprise")


def suivi(name, kwargs, *, post=False):
    return Entry(name=f"accompagnateur:{name}", kwargs=kwargs, roles=SUIVI, post=post)


plan, job, path = row(p.PlanFormationFactory), row(p.JobcoachingFactory), row(p.ValidationCompetencesFactory)
module = row(p.ModuleFormationFactory)

register(
    [
        suivi("formation", person),
        suivi("plan_nouveau", person),
        suivi("expertise", plan),
        suivi("expertise_repondre", row(p.DemandeExpertiseFactory)),
        suivi("module_nouveau", plan),
        suivi("module", module),
        suivi("module_heures", module),
        suivi("plan_evaluer", plan),
        suivi("sans_objet", task),
        suivi("sans_objet_lever", row(p.SansObjetFactory), post=True),
        suivi("emploi", person),
        suivi("jobcoaching_nouveau", person),
        suivi("fin_de_contrat", person),
        suivi("jobcoaching_viser", job),
        suivi("etape_nouvelle", job),
        suivi("etape_conclure", row(p.EtapeJobcoachingFactory)),
        suivi("jobcoaching_clore", job),
        suivi("validation", person),
        suivi("validation_informer", person),
        suivi("validation_feuille", person),
        suivi("validation_interet", path),
        suivi("validation_inscrire", path),
        suivi("validation_guider", path),
        suivi("epreuve_nouvelle", path),
        suivi("epreuve_resultat", row(p.EpreuveValidationFactory)),
        suivi("validation_arreter", path),
        suivi("competences", person),
    ]
)
