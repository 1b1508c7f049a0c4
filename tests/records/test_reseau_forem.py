"""The Forem packet: only with a standing consent, DEI and looking for work; what left is written once."""

import csv
import datetime as dt
import hashlib
import io
import json

import pytest
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from clefdevoute.documents import forem as packet
from clefdevoute.documents import metiers
from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import AuditEvent
from clefdevoute.records.reseau import facts, forem
from clefdevoute.records.reseau.actions import forem as actions
from clefdevoute.records.reseau.models import SuiteForem, TransmissionForem
from clefdevoute.records.suivi.models import Consentement
from tests.records import factories_reseau as made
from tests.records.factories import TravailleurFactory, actor
from tests.records.factories_bilan import ConsentementFactory

pytestmark = pytest.mark.django_db
D = dt.date
ON = D(2026, 3, 2)
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
LATER = dt.datetime(2026, 3, 10, 9, 0, tzinfo=dt.UTC)
HAIRDRESSER = metiers.chercher("coiffeuse")[0].uri


@pytest.fixture
def person():
    return TravailleurFactory(name="Diallo", first_name="Amina", phone="0470 12 34 56", email="amina@exemple.be")


@pytest.fixture
def by(person):
    return actor(Role.ACCOMPAGNATEUR, person.entreprise)


@pytest.fixture
def ready(person):
    """A person who agreed, is DEI and looks for work, with her facts."""
    made.RechercheEmploiFactory(travailleur=person)
    profil = made.ProfilForemFactory(travailleur=person, wanted=[HAIRDRESSER])
    return ConsentementFactory(travailleur=person, donne=True), profil


def produce(person, by, profil, champs=("nom", "contact", "permis", "metiers_souhaites", "experience")):
    found = packet.champs(person, profil, on=ON)
    return actions.produire_transmission(
        travailleur=person, paquet=packet.paquet_de(found, profil), champs=champs, language="fr", by=by, now=NOW
    )


def _without_consent(person, consent):
    Consentement.objects.filter(pk=consent.pk).delete()


def _withdrawn(person, consent):
    Consentement.objects.filter(pk=consent.pk).update(withdrawn_on=ON)


def _lapsed(person, consent):
    Consentement.objects.filter(pk=consent.pk).update(expires_on=D(2026, 3, 1))


def _old_text(person, consent):
    Consentement.objects.filter(pk=consent.pk).update(text_version="2020-1")


def _not_seeking(person, consent):
    forem.RechercheEmploi.objects.filter(travailleur=person).update(seeking=False)


def _not_dei(person, consent):
    forem.RechercheEmploi.objects.filter(travailleur=person).update(ends_on=ON)


CLOSED = [
    (_without_consent, "Pas de consentement donné"),
    (_withdrawn, "retiré le 02/03/2026 : rien ne part"),
    (_lapsed, "échu : redemandez-le"),
    (_old_text, "donné au texte 2020-1"),
    (_not_seeking, "ne cherche pas d'emploi"),
    (_not_dei, "Pas encore demandeur d'emploi inoccupé"),
]


@pytest.mark.parametrize(("closing", "says"), CLOSED, ids=lambda value: getattr(value, "__name__", ""))
def test_each_missing_condition_closes_the_gate_in_plain_words(person, by, ready, closing, says):
    assert forem.situation(person, on=ON).autorisee
    consent, profil = ready
    closing(person, consent)
    held = forem.situation(person, on=ON)
    assert not held.autorisee
    assert says.replace("'", "’") in " ".join(held.motifs).replace("'", "’")
    with pytest.raises(AccessDenied, match="Rien ne part"):
        produce(person, by, profil)
    assert not TransmissionForem.objects.exists()


def test_what_left_is_frozen_with_its_consent_and_its_hash(person, by, ready):
    consent, profil = ready
    row = produce(person, by, profil)
    assert row.fields == ["nom", "contact", "permis", "experience", "metiers_souhaites"]
    assert set(row.left_out) == {"langues", "titres", "mobilite", "disponibilite"}
    assert (row.consent_id, row.consent_version) == (consent.pk, "2024-1")
    kept = json.loads(row.packet)
    assert kept["nom"] == ["Amina Diallo"]
    assert kept["metiers_uri"] == [HAIRDRESSER]
    assert "langues" not in kept
    assert hashlib.sha256(row.packet.encode()).hexdigest() == row.sha256
    person.phone = "0"
    person.save()
    assert json.loads(TransmissionForem.objects.get().packet)["contact"][0] == "0470 12 34 56"
    with pytest.raises(DatabaseError), transaction.atomic():
        TransmissionForem.objects.update(language="nl")


