"""Lists of more than twenty rows: pages that keep the filters in their links."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

ROWS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """One number of the pager; a gap has no address."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One page of a list and the way to its neighbours."""

    items: Sequence[Any]
    count: int
    links: Sequence[PageLink]
    previous_url: str
    next_url: str

    @property
    def several(self) -> bool:
        """Say whether a pager is of use."""
        return len(self.links) > 1


def paginate(
    request: HttpRequest,
    rows: "QuerySet[Any] | Sequence[Any]",
    *,
    per_page: int = ROWS,
    name: str = "page",
    anchor: str = "",
) -> ListPage:
    """
    Cut rows at the page asked; a wrong number gives the nearest page, never an error.

    Several lists of one page each take a ``name``, and an ``anchor`` brings back to the right one.
    """
    pages = Paginator(rows, per_page)
    page = pages.get_page(request.GET.get(name))

    def url(number: int) -> str:
        query = request.GET.copy()
        query[name] = str(number)
        return f"?{query.urlencode()}{f'#{anchor}' if anchor else ''}"

    links = [
        PageLink(label=str(number), url=url(number), current=number == page.number)
        if isinstance(number, int)
        else PageLink(label="…", url="")
        for number in pages.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return ListPage(
        items=list(page.object_list),
        count=pages.count,
        links=links,
        previous_url=url(page.previous_page_number()) if page.has_previous() else "",
        next_url=url(page.next_page_number()) if page.has_next() else "",
    )
