"""Forms of the reading desk: a decision with its places, what was found on opening, why it is read again."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pandok.common.reasons import MOST_REASON
from pandok.core.terms.office_days import day_begins, day_is_over
from pandok.fields.xray.acts.deciding import MOST_REMARK
from pandok.fields.xray.decisions import Decision, Found
from pandok.web.day_field import DayField
from pandok.web.page_language import say

MOST_JSON = 20_000


class JsonList(forms.CharField):
    """A list that a script fills. What is no list counts as an empty one for functions; marks are judged by the act."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, max_length=MOST_JSON)

    def clean(self, value: Any) -> list[Any]:
        text = super().clean(value) or "[]"
        try:
            found = json.loads(text)
        except (json.JSONDecodeError, RecursionError):
            return [None]
        return found if isinstance(found, list) else [None]


class DecisionForm(forms.Form):
    """`within_page`: a script puts the next scan into the page. `held`: views that it fetched ahead, sealed."""

    decision = forms.ChoiceField(choices=[(one.value, one.value) for one in Decision])
    marks = JsonList()
    functions = JsonList()
    remark = forms.CharField(
        label=_("Remark for the opening officer"),
        required=False,
        max_length=MOST_REMARK,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    within_page = forms.BooleanField(required=False, widget=forms.HiddenInput)
    held = JsonList()

    def chosen(self) -> Decision:
        return Decision(self.cleaned_data["decision"])

    def used(self) -> list[str]:
        return [one for one in self.cleaned_data["functions"] if isinstance(one, str)]

    def held_views(self) -> frozenset[int]:
        return frozenset(one for one in self.cleaned_data["held"] if isinstance(one, int))


def _found() -> list[tuple[str, str]]:
    return [(one.value, say(one.words)) for one in Found]


class OpeningForm(forms.Form):
    found = forms.ChoiceField(label=_("What the opening showed"), choices=_found, widget=forms.RadioSelect)
    what = forms.CharField(
        label=_("What it was"),
        required=False,
        max_length=MOST_REMARK,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed unless everything was as declared."),
    )
    marks = JsonList()

    def outcome(self) -> Found:
        return Found(self.cleaned_data["found"])


class FiguresForm(forms.Form):
    """The period of the readings; open at either end where nothing is entered."""

    first = DayField(label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = DayField(label=_("Until day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def instants(self) -> tuple[datetime | None, datetime | None]:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        return (day_begins(first) if first else None, day_is_over(last) if last else None)

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        first, last = entered.get("first"), entered.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day lies before the first."))
        return entered


class ReadAgainForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=MOST_REASON, widget=forms.Textarea(attrs={"rows": 2})
    )
