"""The addresses of bilans and consents, and what each needs inside an enterprise."""

from tests.records.factories_bilan import (
    BilanFactory,
    ConsentementFactory,
    CoteBilanFactory,
    DomaineBilanFactory,
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
    ]
)
