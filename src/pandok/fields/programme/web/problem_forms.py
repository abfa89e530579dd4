"""What is sent of a problem of the field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pandok.fields.programme.problem_text import NAMES, ROOM, ProblemSaid, day_of, number_of
from pandok.fields.programme.topics import KoreanRegion, Topic
from pandok.web.sent_fields import Chosen, ReasonForm, Unseen, Written

_TOPICS = [(one.value, one.words) for one in Topic]
_REGIONS = [(one.value, one.words) for one in KoreanRegion]


class ProblemForm(forms.Form):
    """`looked`: who sends it has seen the problems that may say the same."""

    title = Written(_("The problem in one line"), room=ROOM["title"], must=True)
    topic = Chosen(pgettext_lazy("problem", "Field"), _TOPICS)
    region = Chosen(pgettext_lazy("problem", "Region"), _REGIONS)
    place = Written(_("Where exactly"), room=ROOM["place"])
    who_suffers = Written(_("Who suffers from it, and how"), rows=3, must=True)
    how_often = Written(_("How often it happens"), room=ROOM["how_often"], must=True)
    today_value = Written(_("Today's number"), room=20, inputmode="decimal")
    today_unit = Written(_("Unit of the number"), room=ROOM["today_unit"])
    counted_on = Written(_("Day on which it was counted"), room=10, type="date")
    counted_how = Written(_("How it was counted"), rows=2)
    decision = Written(_("The decision that would change"), rows=2, must=True)
    data_there = Written(_("Data that exist"), rows=2)
    operator = Written(_("Who would run it and pay for it"), room=ROOM["operator"])
    legal_limits = Written(_("Legal limits"), rows=2)
    looked = Unseen()

    @classmethod
    def of(cls, said: ProblemSaid) -> ProblemForm:
        shown = said.as_json()
        value = shown["today_value"]
        return cls(initial=shown | {"today_value": "" if value is None else f"{value:.12g}"})

    def said(self) -> ProblemSaid:
        """After it was read. Raises RequestError for what is no number and no day."""
        sent: dict[str, Any] = {name: self.cleaned_data[name] for name in NAMES}
        sent["today_value"], sent["counted_on"] = number_of(sent["today_value"]), day_of(sent["counted_on"])
        return ProblemSaid(**sent)


class RewordForm(ProblemForm):
    reason = Written(_("Why it is said anew"), must=True)


class MergeForm(ReasonForm):
    into = Written(_("Number of the problem that says the same"), room=20, must=True)


class AcceptForm(ReasonForm):
    publish = forms.BooleanField(label=_("Show it to everybody, without its proposer"), required=False, initial=True)


class ShareForm(forms.Form):
    region = Chosen(pgettext_lazy("problem", "Region"), _REGIONS)
    note = Written(_("How it is with you"), rows=2, must=True)


class FilterForm(forms.Form):
    """What a list is narrowed to; nothing sent is refused."""

    words = Written(_("Words or number"), room=100, cut=True, type="search")
    state = Written(room=20, cut=True)
    topic = Written(room=20, cut=True)
    region = Written(room=20, cut=True)
    own = forms.BooleanField(required=False)
    most_shared = forms.BooleanField(required=False)
