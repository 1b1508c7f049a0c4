"""How much of a spreadsheet is read, and how the rest is refused."""

from clefdevoute.records.foundation.errors import RecordError

MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_CELL = 2_000
_ROWS = f"{MAX_ROWS:,}".replace(",", ".")


class FeuilleRefusee(RecordError):
    """A spreadsheet that cannot be read within bounds; the sentence says what to hand in instead."""


def too_large() -> FeuilleRefusee:
    """Build the refusal of a sheet that passes the bounds."""
    return FeuilleRefusee(
        f"Ce classeur est trop grand : au plus {_ROWS} lignes et {MAX_COLUMNS} colonnes sont lues. Copiez les "
        "seules lignes des travailleurs dans un nouveau classeur, puis déposez-le."
    )
