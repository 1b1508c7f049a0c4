"""
Time of one dossier on paper: tableau A for four quarters, tableau B, sworn statement = 6 A4 pages.

    python bench/dossier.py [--tours 15] [--soffice soffice]

Ours against the same six pages by a bare typst template (no annex words, no tags, no PDF/A), and against
filling a spreadsheet with openpyxl and converting it with LibreOffice where both are installed.
Every PDF is checked: six pages and the grand total in its text. One JSON line a measure, then the ratios.
"""

import argparse
import datetime as dt
import importlib.util
import json
import random
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from pypdf import PdfReader

from clefdevoute.documents.justification import texte as t
from clefdevoute.documents.justification.annexes import annexe
from clefdevoute.documents.justification.classeur_ods import classeur_ods
from clefdevoute.documents.justification.classeur_xlsx import classeur_xlsx
from clefdevoute.documents.justification.feuilles import feuille
from clefdevoute.documents.justification.modele import (
    AnneeAgrement,
    Declaration,
    Depense,
    Emission,
    Entete,
    Feuille,
    Tableau,
)
from clefdevoute.documents.justification.paquet import Genre, Piece, assembler
from clefdevoute.documents.justification.pdf import tableau_pdf
from clefdevoute.documents.justification.pdf_declaration import declaration_pdf
from clefdevoute.documents.justification.pdf_decompte import decompte_pdf

ANNEE = AnneeAgrement(du=dt.date(2026, 1, 1), au=dt.date(2026, 12, 31))
EMISSION = Emission(le=dt.datetime(2027, 1, 15, 9, 0, tzinfo=dt.UTC), par="Bruno Lanterre")
# Measured once on two quiet cores: fill with openpyxl, then one soffice process a dossier.
REPERE_LIBREOFFICE = 1.77
BUT = 10
SIX, PAQUET = "nos six pages PDF/A", "notre paquet entier (PDF, XLSX, ODS, ZIP)"
NU_SIX, TABLEUR = "typst nu, six pages", "openpyxl et LibreOffice"
NU = """#let d = json(bytes(sys.inputs.d))
#set page(paper: "a4", margin: 15mm)
#set text(size: 9pt)
#for s in d.feuilles [
  = #s.titre
  #table(columns: (2fr, 1.5fr, 1.5fr, 1fr, 1fr, 1fr), ..s.cases)
  TOTAL #s.total
  #pagebreak()
]
= Déclaration
#d.tout
"""


def _depense(hasard: random.Random, piece: str) -> Depense:
    montant = Decimal(hasard.randint(5000, 150_000)) / 100
    cle = Decimal(hasard.choice([10, 15, 25, 50, 100])) / 100
    return Depense(
        piece=piece, montant=montant, cle=cle, dedie=(montant * cle).quantize(Decimal("0.01"), ROUND_HALF_UP)
    )


def feuilles_de(n: int) -> list[Feuille]:
    """Invent the five sheets of enterprise number n: every month row of every type holds an invoice."""
    hasard = random.Random(n)  # noqa: S311 - invented invoices, not a secret
    entete = Entete(nom=f"Entreprise d’insertion n° {n} SC", bce="0123.456.749", dossier=f"EI02-{n:04d}")
    found = []
    for tableau, trimestre in [(Tableau.A, 1), (Tableau.A, 2), (Tableau.A, 3), (Tableau.A, 4), (Tableau.B, 4)]:
        mois = range(3 * trimestre - 2, 3 * trimestre + 1)
        depenses = {
            (charge.code, m): [_depense(hasard, f"F{n}-{trimestre}{m:02d}{i}")]
            for i, charge in enumerate(annexe(tableau).charges)
            for m in mois
        }
        found.append(
            feuille(tableau=tableau, entete=entete, annee=ANNEE, civile=2026, trimestre=trimestre, depenses=depenses)
        )
    return found


def total(feuilles: list[Feuille]) -> Decimal:
    """Add the totals of all sheets."""
    return sum((f.total for f in feuilles), Decimal("0.00"))


