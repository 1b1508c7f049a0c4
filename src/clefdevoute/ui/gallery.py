"""Invented data of the gallery: every component in each of its states. No person, no enterprise here exists."""

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpRequest

from .charts import ArchPart, Change, ComparedRow, Part, Threshold, YearStep, compared, gauge, step_curve, step_line
from .charts.levels import Level, levels
from .fields import DateFrField, EuroField, PourcentField
from .nav import BarPerson, NavGroup, NavItem
from .pagination import paginate
from .why import Why

_SPRITE = Path(__file__).parent / "static" / "ui" / "icones.svg"


class GalleryForm(forms.Form):
    """One field of each kind, to show labels, helps and errors."""

    naissance = DateFrField(label="Date de naissance", help_text="Par exemple 04/09/1994.")
    montant = EuroField(label="Montant", help_text="Celui de la facture, TVA comprise si elle n'est pas déductible.")
    cle = PourcentField(label="Clé de répartition", help_text="En pour cent, avec sa raison écrite.")
    site = forms.ChoiceField(label="Site", choices=[("", "Tous"), ("hautpont", "Hautpont")], required=False)
    statut = forms.ChoiceField(
        label="Statut du rendez-vous",
        choices=[("realise", "Réalisé"), ("excuse", "Excusé"), ("absent", "Absent"), ("reporte", "Reporté")],
        widget=forms.RadioSelect,
    )
    themes = forms.MultipleChoiceField(
        label="Thèmes",
        choices=[("mobilite", "Mobilité"), ("logement", "Logement"), ("budget", "Budget")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    imprimer = forms.BooleanField(label="Imprimer la feuille à remettre", required=False)
    raison = forms.CharField(label="Raison écrite", widget=forms.Textarea(attrs={"rows": 3}), required=False)


def sprite_names() -> list[str]:
    """List the symbols of the sprite, in its order."""
    return re.findall(r'id="i-([a-z]+)"', _SPRITE.read_text(encoding="utf-8"))


def gallery_context(request: HttpRequest) -> dict[str, Any]:
    """Gather what the gallery page shows."""
    theme = request.GET.get("theme", "")
    return {
        "theme": theme if theme in {"light", "dark"} else "",
        "actor_bar": _PERSON,
        "nav": _NAV,
        "icons": sprite_names(),
        "form": GalleryForm(initial={"naissance": dt.date(1994, 9, 4), "statut": "realise", "themes": ["mobilite"]}),
        "wrong": GalleryForm(
            {"faux-naissance": "31/02/1994", "faux-montant": "12,345", "faux-cle": "115", "faux-statut": "realise"},
            prefix="faux",
        ),
        "gauge": _GAUGE,
        "over": _OVER,
        "low": _LOW,
        "curve": _CURVE,
        "young": _YOUNG,
        "line": _LINE,
        "compared": _COMPARED,
        "levels": _LEVELS,
        "drawn": ["M120 260L220 120L320 280L430 90L560 240L820 150"],
        "year": _YEAR,
        "arch": _ARCH,
        "why": _WHY,
        "page": paginate(request, range(1, 141)),
        "columns": ("N° de factures", "Montant", "Clé"),
        "grid": _GRID,
    }


_PERSON = BarPerson(
    name="Bruno Lanterre",
    role="gestionnaire",
    entreprise="Ateliers du Tilleul SC",
    space="Gestion",
    roles_url="#roles",
    account_url="#compte",
    logout_url="#sortie",
    search_url="#recherche",
    search_hint="Nom, facture ou montant",
    wall="Vous voyez des dates, des nombres et des coûts. Le contenu des entretiens et des bilans est scellé.",
)
_NAV = (
    NavGroup(
        title="Le droit",
        items=(
            NavItem(label="Composants", url="#contenu", current=True),
            NavItem(label="Travailleurs", url="#travailleurs", count=28),
            NavItem(label="Accompagnateurs", url="#accompagnateurs", count=1),
        ),
    ),
    NavGroup(
        title="La preuve",
        items=(
            NavItem(label="Coûts, tableaux A et B", url="#couts"),
            NavItem(label="Justification", url="#justification", count=5),
        ),
    ),
)
_GAUGE = gauge(
    id="jauge",
    parts=(
        Part(name="Salaires et cotisations", amount=Decimal("36916.30"), fill="accent"),
        Part(name="Déplacements", amount=Decimal("1182.60"), fill="ink"),
        Part(name="Fonctionnement retenu", amount=Decimal("3820.00"), fill="hatch", maximum=Decimal("6927.00")),
        Part(name="Novembre et décembre", amount=Decimal("8081.10"), fill="dots", forecast=True),
    ),
    target=Decimal("50000.00"),
    reached_word="Justifié",
)
_OVER = gauge(
    id="cumul",
    parts=(
        Part(name="Premier trimestre", amount=Decimal("2175.74"), fill="accent"),
        Part(name="Deuxième trimestre", amount=Decimal("1729.41"), fill="hatch"),
    ),
    target=Decimal("3820.00"),
    reached_word="Cumul",
    target_word="À justifier",
)
_LOW = gauge(
    id="debut",
    parts=(Part(name="Salaires et cotisations", amount=Decimal("3120.40"), fill="accent"),),
    target=Decimal("25000.00"),
    reached_word="Justifié",
)
_STEPS = (
    Threshold(persons=8, gives="25.000\u00a0€"),
    Threshold(persons=26, gives="50.000\u00a0€"),
    Threshold(persons=45, gives="75.000\u00a0€"),
    Threshold(persons=60, gives="100.000\u00a0€"),
)
_YOUNG = step_curve(
    id="jeune",
    changes=(
        Change(since=dt.date(2026, 3, 15), persons=7, why="Première année d’agrément"),
        Change(since=dt.date(2026, 4, 20), persons=9, why="Deux entrées"),
    ),
    thresholds=(replace(_STEPS[0], in_play=True), *_STEPS[1:]),
    start=dt.date(2026, 3, 15),
    end=dt.date(2027, 3, 14),
    today=dt.date(2026, 5, 4),
)
_CURVE = step_curve(
    id="courbe",
    changes=(
        Change(since=dt.date(2026, 1, 1), persons=28, why="Comptage qui fixe le plafond de 2026"),
        Change(since=dt.date(2026, 2, 16), persons=29, why="Entrée"),
        Change(since=dt.date(2026, 4, 1), persons=27, why="Deux sorties vers un autre emploi"),
        Change(since=dt.date(2026, 5, 12), persons=28, why="Entrée"),
        Change(since=dt.date(2026, 7, 1), persons=27, why="Sortie"),
        Change(since=dt.date(2026, 9, 1), persons=26, why="Sortie"),
        Change(since=dt.date(2026, 12, 19), persons=25, why="Fin de contrat prévue"),
    ),
    thresholds=(_STEPS[0], replace(_STEPS[1], in_play=True), *_STEPS[2:]),
    start=dt.date(2026, 1, 1),
    end=dt.date(2026, 12, 31),
    today=dt.date(2026, 11, 23),
)
_LEVELS = levels(
    id="niveaux",
    title="Compétences de couture",
    rows=(
        Level(name="Coupe", start=1, now=3, start_word="À construire", now_word="En bonne voie"),
        Level(name="Assemblage", start=2, now=4, start_word="Fragile", now_word="Acquis"),
    ),
)
_COMPARED = compared(
    id="compare",
    rows=[
        ComparedRow(name="Compétences", first=2, last=3),
        ComparedRow(name="Logement", first=1, last=1, note="frein"),
        ComparedRow(name="Mobilité", first=3, last=2),
        ComparedRow(name="Numérique", last=4),
    ],
    words=("À construire", "Fragile", "En bonne voie", "Acquis"),
    first_word="03/02/2025",
    last_word="02/11/2026",
)
_LINE = step_line(id="place", thresholds=(_STEPS[0], replace(_STEPS[1], in_play=True), *_STEPS[2:]), persons=31)
_YEAR = (
    YearStep(when="8 janvier 2026", title="Contrat de travail envoyé", who="Vous", state="done"),
    YearStep(when="2 février 2026", title="Avance de 80 % reçue", who="Administration", state="done"),
    YearStep(when="Aujourd’hui", title="Jour 327 sur 365", who="Rien à faire", state="now"),
    YearStep(when="Dès le 1er janvier 2027", title="Envoyer les pièces", who="Vous"),
    YearStep(when="Après le contrôle", title="Solde, puis avance 2027", who="Administration"),
)
_ARCH = (
    ArchPart(name="Données signalétiques", text="complètes, vérifiées le 02/11/2026.", state="full"),
    ArchPart(
        name="Bilan individuel", text="il manque le domaine professionnel.", state="part", act="Compléter", url="#bilan"
    ),
    ArchPart(name="Synthèse des actions", text="à jour au 20/11/2026.", state="full"),
    ArchPart(name="Démarches", text="aucune à ce jour.", state="none"),
    ArchPart(
        name="Entretiens de suivi", text="en retard de 26 jours.", state="part", late=True, act="Planifier", url="#p"
    ),
)
_WHY = Why(
    question="Pourquoi 26 ?",
    sentence="26 personnes TD ou TGD sont sous contrat ce 23/11/2026. On compte des personnes, pas des ETP.",
    sources=(("Fiche 06, « L’ouverture du droit », tableau", ""),),
    steps=(
        Why(
            sentence="19 TD et 7 TGD, statut figé à l’engagement.",
            sources=(("Fiche 06, public cible", ""), ("voir les personnes", "#travailleurs")),
        ),
        Why(
            sentence="Le plafond de 2026 a été fixé sur les 28 personnes du 1er janvier 2026.",
            sources=(("Lecture A2", ""),),
            doubts=("aucun texte ne donne la date de comptage.",),
        ),
    ),
)
_GRID = (
    {
        "name": "Loyer",
        "account": "PCMN 611",
        "total": Decimal("652.50"),
        "months": (
            {"name": "Avril", "code": "IM-2026-0412", "amount": "1.450,00", "key": "15 %", "kept": Decimal("217.50")},
            {"name": "Mai", "code": "IM-2026-0517", "amount": "1.450,00", "key": "15 %", "kept": Decimal("217.50")},
            {"name": "Juin", "code": "IM-2026-0609", "amount": "1.450,00", "key": "15 %", "kept": Decimal("217.50")},
        ),
    },
    {
        "name": "Eau",
        "account": "PCMN 6125",
        "total": Decimal("14.43"),
        "months": (
            {"name": "Avril", "code": "", "amount": "", "key": "", "kept": None},
            {"name": "Mai", "code": "", "amount": "", "key": "", "kept": None},
            {"name": "Juin", "code": "H2O-2026-T2", "amount": "96,20", "key": "15 %", "kept": Decimal("14.43")},
        ),
    },
)
