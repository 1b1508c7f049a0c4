"""The invented enterprise itself: its figures against a case of law, its year to close, its papers, its journal."""

import dataclasses as dc
import datetime as dt
import io
from collections import Counter
from decimal import Decimal

import pypdf
import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.test import override_settings
from django.urls import reverse

from clefdevoute.config.exemple import ACCOUNTS, PASSWORD, annees, build_once, factures, ouverture
from clefdevoute.config.exemple.construction import build
from clefdevoute.config.exemple.ouverture import BCE
from clefdevoute.config.exemple.papier import SPECIMEN, feuille
from clefdevoute.config.exemple.recit import donnees
from clefdevoute.documents.factures.lecture import lire
from clefdevoute.documents.justification.depuis_dossier import (
    Signature,
    check_productible,
    declaration_du_dossier,
    produire,
)
from clefdevoute.documents.justification.modele import Emission
from clefdevoute.law.accompagnateur.rules import eligibilite
from clefdevoute.law.accompagnement_social.effectifs import effectif
from clefdevoute.law.identifiants import forms
from clefdevoute.law.kernel.codec import read_facts, to_json
from clefdevoute.law.kernel.parameters import LAW_ROOT, load_yaml
from clefdevoute.law.kernel.registry import rule_named
from clefdevoute.records.entreprises.affectations import actor_for, affectations_of
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation import journal, proofs
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.models import AuditEvent, ProofFile, User
from clefdevoute.records.frais.models import CompteIndividuel, Facture, FichierDepose
from clefdevoute.records.frais.saisies import FichierSaisi
from clefdevoute.records.personnes.facts import eligibilite_facts, engagement_facts
from clefdevoute.records.personnes.models import Accompagnateur, ConditionStatut, Travailleur
from clefdevoute.records.subventions import actions
from clefdevoute.records.subventions.decompte import decompter
from clefdevoute.records.subventions.manque import manque
from clefdevoute.records.subventions.models import DossierTransmis, Mouvement, Subvention
from tests.cli import murs
from tests.law.test_cases import as_json, differences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("exemple")]
CLOSABLE, RUNNING = dt.date(2025, 4, 1), dt.date(2026, 4, 1)
TODAY = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)
CASE = LAW_ROOT / "accompagnement_social" / "cases" / "demonstration.yaml"


@pytest.fixture(scope="module")
def exemple(django_db_setup, django_db_blocker, tmp_path_factory):
    """Build the example once for all these tests; pytest undoes what each writes, this fixture the whole."""
    folder = tmp_path_factory.mktemp("preuves")
    with django_db_blocker.unblock(), override_settings(PROOFS_DIR=folder), transaction.atomic():
        build()
        yield EntrepriseInsertion.objects.get(bce=BCE)
        transaction.set_rollback(True)


def actor(email):
    user = User.objects.get(email=email)
    (held,) = affectations_of(user, TODAY)
    return actor_for(user, held)


def by_first_names(facts):
    """Name the accompagnateurs as the case does, by their first name."""
    names = {str(person.pk): person.first_name.lower() for person in Accompagnateur.objects.all()}
    named = dict(facts)
    for key in ("contrats", "composantes"):
        rows = (dc.replace(row, accompagnateur=names[row.accompagnateur]) for row in facts[key])
        named[key] = Counter(rows)
    return named | {key: Counter(facts[key]) for key in ("engagements", "depenses")}


def test_the_year_is_to_the_cent_the_case_that_a_jurist_reads(exemple):
    (case,) = load_yaml(CASE)
    counted = decompter(entreprise=exemple, as_of=CLOSABLE)
    spec = rule_named("accompagnement_social.decompte")
    told = read_facts(spec, as_json(case["facts"]))
    defaults = {name: value for name, value in counted.faits.for_law().items() if name not in told}
    assert all(value in (None, ()) or name == "lectures" for name, value in defaults.items())
    recorded = by_first_names(counted.faits.for_law())
    written = {key: Counter(value) if isinstance(recorded[key], Counter) else value for key, value in told.items()}
    assert {key: recorded[key] for key in told} == written
    assert differences(to_json(counted.explained)["value"], case["expected"]) == []


def test_the_closed_year_lacks_nothing_but_what_a_person_decides(exemple):
    found = manque(entreprise=exemple, as_of=CLOSABLE, today=TODAY)
    assert [item.code for item in found.blocking] == ["decompte_non_fige"]
    assert [item.code for item in found.items if item.code == "compte_individuel_provisoire"] == [
        "compte_individuel_provisoire"
    ] * 2


