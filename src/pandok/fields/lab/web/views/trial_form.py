"""The form of a trial's protocol. Shares are entered in per cent; there is no default for what the owner must state."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from pandok.core.lab.problem import Aim
from pandok.core.lab.trial import Practice, TrialProtocol
from pandok.fields.lab.web.views.plan_form import PlanForm, names, percent
from pandok.web.page_language import choices

_MISFIT = "This value does not fit."
_NO_MARGIN = "A margin is needed for “not worse”, and is 0 for “better”."
PER_CENT = ("margin", "audit_probability", "most_missing_share", "most_out_of_order_share", "wrong_truth_share")


class TrialForm(PlanForm):
    field_order = [
        "title",
        "question",
        "candidate",
        "practice",
        "aim",
        "margin",
        "margin_reason",
        "planned_n",
        "alpha",
        "monitor_share",
        "harm_alpha",
        "stop_for_benefit",
        "audit_probability",
        "truth_within_days",
        "most_missing_share",
        "most_out_of_order_share",
        "wrong_truth_share",
        "clustered",
        "sites",
        "testers",
        "exclusions",
    ]
    practice = forms.ChoiceField(label=_("Compared with"), choices=choices(Practice))
    aim = forms.ChoiceField(
        label=_("Aim"),
        choices=[
            (Aim.NON_INFERIORITY.value, _("Not worse by more than the margin")),
            (Aim.SUPERIORITY.value, _("Better")),
        ],
    )
    planned_n = forms.IntegerField(label=_("Planned cases"), min_value=10, max_value=1_000_000)
    monitor_share = forms.FloatField(
        label=_("Share of it for the monitor"),
        min_value=0.05,
        max_value=0.95,
        initial=0.2,
        help_text=_("The rest is for the analysis after the planned cases."),
        widget=forms.NumberInput(attrs={"step": "any"}),
    )
    harm_alpha = forms.FloatField(
        label=_("Error of stopping for harm (one-sided)"),
        min_value=0.001,
        max_value=0.2,
        initial=0.05,
        widget=forms.NumberInput(attrs={"step": "any"}),
    )
    stop_for_benefit = forms.BooleanField(label=_("Stop also when the benefit is proven early"), required=False)
    audit_probability = percent(
        _("Random checks of goods that were let go (%)"),
        0.1,
        100,
        help_text=_("Chance of each; drawn by a seed that nobody knows before the end."),
    )
    truth_within_days = forms.IntegerField(label=_("Wait for the truth (days)"), min_value=1, max_value=730)
    most_missing_share = percent(_("Most missing truths (%)"), 0, 50)
    most_out_of_order_share = percent(_("Most cases decided before the commit (%)"), 0, 50)
    clustered = forms.BooleanField(label=_("Analyse by site and day"), required=False)
    sites = forms.CharField(label=_("Sites (codes separated by commas; empty: all)"), required=False, max_length=500)
    testers = forms.CharField(label=_("Test accounts (separated by commas)"), required=False, max_length=500)

    @classmethod
    def of(cls, protocol: TrialProtocol) -> TrialForm:
        """The form with what a draft says."""
        initial = protocol.model_dump(mode="json")
        initial |= {name: round(initial[name] * 100, 6) for name in PER_CENT}
        initial |= {name: ", ".join(initial[name]) for name in ("sites", "testers")}
        return cls(initial=initial)

    def protocol(self) -> TrialProtocol | None:
        """None where something does not fit; the form then says what."""
        if not self.is_valid():
            return None
        given = dict(self.cleaned_data)
        given |= {name: given[name] / 100 for name in PER_CENT}
        given |= {name: names(given[name]) for name in ("sites", "testers")}
        try:
            return TrialProtocol(**given)
        except ValidationError as error:
            for one in error.errors():
                field = str(one["loc"][0]) if one["loc"] else "margin"
                known = field in self.fields
                self.add_error(field if known else None, _(_MISFIT) if one["loc"] else _(_NO_MARGIN))
            return None