def test_nothing_but_the_law_s_list_ever_leaves(person, by, ready):
    _, profil = ready
    for code in ("niss", "sante", "bilan", "notes"):
        with pytest.raises(AccessDenied, match="ne partent jamais au Forem"):
            produce(person, by, profil, champs=("nom", code))
    with pytest.raises(RowRefused, match="Aucune donnée"):
        actions.produire_transmission(
            travailleur=person, paquet={"nom": []}, champs=("nom",), language="fr", by=by, now=NOW
        )


def test_withdrawn_after_production_no_file_leaves_and_the_log_stays(person, by, ready):
    consent, profil = ready
    row = produce(person, by, profil)
    actions.sortir_fichier(transmission=row, file_format="pdf", niss_saisi=False, by=by, now=NOW)
    _withdrawn(person, consent)
    for file_format in ("pdf", "json", "csv"):
        with pytest.raises(AccessDenied, match="Rien ne part"):
            actions.sortir_fichier(transmission=row, file_format=file_format, niss_saisi=False, by=by, now=NOW)
    with pytest.raises(AccessDenied, match="Rien ne part"):
        actions.noter_remise(transmission=row, on=ON, channel="main", recipient="Mme Lambert", by=by, now=LATER)
    assert SuiteForem.objects.filter(kind="fichier").count() == 1
    assert TransmissionForem.objects.count() == 1


def test_the_receipt_then_the_answer_are_collected_once(person, by, ready):
    row = produce(person, by, ready[1])
    with pytest.raises(RowRefused, match="pas encore remis"):
        actions.noter_reponse(transmission=row, on=ON, answer="Reçu", none_came=False, by=by, now=NOW)
    with pytest.raises(RowRefused, match="la remise le suit"):
        actions.noter_remise(transmission=row, on=D(2026, 3, 1), channel="main", recipient="X", by=by, now=NOW)
    with pytest.raises(AccessDenied, match="pas encore passé"):
        actions.noter_remise(transmission=row, on=D(2026, 3, 3), channel="main", recipient="X", by=by, now=NOW)
    with pytest.raises(RowRefused, match="Aucun fichier n’est encore sorti"):
        actions.noter_remise(transmission=row, on=ON, channel="main", recipient="Mme Lambert", by=by, now=NOW)
    actions.sortir_fichier(transmission=row, file_format="pdf", niss_saisi=False, by=by, now=NOW)
    with pytest.raises(RowRefused, match="sa voie et la personne"):
        actions.noter_remise(transmission=row, on=ON, channel="main", recipient=" ", by=by, now=NOW)
    handed = actions.noter_remise(transmission=row, on=ON, channel="main", recipient="Mme Lambert", by=by, now=NOW)
    assert facts.preuves_reseau(person.entreprise_id, [person.pk], start=ON, end=ON) == {
        person.pk: [(8, ON, facts.REMISE, handed.pk)]
    }
    asked = facts.reponses_a_recueillir(person.entreprise_id, handed_until=ON)
    assert [one.pk for one in asked] == [handed.pk]
    actions.noter_reponse(transmission=row, on=ON, answer="Entretien fixé.", none_came=False, by=by, now=LATER)
    assert not facts.reponses_a_recueillir(person.entreprise_id, handed_until=ON).exists()


def test_each_file_taken_out_is_in_the_journal_without_a_value(person, by, ready):
    row = produce(person, by, ready[1])
    actions.sortir_fichier(transmission=row, file_format="json", niss_saisi=True, by=by, now=NOW)
    link = AuditEvent.objects.get(event="reseau.forem_fichier")
    assert link.purpose == "json_niss"
    written = SuiteForem.objects.get()
    assert (written.file_format, written.with_niss) == ("json", True)


