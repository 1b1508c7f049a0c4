"""How far an objective or an action is, and why one was given up: words shared by both."""

from django.db import models


class Etat(models.TextChoices):
    """The four states of the field."""

    A_DEMARRER = "a_demarrer", "À démarrer"
    EN_COURS = "en_cours", "En cours"
    REALISE = "realise", "Réalisé"
    ABANDONNE = "abandonne", "Abandonné"


ACCORDE = {Etat.REALISE: "Réalisée", Etat.ABANDONNE: "Abandonnée"}
"""The states of an action, « une démarche », where French agrees them."""

CLOS = (Etat.REALISE, Etat.ABANDONNE)
"""States in which nothing is expected any more."""


class MotifAbandon(models.TextChoices):
    """Why something was given up: a code that may be counted, while the words stay sealed."""

    AUTRE_SOUHAIT = "autre_souhait", "La personne souhaite autre chose"
    REMPLACE = "remplace", "Remplacé par un autre"
    IMPOSSIBLE = "impossible", "N’est plus possible"
    REFUS_TIERS = "refus_tiers", "Refusé par un tiers"
    DEPART = "depart", "Départ de l’entreprise"
    ERREUR = "erreur", "Noté par erreur"
    AUTRE = "autre", "Autre motif"


class Geste(models.TextChoices):
    """What a line of history tells."""

    CREE = "cree", "Créé"
    STATUT = "statut", "Statut changé"
    ECHEANCE = "echeance", "Date déplacée"
    TEXTE = "texte", "Texte corrigé"
    ROUVERT = "rouvert", "Rouvert"
