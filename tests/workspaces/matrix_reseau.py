"""The addresses of the network, of the conventions with the CPAS and of the Forem."""

import datetime as dt

from tests.records import factories_reseau as made
from tests.records.factories import TravailleurFactory
from tests.records.factories_bilan import ConsentementFactory
from tests.workspaces.matrix import Entry, register
from tests.workspaces.matrix_dossier import SUIVI
from tests.workspaces.matrix_seances import kept


def partner(entreprise):
    return {"pk": made.PartenaireFactory(entreprise=entreprise, cpas=True).pk}


def contact(entreprise):
    return {"pk": made.ContactFactory(partenaire__entreprise=entreprise).pk}


def convention(entreprise):
    return {"pk": made.ConventionCpasFactory(cpas__entreprise=entreprise).pk}


def person_under(entreprise):
    return {"pk": made.ConventionPersonneFactory(convention__cpas__entreprise=entreprise).pk}


def signature(entreprise):
    return {"pk": made.SignatureFactory(convention__cpas__entreprise=entreprise, convention__envoyee=True).pk}


def signed(entreprise):
    paper = kept(entreprise)
    row = made.SignatureFactory(
        convention__cpas__entreprise=entreprise, convention__envoyee=True, signed_on=dt.date(2025, 12, 20), proof=paper
    )
    return {"pk": row.pk}


def drafted(entreprise):
    return {"pk": made.SignatureFactory(convention__cpas__entreprise=entreprise).pk}


def report(entreprise):
    return {"pk": made.RapportCpasFactory(convention__cpas__entreprise=entreprise, convention__signee=True).pk}


def person(entreprise):
    row = TravailleurFactory(entreprise=entreprise)
    made.ProfilForemFactory(travailleur=row)
    made.RechercheEmploiFactory(travailleur=row)
    ConsentementFactory(travailleur=row, donne=True, expires_on=dt.date(2090, 1, 1))
    return {"pk": row.pk}


def packet(entreprise):
    return {"pk": made.TransmissionForemFactory(travailleur__entreprise=entreprise).pk}


def file_of(entreprise):
    return packet(entreprise) | {"file_format": "pdf"}


def entry(name, make=None, **more):
    kwargs = {} if make is None else {"kwargs": make}
    return Entry(name=f"accompagnateur:{name}", roles=SUIVI, **kwargs, **more)


register(
    [
        entry("reseau"),
        entry("partenaire_nouveau"),
        entry("partenaire", partner),
        entry("partenaire_modifier", partner),
        entry("contact_nouveau", partner),
        entry("contact", contact),
        entry("conventions"),
        entry("convention_nouvelle"),
        entry("convention", convention),
        entry("convention_modifier", convention),
        entry("convention_docx", convention),
        entry("convention_pdf", convention),
        entry("convention_personne", convention),
        entry("convention_signataire", convention),
        entry("convention_envoyer", convention),
        entry("convention_denoncer", convention),
        entry("convention_personne_fin", person_under),
        entry("signature", signature),
        entry("signature_relancer", signature),
        entry("exemplaire", signed),
        entry("exemplaire_joindre", signature),
        entry("signataire", signature),
        entry("signataire_retirer", drafted, post=True),
        entry("convention_personne_retirer", person_under, post=True),
        entry("rapport_cpas", report),
        entry("rapport_cpas_pdf", report),
        entry("rapport_cpas_envoyer", report),
        entry("rapport_cpas_annuler", report),
        entry("forem"),
        entry("forem_dossier", person),
        entry("forem_recherche", person),
        entry("forem_profil", person),
        entry("forem_metiers", person),
        entry("forem_apercu", person),
        entry("forem_produire", person, post=True),
        entry("transmission", packet),
        entry("transmission_fichier", file_of, post=True),
        entry("transmission_remise", packet),
        entry("transmission_reponse", packet),
    ]
)
