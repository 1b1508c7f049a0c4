"""Drops of files: every file has its outcome, none loses the others, a refused one waits to be a piece."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import DatabaseError

from clefdevoute.documents.factures.depot import FichierRecu, deposer
from clefdevoute.records.entreprises.writing import RowRefused, inserted
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.frais import actions
from clefdevoute.records.frais.composants import Composant
from clefdevoute.records.frais.errors import SaisieRefusee
from clefdevoute.records.frais.models import Facture, FichierDepose, MontantCompteIndividuel
from clefdevoute.records.frais.saisies import FichierSaisi, MontantSaisi
from tests.documents.factures_exemples import ENTREPRISE, abimee, facture
from tests.records.factories import NOW, AccompagnateurFactory, EntrepriseInsertionFactory, actor
from tests.records.factories_frais import FactureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    entreprise = EntrepriseInsertionFactory(bce=ENTREPRISE.numero)
    return entreprise, actor(Role.GESTIONNAIRE, entreprise)


def file(name, content):
    return FichierRecu(name, len(content), lambda: content)


def drop(place, *files):
    entreprise, by = place
    depot = deposer(files=files, entreprise=entreprise, by=by, now=NOW)
    return list(FichierDepose.objects.filter(depot=depot).order_by("rank"))


def test_each_file_has_its_outcome_and_none_loses_the_others(place):
    rows = drop(
        place,
        file("saine.xml", facture()),
        file("vide.xml", b""),
        file("coupee.xml", facture()[:900]),
        file("deux-fois.xml", facture()),
        file("autre-montant.xml", abimee("249.99</cbc:TaxExclusiveAmount>", "249.98</cbc:TaxExclusiveAmount>")),
        file("photo.pdf", b"%PDF-1.7\n%%EOF\n"),
        file("suivante.xml", facture(number="F-2")),
    )
    assert [row.issue for row in rows] == [
        "nouvelle",
        "refusee",
        "refusee",
        "deja_recue",
        "conflit",
        "refusee",
        "nouvelle",
    ]
    assert [row.rank for row in rows] == list(range(1, 8))
    assert rows[3].facture == rows[0].facture
    assert rows[1].proof is None
    assert "n’a pas été gardé" in rows[1].message
    assert rows[5].proof is not None
    assert not rows[5].done


def test_a_fault_while_writing_one_file_is_its_own(place):
    huge = abimee("<cbc:TaxExclusiveAmount", "<cbc:TaxExclusiveAmount", source=facture(number="X"))
    start = huge.index(b">", huge.index(b"<cbc:TaxExclusiveAmount")) + 1
    end = huge.index(b"<", start)
    rows = drop(place, file("énorme.xml", huge[:start] + b"9" * 13 + huge[end:]), file("saine.xml", facture()))
    assert (rows[0].issue, rows[0].code) == ("refusee", "non_enregistree")
    assert rows[0].proof is not None
    assert rows[1].issue == "nouvelle"
    assert Facture.objects.count() == 1


@pytest.mark.parametrize(
    ("buyer", "says"),
    [
        ("0403170701", "Le numéro de l’acheteur n’est pas celui de l’entreprise"),
        (ENTREPRISE.numero, ""),
    ],
)
def test_a_buyer_that_is_not_the_enterprise_is_warned(place, buyer, says):
    content = facture().replace(ENTREPRISE.numero.encode(), buyer.encode())
    row = drop(place, file("f.xml", content))[0]
    sentences = " ".join(one["sentence"] for one in row.facture.warnings)
    assert (says in sentences) if says else not row.facture.warnings
    assert row.decision == (FichierDepose.Decision.AVERTIE if says else FichierDepose.Decision.ACCEPTEE)


def test_a_refused_file_is_offered_once_and_becomes_the_piece(place):
    entreprise, by = place
    first, again = drop(place, file("a.pdf", b"%PDF-1.7\n1"), file("b.pdf", b"%PDF-1.7\n1"))
    assert (first.done, again.done) == (False, True)
    invoice = FactureFactory(fournisseur__entreprise=entreprise)
    actions.joindre_fichier(fichier=first, facture=invoice, by=by, now=NOW)
    again.refresh_from_db()
    assert again.facture == invoice
    other = drop(place, file("c.pdf", b"%PDF-1.7\n2"))[0]
    assert actions.laisser_fichier(fichier=other, by=by, now=NOW).done


def test_an_accompagnateur_drops_nothing(place):
    entreprise, _ = place
    with pytest.raises(AccessDenied):
        deposer(files=[], entreprise=entreprise, by=actor(Role.ACCOMPAGNATEUR, entreprise), now=NOW)


APRIL = dt.date(2026, 4, 1)


def csv_import(by, person, *amounts):
    row = actions.deposer_import(
        accompagnateur=person, fichier=FichierSaisi(b"mois;brut\n04/2026;1", "paie.csv"), by=by, now=NOW
    )
    return actions.appliquer_import(imported=row, montants=amounts, mapping={0: "mois"}, by=by, now=NOW)


def amount(component="brut", month=APRIL):
    row = MontantCompteIndividuel.objects.filter(component=component, month=month).first()
    return row and row.amount


def test_an_import_is_undone_to_the_cent(place):
    entreprise, by = place
    person = AccompagnateurFactory(entreprise=entreprise)
    before = MontantSaisi(APRIL, Composant.BRUT, Decimal("3000.00"))
    actions.enregistrer_montants(accompagnateur=person, montants=[before], by=by, now=NOW)
    applied = csv_import(
        by,
        person,
        MontantSaisi(APRIL, Composant.BRUT, Decimal("3100.00")),
        MontantSaisi(APRIL, Composant.MISSION, Decimal("12.50")),
    )
    assert (amount(), amount("mission"), applied.count) == (Decimal("3100.00"), Decimal("12.50"), 2)
    actions.annuler_import(imported=applied, by=by, now=NOW)
    assert (amount(), amount("mission")) == (Decimal("3000.00"), None)
    with pytest.raises(SaisieRefusee, match="rien à annuler"):
        actions.annuler_import(imported=applied, by=by, now=NOW)


def test_an_import_changed_since_is_not_undone(place):
    entreprise, by = place
    person = AccompagnateurFactory(entreprise=entreprise)
    applied = csv_import(by, person, MontantSaisi(APRIL, Composant.BRUT, Decimal("3100.00")))
    changed = MontantSaisi(APRIL, Composant.BRUT, Decimal("3200.00"))
    actions.enregistrer_montants(accompagnateur=person, montants=[changed], by=by, now=NOW)
    with pytest.raises(SaisieRefusee, match="a changé depuis"):
        actions.annuler_import(imported=applied, by=by, now=NOW)
    assert amount() == Decimal("3200.00")


def test_an_import_without_amount_or_applied_twice_is_refused(place):
    entreprise, by = place
    person = AccompagnateurFactory(entreprise=entreprise)
    with pytest.raises(SaisieRefusee, match="Aucun montant"):
        csv_import(by, person)
    applied = csv_import(by, person, MontantSaisi(APRIL, Composant.BRUT, Decimal("1.00")))
    with pytest.raises(SaisieRefusee, match="déjà appliqué"):
        actions.appliquer_import(
            imported=applied,
            montants=[MontantSaisi(APRIL, Composant.BRUT, Decimal("2.00"))],
            mapping={},
            by=by,
            now=NOW,
        )


def test_a_great_drop_keeps_its_order_and_asks_few_questions_a_file(place, django_assert_max_num_queries):
    files = [file(f"{n:02d}.xml", facture(number=f"F-{n}") if n % 10 else b"") for n in range(60)]
    drop(place, file("premiere.xml", facture()))
    with django_assert_max_num_queries(40 * len(files)):
        rows = drop(place, *files)
    assert [row.filename for row in rows] == [one.filename for one in files]
    assert [row.issue for row in rows] == ["nouvelle" if n % 10 else "refusee" for n in range(60)]
    numbers = list(Facture.objects.of(place[0].pk).order_by("piece_number").values_list("piece_number", flat=True))
    assert numbers == list(range(1, 56))
    assert journal.verify(place[0].pk).ok


@pytest.mark.django_db(transaction=True)
def test_the_base_failing_on_one_file_does_not_lose_those_before(place, monkeypatch):
    receive = actions.deposer_facture

    def fail_on_the_third(**given):
        if given["rank"] == 3:
            raise DatabaseError("disque plein")
        return receive(**given)

    monkeypatch.setattr(actions, "deposer_facture", fail_on_the_third)
    with pytest.raises(DatabaseError):
        drop(place, *(file(f"{n}.xml", facture(number=f"F-{n}")) for n in range(4)))
    assert Facture.objects.of(place[0].pk).count() == 2
    assert journal.verify(place[0].pk).ok


def test_a_row_that_the_base_refuses_is_refused_in_its_own_words(place):
    entreprise, _ = place
    known = FactureFactory(entreprise=entreprise)
    copy = Facture.objects.get(pk=known.pk)
    copy.pk, copy._state.adding = uuid.uuid4(), True
    with pytest.raises(RowRefused) as refused:
        inserted(copy)
    assert str(refused.value)
    copy.piece_number, copy.number = 99, "x" * 300
    with pytest.raises(RowRefused) as refused:
        inserted(copy)
    assert list(refused.value.fields) == ["number"]
    assert Facture.objects.of(entreprise.pk).count() == 1