def test_the_closed_year_leaves_in_five_steps(exemple):
    chief, by = actor("direction@tilleul.example"), actor("gestion@tilleul.example")
    row = Subvention.objects.get(entreprise=exemple, annee_agrement_start=CLOSABLE)
    frozen = actions.figer_decompte(subvention=row, by=by, now=NOW)
    emission = Emission(le=NOW, par="Benoît Hallet")
    counted = check_productible(manque(entreprise=exemple, as_of=CLOSABLE, today=TODAY))
    paper = declaration_du_dossier(exemple, counted, signature=Signature(), emission=emission)
    declared = actions.produire_declaration(decompte=frozen, document=FichierSaisi(paper, "d.pdf"), by=by, now=NOW)
    actions.signer_declaration(declaration=declared, signed_on=TODAY, document=None, by=chief, now=NOW)
    ready = manque(entreprise=exemple, as_of=CLOSABLE, today=TODAY)
    assert ready.ready, ready.blocking
    made = produire(exemple, ready, emission=emission)
    actions.transmettre(
        subvention=row,
        package=FichierSaisi(made.contenu, made.nom),
        channel=DossierTransmis.Channel.FORMULAIRE,
        sent_on=TODAY,
        by=by,
        now=NOW,
    )
    assert Subvention.objects.get(pk=row.pk).state == "justification_transmise"


def test_the_running_year_has_work_for_its_pages(exemple):
    found = {item.code for item in manque(entreprise=exemple, as_of=RUNNING, today=TODAY).items}
    assert found >= {"facture_a_imputer", "facture_en_conflit", "devise_sans_euros", "mois_sans_montant"}
    assert found >= {"octroi_absent", "compte_individuel_provisoire", "annee_pas_finie"}


def test_the_first_year_is_closed_with_what_was_sent(exemple):
    row = Subvention.objects.get(entreprise=exemple, annee_agrement_start=dt.date(2024, 4, 1))
    assert (row.state, row.persons_count) == ("cloturee", 24)
    moved = dict(Mouvement.objects.filter(subvention=row).values_list("kind", "amount"))
    sent = DossierTransmis.objects.get(subvention=row)
    assert moved["avance"] + moved["solde"] == Decimal(sent.decompte.explained["value"]["justifie"])
    names = " ".join(piece["name"] for piece in sent.pieces)
    for word in ("compte-individuel-2024", "compte-individuel-2025", "tableau-a", "declaration", "decompte"):
        assert word in names


def test_twenty_seven_persons_of_whom_one_departure_nearly_lost_a_step(exemple):
    days = [dt.date(2024, 4, 22), CLOSABLE, dt.date(2025, 9, 30), dt.date(2025, 10, 1), RUNNING, TODAY]
    counts = [effectif(engagements=engagement_facts(exemple.pk, as_of=day), as_of=day).value.total for day in days]
    assert counts == [24, 27, 27, 26, 27, 27]
    why = effectif(engagements=engagement_facts(exemple.pk, as_of=TODAY), as_of=TODAY).value.personnes
    reasons = " | ".join(one.motif for one in why)
    for word in ("malade de longue durée", "sous le mi-temps", "article 60", "ni TD ni TGD"):
        assert word in reasons


def test_sixty_files_were_read_of_which_some_wait(exemple):
    rows = Facture.objects.all()
    assert Counter(rows.values_list("source", flat=True)) == {"ubl": 60, "typed": 1}
    assert Counter(rows.values_list("state", flat=True)) == {"imputee": 57, "a_imputer": 3, "conflit": 1}
    assert rows.filter(kind="note_credit").count() == 3
    assert rows.filter(number=factures.DOUBLON).count() == 1
    assert FichierDepose.objects.filter(issue="deja_recue", facture__number=factures.DOUBLON).count() == 1
    refused = FichierDepose.objects.filter(issue="refusee").order_by("depot__deposited_at")
    assert [(row.code, row.done) for row in refused] == [("pas_une_facture_ubl", True), ("pas_une_facture_ubl", False)]
    assert rows.filter(source="typed", original__media_type="application/xml").count() == 1
    assert {warning["rule"] for row in rows for warning in row.warnings} == {"monnaie"}


def test_every_file_written_is_one_the_reader_accepts(exemple):
    for row in factures.lignes("factures"):
        read = lire(factures.ubl(exemple, row), filename="x.xml")
        assert read.decision == "accept", (row["n"], read)
        assert len(read.attachments) == bool(row.get("pdf"))


def test_every_number_is_well_formed_and_in_a_range_of_nobody(exemple):
    suppliers = donnees("frais")["fournisseurs"].values()
    belgian = [one["numero"] for one in suppliers if one.get("country", "BE") == "BE"]
    for number in (exemple.bce, *belgian):
        assert forms.read_bce(number) == number
        assert number.startswith("0999")
    for iban in (exemple.iban, *(one["iban"] for one in suppliers if "iban" in one)):
        assert forms.read_iban(iban)[4:7] == "999"
    assert forms.read_communication(factures.communication("2025/11320"))


