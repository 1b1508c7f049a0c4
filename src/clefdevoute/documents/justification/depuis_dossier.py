"""
A recorded year as the papers take it: rows and the law's answers in, sheets, declaration and package out.

Nothing is decided here: every amount is one that the décompte of the year gave. What is printed is
compared with it before it leaves, so that a table can never say other than the décompte.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clefdevoute.law.accompagnement_social.tableaux import FeuilleTableau
from clefdevoute.law.accompagnement_social.values import lines_at
from clefdevoute.law.kernel.codec import to_json
from clefdevoute.records.entreprises.facts import comptes_at
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation import proofs
from clefdevoute.records.frais.models import CompteIndividuel
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.records.subventions.decompte import DecompteAnnee, lignes_admises, tient
from clefdevoute.records.subventions.errors import EnvoiRefuse
from clefdevoute.records.subventions.manque import Bilan, tables_of
from clefdevoute.records.subventions.manque_couts import comptes_en_vigueur, comptes_requis
from clefdevoute.records.subventions.models import DeclarationHonneur, DecompteFige

from .classeur_ods import classeur_ods
from .classeur_xlsx import classeur_xlsx
from .feuilles import CompteMappe, LigneAjoutee, feuille
from .modele import (
    AideDeMinimis,
    AnneeAgrement,
    Declaration,
    DeMinimis,
    Depense,
    Emission,
    Entete,
    Feuille,
    PieceIncoherente,
    Tableau,
)
from .paquet import Genre, Paquet, Piece, assembler
from .pdf import tableau_pdf
from .pdf_declaration import declaration_pdf
from .pdf_decompte import decompte_pdf

HUNDRED = Decimal(100)
PAPIERS = frozenset(
    {"decompte_non_fige", "decompte_perime", "declaration_absente", "declaration_perimee", "declaration_non_signee"}
)
"""What misses before a package is *sent*, and does not keep it from being *produced*: signing comes after printing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signs, in which quality and where; empty places are left to fill in by hand."""

    signataire: str = ""
    qualite: str = ""
    lieu: str = ""


def entete(entreprise: EntrepriseInsertion) -> Entete:
    """Name the enterprise as the annexes do."""
    return Entete(nom=entreprise.name, bce=entreprise.bce_display, dossier=entreprise.file_number)


def annee(counted: DecompteAnnee) -> AnneeAgrement:
    """Give the bounds of the year as the papers take them."""
    year = counted.faits.annee
    return AnneeAgrement(du=year.debut, au=year.fin)


def telephones(entreprise: EntrepriseInsertion, counted: DecompteAnnee) -> tuple[str, ...]:
    """List the numbers asked at the foot of Table A, of each accompagnateur under contract in the year."""
    asked = {who for who, _ in comptes_requis(counted.faits)}
    people = Accompagnateur.objects.of(entreprise.pk).filter(pk__in=asked)
    found: dict[str, None] = {}
    for person in people:
        found |= dict.fromkeys(filter(None, (person.phone, person.mobile and f"GSM {person.mobile}")))
    return tuple(found)


def feuilles(
    entreprise: EntrepriseInsertion, counted: DecompteAnnee, tableau: Tableau, *, toutes: bool = False
) -> tuple[Feuille, ...]:
    """Lay out the sheets of a table that are to be filled in; ``toutes`` gives the others too."""
    wanted = [
        sheet
        for sheet in tables_of(counted).feuilles
        if sheet.tableau == tableau.value and (toutes or sheet.besoin == "a_remplir")
    ]
    if not wanted:
        return ()
    accounts = {
        code: CompteMappe(numero=row.account)
        for code, row in comptes_at(entreprise.pk, counted.faits.annee.debut).items()
    }
    shared = _Matter(
        head=entete(entreprise),
        year=annee(counted),
        lines=_by_cell(counted),
        accounts=accounts,
        phones=telephones(entreprise, counted) if tableau is Tableau.A else (),
    )
    return tuple(_feuille(sheet, shared) for sheet in wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matter:
    """What the sheets of a year share."""

    head: Entete
    year: AnneeAgrement
    lines: Mapping[tuple[str, dt.date], list[Depense]]
    accounts: Mapping[str, CompteMappe]
    phones: tuple[str, ...]


def _by_cell(counted: DecompteAnnee) -> dict[tuple[str, dt.date], list[Depense]]:
    """Sort the admitted costs by line and month."""
    found: dict[tuple[str, dt.date], list[Depense]] = defaultdict(list)
    for line, answer in lignes_admises(counted):
        if answer.value.etat == "admise":
            found[line.depense.ligne, answer.value.mois].append(
                Depense(
                    piece=line.depense.piece,
                    montant=answer.value.supporte,
                    cle=line.depense.cle / HUNDRED,
                    dedie=answer.value.montant,
                )
            )
    return found


def _feuille(sheet: FeuilleTableau, shared: _Matter) -> Feuille:
    quarter = range(3 * sheet.trimestre - 2, 3 * sheet.trimestre + 1)
    rows = {row["code"]: row for row in lines_at(shared.year.du, sheet.tableau)}
    held = {
        (code, month.month): costs
        for (code, month), costs in shared.lines.items()
        if code in rows and month.year == sheet.annee and month.month in quarter
    }
    added = [
        LigneAjoutee(code=code, libelle=row["libelle"], compte=row["comptes"])
        for code, row in rows.items()
        if row["ajoutee"] == "oui" and any(key[0] == code for key in held)
    ]
    made = feuille(
        tableau=Tableau(sheet.tableau),
        entete=shared.head,
        annee=shared.year,
        civile=sheet.annee,
        trimestre=sheet.trimestre,
        depenses=held,
        comptes=shared.accounts,
        ajouts=added,
        telephones=shared.phones,
    )
    if made.total != sheet.total:
        raise PieceIncoherente(
            f"La feuille {made.nom} porte {made.total} € et le décompte {sheet.total} € : rien n’a été produit. "
            "Rechargez la page ; si cela revient, prévenez l’installation."
        )
    return made


def declaration(entreprise: EntrepriseInsertion, counted: DecompteAnnee, signature: Signature) -> Declaration:
    """Fill the sworn statement with the figures of the décompte."""
    figures, tables = counted.explained.value, tables_of(counted)
    filled = [sheet for sheet in tables.feuilles if sheet.besoin == "a_remplir"]
    by_table = {
        letter: sum((sheet.total for sheet in filled if sheet.tableau == letter), Decimal("0.00")) for letter in "AB"
    }
    asked = {who for who, _ in comptes_requis(counted.faits)}
    people = Accompagnateur.objects.of(entreprise.pk).filter(pk__in=asked)
    return Declaration(
        entete=entete(entreprise),
        annee=annee(counted),
        accompagnateurs=tuple(str(person) for person in people),
        subvention=figures.octroye,
        cout_salarial=figures.cout_salarial,
        frais_tableau_a=by_table["A"],
        frais_tableau_b=by_table["B"] if tables.tableau_b else None,
        frais_retenus=figures.frais_retenus,
        total_justifie=figures.justifie,
        de_minimis=_de_minimis(counted),
        signataire=signature.signataire,
        qualite=signature.qualite,
        lieu=signature.lieu,
    )


def _de_minimis(counted: DecompteAnnee) -> DeMinimis | None:
    """Say the small aids of the window, this year's grant included."""
    step = next((one for one in counted.explained.because if one.rule == "sieg.place"), None)
    asked = counted.faits.de_minimis
    if step is None or asked is None:
        return None
    room = step.value
    kinds = {"sieg": "de minimis SIEG", "generale": "de minimis général"}
    counted_aids = [
        AideDeMinimis(
            le=aid.octroyee_le,
            autorite=aid.libelle,
            base=kinds[aid.type_aide],
            montant=aid.montant if aid.montant_final is None else aid.montant_final,
        )
        for aid in asked.aides
        if room.fenetre_du <= aid.octroyee_le <= room.fenetre_au
    ]
    granted = counted.explained.value.octroye
    own = AideDeMinimis(le=asked.octroi_le, autorite="Région wallonne", base="la présente subvention", montant=granted)
    return DeMinimis(
        reglement=f"règlement (UE) {room.reglement}",
        plafond=room.plafond,
        fenetre=f"du {room.fenetre_du:%d/%m/%Y} au {room.fenetre_au:%d/%m/%Y}",
        aides=(*counted_aids, own),
        total=room.utilise + granted,
    )


