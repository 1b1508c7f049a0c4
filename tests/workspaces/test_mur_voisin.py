"""What a form may name: a row of another enterprise, put in a field or a hidden one, is nobody's."""

import uuid

import pytest
from django.core import signing
from django.urls import reverse

from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.frais.models import ChargeRecurrente, Facture, FichierDepose, LigneFrais
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.records.subventions.models import AideDeMinimis
from clefdevoute.workspaces.compte.session import CHOSEN
from tests.records import factories as make
from tests.records import factories_frais as frais
from tests.workspaces.couts_gestes import START, approved, key, parts

pytestmark = pytest.mark.django_db
HTML = '"><img src=x onerror=alert(1)><script>alert(1)</script>'


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


@pytest.fixture
def neighbour(db):
    """Another enterprise of the same installation."""
    return make.EntrepriseInsertionFactory(name="Voisine")


def at(name, *args):
    return reverse(f"gestionnaire:{name}", args=args)


def test_a_neighbour_s_key_or_accompagnateur_takes_no_invoice(gestionnaire, entreprise, neighbour):
    approved(entreprise)
    row, own, foreign = frais.FactureFactory(fournisseur__entreprise=entreprise), key(entreprise), key(neighbour)
    person = make.AccompagnateurFactory(entreprise=neighbour)
    for part in (
        {"line": "eau", "cle": str(foreign.pk)},
        {"line": "eau", "cle": str(own.pk), "accompagnateur": str(person.pk)},
    ):
        page = gestionnaire.post(at("facture_imputer", row.pk), parts(part))
        assert page.status_code == 422
        assert person.name not in page.content.decode()
        assert foreign.name not in page.content.decode()
    assert not LigneFrais.objects.exists()


def test_several_invoices_at_once_leave_the_neighbour_s_alone(gestionnaire, entreprise, neighbour):
    approved(entreprise)
    own, other = (frais.FactureFactory(fournisseur__entreprise=one) for one in (entreprise, neighbour))
    data = {"lot-line": "eau", "lot-cle": str(key(entreprise).pk), "facture": [str(own.pk), str(other.pk)]}
    assert gestionnaire.post(at("factures_imputer"), data).status_code == 302
    assert {row.facture_id for row in LigneFrais.objects.all()} == {own.pk}
    data |= {"lot-cle": str(key(neighbour).pk)}
    assert gestionnaire.post(at("factures_imputer"), data).status_code == 422
    for made_up in ("x", "\0", str(uuid.uuid4())):
        assert gestionnaire.post(at("factures_imputer"), data | {"facture": made_up}).status_code in {409, 422}


def test_a_neighbour_s_key_bears_no_charge(gestionnaire, entreprise, neighbour):
    approved(entreprise)
    data = {
        "name": "Loyer", "net": "100", "vat": "0", "every_months": "1", "due_day": "1", "starts_on": "01/04/2025",
        "line": "loyer", "cle": str(key(neighbour).pk),
    }  # fmt: skip
    assert gestionnaire.post(at("charges"), data).status_code == 422
    assert not ChargeRecurrente.objects.exists()
    assert gestionnaire.post(at("charges"), data | {"cle": str(key(entreprise).pk)}).status_code == 302


def test_a_neighbour_s_refused_file_is_the_piece_of_no_typed_invoice(gestionnaire, entreprise, neighbour):
    approved(entreprise)
    by = make.actor(Role.GESTIONNAIRE, neighbour)
    paper = proofs.store(
        content=b"%PDF-1.7\nsecret du voisin", filename="voisin.pdf", by=by, entreprise_id=neighbour.pk, now=make.NOW
    )
    waiting = frais.FichierDeposeFactory(depot__entreprise=neighbour, proof=paper, filename="voisin.pdf")
    assert "voisin.pdf" not in gestionnaire.get(at("facture_taper") + f"?piece={waiting.pk}").content.decode()
    data = {
        "supplier": "Papeterie", "number": "1", "kind": "facture", "currency": "EUR", "issue_date": "10/04/2025",
        "net": "10", "vat": "2,10", "gross": "12,10", "garde": str(waiting.pk),
    }  # fmt: skip
    page = gestionnaire.post(at("facture_taper"), data)
    assert "voisin.pdf" not in page.content.decode()
    assert not Facture.objects.filter(original__entreprise_id=neighbour.pk).exists()
    assert FichierDepose.objects.get(pk=waiting.pk).facture_id is None


def test_a_receipt_of_a_neighbour_s_proof_opens_nothing(gestionnaire, entreprise, neighbour):
    by = make.actor(Role.GESTIONNAIRE, neighbour)
    paper = proofs.store(
        content=b"%PDF-1.7\nvoisin", filename="voisin.pdf", by=by, entreprise_id=neighbour.pk, now=make.NOW
    )
    stolen = signing.dumps(str(paper.pk), salt="piece-gardee")
    for receipt in (stolen, str(paper.pk), "x", stolen + "x"):
        page = gestionnaire.post(
            at("accompagnateur_nouveau"), {"name": "", "first_name": "", "diploma_proof_gardee": receipt}
        )
        assert page.status_code == 422
        assert "voisin.pdf" not in page.content.decode()
    gestionnaire.post(
        at("accompagnateur_nouveau"),
        {"name": "Maes", "first_name": "Lia", "birth_date": "01/02/1990", "diploma_proof_gardee": stolen},
    )
    assert not Accompagnateur.objects.filter(diploma_proof=paper).exists()