def test_both_accompagnateurs_may_be_one(exemple):
    nadia, thomas = Accompagnateur.objects.order_by("-name")
    answers = [eligibilite(**eligibilite_facts(person), as_of=CLOSABLE).value.reponse for person in (nadia, thomas)]
    assert answers == ["oui", "oui_sur_pieces"]


def test_the_journal_tells_the_story_in_order_and_its_chain_holds(exemple):
    links = AuditEvent.objects.filter(entreprise_id=exemple.pk).order_by("sequence")
    moments = list(links.values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[0].date() == dt.date(2024, 4, 2)
    assert moments[-1].date() <= TODAY
    assert journal.verify(exemple.pk).ok
    assert links.count() > 400


def test_each_account_opens_with_the_printed_password_in_its_own_role(exemple):
    roles = Counter(actor(email).role for email, _ in ACCOUNTS)
    assert roles == {
        Role.GESTIONNAIRE: 2,
        Role.ADMINISTRATION: 2,
        Role.ACCOMPAGNATEUR: 2,
        Role.SECRETARIAT: 1,
        Role.TRAVAILLEUR: 1,
        Role.INSPECTION: 1,
        Role.FEDERATION: 1,
    }
    for email, _ in ACCOUNTS:
        assert authenticate(None, email=email, password=PASSWORD).email == email
    assert Travailleur.objects.filter(email__in=[email for email, _ in ACCOUNTS]).count() == 1


def test_papers_are_readable_and_say_that_they_are_invented(exemple):
    compte = CompteIndividuel.objects.get(year=2025, accompagnateur__first_name="Nadia", replaced=False)
    text = pypdf.PdfReader(io.BytesIO(proofs.read(compte.proof))).pages[0].extract_text()
    for word in ("Compte individuel 2025", "Nadia Vermeiren", "1452,30", "Pécule de vacances", SPECIMEN):
        assert word in text
    sealed = ConditionStatut.objects.exclude(proof=None).first().proof
    assert proofs.read(sealed).startswith(b"%PDF-")
    named = [proof.filename for proof in ProofFile.objects.all()]
    assert sum("attestation" in name for name in named) == ConditionStatut.objects.count() + 2


def test_a_long_paper_runs_over_pages_and_the_same_words_give_the_same_bytes(exemple):
    rows = [f"ligne ({n}) \\ é" for n in range(100)]
    made = feuille("Titre", rows)
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    assert len(pages) == 3
    assert "ligne (99) \\ é" in pages[2].extract_text()
    assert made == feuille("Titre", rows)


def test_a_build_is_whole_or_nothing_and_happens_once(exemple, monkeypatch):
    assert build_once(lambda: pytest.fail("announced")) is False

    def broken(scene, recit):
        recit.le(dt.date(2024, 5, 1), lambda now: 1 / 0)

    monkeypatch.setattr(annees, "raconter", broken)
    monkeypatch.setattr(ouverture, "_DATA", other_enterprise())
    links = AuditEvent.objects.count()
    with pytest.raises(ZeroDivisionError):
        build()
    assert AuditEvent.objects.count() == links
    assert EntrepriseInsertion.objects.count() == 1


def other_enterprise():
    """Give the same data under another number and other addresses, so that a second one may be begun."""
    data = donnees("entreprise")
    people = [user | {"email": f"autre-{user['email']}"} for user in data["utilisateurs"]]
    return data | {"entreprise": data["entreprise"] | {"bce": "0999100295"}, "utilisateurs": people}


OUTSIDE_THE_DOSSIER = [email for email, _ in ACCOUNTS if not email.startswith(("nadia@", "thomas@"))]


@pytest.mark.parametrize("email", OUTSIDE_THE_DOSSIER)
def test_nobody_outside_receives_a_sealed_text_on_any_page_she_can_reach(exemple, email, client):
    secrets = murs.sealed_texts()
    assert len(secrets) > 100
    client.force_login(User.objects.get(email=email))
    reached = murs.walk(client, reverse("compte:accueil"), secrets)
    assert {leak for leak in reached.leaks if leak[0] not in murs.TOLD.get(email, ())} == set()
    assert len(reached.pages) > 5


def test_the_walk_sees_what_an_accompagnateur_may_read(exemple, client):
    client.force_login(User.objects.get(email="nadia@tilleul.example"))
    assert murs.walk(client, "/suivi/", murs.sealed_texts(), most=60).leaks
