"""
The sources of *Aujourd'hui*: each owner of a thing with a date gives one function here, and one line below.

A source takes the ``Portee`` and answers lines in one or two indexed queries for the whole enterprise. It may stop
at ``portee.jusque``; the frame names, drops the lines about persons not open to who looks, sorts and counts.
"""

from clefdevoute.records.echeances.lignes import Source
from clefdevoute.records.echeances.sources import (
    amenagements,
    bilans,
    brouillons,
    consentements,
    contrats,
    conventions,
    documents,
    dossiers,
    forem,
    horloges,
    objectifs,
    parcours,
    releves,
    rendez_vous,
    sorties,
)

SOURCES: tuple[Source, ...] = (
    horloges.lignes,
    rendez_vous.lignes,
    brouillons.lignes,
    objectifs.a_revoir,
    objectifs.promises,
    dossiers.lignes,
    contrats.lignes,
    consentements.lignes,
    conventions.finissent,
    conventions.a_signer,
    conventions.rapports,
    conventions.sans_convention,
    forem.lignes,
    documents.accords,
    documents.lignes,
    bilans.lignes,
    bilans.a_refaire,
    sorties.lignes,
    releves.lignes,
    releves.sans_suivi,
    parcours.expertises,
    parcours.modules,
    parcours.essais,
    parcours.epreuves,
    parcours.interets,
    amenagements.lignes,
)

VIVES: frozenset[Source] = frozenset({brouillons.lignes, bilans.lignes})
"""Sources read at every look: a draft, of a bilan too, is saved at each pause without a trace in the journal."""
