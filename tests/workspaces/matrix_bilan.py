"""The addresses of bilans and consents, and what each needs inside an enterprise."""

from clefdevoute.documents.suivi.propres import attestation
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.classification import FieldClass
from tests.records.factories import NOW, actor
from tests.records.factories_bilan import (
    BilanFactory,
    ConsentementFactory,
    CoteBilanFactory,
    DocumentFactory,
    DocumentProduitFactory,
    DomaineBilanFactory,
    ModeleDocumentFactory,
)
from tests.workspaces.matrix import register
from tests.workspaces.matrix_dossier import entry, person


def draft(entreprise):
    row = BilanFactory(travailleur__entreprise=entreprise, brouillon=True)
    CoteBilanFactory(bilan=row)
    return {"pk": row.travailleur_id, "bilan": row.pk}


def done(entreprise):
    row = BilanFactory(travailleur__entreprise=entreprise)
    CoteBilanFactory(bilan=row)
    return {"pk": row.travailleur_id, "bilan": row.pk}


def domain(entreprise):
    DomaineBilanFactory(entreprise=entreprise)
    return {"pk": DomaineBilanFactory(entreprise=entreprise).pk}


def question(entreprise):
    row = ConsentementFactory(travailleur__entreprise=entreprise)
    return {"pk": row.travailleur_id, "row": row.pk}


def purpose(entreprise):
    return person(entreprise) | {"purpose": "forem"}


def kept(entreprise, content=b"%PDF-1.7\n%%EOF\n", classe=FieldClass.SECRET_SOCIAL):
    """Keep the bytes of a file, so that it can be served."""
    who = actor(Role.ACCOMPAGNATEUR, entreprise)
    return proofs.store(
        content=content, filename="page.pdf", by=who, entreprise_id=entreprise.pk, now=NOW, classe=classe
    )


def paper(entreprise):
    row = DocumentFactory(travailleur__entreprise=entreprise, proof=kept(entreprise))
    return {"pk": row.travailleur_id, "document": row.pk}


def produced(entreprise):
    row = DocumentProduitFactory(travailleur__entreprise=entreprise, proof=kept(entreprise))
    return {"pk": row.travailleur_id, "produit": row.pk}


def model(entreprise):
    proof = kept(entreprise, attestation(), FieldClass.ADMINISTRATIF)
    return {"pk": ModeleDocumentFactory(entreprise=entreprise, proof=proof).pk}


def own(_):
    return {"code": "attestation"}


register(
    [
        entry("bilans"),
        entry("bilan", done),
        entry("bilan_remplir", draft),
        entry("bilan_rouvrir", done, post=True),
        entry("bilan_avis", done),
        entry("bilan_copie", done),
        entry("bilan_copie_pdf", done),
        entry("bilan_page_signee", done, answers=frozenset({404})),
        entry("bilan_retrouver", lambda _: {}, tenant=False),
        entry("domaines", lambda _: {}, tenant=False),
        entry("domaine", domain, post=True, tenant=False),
        entry("consentements"),
        entry("consentement_demander", purpose),
        entry("consentement", question),
        entry("consentement_page", question),
        entry("consentement_retirer", question, post=True),
        entry("consentement_signe", question, post=True),
        entry("documents"),
        entry("document", paper),
        entry("document_fichier", paper),
        entry("document_controler", paper, post=True),
        entry("document_terme", paper, post=True),
        entry("document_produire", post=True),
        entry("document_produit", produced),
        entry("dossier_papier"),
        entry("modeles", lambda _: {}, tenant=False),
        entry("modele", model),
        entry("modele_retirer", model, post=True),
        entry("modele_exemple", own, tenant=False),
    ]
)
