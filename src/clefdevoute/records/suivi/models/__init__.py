"""The tables of this domain; ``base`` gives the shape of a row of a file."""

from clefdevoute.records.suivi.models.base import AppendOnlyDossierModel, DossierModel, DossierQuerySet
from clefdevoute.records.suivi.models.bilans import Bilan, BilanSante, CoteBilan, DomaineBilan, Niveau
from clefdevoute.records.suivi.models.brouillons import Brouillon
from clefdevoute.records.suivi.models.consentements import Consentement, MouvementConsentement
from clefdevoute.records.suivi.models.demarches import AncienTexte, AucuneDemarche, Demarche, HistoriqueDemarche
from clefdevoute.records.suivi.models.documents import Document, DocumentProduit, ModeleDocument
from clefdevoute.records.suivi.models.entretiens import Entretien
from clefdevoute.records.suivi.models.epingles import ASavoir
from clefdevoute.records.suivi.models.etats import CLOS, Etat, Geste, MotifAbandon
from clefdevoute.records.suivi.models.notes import Note, NotePartagee, NotePrivee, NoteSante
from clefdevoute.records.suivi.models.objectifs import HistoriqueObjectif, Horizon, Objectif
from clefdevoute.records.suivi.models.releves import Releve, RelevePersonne
from clefdevoute.records.suivi.models.signatures import AvisTravailleur, SignatureBilan
from clefdevoute.records.suivi.models.sorties import Sortie, SuiviSortie, TentativeSortie
from clefdevoute.records.suivi.models.suivis import SuiviPar
from clefdevoute.records.suivi.models.syntheses import Synthese
from clefdevoute.records.suivi.models.themes import Theme

__all__ = [
    "CLOS",
    "ASavoir",
    "AncienTexte",
    "AppendOnlyDossierModel",
    "AucuneDemarche",
    "AvisTravailleur",
    "Bilan",
    "BilanSante",
    "Brouillon",
    "Consentement",
    "CoteBilan",
    "Demarche",
    "Document",
    "DocumentProduit",
    "DomaineBilan",
    "DossierModel",
    "DossierQuerySet",
    "Entretien",
    "Etat",
    "Geste",
    "HistoriqueDemarche",
    "HistoriqueObjectif",
    "Horizon",
    "ModeleDocument",
    "MotifAbandon",
    "MouvementConsentement",
    "Niveau",
    "Note",
    "NotePartagee",
    "NotePrivee",
    "NoteSante",
    "Objectif",
    "Releve",
    "RelevePersonne",
    "SignatureBilan",
    "Sortie",
    "SuiviPar",
    "SuiviSortie",
    "Synthese",
    "TentativeSortie",
    "Theme",
]
