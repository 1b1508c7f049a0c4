"""Walk every page that a role can reach by its links, and look for what is sealed in the answers."""

import re
from collections import deque
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from django.test import Client

from clefdevoute.records.foundation.classification import SECRET, classes_of
from clefdevoute.records.foundation.encryption import encrypted_fields

SHORTEST = 12
"""A sealed text shorter than this may be said elsewhere by chance."""
MEASURE = ("amenagements.Amenagement.measure", "amenagements.AvisAmenagement.measure")
TOLD = {"direction@tilleul.example": MEASURE, "gestion@tilleul.example": MEASURE}
"""The one sealed text that the direction is told: the measure it decides, never its reason."""
LEAVES = re.compile(r"/deconnexion/|/composants/|\.pdf$|\.zip$")


@dataclass(frozen=True, slots=True)
class Reached:
    """What a walk found: the addresses that answered, and each sealed text seen with its address."""

    pages: tuple[str, ...]
    leaks: tuple[tuple[str, str], ...]


def sealed_texts() -> dict[str, str]:
    """Open every sealed text of the base: the text, and the field that holds it."""
    found = {}
    for model, fields in encrypted_fields().items():
        classes = classes_of(model)
        for row in model._default_manager.all():
            for field in fields:
                text = getattr(row, field.attname)
                if classes[field.name] in SECRET and text and len(text) >= SHORTEST:
                    found[text] = f"{model._meta.label}.{field.name}"
    return found


def walk(client: Client, start: str, secrets: dict[str, str], most: int = 200) -> Reached:
    """Follow every link of every page from a first one, and read each answer whatever its status."""
    waiting, seen, pages, leaks = deque([start]), {start}, [], []
    while waiting and len(pages) < most:
        url = waiting.popleft()
        answer = client.get(url)
        pages.append(url)
        body = answer.getvalue().decode("utf-8", errors="replace")
        leaks += [(where, url) for text, where in secrets.items() if text in body]
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            for link in _links(body, url):
                if link not in seen and not LEAVES.search(urlsplit(link).path):
                    seen.add(link)
                    waiting.append(link)
        if 300 <= answer.status_code < 400 and (target := answer["Location"]) not in seen:
            seen.add(target)
            waiting.append(target)
    return Reached(tuple(pages), tuple(leaks))


def _links(body: str, url: str) -> list[str]:
    """Give the addresses of this site that a page leads to, without their anchors."""
    found = (
        urldefrag(urljoin(url, str(link["href"])))[0] for link in BeautifulSoup(body, "html.parser").select("a[href]")
    )
    return [link for link in found if link.startswith("/")]