def figures_en_vigueur(counted: DecompteAnnee) -> DecompteFige | None:
    """Find the frozen décompte that still says what the rows say."""
    if counted.faits.subvention is None:
        return None
    rows = DecompteFige.objects.of(counted.faits.subvention.entreprise_id).filter(subvention=counted.faits.subvention)
    last = rows.order_by("frozen_at", "pk").last()
    return last if last is not None and tient(last.explained, last.readings, counted) else None


def _explique(counted: DecompteAnnee, frozen: DecompteFige | None) -> Mapping[str, Any]:
    explained: Mapping[str, Any] = frozen.explained if frozen else to_json(counted.explained)
    return explained


def decompte_du_dossier(entreprise: EntrepriseInsertion, counted: DecompteAnnee, *, emission: Emission) -> bytes:
    """Set the explained décompte in type: the frozen one where it is still true."""
    explained = _explique(counted, figures_en_vigueur(counted))
    return decompte_pdf(explained, entete=entete(entreprise), annee=annee(counted), emission=emission)


def declaration_du_dossier(
    entreprise: EntrepriseInsertion, counted: DecompteAnnee, *, signature: Signature, emission: Emission
) -> bytes:
    """Set the sworn statement in type, to be printed and signed."""
    return declaration_pdf(declaration(entreprise, counted, signature), emission=emission)


