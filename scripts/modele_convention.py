"""
Build the .docx model of the CPAS convention: A4, one style, tags that ``documents/cpas/convention.py`` fills.

An enterprise may start from the filled document; run this only to change the look of what we ship.
"""

import sys

from docx import Document
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.shared import Cm, Pt

from clefdevoute.documents.cpas.convention import MODELE


def main() -> int:
    """Write the model."""
    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    made.add_heading("{{ titre }}", level=0)
    made.add_paragraph("{{ sous_titre }}")
    made.add_paragraph("{%p if reference %}")
    made.add_paragraph("Référence : {{ reference }}")
    made.add_paragraph("{%p endif %}")
    made.add_paragraph("{%p for article in articles %}")
    made.add_heading("{{ article.titre }}", level=2)
    made.add_paragraph("{%p for texte in article.paragraphes %}")
    made.add_paragraph("{{ texte }}")
    made.add_paragraph("{%p endfor %}")
    made.add_paragraph("{%p for point in article.points %}")
    made.add_paragraph("{{ point }}", style="List Bullet")
    made.add_paragraph("{%p endfor %}")
    made.add_paragraph("{%p endfor %}")
    made.add_heading("Signatures", level=2)
    made.add_paragraph("Fait en autant d’exemplaires que de signataires, à ……………………………………, le …………………………")
    made.add_paragraph("{%p for one in signatures %}")
    line = made.add_paragraph("{{ one.partie }} – {{ one.nom }} :\n\n\n")
    line.alignment = WD_PARAGRAPH_ALIGNMENT.LEFT
    made.add_paragraph("{%p endfor %}")
    made.core_properties.title = "Convention d’accompagnement social"
    made.core_properties.author = "Clef de voûte"
    made.core_properties.language = "fr-BE"
    made.save(str(MODELE))
    return 0


if __name__ == "__main__":
    sys.exit(main())
