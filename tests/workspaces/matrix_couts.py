"""The addresses of costs, and what each needs inside an enterprise."""

import datetime as dt

from clefdevoute.records.entreprises.models import Agrement
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.access import Role
from tests.records.factories import NOW, AccompagnateurFactory, AgrementFactory, actor
from tests.records.factories_frais import (
    ChargeRecurrenteFactory,
    CleRepartitionFactory,
    CompteIndividuelFactory,
    DepotFactory,
    FactureFactory,
    FichierDeposeFactory,
    ImportComptesFactory,
    MontantCompteIndividuelFactory,
    PieceFactureFactory,
)
from tests.workspaces.matrix import Entry, register

START = dt.date(2024, 3, 15)


def kept(entreprise, content=b"%PDF-1.7\n%%EOF\n", filename="piece.pdf"):
    """Keep a real file of the enterprise, for an address that opens it."""
    by = actor(Role.GESTIONNAIRE, entreprise)
    return proofs.store(content=content, filename=filename, by=by, entreprise_id=entreprise.pk, now=NOW)


def invoice(entreprise):
    return {"pk": FactureFactory(fournisseur__entreprise=entreprise).pk}


def file(entreprise):
    return {"pk": FichierDeposeFactory(depot__entreprise=entreprise, proof=kept(entreprise)).pk}


def piece(entreprise):
    return {"pk": PieceFactureFactory(facture__fournisseur__entreprise=entreprise, proof=kept(entreprise)).pk}


def key(entreprise):
    return {"pk": CleRepartitionFactory(entreprise=entreprise).pk}


def charge(entreprise):
    return {"pk": ChargeRecurrenteFactory(entreprise=entreprise).pk}


def account(entreprise):
    return {"pk": AccompagnateurFactory(entreprise=entreprise).pk, "annee": 2025}


def document(entreprise):
    return {"pk": CompteIndividuelFactory(accompagnateur__entreprise=entreprise, proof=kept(entreprise)).pk}


def imported(entreprise):
    csv = kept(entreprise, b"mois;brut\n04/2025;3000,00\n", "paie.csv")
    return {"pk": ImportComptesFactory(accompagnateur__entreprise=entreprise, file=csv).pk}


def year(entreprise):
    if not Agrement.objects.of(entreprise.pk).exists():
        AgrementFactory(entreprise=entreprise, starts_on=START)
    return {"annee": START}


def entry(name, kwargs=None, *, post=False, **more):
    given = {"kwargs": kwargs} if kwargs else {}
    return Entry(name=f"gestionnaire:{name}", post=post, **given, **more)


register(
    [
        entry("factures"),
        entry("factures_imputer", post=True),
        entry("factures_deposer"),
        entry("depot", lambda entreprise: {"pk": DepotFactory(entreprise=entreprise).pk}),
        entry("fichiers"),
        entry("fichier", file),
        entry("fichier_laisser", file, post=True),
        entry("facture_taper"),
        entry("facture_piece", piece),
        entry("facture", invoice),
        entry("facture_fichier", invoice),
        entry("facture_corriger", invoice),
        *(
            entry(f"facture_{name}", invoice, post=True)
            for name in ("imputer", "retirer", "ecarter", "reprendre", "departager", "euros", "autre_subvention")
        ),
        entry("cles"),
        entry("cle", key),
        entry("cle_fermer", key, post=True),
        entry("charges"),
        entry("charges_annee", year, tenant=False),
        entry("charge", charge),
        entry("charge_montant", charge, post=True),
        entry("charge_terminer", charge, post=True),
        entry("comptes"),
        entry("compte", account),
        entry("montant_ajouter", account, post=True),
        entry("compte_deposer", account, post=True),
        entry("compte_importer", account, post=True),
        entry(
            "montant_effacer",
            lambda entreprise: {"pk": MontantCompteIndividuelFactory(accompagnateur__entreprise=entreprise).pk},
            post=True,
        ),
        entry("compte_document", document),
        entry("compte_import", imported),
        entry("compte_import_annuler", imported, post=True),
    ]
)
