"""The status at hiring: the base, the conditions with their papers, another condition proposed before 6 and 7."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.law.kernel.errors import LawError
from clefdevoute.law.public_cible.rules import td
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.personnes.models import Engagement, StatutEngagement
from clefdevoute.ui.fields import DateFrField
from clefdevoute.workspaces.gestionnaire.formulaires import Group, GroupedForm, PiecesForm

NAMES: dict[int, Any] = {
    1: _("Condition 1 : allocations, revenu d’intégration ou sans revenu, assez de mois avant l’engagement"),
    2: _("Condition 2 : jeune"),
    3: _("Condition 3 : aîné"),
    4: _("Condition 4 : chef d’une famille monoparentale"),
    5: _("Condition 5 : sexe sous-représenté dans le secteur ou la profession"),
    6: _("Condition 6 : minorité ethnique et besoin d’apprendre la langue"),
    7: _("Condition 7 : décision de l’AVIQ ou assimilée"),
    8: _("Condition 8 : contrat article 60 ou PTP juste avant"),
}
ORDINARY, SEALED = (1, 2, 3, 4, 5, 8), (6, 7)
_YES_NO = [("", _("À vérifier")), ("oui", _("Oui")), ("non", _("Non"))]
_READ: dict[str, bool | None] = {"": None, "oui": True, "non": False}
Statut = StatutEngagement.Statut


class ConditionsForm(PiecesForm):
    """The conditions that held on the day of hiring, each with the paper that shows it."""

    pieces: ClassVar[dict[str, Any]] = {f"piece_{number}": _("Preuve") for number in NAMES}
    quand_meme = forms.BooleanField(
        label=_("Enregistrer quand même la condition 6 ou 7"), required=False, widget=forms.CheckboxInput
    )

    def __init__(self, *args: Any, engagement: Engagement, **options: Any) -> None:
        """Ask the law which conditions of age hold on the day of hiring, and say so beside them."""
        super().__init__(*args, **options)
        self.engagement = engagement
        self.by_age = _by_age(engagement)
        self.propose = ""
        for number, label in NAMES.items():
            self.fields[f"c{number}"] = forms.BooleanField(label=label, required=False, help_text=self._help(number))

    def _help(self, number: int) -> str:
        answer, sentence = self.by_age.get(number, ("", ""))
        holds = _("Elle tient selon la date de naissance.") if answer == "oui" else ""
        return f"{sentence} {holds}".strip()

    def classe_of(self, name: str) -> FieldClass:
        """Keep the papers of the conditions in the health compartment, the base aside."""
        return FieldClass.SANTE if name.startswith("piece_") else FieldClass.PERSONNEL

    def rows(self) -> list[dict[str, Any]]:
        """List the conditions that anybody may read out loud."""
        return [self._row(number) for number in ORDINARY]

    def sealed(self) -> list[dict[str, Any]]:
        """List the two that tell an origin or a health."""
        return [self._row(number) for number in SEALED]

    def _row(self, number: int) -> dict[str, Any]:
        return {"number": number, "check": self[f"c{number}"], "piece": self._drawn(f"piece_{number}")}

    def clean(self) -> dict[str, Any]:
        """Refuse an age that the law denies; propose another condition before 6 and 7."""
        values = super().clean()
        ticked = [number for number in NAMES if values.get(f"c{number}")]
        for number in ticked:
            answer, sentence = self.by_age.get(number, ("", ""))
            if answer == "non":
                self.add_error(f"c{number}", f"{sentence} Décochez-la, ou corrigez la date de naissance.")
        others = [number for number in ticked if number in ORDINARY]
        others += [
            number for number, (answer, _said) in self.by_age.items() if answer == "oui" and number not in others
        ]
        sealed = [number for number in ticked if number in SEALED]
        if sealed and others and not values.get("quand_meme"):
            self.propose = " et ".join(str(number) for number in sorted(others))
            self.add_error(
                None,
                _(
                    "La condition %(held)s suffit au statut. Décochez la condition 6 ou 7 pour ne rien garder de la "
                    "santé ou de l’origine, ou cochez « Enregistrer quand même »."
                )
                % {"held": self.propose},
            )
        return values

    def conditions(self) -> dict[int, ProofFile | None]:
        """Give the conditions ticked, each with its paper or none."""
        values = self.cleaned_data
        return {number: values.get(f"piece_{number}") for number in NAMES if values.get(f"c{number}")}


def _by_age(engagement: Engagement) -> dict[int, tuple[str, str]]:
    """Ask the conditions of age on the day of hiring: the answer and its sentence by number."""
    born = engagement.travailleur.birth_date
    try:
        answer = td(date_engagement=engagement.starts_on, cess=None, dei=None, date_naissance=born)
    except LawError:
        return {}
    found = {step.rule.rpartition("_")[2]: step for step in answer.because}
    said = {}
    for number in (2, 3):
        name = str(number)
        met, denied = name in answer.value.remplies, name in answer.value.manquantes
        state = "oui" if met else "non" if denied else "a_verifier"
        step = found.get(name)
        said[number] = (state, _told(step.sentence) if step else "")
    return said


def _told(sentence: str) -> str:
    """Keep what the law says of a condition, without the number that the label gives already."""
    head, _colon, rest = sentence.partition(" : ")
    return f"{head.partition('(')[2].rstrip(')').capitalize()} : {rest}"


class StatutForm(ConditionsForm):
    """What the person was at the moment of hiring; frozen once recorded (A23)."""

    pieces: ClassVar[dict[str, Any]] = {"proof": _("Preuve de la base"), **ConditionsForm.pieces}
    statut = forms.ChoiceField(label=_("Statut à l’engagement"), choices=Statut.choices, widget=forms.RadioSelect)
    without_cess = forms.ChoiceField(
        label=_("Sans CESS ni équivalent"), choices=_YES_NO, required=False, widget=forms.RadioSelect
    )
    dei = forms.ChoiceField(
        label=_("Demandeur d’emploi inoccupé"), choices=_YES_NO, required=False, widget=forms.RadioSelect
    )
    verified_on = DateFrField(
        label=_("Conditions vérifiées le"), required=False, help_text=_("Vide : à vérifier plus tard.")
    )

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Le statut"), ("statut",), _("Figé à l’engagement")),
        Group(_("La base"), ("without_cess", "dei", "proof")),
    )
    after: ClassVar[tuple[Group, ...]] = (Group(_("La vérification"), ("verified_on",)),)
    sizes: ClassVar[dict[str, str]] = {"verified_on": "s"}

    def clean_without_cess(self) -> bool | None:
        """Read yes, no or not known."""
        return _READ[self.cleaned_data["without_cess"]]

    def clean_dei(self) -> bool | None:
        """Read yes, no or not known."""
        return _READ[self.cleaned_data["dei"]]

    def verification(self) -> dict[str, Any]:
        """Give the drawn field of the check."""
        return self._drawn("verified_on")

    def values(self) -> dict[str, Any]:
        """Give what the action takes."""
        names = ("statut", "without_cess", "dei", "proof", "verified_on")
        return {name: self.cleaned_data[name] for name in names} | {"conditions": self.conditions()}


class VerificationForm(GroupedForm):
    """The day on which the papers were seen."""

    verified_on = DateFrField(label=_("Conditions vérifiées le"))
    groups: ClassVar[tuple[Group, ...]] = (Group(_("La vérification"), ("verified_on",)),)
    sizes: ClassVar[dict[str, str]] = {"verified_on": "s"}

    def __init__(self, *args: Any, today: dt.date, **options: Any) -> None:
        """Refuse a day to come."""
        super().__init__(*args, **options)
        self.today = today

    def clean_verified_on(self) -> dt.date:
        """Refuse a check that has not taken place."""
        day: dt.date = self.cleaned_data["verified_on"]
        if day > self.today:
            raise forms.ValidationError(
                _("Cette vérification est dans le futur. Écrivez le jour où vous avez vu les pièces.")
            )
        return day


class CorrectionForm(GroupedForm):
    """A status that was wrong on the day of hiring; a change of life since is never a reason."""

    statut = forms.ChoiceField(label=_("Statut juste"), choices=Statut.choices, widget=forms.RadioSelect)
    correction_reason = forms.CharField(
        label=_("Pourquoi le statut était faux le jour de l’engagement"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("La correction"), ("statut", "correction_reason"), _("Le statut ne suit pas la vie de la personne")),
    )
