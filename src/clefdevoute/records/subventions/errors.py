"""What subsidies refuse, each named after the mistake; messages are French: what, why, what to do."""

from clefdevoute.records.foundation.errors import RecordError


class AgrementManquant(RecordError):
    """No approval is recorded from which a year could be counted."""


class LectureInconnue(RecordError):
    """A reading of the installation that the law does not offer."""


class DecomptePerime(RecordError):
    """The costs changed since the décompte was frozen."""


class EnvoiRefuse(RecordError):
    """Something still misses before the package may leave; ``codes`` names what."""

    def __init__(self, message: str, codes: tuple[str, ...] = ()) -> None:
        self.codes = codes
        super().__init__(message)