def declaration_de(feuilles: list[Feuille]) -> Declaration:
    """Write the statement that carries the grand total."""
    return Declaration(
        entete=feuilles[0].entete,
        annee=ANNEE,
        accompagnateurs=("Amélie Dufrasne",),
        subvention=Decimal("25000.00"),
        cout_salarial=Decimal("20000.00"),
        frais_tableau_a=total(feuilles[:4]),
        frais_tableau_b=feuilles[4].total,
        frais_retenus=total(feuilles),
        total_justifie=total(feuilles),
    )


def nos_pdf(feuilles: list[Feuille]) -> list[bytes]:
    """Set the six pages in type, in the three files that are sent."""
    return [
        tableau_pdf(feuilles[:4], emission=EMISSION),
        tableau_pdf(feuilles[4:], emission=EMISSION),
        declaration_pdf(declaration_de(feuilles), emission=EMISSION),
    ]


def notre_paquet(feuilles: list[Feuille]) -> list[bytes]:
    """Make all there is: PDF, spreadsheets, décompte, list of pieces, ZIP."""
    a, b, declaration = nos_pdf(feuilles)
    vide: dict[str, Any] = {"rule": "", "sentence": "Décompte.", "facts": {}, "law": [], "because": [], "doubts": []}
    entete = feuilles[0].entete
    pieces = [
        Piece(genre=Genre.COMPTE_INDIVIDUEL, contenu=b"%PDF-", accompagnateur="Amélie Dufrasne", annee_civile=2026),
        Piece(genre=Genre.TABLEAU_A, contenu=a),
        Piece(genre=Genre.TABLEAU_B, contenu=b),
        Piece(genre=Genre.DECLARATION, contenu=declaration),
        Piece(genre=Genre.DECOMPTE, contenu=decompte_pdf(vide, entete=entete, annee=ANNEE, emission=EMISSION)),
        Piece(genre=Genre.CLASSEUR_XLSX, contenu=classeur_xlsx(feuilles, emission=EMISSION)),
        Piece(genre=Genre.CLASSEUR_ODS, contenu=classeur_ods(feuilles, emission=EMISSION)),
    ]
    return [assembler(pieces, entete=entete, annee=ANNEE, emission=EMISSION).contenu]


def typst_nu() -> Callable[[list[Feuille]], list[bytes]]:
    """Make the six pages with the barest template, compiler kept: the floor of this engine."""
    modele = Path(tempfile.mkdtemp()) / "nu.typ"
    modele.write_text(NU, encoding="utf-8")
    compilateur = typst.Compiler(modele, ignore_system_fonts=True)

    def faire(feuilles: list[Feuille]) -> list[bytes]:
        donnees = {"feuilles": [], "tout": t.montant(total(feuilles))}
        for f in feuilles:
            lignes = [(m, d) for c in f.charges for m in c.mois for d in m.depenses]
            cases = [
                x
                for m, d in lignes
                for x in (str(m.mois), "611", d.piece, t.montant(d.montant), t.cle(d.cle), t.montant(d.dedie))
            ]
            donnees["feuilles"].append({"titre": f.nom, "cases": cases, "total": t.montant(f.total)})
        pdf = compilateur.compile(format="pdf", sys_inputs={"d": json.dumps(donnees)}, pdf_tags=False)
        return [bytes(pdf)]

    return faire


def remplir(feuilles: list[Feuille], chemin: Path, openpyxl: Any) -> None:
    """Fill a workbook as an enterprise does today: one sheet a quarter, one for the statement."""
    livre = openpyxl.Workbook()
    livre.remove(livre.active)
    for f in feuilles:
        page = livre.create_sheet(f.nom)
        page.append([f.entete.nom])
        page.append(list(annexe(f.tableau).colonnes))
        for charge in f.charges:
            page.append([charge.libelle, charge.comptes])
            for mois in charge.mois:
                for d in mois.depenses:
                    n = page.max_row + 1
                    page.append([mois.mois, "", d.piece, d.montant, d.cle, f"=ROUND(D{n}*E{n},2)"])
        page.append(["", "", "", "", "TOTAL", f"=SUM(F3:F{page.max_row})"])
        page.page_setup.paperSize = 9
        page.sheet_properties.pageSetUpPr.fitToPage = True
    page = livre.create_sheet("Déclaration")
    page.append(["Déclaration sur l’honneur"])
    page.append([f"Total {t.montant(total(feuilles))}"])
    livre.save(chemin)


