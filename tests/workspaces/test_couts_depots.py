"""Dropping files through the page: each has its place, none is lost, nothing breaks."""

import pytest
from bs4 import BeautifulSoup

from clefdevoute.records.frais.models import Depot, Facture, FichierDepose
from tests.documents.factures_exemples import ENTREPRISE, facture, note_de_credit
from tests.documents.factures_familles import FAMILLES
from tests.records.factories_frais import DepotFactory, FactureFactory, FichierDeposeFactory
from tests.workspaces.conftest import at_most
from tests.workspaces.couts_gestes import approved, text, upload, url

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def entreprise(entreprise):
    entreprise.bce = ENTREPRISE.numero
    entreprise.save()
    return approved(entreprise)


def drop(client, *files, **headers):
    return client.post(url("factures_deposer"), {"fichiers": [upload(*one) for one in files]}, headers=headers)


def test_a_drop_says_of_each_file_what_was_read_and_what_is_missing(gestionnaire):
    answer = drop(
        gestionnaire,
        ("saine.xml", facture()),
        ("deux-fois.xml", facture()),
        ("acheteur.xml", facture(number="F-9").replace(ENTREPRISE.numero.encode(), b"0403170701")),
        ("dollars.xml", facture(number="F-8").replace(b"EUR", b"USD")),
        ("credit.xml", note_de_credit()),
        ("coupee.xml", facture()[:700]),
        ("photo.pdf", PDF),
        ("vide.xml", b""),
        ("faux.xml", b"MZ\x00\x01"),
    )
    assert answer.status_code == 302
    page = gestionnaire.get(answer["Location"])
    said = text(page)
    places = [said.index(word) for word in ("photo.pdf", "deux-fois.xml", "saine.xml")]
    assert places == sorted(places), "refusées, à vérifier, acceptées : ce qui demande un geste d’abord"
    for sentence in (
        "Déjà reçue : rien n’a été ajouté.",
        "Le numéro de l’acheteur n’est pas celui de l’entreprise",
        "La facture est en USD : tapez le montant en euros et joignez sa preuve.",
        "Le fichier est vide.",
        "Le fichier n’a pas été gardé",
        "xml_mal_forme",
    ):
        assert sentence.replace(" :", "\u00a0:") in said.replace(" :", "\u00a0:"), sentence
    assert Facture.objects.count() == 4
    assert FichierDepose.objects.filter(done=False).count() == 2, "coupee.xml et photo.pdf attendent"


def test_htmx_is_led_to_the_results(gestionnaire):
    answer = drop(gestionnaire, ("a.xml", facture()), **{"HX-Request": "true"})
    assert answer["HX-Redirect"] == url("depot", Depot.objects.get().pk)


@pytest.mark.parametrize("htmx", [False, True])
def test_no_file_is_said(gestionnaire, htmx):
    answer = drop(gestionnaire, **({"HX-Request": "true"} if htmx else {}))
    assert answer.status_code == 422
    assert "Aucun fichier n’est choisi" in text(answer)
    assert not Depot.objects.exists()


def test_sixty_files_at_once_and_five_hundred_and_one_are_too_many(gestionnaire):
    answer = drop(gestionnaire, *((f"{n}.xml", facture(number=f"N-{n}")) for n in range(60)))
    assert answer.status_code == 302
    assert Facture.objects.count() == 60
    refused = gestionnaire.post(url("factures_deposer"), {"fichiers": [upload(f"{n}.xml", b"a") for n in range(501)]})
    assert refused.status_code == 413
    assert "500 fichiers" in text(refused)


@pytest.mark.parametrize("most", [1000, 100])
def test_a_request_too_heavy_is_refused_whole(gestionnaire, settings, most):
    settings.UPLOAD_MAX_BYTES = most
    answer = drop(gestionnaire, ("a.xml", facture()))
    assert answer.status_code == 413
    assert "200 Mo" in text(answer).replace("\u00a0", " ")
    assert not Depot.objects.exists()
    settings.UPLOAD_MAX_BYTES = 20_000
    assert drop(gestionnaire, ("a.xml", facture())).status_code == 302


def test_a_drop_of_three_hundred_costs_no_more_queries_than_one_of_three(gestionnaire, entreprise):
    depot = DepotFactory(entreprise=entreprise)
    rows = [FactureFactory(fournisseur__entreprise=entreprise) for _ in range(3)]
    for n in range(300):
        FichierDeposeFactory(depot=depot, rank=n, issue="nouvelle", decision=1, proof=None, facture=rows[n % 3])
    with at_most(12):
        page = gestionnaire.get(url("depot", depot.pk))
    assert "300 fichiers" in text(page).replace("\u00a0", " ")


OTHERS = {
    "cii.xml": b'<rsm:CrossIndustryInvoice xmlns:rsm="urn:un"/>',
    "commande.xml": b'<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>',
    "coupee.xml": b"<Invoice",
    "photo.pdf": b"%PDF-1.7\n%%EOF\n",
}


def test_each_of_our_own_families_goes_through_the_page(gestionnaire):
    ours = {
        f"{rank}-{credit:d}.xml": f"<?xml version='1.0'?>{one.ecrit(note_credit=credit)}".replace(
            "<cbc:ID>F-1<", f"<cbc:ID>F-{rank}-{credit:d}<"
        ).encode()
        for rank, one in enumerate(FAMILLES.values())
        for credit in (False, True)
    }
    all_go_through_the_page(gestionnaire, [*ours.items(), *OTHERS.items()])
    assert Facture.objects.count() == len(ours)


