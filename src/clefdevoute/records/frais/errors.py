"""What costs refuse, each named after the mistake; messages are French: what, why, what to do."""

from clefdevoute.records.foundation.errors import RecordError


class CleAuDessusDe100(RecordError):
    """The keys of one invoice take more than the whole of it."""


class BaseDepassee(RecordError):
    """The parts of one invoice take more than its amount."""


class SaisieRefusee(RecordError):
    """Something typed cannot be kept as it is; nothing typed is lost."""
