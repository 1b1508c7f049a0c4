"""What a workspace says of itself so that the base page can draw bar, rail and wall."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """One link of the rail; its count always equals the list it opens."""

    label: str
    url: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NavGroup:
    """Links that serve one intention."""

    title: str
    items: Sequence[NavItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarPerson:
    """Who is at work, for which enterprise and in which role: one session, one pair."""

    name: str
    role: str
    entreprise: str
    space: str
    home_url: str = "/"
    roles_url: str = ""
    account_url: str = ""
    logout_url: str = ""
    search_url: str = ""
    search_hint: str = ""
    wall: str = ""
    links: Sequence[NavItem] = field(default=())
