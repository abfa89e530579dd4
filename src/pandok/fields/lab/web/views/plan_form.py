"""What the forms of all trials ask: what is compared, margin and error as the owner states them, what is left out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pandok.fields.lab.acts.trials.choosing import choices
from pandok.settings import settings


def _candidates() -> list[tuple[str, str]]:
    return choices(settings())


def percent(label: Any, low: float, high: float, *, help_text: Any = "", initial: float | None = None) -> Any:
    return forms.FloatField(
        label=label,
        min_value=low,
        max_value=high,
        help_text=help_text,
        initial=initial,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )


def names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in text.split(",") if one.strip()))


class PlanForm(forms.Form):
    """Shares in per cent. A form of one kind of trial adds its own fields and says in which order all stand."""

    title = forms.CharField(label=_("Name of the trial"), min_length=3, max_length=120)
    question = forms.CharField(label=_("Question"), widget=forms.Textarea, min_length=10, max_length=1000)
    candidate = forms.ChoiceField(label=_("Candidate model"), choices=_candidates)
    margin = percent(
        _("Margin (percentage points)"), 0, 50, help_text=_("What today's practice could tolerate. 0 for “better”.")
    )
    margin_reason = forms.CharField(
        label=_("Reason of the margin"), widget=forms.Textarea, min_length=10, max_length=1000
    )
    alpha = forms.FloatField(
        label=_("Error of the proof (one-sided)"),
        min_value=0.001,
        max_value=0.1,
        initial=0.025,
        widget=forms.NumberInput(attrs={"step": "any"}),
    )
    wrong_truth_share = percent(_("Truths that may be wrong (%)"), 0, 20)
    exclusions = forms.CharField(
        label=_("What is left out, and why"), widget=forms.Textarea, min_length=10, max_length=1000
    )
