"""Where a page of the justification stands: the enterprise, the year, the day, what was counted."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from clefdevoute.law.agrement.annee import AnneeAgrement
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.subventions.etats import TRANSMISES
from clefdevoute.records.subventions.manque import Bilan, manque
from clefdevoute.records.subventions.models import DossierTransmis, Subvention
from clefdevoute.workspaces.gestionnaire.annees import entreprise_of, year_or_404, years_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A year of an enterprise as its pages see it on a day."""

    actor: Actor
    entreprise: EntrepriseInsertion
    years: tuple[AnneeAgrement, ...]
    year: AnneeAgrement
    today: dt.date
    subvention: Subvention | None

    @property
    def sent(self) -> bool:
        """Tell whether the package has left and nobody asked to correct it."""
        return self.subvention is not None and self.subvention.state in TRANSMISES

    @property
    def running(self) -> bool:
        """Tell whether the year is not over yet."""
        return self.today <= self.year.fin

    @property
    def previous(self) -> AnneeAgrement | None:
        """Give the year before, if it is one of the recorded approval."""
        return next((one for one in self.years if one.numero == self.year.numero - 1), None)

    @property
    def following(self) -> AnneeAgrement | None:
        """Give the year after, if it is one of the recorded approval."""
        return next((one for one in self.years if one.numero == self.year.numero + 1), None)


def place_of(request: WorkRequest, annee: dt.date) -> Place:
    """Find the year of a path in the session's own enterprise; 404 for any other."""
    entreprise, today = entreprise_of(request), timezone.localdate()
    years = years_of(entreprise, today)
    year = year_or_404(years, annee)
    row = Subvention.objects.visible_to(request.actor).filter(annee_agrement_start=year.debut).first()
    return Place(actor=request.actor, entreprise=entreprise, years=years, year=year, today=today, subvention=row)


def bilan_of(place: Place) -> Bilan:
    """Ask what is missing, and with it what the year is worth."""
    return manque(entreprise=place.entreprise, as_of=place.year.debut, today=place.today)


def last_package(place: Place) -> DossierTransmis | None:
    """Find the package that left last for this year."""
    if place.subvention is None:
        return None
    rows = DossierTransmis.objects.visible_to(place.actor).filter(subvention=place.subvention)
    found: DossierTransmis | None = rows.select_related("package", "decompte").order_by("recorded_at", "pk").last()
    return found
