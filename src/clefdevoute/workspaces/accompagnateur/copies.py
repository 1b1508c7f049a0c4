"""From a bilan as it was noted to the copy that the person keeps: plain words, her wishes, nothing of health."""

from clefdevoute.documents.suivi.bilan import Copie, Point
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi.bilans import Lu
from clefdevoute.records.suivi.models import Niveau
from clefdevoute.workspaces.accompagnateur.bilans import drawn

GOOD = frozenset({Niveau.EN_BONNE_VOIE, Niveau.ACQUIS})


def copie_de(lu: Lu, person: Travailleur) -> Copie:
    """Sort the domains in what goes well and what is to build; what was not seen is left out."""
    seen = [one for one in lu.cotes if one.niveau is not None]
    points = [
        (one, Point(one.name, str(one.get_niveau_display()).lower(), one.wish or "", frein=one.frein)) for one in seen
    ]
    return Copie(
        entreprise=person.entreprise.name,
        nom=f"{person.first_name} {person.name}",
        le=lu.bilan.held_on,
        avec=lu.bilan.author.name,
        code=lu.bilan.code,
        va_bien=tuple(point for one, point in points if one.niveau in GOOD),
        a_construire=tuple(point for one, point in points if one.niveau not in GOOD),
        autres_souhaits=tuple(
            Point(one.name, "", one.wish or "", frein=one.frein) for one in lu.cotes if one.niveau is None and one.wish
        ),
        avis=str(lu.avis.get_avis_display()) if lu.avis else "",
        mots=(lu.avis.words or "") if lu.avis else "",
        avis_le=lu.avis.given_on if lu.avis else None,
        phrase=lu.avis.phrase if lu.avis and lu.signature else "",
        traits=tuple(drawn(lu)),
    )