def _declared(
    entreprise: EntrepriseInsertion, counted: DecompteAnnee, frozen: DecompteFige | None, emission: Emission
) -> Piece:
    """Take the signed scan, else the document produced on the frozen décompte, else one made now."""
    held = None
    if frozen is not None:
        rows = DeclarationHonneur.objects.of(entreprise.pk).filter(decompte=frozen, replaced=False)
        held = rows.select_related("document", "signed_document").first()
    if held is not None:
        for proof, signed in ((held.signed_document, True), (held.document, False)):
            if proof is not None and proof.media_type == "application/pdf":
                return Piece(genre=Genre.DECLARATION, contenu=proofs.read(proof), signee=signed)
    signature = prefilled_signature(entreprise)
    content = declaration_du_dossier(entreprise, counted, signature=signature, emission=emission)
    return Piece(genre=Genre.DECLARATION, contenu=content)


def prefilled_signature(entreprise: EntrepriseInsertion) -> Signature:
    """Take who signed last, in which quality and where, from the last declaration of any year (F63)."""
    last = DeclarationHonneur.objects.of(entreprise.pk).exclude(signatory="").order_by("generated_at").last()
    if last is None:
        return Signature(lieu=entreprise.city)
    return Signature(signataire=last.signatory, qualite=last.quality, lieu=last.place or entreprise.city)


def _comptes(entreprise: EntrepriseInsertion, counted: DecompteAnnee) -> list[Piece]:
    held = comptes_en_vigueur(entreprise, counted.faits)
    names: dict[str, str] = {}
    pieces = []
    for who, year in comptes_requis(counted.faits):
        row = held[who, year]
        name = str(row.accompagnateur)
        if who not in names:
            twins = sum(1 for other in names.values() if other.split(" (")[0] == name)
            names[who] = f"{name} ({twins + 1})" if twins else name
        pieces.append(
            Piece(
                genre=Genre.COMPTE_INDIVIDUEL,
                contenu=proofs.read(row.proof),
                accompagnateur=names[who],
                annee_civile=year,
                provisoire=row.nature != CompteIndividuel.Nature.DEFINITIF,
            )
        )
    return pieces