def test_the_three_files_say_the_same_and_the_niss_only_when_typed(person, by, ready):
    row = produce(person, by, ready[1])
    plain = packet.Copie(person.entreprise, "Nadia Vermeiren")
    typed = packet.Copie(person.entreprise, "Nadia Vermeiren", niss="85.07.30-033.28")
    read = json.loads(packet.fichier(row, "json", plain).contenu)
    assert read["schema"] == "clefdevoute.forem/1"
    assert read["donnees"]["nom"] == ["Amina Diallo"]
    canonical = json.dumps(read["donnees"], ensure_ascii=False, sort_keys=True)
    assert hashlib.sha256(canonical.encode()).hexdigest() == read["empreinte"] == row.sha256
    assert "niss" not in read
    assert json.loads(packet.fichier(row, "json", typed).contenu)["niss"] == "85.07.30-033.28"
    rows = list(csv.reader(io.StringIO(packet.fichier(row, "csv", plain).contenu.decode("utf-8-sig")), delimiter=";"))
    assert ["nom", "Nom et prénom", "Amina Diallo"] in rows
    assert ["permis", "Permis de conduire", "B"] in rows
    for copie, holds in ((plain, False), (typed, True)):
        pdf = PdfReader(io.BytesIO(packet.fichier(row, "pdf", copie).contenu))
        text = "\n".join(page.extract_text() for page in pdf.pages)
        for words in ("Amina Diallo", "0470 12 34 56", "coiffeur/coiffeuse", "Trois ans de nettoyage", row.sha256[:16]):
            assert words in text
        assert ("85.07.30-033.28" in text) is holds
        assert "Certificat" not in text, "les titres ont été laissés de côté"
    assert packet.fichier(row, "pdf", plain).contenu == packet.fichier(row, "pdf", plain).contenu


def test_a_formula_typed_is_text_in_the_spreadsheet(person, by, ready):
    _, profil = ready
    profil.experience = "=HYPERLINK(1)\n@SUM(A1)"
    profil.save()
    content = packet.fichier(produce(person, by, profil), "csv", packet.Copie(person.entreprise, "X")).contenu
    values = [row[2] for row in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")]
    assert "'=HYPERLINK(1)" in values
    assert "'@SUM(A1)" in values


def test_dei_is_noted_corrected_and_ended_never_doubled(person, by):
    row = actions.noter_recherche(travailleur=person, dei_since=D(2026, 2, 2), seeking=False, by=by, now=NOW)
    again = actions.noter_recherche(travailleur=person, dei_since=D(2026, 2, 1), seeking=True, by=by, now=NOW)
    assert (row.pk, again.dei_since, again.seeking) == (again.pk, D(2026, 2, 1), True)
    actions.terminer_recherche(recherche=again, ends_on=D(2026, 2, 20), by=by, now=NOW)
    assert forem.recherche_en_cours(person, ON) is None
    with pytest.raises(AccessDenied, match="pas encore passé"):
        actions.noter_recherche(travailleur=person, dei_since=D(2026, 3, 3), seeking=True, by=by, now=NOW)


def test_without_consent_or_search_the_task_has_no_object(person, ready):
    other = TravailleurFactory(entreprise=person.entreprise)
    ids = [person.pk, other.pk]
    found = facts.sans_objet_reseau(person.entreprise_id, ids, start=D(2026, 1, 1), end=ON)
    assert 8 not in found[person.pk]
    assert "DEI" in found[other.pk][8]
    made.RechercheEmploiFactory(travailleur=other)
    found = facts.sans_objet_reseau(person.entreprise_id, ids, start=D(2026, 1, 1), end=ON)
    assert "accord" in found[other.pk][8]


@pytest.mark.parametrize("role", list(Role))
def test_only_an_accompagnateur_of_the_enterprise_sees_and_sends(person, ready, role):
    row = produce(person, actor(Role.ACCOMPAGNATEUR, person.entreprise), ready[1])
    inside, outside = actor(role, person.entreprise), actor(role, TravailleurFactory().entreprise)
    sees = role is Role.ACCOMPAGNATEUR
    for model in (TransmissionForem, type(ready[1])):
        assert model.objects.visible_to(inside).exists() is sees
        assert not model.objects.visible_to(outside).filter(entreprise=person.entreprise).exists()
    for who, may in ((inside, sees), (outside, False)):
        if may:
            actions.sortir_fichier(transmission=row, file_format="pdf", niss_saisi=False, by=who, now=NOW)
        else:
            with pytest.raises(AccessDenied):
                actions.sortir_fichier(transmission=row, file_format="pdf", niss_saisi=False, by=who, now=NOW)


def test_in_an_assigned_only_enterprise_a_colleague_sees_no_packet(person, ready):
    produce(person, actor(Role.ACCOMPAGNATEUR, person.entreprise), ready[1])
    person.entreprise.assigned_only = True
    person.entreprise.save()
    colleague = actor(Role.ACCOMPAGNATEUR, person.entreprise)
    assert not TransmissionForem.objects.visible_to(colleague).exists()
