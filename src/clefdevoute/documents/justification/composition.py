"""
The typesetter: one compiler per process, our fonts, our templates, data as JSON and never as markup.

A compiler holds fonts and caches (some 50 MB resident once warm), so one is kept and guarded by a
lock. What a person typed reaches typst as a JSON string inside ``sys.inputs``: it is shown, never read.
"""

import json
import threading
from functools import cache
from pathlib import Path
from typing import Any

import typst

from .modele import Emission, PieceIncoherente

_ROOT = Path(__file__).resolve().parent
_DOCUMENTS = _ROOT.parent
_STANDARDS: list[Any] = ["a-3a", "ua-1"]
_LOCK = threading.Lock()
# About 2,500 invoice lines in one PDF, 300 MB while it is set (8,000 lines were measured at 1 GB). A year of
# an enterprise prints well under this.
LIMITE_DONNEES = 300_000


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=_DOCUMENTS, font_paths=[_ROOT / "fonts"], ignore_system_fonts=True)


def composer(modele: str | Path, donnees: dict[str, Any], *, titre: str, emission: Emission) -> bytes:
    """
    Set a template in type and return a PDF/A-3a, PDF/UA-1 file.

    ``modele`` is the name of a template beside this module, or the path of one anywhere among the documents.
    The same data give the same bytes: the date is the emission's, never the machine's.
    """
    le = emission.le
    commun = {"titre": titre, "auteur": emission.par, "annee": le.year, "mois": le.month, "jour": le.day}
    charge = json.dumps({"document": commun, **donnees}, ensure_ascii=False)
    if len(charge) > LIMITE_DONNEES:
        raise PieceIncoherente(
            f"« {titre} » est trop long pour un seul PDF ({len(charge)} signes, au plus {LIMITE_DONNEES}). "
            f"Imprimez-le en plusieurs fois, par exemple un trimestre à la fois."
        )
    with _LOCK:
        pdf = _compiler().compile(
            input=modele if isinstance(modele, Path) else _ROOT / "typst" / f"{modele}.typ",
            format="pdf",
            sys_inputs={"donnees": charge},
            pdf_standards=_STANDARDS,
            timestamp=int(le.timestamp()),
        )
    if not isinstance(pdf, bytes):
        raise PieceIncoherente(f"« {titre} » n’a donné aucune page. Signalez-le : la composition a échoué.")
    return pdf