def libreoffice(soffice: str, openpyxl: Any) -> Callable[[list[Feuille]], list[bytes]]:
    """Fill and convert: one soffice process a dossier, its profile already made."""
    dossier = Path(tempfile.mkdtemp())

    def faire(feuilles: list[Feuille]) -> list[bytes]:
        source = dossier / "dossier.xlsx"
        remplir(feuilles, source, openpyxl)
        profil = f"-env:UserInstallation=file://{dossier}/profil"
        ordre = [soffice, profil, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(dossier)]
        subprocess.run([*ordre, str(source)], check=True, capture_output=True, timeout=300)
        return [(dossier / "dossier.pdf").read_bytes()]

    return faire


def verifier(pdfs: list[bytes], feuilles: list[Feuille]) -> None:
    """Refuse to time what is not a dossier: six pages, and the grand total on the last."""
    pages = [page for pdf in pdfs for page in PdfReader(BytesIO(pdf)).pages]
    attendu = t.montant(total(feuilles))
    dernier = " ".join(pages[-1].extract_text().split())
    if len(pages) != 6 or attendu not in dernier:
        raise SystemExit(f"Le dossier mesuré n’est pas bon : {len(pages)} pages, {attendu} attendu dans « {dernier} ».")


Faire = Callable[[list[Feuille]], list[bytes]]


def mesurer(facons: dict[str, Faire], tours: int) -> dict[str, float]:
    """Time each way of making a dossier in turn, so that a busy machine weighs on all; answer the medians."""
    murs: dict[str, list[float]] = {nom: [] for nom in facons}
    calculs: dict[str, list[float]] = {nom: [] for nom in facons}
    numero = 0
    for tour in range(tours + 1):
        for nom, faire in facons.items():
            numero += 1  # New figures each time: nothing is remembered from another turn.
            feuilles = feuilles_de(numero)
            mur, calcul = time.perf_counter(), time.process_time()
            octets = faire(feuilles)
            if tour:  # The first turn warms each way and is checked, not timed.
                murs[nom].append(time.perf_counter() - mur)
                calculs[nom].append(time.process_time() - calcul)
            elif nom != PAQUET:
                verifier(octets, feuilles)
    for nom in facons:
        ligne = {
            "mesure": nom,
            "mediane_s": round(statistics.median(murs[nom]), 4),
            "p95_s": round(sorted(murs[nom])[int(tours * 0.95)], 4),
            "processeur_s": round(statistics.median(calculs[nom]), 4),
        }
        print(json.dumps(ligne, ensure_ascii=False))
    print(f"mémoire au plus : {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} Mo")
    return {nom: statistics.median(temps) for nom, temps in murs.items()}


def main() -> None:
    """Measure, then say each ratio beside its goal."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--tours", type=int, default=15)
    options.add_argument("--soffice", default="soffice")
    args = options.parse_args()
    facons: dict[str, Faire] = {SIX: nos_pdf, PAQUET: notre_paquet, NU_SIX: typst_nu()}
    soffice = shutil.which(args.soffice)
    complet = soffice is not None and importlib.util.find_spec("openpyxl") is not None
    if complet:
        facons[TABLEUR] = libreoffice(str(soffice), importlib.import_module("openpyxl"))
    temps = mesurer(facons, args.tours)
    print(f"six pages : {temps[SIX] / temps[NU_SIX]:.1f} × typst nu")
    pair = temps.get(TABLEUR, REPERE_LIBREOFFICE)
    if not complet:
        print(
            "LibreOffice ou openpyxl manque : apt-get install libreoffice-calc, pip install openpyxl, puis relancez. "
            f"En attendant, comparé au repère noté de {REPERE_LIBREOFFICE} s."
        )
    print(
        f"six pages : {pair / temps[SIX]:.0f} × plus vite ; paquet entier : {pair / temps[PAQUET]:.0f} × (but : {BUT})"
    )


if __name__ == "__main__":
    main()
