"""The form of a trial's protocol. Shares are entered in per cent; there is no default for what the owner must state."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from pandok.core.lab.problem import Aim
from pandok.core.lab.trial import Practice, TrialProtocol
from pandok.lab.shadow.choosing import choices
from pandok.settings import settings

_MISFIT = "This value does not fit."
_NO_MARGIN = "A margin is needed for “not worse”, and is 0 for “better”."
PER_CENT = ("margin", "audit_probability", "most_missing_share", "most_out_of_order_share", "wrong_truth_share")


def _candidates() -> list[tuple[str, str]]:
    return choices(settings())


def _practices() -> list[tuple[str, str]]:
    return [(one.value, one.words.in_language(get_language() or "ko")) for one in Practice]


def _percent(label: Any, low: float, high: float, *, help_text: Any = "", initial: float | None = None) -> Any:
    return forms.FloatField(
        label=label,
        min_value=low,
        max_value=high,
        help_text=help_text,
        initial=initial,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )


class TrialForm(forms.Form):
    title = forms.CharField(label=_("Name of the trial"), min_length=3, max_length=120)
    question = forms.CharField(label=_("Question"), widget=forms.Textarea, min_length=10, max_length=1000)
    candidate = forms.ChoiceField(label=_("Candidate model"), choices=_candidates)
    practice = forms.ChoiceField(label=_("Compared with"), choices=_practices)
    aim = forms.ChoiceField(
        label=_("Aim"),
        choices=[
            (Aim.NON_INFERIORITY.value, _("Not worse by more than the margin")),
            (Aim.SUPERIORITY.value, _("Better")),
        ],
    )
    margin = _percent(
        _("Margin (percentage points)"), 0, 50, help_text=_("What today's practice could tolerate. 0 for “better”.")
    )
    margin_reason = forms.CharField(
        label=_("Reason of the margin"), widget=forms.Textarea, min_length=10, max_length=1000
    )
    planned_n = forms.IntegerField(label=_("Planned cases"), min_value=10, max_value=1_000_000)
    alpha = forms.FloatField(
        label=_("Error of the proof (one-sided)"),
        min_value=0.001,
        max_value=0.1,
        initial=0.025,
        widget=forms.NumberInput(attrs={"step": "any"}),
    )
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
    audit_probability = _percent(
        _("Random checks of goods that were let go (%)"),
        0.1,
        100,
        help_text=_("Chance of each; drawn by a seed that nobody knows before the end."),
    )
    truth_within_days = forms.IntegerField(label=_("Wait for the truth (days)"), min_value=1, max_value=730)
    most_missing_share = _percent(_("Most missing truths (%)"), 0, 50)
    most_out_of_order_share = _percent(_("Most cases decided before the commit (%)"), 0, 50)
    wrong_truth_share = _percent(_("Truths that may be wrong (%)"), 0, 20)
    clustered = forms.BooleanField(label=_("Analyse by site and day"), required=False)
    sites = forms.CharField(label=_("Sites (codes, with commas; empty: all)"), required=False, max_length=500)
    testers = forms.CharField(label=_("Accounts that try things out (with commas)"), required=False, max_length=500)
    exclusions = forms.CharField(
        label=_("What is left out, and why"), widget=forms.Textarea, min_length=10, max_length=1000
    )

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
        given |= {name: _names(given[name]) for name in ("sites", "testers")}
        try:
            return TrialProtocol(**given)
        except ValidationError as error:
            for one in error.errors():
                field = str(one["loc"][0]) if one["loc"] else "margin"
                known = field in self.fields
                self.add_error(field if known else None, _(_MISFIT) if one["loc"] else _(_NO_MARGIN))
            return None


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in text.split(",") if one.strip()))
