"""Forms of allocation keys: a name, a percentage with its written reasoning, a day."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.ui import saisie
from clefdevoute.ui.fields import DateFrField, PourcentField

FOUR_PLACES = Decimal("0.0001")


class CleField(PourcentField):
    """The percentage of a key, up to four decimals, read as the tables print it: 15 is 15."""

    def read(self, text: str) -> Decimal:
        """Read the percentage, of more than 0 and at most 100."""
        bare = text.replace("%", "").strip()
        ratio = saisie.pourcent(bare or text, most=Decimal(10**9))
        if ratio > 1:
            raise saisie.SaisieError(f"« {bare} » dépasse 100 %. Écrivez la part de l’accompagnatrice, par exemple 15.")
        if not ratio:
            raise saisie.SaisieError("Une clé de 0 % ne prend rien. Écrivez la part, par exemple 15.")
        return (ratio * 100).quantize(FOUR_PLACES)

    def prepare_value(self, value: object) -> object:
        """Write a stored percentage as 33,3333; leave a typed text as it is."""
        return super().prepare_value(value / 100) if isinstance(value, Decimal) else value


class VersionForm(forms.Form):
    """What a key is worth from a day on, and why."""

    percent = CleField(label=_("Pourcentage"), help_text=_("Jusqu’à quatre décimales : 33,3333."))
    basis = forms.CharField(
        label=_("Raisonnement écrit"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sur quoi la clé se fonde : « 18 m² sur 120 m² », « 1 ligne de téléphone sur 4 »."),
        error_messages={
            "required": _("Écrivez sur quoi la clé se fonde (m², ETP, nombre de lignes…) : l’annexe le demande.")
        },
    )
    since = DateFrField(label=_("Depuis le"))


class CleForm(VersionForm):
    """A new key with its first version."""

    name = forms.CharField(
        label=_("Nom"),
        max_length=120,
        help_text=_("Par exemple « Bureau de l’accompagnatrice »."),
        error_messages={"required": _("Donnez un nom à la clé, par exemple « Bureau de l’accompagnatrice ».")},
    )
    field_order = ("name", "percent", "basis", "since")
