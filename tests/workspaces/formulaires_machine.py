"""A machine that fills any form of a page as a person could: the first choice, today, a word, a small file."""

import re
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def post_forms(html, page):
    """Give each form that is sent: its address, its fields filled, the way a browser sends them."""
    found = []
    soup = BeautifulSoup(html, "html.parser")
    for form in soup.select("main form"):
        if form.get("method", "get").lower() == "post":
            found.append((urljoin(page, form.get("action") or page), _filled(soup, form)))
    return found


def _filled(soup, form):
    own = form.select("input[name], textarea[name], select[name]")
    if form.get("id"):
        own += soup.select(f"input[name][form={form['id']}], textarea[name][form={form['id']}]")
    data, names = {}, set()
    for field in own:
        name = field["name"]
        value = _value(field, first=name not in names)
        names.add(name)
        if value is not None:
            data[name] = value
    button = form.select_one("button[type=submit], button:not([type])")  # the one that Enter presses
    return data | ({button["name"]: button.get("value", "")} if button and button.get("name") else {})


def _value(field, *, first):
    kind = field.name if field.name != "input" else field.get("type", "text")
    if kind == "select":
        options = [one.get("value", "") for one in field.select("option")]
        chosen = field.select_one("option[selected]")
        kept = chosen.get("value", "") if chosen else ""
        return kept or next((one for one in options if one), "")
    if kind == "radio":
        return field.get("value", "on") if first or field.has_attr("checked") else None
    if kind == "checkbox":
        return field.get("value", "on")
    if kind == "file":
        return SimpleUploadedFile("essai.pdf", PDF)
    if kind == "textarea":
        return field.text.strip() or "Un mot"
    if kind == "hidden" or field.get("value"):
        return field.get("value", "")
    return _typed(field)


def _typed(field):
    """Guess what a text field wants, as its name tells."""
    name = field["name"]
    if field.get("inputmode") == "numeric" and not re.search(r"niss|number|numero|bce", name):
        return f"{timezone.localdate():%d/%m/%Y}"
    if re.search(r"heure|hour|time|_at$", name):
        return "10:00"
    if field.get("inputmode") == "decimal":
        return "10"
    return {"email": "lia.maes@exemple.be", "tel": "081 22 33 44", "url": "https://exemple.be"}.get(
        field.get("type", ""), "Un mot"
    )
