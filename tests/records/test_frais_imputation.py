"""Invoices on lines: keys reused, split, never above the whole; frozen years and other subsidies respected."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import AuditEvent
from clefdevoute.records.frais import actions
from clefdevoute.records.frais.cles import HUNDRED, Part, check_parts
from clefdevoute.records.frais.errors import BaseDepassee, CleAuDessusDe100, SaisieRefusee
from clefdevoute.records.frais.facts import lignes
from clefdevoute.records.frais.models import Facture, LigneFrais
from clefdevoute.records.frais.saisies import FichierSaisi, PartSaisie
from tests.records import factories_frais as f
from tests.records.factories import NOW, AccompagnateurFactory, EntrepriseInsertionFactory, actor

pytestmark = pytest.mark.django_db
D = Decimal
YEAR = (dt.date(2025, 1, 1), dt.date(2025, 12, 31))


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


@pytest.fixture
def entreprise():
    return EntrepriseInsertionFactory()


@pytest.fixture
def by(entreprise):
    return actor(Role.GESTIONNAIRE, entreprise)


@pytest.fixture
def facture(entreprise):
    return f.FactureFactory(fournisseur__entreprise=entreprise)


def key(entreprise, percent):
    return f.CleRepartitionFactory(entreprise=entreprise, version=percent)


def impute(facture, by, *parts):
    return actions.imputer(facture=facture, parts=[PartSaisie(**part) for part in parts], by=by, now=NOW)


def test_an_imputed_invoice_is_on_its_line_and_the_supplier_remembers(facture, entreprise, by):
    cle = key(entreprise, "15")
    (line,) = impute(facture, by, {"line": "loyer", "cle": cle})
    assert (line.net, line.vat) == (D("100.00"), D("21.00"))
    assert Facture.objects.get().state == "imputee"
    assert [part.line for part in actions.parts_proposees(f.FactureFactory(fournisseur=facture.fournisseur))] == []
    later = Facture.objects.exclude(pk=facture.pk).get()
    later.fournisseur.refresh_from_db()
    assert actions.parts_proposees(later) == (PartSaisie(line="loyer", cle=cle),)
    assert AuditEvent.objects.filter(event="frais.facture_imputee", entreprise_id=entreprise.pk).count() == 1


def test_a_credit_note_is_proposed_where_the_invoice_it_credits_was(facture, entreprise, by):
    cle, other = key(entreprise, "15"), key(entreprise, "50")
    impute(facture, by, {"line": "eau", "cle": cle})
    note = f.FactureFactory(fournisseur=facture.fournisseur, note_credit=True, credited=facture)
    facture.fournisseur.remembered_cle = other
    assert actions.parts_proposees(note) == (PartSaisie(line="eau", cle=cle),)


def test_two_accompagnateurs_share_an_invoice_up_to_the_whole(facture, entreprise, by):
    first, second = AccompagnateurFactory(entreprise=entreprise), AccompagnateurFactory(entreprise=entreprise)
    impute(
        facture,
        by,
        {"line": "loyer", "cle": key(entreprise, "60"), "accompagnateur": first},
        {"line": "loyer", "cle": key(entreprise, "40"), "accompagnateur": second},
    )
    assert LigneFrais.objects.count() == 2


def test_keys_above_the_whole_are_refused_and_nothing_already_there_is_lost(facture, entreprise, by):
    kept = key(entreprise, "60")
    impute(facture, by, {"line": "loyer", "cle": kept})
    with pytest.raises(CleAuDessusDe100, match="100,0001"):
        impute(facture, by, {"line": "loyer", "cle": kept}, {"line": "loyer", "cle": key(entreprise, "40.0001")})
    assert list(LigneFrais.objects.values_list("line", "cle")) == [("loyer", kept.pk)]


def test_an_invoice_is_split_between_lines_up_to_its_amount(facture, entreprise, by):
    cle = key(entreprise, "15")
    halves = [
        {"line": "telephonie", "cle": cle, "net": D("60.00"), "vat": D("12.60")},
        {"line": "maintenance_informatique", "cle": cle, "net": D("40.00"), "vat": D("8.40")},
    ]
    assert len(impute(facture, by, *halves)) == 2
    with pytest.raises(BaseDepassee):
        impute(facture, by, halves[0], halves[1] | {"net": D("40.01")})


def test_what_another_subsidy_takes_is_no_longer_there(facture, entreprise, by):
    actions.marquer_autre_subvention(facture=facture, name="Fonds social", percent=D("70"), by=by, now=NOW)
    with pytest.raises(CleAuDessusDe100, match="70\u00a0% à une autre subvention"):
        impute(facture, by, {"line": "loyer", "cle": key(entreprise, "31")})
    impute(facture, by, {"line": "loyer", "cle": key(entreprise, "30")})
    with pytest.raises(CleAuDessusDe100):
        actions.marquer_autre_subvention(facture=facture, name="Fonds social", percent=D("71"), by=by, now=NOW)


def test_a_key_revised_holds_from_its_day_and_leaves_the_past(entreprise, by):
    cle = key(entreprise, "15")
    for day in (dt.date(2025, 4, 30), dt.date(2025, 5, 1)):
        impute(f.FactureFactory(fournisseur__entreprise=entreprise, issue_date=day), by, {"line": "eau", "cle": cle})
    actions.reviser_cle(cle=cle, since=dt.date(2025, 5, 1), percent=D("20"), basis="24 m²", by=by, now=NOW)
    assert [(row.depense.cle, row.depense.base_cle) for row in lignes(entreprise.pk, *YEAR)] == [
        (D("15"), "18 m² sur 120 m²"),
        (D("20"), "24 m²"),
    ]


def test_a_version_of_the_same_day_written_later_corrects_the_first(entreprise, by):
    cle = key(entreprise, "15")
    later = NOW + dt.timedelta(minutes=1)
    actions.reviser_cle(cle=cle, since=dt.date(2020, 1, 1), percent=D("16"), basis="Erreur", by=by, now=later)
    impute(f.FactureFactory(fournisseur__entreprise=entreprise), by, {"line": "eau", "cle": cle})
    assert [row.depense.cle for row in lignes(entreprise.pk, *YEAR)] == [D("16")]


def test_a_revision_that_would_take_more_than_an_invoice_is_refused_whole(facture, entreprise, by):
    first, second = key(entreprise, "60"), key(entreprise, "40")
    impute(facture, by, {"line": "loyer", "cle": first}, {"line": "loyer", "cle": second})
    with pytest.raises(CleAuDessusDe100):
        actions.reviser_cle(cle=second, since=dt.date(2025, 1, 1), percent=D("41"), basis="?", by=by, now=NOW)
    assert {row.depense.cle for row in lignes(entreprise.pk, *YEAR)} == {D("60"), D("40")}


def test_a_key_is_not_revised_inside_a_year_already_sent(entreprise, by):
    cle = key(entreprise, "15")
    f.AnneeFigeeFactory(entreprise=entreprise)
    with pytest.raises(SaisieRefusee, match="14/03/2026"):
        actions.reviser_cle(cle=cle, since=dt.date(2026, 3, 14), percent=D("20"), basis="x", by=by, now=NOW)
    actions.reviser_cle(cle=cle, since=dt.date(2026, 3, 15), percent=D("20"), basis="x", by=by, now=NOW)


@pytest.mark.parametrize(
    ("part", "word"),
    [
        ({"line": "champagne"}, "pas un poste"),
        ({"line": "loyer", "net": D("10.00")}, "donnez les deux"),
    ],
)
def test_what_cannot_be_imputed_says_what_to_do(facture, entreprise, by, part, word):
    with pytest.raises(SaisieRefusee, match=word):
        impute(facture, by, {"cle": key(entreprise, "15")} | part)


def test_another_enterprises_key_or_accompagnateur_is_refused(facture, entreprise, by):
    with pytest.raises(SaisieRefusee, match="clé"):
        impute(facture, by, {"line": "loyer", "cle": f.CleRepartitionFactory()})
    with pytest.raises(SaisieRefusee, match="accompagnateur"):
        impute(facture, by, {"line": "loyer", "cle": key(entreprise, "5"), "accompagnateur": AccompagnateurFactory()})


def test_a_foreign_invoice_waits_for_its_euro_amount_and_its_proof(entreprise, by):
    facture = f.FactureFactory(fournisseur__entreprise=entreprise, dollars=True)
    cle = key(entreprise, "50")
    with pytest.raises(AccessDenied, match="USD"):
        impute(facture, by, {"line": "eau", "cle": cle})
    paper = FichierSaisi(b"%PDF-1.7\n%%EOF\n", "cours.pdf")
    actions.donner_montant_en_euros(
        facture=facture, net_eur=D("90.00"), vat_eur=D("18.90"), proof=paper, by=by, now=NOW
    )
    impute(facture, by, {"line": "eau", "cle": cle})
    (line,) = lignes(entreprise.pk, *YEAR)
    told = line.depense
    assert (told.hors_tva, told.devise, told.preuve_conversion) == (D("90.00"), "USD", "cours.pdf")


def test_an_invoice_of_a_year_already_sent_no_longer_moves(facture, entreprise, by):
    cle = key(entreprise, "15")
    impute(facture, by, {"line": "loyer", "cle": cle})
    f.AnneeFigeeFactory(entreprise=entreprise)
    for act in (
        lambda: impute(facture, by, {"line": "eau", "cle": cle}),
        lambda: actions.retirer_imputation(facture=facture, by=by, now=NOW),
        lambda: actions.ecarter(facture=facture, reason="x", by=by, now=NOW),
        lambda: actions.marquer_autre_subvention(facture=facture, name="x", percent=D("1"), by=by, now=NOW),
    ):
        with pytest.raises(AccessDenied, match="déjà transmise"):
            act()


def test_an_invoice_put_aside_and_taken_back_waits_again(facture, by):
    actions.ecarter(facture=facture, reason="Chantier.", by=by, now=NOW)
    assert actions.reprendre(facture=facture, by=by, now=NOW).state == "a_imputer"


def test_an_invoice_is_not_taken_back_beside_its_twin(facture, by):
    actions.ecarter(facture=facture, reason="Doublon.", by=by, now=NOW)
    twin = f.FactureFactory(fournisseur=facture.fournisseur, number=facture.number)
    with pytest.raises(SaisieRefusee, match=f"pièce n° {twin.piece_number}"):
        actions.reprendre(facture=facture, by=by, now=NOW)


def test_what_was_typed_is_corrected_and_what_a_file_says_is_not(facture, entreprise, by):
    fixed = {"net": D("90.00"), "gross": D("111.00"), "number": " A-7 "}
    corrected = actions.corriger(facture=facture, changes=fixed, by=by, now=NOW)
    assert (corrected.net, corrected.number, corrected.number_key) == (D("90.00"), "A-7", "A-7")
    received = f.FactureFactory(fournisseur__entreprise=entreprise, ubl=True)
    with pytest.raises(AccessDenied, match="note de crédit"):
        actions.corriger(facture=received, changes=fixed, by=by, now=NOW)


PERCENTS = st.decimals(min_value="0.0001", max_value="100", places=4)


@given(st.lists(PERCENTS, min_size=1, max_size=5), st.decimals(min_value="0.01", max_value="99999", places=2))
def test_whatever_the_keys_an_invoice_never_gives_more_than_itself(percents, net):
    parts = [Part("loyer", net, D(0), percent) for percent in percents]
    try:
        check_parts(parts, net=net, vat=D(0))
    except CleAuDessusDe100:
        assert sum(percents) > HUNDRED
    else:
        assert sum(percents) <= HUNDRED


@given(st.lists(st.decimals(min_value="0.01", max_value="500", places=2), min_size=1, max_size=5))
def test_whatever_the_parts_their_bases_never_pass_the_amount(nets):
    parts = [Part(str(n), net, D(0), HUNDRED) for n, net in enumerate(nets)]
    try:
        check_parts(parts, net=D("700.00"), vat=D(0))
    except BaseDepassee:
        assert sum(nets) > D("700.00")
    else:
        assert sum(nets) <= D("700.00")