def check_productible(bilan: Bilan) -> DecompteAnnee:
    """Refuse a package that could not be examined: everything that blocks but the signing of its own papers."""
    held = [item for item in bilan.blocking if item.code not in PAPIERS]
    if held or bilan.decompte is None:
        sentences = " ".join(item.sentence for item in held)
        raise EnvoiRefuse(f"Le dossier attend : {sentences}", tuple(item.code for item in held))
    return bilan.decompte


def produire(entreprise: EntrepriseInsertion, bilan: Bilan, *, emission: Emission) -> Paquet:
    """Produce the whole package of a year: the closed list of pieces, their hashes, one ZIP (A22)."""
    counted = check_productible(bilan)
    frozen = figures_en_vigueur(counted)
    head, year = entete(entreprise), annee(counted)
    table_a = feuilles(entreprise, counted, Tableau.A)
    table_b = feuilles(entreprise, counted, Tableau.B)
    if not any(sheet.total or _holds(sheet) for sheet in table_b):
        table_b = ()
    pieces = _comptes(entreprise, counted)
    if table_a:
        pieces.append(Piece(genre=Genre.TABLEAU_A, contenu=tableau_pdf(table_a, emission=emission)))
    if table_b:
        pieces.append(Piece(genre=Genre.TABLEAU_B, contenu=tableau_pdf(table_b, emission=emission)))
    if sheets := (*table_a, *table_b):
        pieces.append(Piece(genre=Genre.CLASSEUR_XLSX, contenu=classeur_xlsx(sheets, emission=emission)))
        pieces.append(Piece(genre=Genre.CLASSEUR_ODS, contenu=classeur_ods(sheets, emission=emission)))
    pieces.append(_declared(entreprise, counted, frozen, emission))
    paper = decompte_pdf(_explique(counted, frozen), entete=head, annee=year, emission=emission)
    pieces.append(Piece(genre=Genre.DECOMPTE, contenu=paper))
    excuse = "" if table_a else _tables_sentence(counted)
    return assembler(pieces, entete=head, annee=year, emission=emission, dispense_tableau=excuse)


def _holds(sheet: Feuille) -> bool:
    return any(month.depenses for charge in sheet.charges for month in charge.mois)


def _tables_sentence(counted: DecompteAnnee) -> str:
    """Take the law's own sentence for a year that needs no table."""
    return next(one.sentence for one in counted.explained.because if one.rule == "accompagnement_social.tableaux")


def prevu(entreprise: EntrepriseInsertion, counted: DecompteAnnee) -> tuple[tuple[str, str], ...]:
    """List what the package will hold, without producing it: each piece and what is said of it."""
    held = comptes_en_vigueur(entreprise, counted.faits)
    names = {str(row.pk): str(row) for row in Accompagnateur.objects.of(entreprise.pk)}
    found = []
    for who, year in comptes_requis(counted.faits):
        row = held.get((who, year))
        said = "manque" if row is None else row.get_nature_display().lower()
        found.append((f"Compte individuel {year}, {names[who]}", said))
    tables = tables_of(counted)
    for letter in "AB":
        sheets = [one for one in tables.feuilles if one.tableau == letter and one.besoin == "a_remplir"]
        if sheets and (letter == "A" or any(one.cases for one in sheets)):
            count = len(sheets)
            found.append((f"Tableau {letter}", f"{count} feuille{'s' if count > 1 else ''}, PDF, XLSX et ODS"))
    return (
        *found,
        ("Déclaration sur l’honneur", ""),
        ("Décompte expliqué", ""),
        ("Liste des pièces", "avec empreintes"),
    )
