"""The invented enterprise of the demonstration: its data in ``donnees``, told in order through the records' actions."""

from clefdevoute.config.exemple.construction import build_once
from clefdevoute.config.exemple.ouverture import ACCOUNTS, PASSWORD

__all__ = ["ACCOUNTS", "PASSWORD", "build_once"]
