"""The form of an assisted trial's protocol. Shares in per cent; no default for what the owner must state."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from pandok.core.lab.assisted_trial import AssistedProtocol, Rounds
from pandok.core.lab.problem import Aim
from pandok.fields.lab.web.views.plan_form import PlanForm, names, percent
from pandok.web.day_field import DayField
from pandok.web.page_language import choices

_MISFIT = "A margin is needed for “not worse” and is 0 for “better”; days apply only between crossed rounds."
PER_CENT = ("margin", "most_missing_share", "wrong_truth_share")


class AssistedForm(PlanForm):
    field_order = [
        "title",
        "question",
        "candidate",
        "rounds",
        "washout_days",
        "readers",
        "planned_n",
        "goods_since",
        "line_up",
        "aim",
        "margin",
        "margin_reason",
        "alpha",
        "most_missing_share",
        "wrong_truth_share",
        "exclusions",
    ]
    rounds = forms.ChoiceField(label=_("How the two readings follow each other"), choices=choices(Rounds))
    washout_days = forms.IntegerField(
        label=_("Days between the rounds"),
        min_value=0,
        max_value=365,
        help_text=_("Only for crossed rounds; 0 where help follows at once."),
    )
    readers = forms.CharField(
        label=_("Officers who read (accounts separated by commas; three or more)"),
        widget=forms.Textarea,
        max_length=2000,
    )
    planned_n = forms.IntegerField(label=_("Cases that each of them reads"), min_value=10, max_value=1000)
    goods_since = DayField(
        label=_("Closed cases with a known truth, opened from"), widget=forms.DateInput(attrs={"type": "date"})
    )
    line_up = forms.IntegerField(
        label=_("Designs shown beside the goods"),
        min_value=2,
        max_value=12,
        help_text=_("The right one, where there is one, and those most alike."),
    )
    aim = forms.ChoiceField(
        label=_("Aim"),
        choices=[
            (Aim.SUPERIORITY.value, _("Better with help")),
            (Aim.NON_INFERIORITY.value, _("Not worse with help by more than the margin")),
        ],
    )
    most_missing_share = percent(_("Most missing readings (%)"), 0, 50)

    @classmethod
    def of(cls, protocol: AssistedProtocol) -> AssistedForm:
        initial = protocol.model_dump(mode="json")
        initial |= {name: round(initial[name] * 100, 6) for name in PER_CENT}
        return cls(initial=initial | {"readers": ", ".join(protocol.readers)})

    def protocol(self) -> AssistedProtocol | None:
        """None where something does not fit; the form then says what."""
        if not self.is_valid():
            return None
        given = dict(self.cleaned_data)
        given |= {name: given[name] / 100 for name in PER_CENT}
        given["readers"] = names(given["readers"])
        try:
            return AssistedProtocol(**given)
        except ValidationError as error:
            for one in error.errors():
                field = str(one["loc"][0]) if one["loc"] else ""
                if field in self.fields:
                    self.add_error(field, _("This value does not fit."))
                else:
                    self.add_error(None, _(_MISFIT))
            return None
