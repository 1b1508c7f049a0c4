"""The refusals of the records; each message is French: what, why, what to do next."""


class RecordError(Exception):
    """A write that the records refuse; a page shows it, nothing typed is lost."""


class AccessDenied(RecordError):
    """The actor may not do this, or may not do it now."""


class ProofRefused(RecordError):
    """A file that is no proof, or a proof that is no longer what was handed in."""


class KeyUnavailable(RecordError):
    """A key that is missing or that does not open what it should."""
