"""The addresses of the agenda, and what each needs inside an enterprise; two roles share them, one is public."""

from clefdevoute.records.agenda.actions.flux import token_hash
from clefdevoute.records.foundation.access import Role
from tests.records.factories import AccompagnateurFactory, AffectationFactory, TravailleurFactory
from tests.records.factories_agenda import (
    CourrielFactory,
    EmpechementFactory,
    FluxAgendaFactory,
    PresenceFactory,
    RendezVousFactory,
)
from tests.workspaces.matrix import Entry, nothing, register

AGENDA = frozenset({Role.ACCOMPAGNATEUR, Role.SECRETARIAT})
TOKEN = "cle-d-essai"


def entry(name, kwargs=nothing, **more):
    return Entry(name=f"agenda:{name}", kwargs=kwargs, roles=AGENDA, **more)


def person(entreprise):
    return {"pk": TravailleurFactory(entreprise=entreprise).pk}


def meeting(entreprise):
    return {"pk": RendezVousFactory(travailleur__entreprise=entreprise, travailleur__email="x@exemple.be").pk}


def seance(entreprise):
    return {"pk": PresenceFactory(seance__accompagnateur__entreprise=entreprise).seance_id}


def place(entreprise):
    return {"pk": PresenceFactory(seance__accompagnateur__entreprise=entreprise).pk}


def impediment(entreprise):
    return {"pk": EmpechementFactory(travailleur__entreprise=entreprise).pk}


def mail(entreprise):
    return {"pk": CourrielFactory(entreprise=entreprise).pk}


def feed(entreprise):
    user = AffectationFactory(entreprise=entreprise, role="accompagnateur").user
    who = AccompagnateurFactory(entreprise=entreprise, user=user)
    token = f"{TOKEN}-{who.pk}"
    FluxAgendaFactory(accompagnateur=who, token_hash=token_hash(token))
    return {"token": token}


register(
    [
        entry("semaine"),
        entry("jour"),
        entry("confirmer"),
        entry("chercher"),
        entry("boite"),
        entry("flux"),
        entry("flux_revoquer", post=True, answers=frozenset({404})),
        entry("personne", person),
        entry("nouveau", person),
        entry("empechement_nouveau", person),
        entry("empechement", impediment),
        entry("empechement_retirer", impediment, post=True),
        entry("rendez_vous", meeting),
        entry("issue", meeting, post=True),
        entry("corriger", meeting),
        entry("reporter", meeting),
        entry("modifier", meeting),
        entry("annuler", meeting),
        entry("convocation", meeting),
        entry("convocation_lettre", meeting, post=True),
        entry("convocation_courriel", meeting, post=True),
        entry("convocation_sms", meeting, post=True),
        entry("seances"),
        entry("seance_nouvelle"),
        entry("seance", seance),
        entry("seance_modifier", seance),
        entry("seance_reporter", seance),
        entry("seance_annuler", seance),
        entry("seance_inscrire", seance, post=True),
        entry("seance_desinscrire", place, post=True),
        entry("seance_feuille", seance),
        entry("seance_lettres", seance, post=True),
        entry("courriel_envoyer", mail, post=True),
        entry("courriel_remis", mail, post=True),
        Entry(name="flux:ics", kwargs=feed, public=True, tenant=False),
    ]
)
