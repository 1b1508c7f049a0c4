"""The mistakes a person can make when asking the law, each named after the mistake."""


class LawError(Exception):
    """
    Something the law cannot answer.

    The message is French, for the person who asked: what, why, what to do next.
    """


class NoValueInForce(LawError):
    """A parameter is asked for a day before its first recorded value."""


class UnknownRule(LawError):
    """No public rule bears that name."""


class UnknownFact(LawError):
    """A fact was given that the rule does not take; it is never ignored."""


class MissingFact(LawError):
    """A fact that the rule needs was not given; absence is not zero."""


class BadFact(LawError):
    """A fact was given in a form that cannot be read or a value that cannot be."""


class BadParameterFile(LawError):
    """A file of dated values is malformed; for the developer or jurist who wrote it."""