def test_a_neighbour_s_aid_and_movement_are_not_to_be_found(gestionnaire, entreprise, neighbour):
    approved(entreprise)
    aid = frais.AideDeMinimisFactory(entreprise=neighbour)
    assert gestionnaire.get(at("de_minimis") + f"?aide={aid.pk}").status_code == 404
    assert gestionnaire.post(at("de_minimis"), {"aide": str(aid.pk), "quoi": "retirer"}).status_code == 404
    assert AideDeMinimis.objects.filter(pk=aid.pk).exists()
    frais.SubventionFactory(entreprise=entreprise, annee_agrement_start=START)
    movement = frais.MouvementFactory(subvention=frais.SubventionFactory(entreprise=neighbour))
    address = reverse("gestionnaire:subvention", args=[START])
    assert gestionnaire.post(address, {"quoi": "annuler", "mouvement": str(movement.pk)}).status_code == 404


def test_a_session_never_takes_a_role_of_somebody_else(gestionnaire, neighbour):
    foreign = make.AffectationFactory(entreprise=neighbour)
    gestionnaire.post(reverse("compte:roles"), {"affectation": str(foreign.pk)})
    assert "Voisine" not in gestionnaire.get("/gestion/").content.decode()
    session = gestionnaire.session
    session[CHOSEN] = str(foreign.pk)
    session.save()
    assert gestionnaire.get("/gestion/").status_code == 404


def test_the_session_changes_its_key_when_it_changes_role(gestionnaire, entreprise):
    held = make.Affectation.objects.get(entreprise=entreprise)
    before = gestionnaire.session.session_key
    gestionnaire.post(reverse("compte:roles"), {"affectation": str(held.pk)})
    assert gestionnaire.session.session_key != before


def test_a_gestionnaire_who_is_not_the_head_neither_invites_nor_ends_an_access(gestionnaire, entreprise):
    data = {"email": "x@exemple.be", "name": "X", "role": "gestionnaire", "starts_on": "01/01/2026", "chef": "on"}
    assert gestionnaire.post(at("invitation"), data).status_code == 409
    held = make.AffectationFactory(entreprise=entreprise)
    assert gestionnaire.post(at("acces_fin", held.pk), {"ends_on": "01/02/2026"}).status_code == 409
    own = make.Affectation.objects.exclude(pk=held.pk).get(entreprise=entreprise)
    assert own.permissions == []


@pytest.mark.parametrize(
    "back", ["//ailleurs.example", "https://ailleurs.example/", "/\\ailleurs.example", "?x\r\nA: b"]
)
def test_no_form_sends_elsewhere(gestionnaire, entreprise, back, client):
    approved(entreprise)
    own = frais.FactureFactory(fournisseur__entreprise=entreprise)
    data = {"lot-line": "eau", "lot-cle": str(key(entreprise).pk), "facture": str(own.pk), "retour": back}
    answer = gestionnaire.post(at("factures_imputer"), data)
    assert answer["Location"].startswith("/gestion/factures/")
    user = make.UserFactory(password="motdepasse-de-test")
    signed = client.post("/connexion/", {"login": user.email, "password": "motdepasse-de-test", "next": back})
    assert "ailleurs" not in signed.get("Location", "")


def test_what_is_stored_never_runs_in_a_page(sign_in):
    entreprise = make.EntrepriseInsertionFactory(name=HTML[:200], street=HTML, city=HTML)
    client = sign_in(Role.GESTIONNAIRE, entreprise)
    approved(entreprise)
    person = make.TravailleurFactory(entreprise=entreprise, name=HTML, first_name=HTML)
    contract = make.EngagementFactory(travailleur=person, site=HTML)
    helper = make.AccompagnateurFactory(entreprise=entreprise, name=HTML, first_name=HTML)
    row = frais.FactureFactory(
        fournisseur__entreprise=entreprise, fournisseur__name=HTML, number=HTML, ecartee=True, state_reason=HTML
    )
    cle = key(entreprise, name=HTML)
    frais.FichierDeposeFactory(depot__entreprise=entreprise, filename=HTML, message=HTML)
    charge = frais.ChargeRecurrenteFactory(entreprise=entreprise, name=HTML, cle=cle)
    frais.AideDeMinimisFactory(entreprise=entreprise, grantor=HTML)
    year = "/gestion/2025-03-15/"
    for address in (
        "/gestion/", "/gestion/travailleurs/?presence=tous", f"/gestion/travailleurs/?q={HTML}",
        at("travailleur", person.pk), at("travailleur_modifier", person.pk), at("contrat_fin", contract.pk),
        at("accompagnateurs"), at("accompagnateur", helper.pk), at("compte", helper.pk, 2025), at("comptes"),
        at("factures") + "?etat=toutes", at("facture", row.pk), at("fichiers"), at("cles"), at("cle", cle.pk),
        at("charges"), at("charge", charge.pk), at("de_minimis"), at("entreprise"), at("entreprise_modifier"),
        f"/gestion/chercher/?q={HTML}", year, year + "tableaux/", year + "justification/", year + "subvention/",
        year + "dossier/", year + "declaration/", year + "charges/", "/roles/",
    ):  # fmt: skip
        page = client.get(address).content.decode()
        assert "<img src=x" not in page, address
        assert "<script>alert" not in page, address
