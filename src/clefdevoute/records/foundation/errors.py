"""The refusals of the records; each message is French: what, why, what to do next."""


class RecordError(Exception):
    """A write that the records refuse; a page shows it, nothing typed is lost."""


class AccessDenied(RecordError):
    """The actor may not do this, or may not do it now."""
