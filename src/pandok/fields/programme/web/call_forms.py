"""What is sent of a call."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.programme.call_kinds import TEMPLATES
from pandok.fields.programme.call_text import BODY, LINE, TITLE, CallSaid, NamesShown, criteria_written
from pandok.fields.programme.models import Call
from pandok.web.sent_fields import Chosen, Written

_KINDS = [(kind.value, one.words) for kind, one in TEMPLATES.items()]
_NAMES = [(one.value, one.words) for one in NamesShown]


class CallForm(forms.Form):
    title = Written(_("Title of the call"), room=TITLE, must=True)
    kind = Chosen(pgettext_lazy("call", "Kind of call"), _KINDS)
    problems = Written(_("Numbers of the problems it answers"), room=300, autocomplete="off")
    body = Written(_("Text of the call"), room=BODY, rows=6, must=True)
    eligible = Written(_("Who may apply"), rows=2, must=True)
    opens_at = Written(pgettext_lazy("call", "Opens"), room=25, must=True, type="datetime-local")
    closes_at = Written(
        pgettext_lazy("call", "Closes: the last moment counts"), room=25, must=True, type="datetime-local"
    )
    money_krw = Written(_("Amount in KRW (empty: none)"), room=20, inputmode="numeric")
    money_on = Written(_("Day of the amount"), room=10, type="date")
    money_source = Written(_("Source of the amount"), room=LINE)
    criteria = Written(
        _("Criteria, one a line: name | weight | what is looked at (weights come to 100)"), rows=5, must=True
    )
    tie_years = Written(_("Years for which a tie of a reviewer still counts"), room=2, must=True, inputmode="numeric")
    least_reviewers = Written(_("Scores needed of each application"), room=2, must=True, inputmode="numeric")
    places = Written(_("How many are selected at most"), room=3, must=True, inputmode="numeric")
    names_shown = Chosen(_("Names of firms in public, when it is decided"), _NAMES)

    def said(self) -> CallSaid:
        return CallSaid(**self.cleaned_data)

    @classmethod
    def of(cls, call: Call) -> CallForm:
        shown = {name: getattr(call, name) for name in cls.base_fields if hasattr(call, name)}
        moments = {
            name: getattr(call, name).astimezone(OFFICE_ZONE).strftime("%Y-%m-%dT%H:%M")
            for name in ("opens_at", "closes_at")
        }
        other = {
            "problems": " ".join(call.problems.values_list("number", flat=True)),
            "criteria": criteria_written(call.criteria),
            "money_on": call.money_on.isoformat() if call.money_on else "",
            "money_krw": "" if call.money_krw is None else str(call.money_krw),
        }
        return cls(initial=shown | moments | other, auto_id="draft_%s")


class CallFilterForm(forms.Form):
    words = Written(room=100, cut=True)
    phase = Written(room=20, cut=True)
    kind = Written(room=20, cut=True)
