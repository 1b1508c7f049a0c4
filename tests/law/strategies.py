"""Invented facts for the properties of the law, kept small so that the suite stays quick."""

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from clefdevoute.law.accompagnement_social.couts import Composante, ContratAccompagnateur
from clefdevoute.law.accompagnement_social.effectifs import Engagement
from clefdevoute.law.accompagnement_social.lignes import Depense
from clefdevoute.law.accompagnement_social.tableaux import MontantLigne

DEBUT, FIN = dt.date(2026, 3, 15), dt.date(2027, 3, 14)

days = st.dates(DEBUT - dt.timedelta(40), FIN + dt.timedelta(40))
year_days = st.dates(DEBUT, FIN)
cents = st.integers(0, 9_000_000).map(lambda n: Decimal(n).scaleb(-2))
signed_cents = st.integers(-200_000, 200_000).map(lambda n: Decimal(n).scaleb(-2))
keys = st.integers(0, 1_000_000).map(lambda n: Decimal(n).scaleb(-4))


@st.composite
def engagements(draw: st.DrawFn) -> Engagement:
    start = draw(days)
    stop = draw(st.none() | st.integers(0, 400).map(lambda n: start + dt.timedelta(n)))
    return Engagement(
        personne=draw(st.sampled_from("ABCDEFGHIJKL")),
        debut=start,
        fin=stop,
        statut=draw(st.sampled_from(("TD", "TGD", "aucun"))),
        art_60=draw(st.booleans()) and draw(st.booleans()),
    )


@st.composite
def contrats(draw: st.DrawFn) -> ContratAccompagnateur:
    start = draw(days)
    return ContratAccompagnateur(
        accompagnateur=draw(st.sampled_from("XYZ")),
        debut=start,
        fin=draw(st.none() | st.integers(0, 300).map(lambda n: start + dt.timedelta(n))),
        heures=Decimal(draw(st.sampled_from(("19", "22.8", "30.4", "38")))),
        heures_reference=Decimal(38),
    )


composantes = st.builds(
    Composante,
    accompagnateur=st.sampled_from("XYZ"),
    genre=st.sampled_from(("salaire_brut", "securite_sociale", "pecule_vacances", "mission", "autre_aide")),
    date=days,
    montant=cents,
)
depenses = st.builds(
    Depense,
    piece=st.sampled_from(("F-1", "F-2", "F-3")),
    ligne=st.sampled_from(("loyer", "eau", "telephonie", "missions", "nettoyage", "assurance_accidents")),
    nature=st.sampled_from(("facture", "note_de_credit", "charge_recurrente")),
    date=days,
    hors_tva=cents,
    tva=cents,
    cle=keys,
    base_cle=st.sampled_from(("", "m²")),
)
montants = st.builds(
    MontantLigne,
    ligne=st.sampled_from(("loyer", "eau", "formation", "nettoyage", "frais_postaux")),
    date=year_days,
    montant=signed_cents,
)
