"""Every address × every role × own or another enterprise: who enters, who is told nothing."""

import html
import importlib
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse

from clefdevoute.records.foundation.access import Role
from tests.records.factories import EntrepriseInsertionFactory
from tests.workspaces import matrix

for module in sorted(Path(__file__).parent.glob("matrix_*.py")):
    importlib.import_module(f"tests.workspaces.{module.stem}")

ALLOWED = {200, 204, 302}
TARGETS = re.compile(r'\s(?:href|action|formaction|hx-get|hx-post)="([^"]*)"')
SERVED_BESIDE = "/static/"


def names(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def test_every_address_is_in_the_matrix():
    assert set(names(get_resolver().url_patterns)) == set(matrix.ENTRIES)


def ask(client, entry, entreprise):
    url = reverse(entry.name, kwargs=entry.kwargs(entreprise))
    return client.post(url) if entry.post else client.get(url)


def dead_ends(answer) -> list[str]:
    """List the links, forms and swaps of a page that lead to no address."""
    if not answer.get("Content-Type", "").startswith("text/html"):
        return []
    found = []
    for target in map(html.unescape, TARGETS.findall(answer.content.decode())):
        way = urlsplit(urljoin(answer.request["PATH_INFO"], target))
        if way.scheme or way.netloc or way.path.startswith(SERVED_BESIDE):
            continue
        try:
            resolve(way.path)
        except Resolver404:
            found.append(target)
    return found


@pytest.mark.parametrize("name", sorted(matrix.ENTRIES))
def test_each_role_enters_where_it_may(name, sign_in, entreprise, client):
    entry = matrix.ENTRIES[name]
    stranger = ask(client, entry, entreprise)
    if entry.public:
        assert stranger.status_code in ALLOWED
    else:
        assert stranger.status_code == 302
        assert stranger["Location"].startswith("/connexion/")
    for role in Role:
        answer = ask(sign_in(role, entreprise), entry, entreprise)
        if role in entry.roles or entry.public:
            assert answer.status_code in ALLOWED | entry.answers | ({400, 409, 422} if entry.post else set()), (
                f"{role} : {answer.status_code}"
            )
            assert dead_ends(answer) == []
        else:
            assert answer.status_code == 404, f"{role} : {answer.status_code}"


@pytest.mark.parametrize(
    "name", sorted(n for n, e in matrix.ENTRIES.items() if e.kwargs is not matrix.nothing and e.tenant)
)
def test_another_enterprise_is_told_nothing(name, sign_in, entreprise):
    entry = matrix.ENTRIES[name]
    other = EntrepriseInsertionFactory()
    for role in entry.roles & {Role.GESTIONNAIRE, Role.ACCOMPAGNATEUR, Role.SECRETARIAT, Role.TRAVAILLEUR}:
        assert ask(sign_in(role, other), entry, entreprise).status_code == 404
