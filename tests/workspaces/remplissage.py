"""A form as a page offers it, filled with something plausible: what an attacker begins from."""

import re

from bs4 import BeautifulSoup
from django.utils import timezone

_WORDS = (
    (re.compile(r"_on$|^jour$|^date$|^day$|^since$"), lambda: f"{timezone.localdate():%d/%m/%Y}"),
    (re.compile(r"time|heure"), lambda: "10:00"),
    (re.compile(r"email|courriel"), lambda: "quelqu.un@exemple.be"),
    (re.compile(r"hours|months|duration|duree|cost"), lambda: "3"),
)


def filled(content, action=""):
    """Give the fields of the first POST form of a page (the one sent to ``action``, if named), and its buttons."""
    page = BeautifulSoup(content, "html.parser")
    forms = [one for one in page.select("main form") if one.get("method", "get").lower() == "post"]
    form = next(one for one in forms if not action or one.get("action", "").endswith(action))
    data = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        if field["name"] != "csrfmiddlewaretoken" and field.get("type") not in {"file", "submit"}:
            _one(field, data)
    for button in form.select("button[name]")[:1]:
        data[button["name"]] = button.get("value", "")
    return data


def _one(field, data):
    name, kind = field["name"], field.get("type", field.name)
    if field.name == "select":
        offered = field.select("option[selected]") + field.select("option")
        data[name] = next((one["value"] for one in offered if one.get("value")), "")
    elif kind == "radio":
        if name not in data or field.has_attr("checked"):
            data[name] = field.get("value", "on")
    elif kind == "checkbox":
        data.setdefault(name, []).append(field.get("value", "on"))
    elif kind == "hidden":
        data[name] = field.get("value", "")
    else:
        data[name] = field.get("value") or field.get_text(strip=True) or _plausible(name)


def _plausible(name):
    return next((value() for words, value in _WORDS if words.search(name)), "Texte")
