"""
An invented Monday, 23 November 2026: the persons of the drawings, each with one reason to be on the page.

Used by the tests of the pages and by the journey; all other dates of everybody are in time, every dossier complete.
"""

import datetime as dt

from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.records.personnes.recherche import search_key
from tests.records.echeances_gestes import days
from tests.records.factories import AccompagnateurFactory, EngagementFactory, TravailleurFactory
from tests.records.factories_agenda import PresenceFactory, RendezVousFactory, SeanceFactory, at
from tests.records.factories_bilan import (
    AvisTravailleurFactory,
    BilanFactory,
    ConsentementFactory,
    CoteBilanFactory,
    SignatureBilanFactory,
)
from tests.records.factories_dossier import AucuneDemarcheFactory, DemarcheFactory, ObjectifFactory, SyntheseFactory
from tests.records.factories_suivi import SuiviParFactory

HIRED = dt.date(2025, 3, 3)
FILED = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)


def personne(helene: Accompagnateur, name, first_name, *, met="2026-09-14 10:00", sat="2026-09-21 14:00", **contract):
    """Give a followed person, seen and in a séance in September, whose dossier lacks nothing."""
    one = TravailleurFactory(
        entreprise=helene.entreprise,
        name=name,
        first_name=first_name,
        phone="081 22 33 44",
        search_key=search_key(name, first_name),
    )
    work = {"starts_on": HIRED, "site": "Hautpont", "statut__verified_on": HIRED, "statut__verified_by": helene.user}
    EngagementFactory(travailleur=one, **(work | contract))
    RendezVousFactory(travailleur=one, accompagnateur=helene, starts_at=at(met), realise=True)
    seance = SeanceFactory(accompagnateur=helene, starts_at=at(sat), tenue=True)
    PresenceFactory(seance=seance, travailleur=one, status="present")
    SuiviParFactory(travailleur=one, accompagnateur=helene, starts_on=HIRED)
    bilan = BilanFactory(travailleur=one, author=helene.user)
    for famille in ("professionnel", "personnel"):
        CoteBilanFactory(bilan=bilan, domaine__famille=famille)
    SignatureBilanFactory(avis=AvisTravailleurFactory(bilan=bilan))
    AucuneDemarcheFactory(travailleur=one)
    SyntheseFactory(travailleur=one, made_at=FILED, confirmed_at=FILED, confirmed_by=helene.user)
    return one


def lundi(entreprise, user):
    """Lay the Monday of Hélène: ten persons, three lines late, the others this week and this month."""
    helene = AccompagnateurFactory(entreprise=entreprise, name="Marsoul", first_name="Hélène", user=user)
    people = {
        "samira": personne(helene, "Boisclair", "Samira", met="2026-04-28 10:00"),
        "ibrahim": personne(helene, "Solane", "Ibrahim"),
        "mireille": personne(helene, "Hauterive", "Mireille"),
        "daniel": personne(helene, "Petitpré", "Daniel", contract_kind="cdd", ends_on=days(75), site="Mons"),
        "kofi": personne(helene, "Adelard", "Kofi", site="Mons"),
        "nadege": personne(helene, "Ferrant", "Nadège", met="2026-06-08 10:00"),
        "pavel": personne(helene, "Orsini", "Pavel", statut="tgd"),
        "lea": personne(helene, "Montbrun", "Léa", sat="2026-05-20 14:00", site="Nettoyage"),
        "rosa": personne(helene, "Delbrume", "Rosa", sat="2026-05-20 14:00", site="Nettoyage"),
        "joseph": personne(helene, "Vaucourt", "Joseph"),
    }
    RendezVousFactory(travailleur=people["ibrahim"], accompagnateur=helene, starts_at=at("2026-11-19 10:00"))
    RendezVousFactory(travailleur=people["mireille"], accompagnateur=helene, starts_at=at("2026-11-23 14:00"))
    DemarcheFactory(travailleur=people["daniel"], promised_for=days(1), kind="formation", recorded_at=FILED)
    ObjectifFactory(travailleur=people["kofi"], horizon="moyen", opened_on=dt.date(2026, 6, 1), review_on=days(8))
    ConsentementFactory(travailleur=people["pavel"], asked_on=days(4 - 14))
    return helene, people