@pytest.mark.shared(twin="test_each_of_our_own_families_goes_through_the_page")
def test_every_shared_file_goes_through_the_page(gestionnaire, shared):
    files = [
        (path.name, path.read_bytes())
        for folder in ("invoices-ubl", "invoices-other-syntax")
        for path in sorted((shared / "data" / folder).rglob("*"))
        if path.suffix in {".xml", ".pdf"}
    ]
    all_go_through_the_page(gestionnaire, files)


def all_go_through_the_page(gestionnaire, files):
    answer = drop(gestionnaire, *files)
    assert answer.status_code == 302
    rows = FichierDepose.objects.filter(depot=Depot.objects.get())
    assert rows.count() == len(files)
    assert all(row.proof_id for row in rows.filter(issue="refusee"))
    for page in (1, 2):
        assert gestionnaire.get(f"{answer['Location']}?page={page}").status_code == 200
    for row in Facture.objects.all():
        assert gestionnaire.get(url("facture", row.pk)).status_code == 200, row.number


# Typing an invoice from a refused file, or alone

TYPED = {
    "supplier": "Imprimerie du Moulin",
    "enterprise_number": "0202.239.951",
    "kind": "facture",
    "number": "M-12",
    "issue_date": "14/04/2025",
    "net": "1.000,00",
    "vat": "210,00",
    "currency": "eur",
}


def type_(client, **changes):
    return client.post(url("facture_taper"), TYPED | changes)


def test_a_refused_file_becomes_the_piece_of_a_typed_invoice(gestionnaire):
    drop(gestionnaire, ("photo.pdf", PDF))
    file = FichierDepose.objects.get()
    page = gestionnaire.get(url("facture_taper", query=f"?piece={file.pk}"))
    assert "photo.pdf" in text(page)
    answer = type_(gestionnaire, garde=str(file.pk))
    row = Facture.objects.get()
    assert answer["Location"] == url("facture", row.pk)
    assert (row.source, row.gross, row.original_id) == ("pdf", 1210, file.proof_id)
    file.refresh_from_db()
    assert (file.done, file.facture) == (True, row)


def test_a_paper_sent_with_a_fault_is_kept_and_offered_again(gestionnaire):
    answer = type_(gestionnaire, number="", net="12,345", piece=upload("scan.pdf", PDF))
    assert answer.status_code == 422
    said = text(answer)
    assert "Tapez le numéro de la facture" in said
    assert "scan.pdf" in said
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.select_one("#id_net")["value"] == "12,345"
    kept = page.select_one("input[name=garde]")["value"]
    assert type_(gestionnaire, garde=kept).status_code == 302
    assert Facture.objects.get().original.filename == "scan.pdf"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"enterprise_number": "0202239950"}, "Ce numéro d’entreprise est refusé"),
        ({"net": "douze"}, "n’est pas un nombre lisible"),
        ({"issue_date": "31/02/2025"}, "n’existe pas"),
        ({"currency": "EURO"}, "trois lettres"),
        ({"period_start": "02/04/2025", "period_end": "01/04/2025"}, "finit avant de commencer"),
        ({"piece": "x"}, ""),
    ],
)
def test_what_cannot_be_read_is_said_and_kept(gestionnaire, changes, says):
    answer = type_(gestionnaire, **changes)
    if not says:
        assert answer.status_code == 302
        return
    assert answer.status_code == 422
    assert says in text(answer)
    page = BeautifulSoup(answer.content, "html.parser")
    for name, value in changes.items():
        assert page.select_one(f"[name={name}]")["value"] == value
    assert not Facture.objects.exists()


def test_a_piece_that_is_none_is_refused_with_its_sentence(gestionnaire):
    answer = type_(gestionnaire, piece=upload("x.exe", b"MZ\x00\x01"))
    assert answer.status_code == 409
    assert "n’est pas d’un type admis" in text(answer)
    assert not Facture.objects.exists()


def test_typing_it_twice_shows_the_first_and_another_amount_is_a_conflict(gestionnaire):
    type_(gestionnaire)
    first = Facture.objects.get()
    again = gestionnaire.post(url("facture_taper"), TYPED, follow=True)
    assert "déjà là" in text(again)
    assert Facture.objects.count() == 1
    other = gestionnaire.post(url("facture_taper"), TYPED | {"net": "900"}, follow=True)
    assert "départagez-les" in text(other)
    assert Facture.objects.exclude(pk=first.pk).get().conflict_with == first


def test_pending_files_are_counted_listed_and_left(gestionnaire):
    drop(gestionnaire, ("a.pdf", PDF), ("b.pdf", PDF + b"2"))
    assert "2 fichiers à reprendre" in text(gestionnaire.get(url("factures"))).replace("\u00a0", " ")
    file = FichierDepose.objects.get(filename="a.pdf")
    answer = gestionnaire.post(url("fichier_laisser", file.pk), follow=True)
    said = text(answer)
    assert "n’est plus proposé" in said
    assert "b.pdf" in said
    opened = gestionnaire.get(url("fichier", file.pk))
    assert opened["Content-Security-Policy"].startswith("sandbox")
    assert opened.content == PDF
