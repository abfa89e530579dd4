"""Forms of the office: a late holiday, a party, a site, a service, a consent on paper, an unknown importer.

They carry labels, room and choices, and keep what was entered; what is wrong with it the use case says. Nothing is
chosen beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pandok.common.declared import party_kinds
from pandok.common.reasons import MOST_REASON
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases import dated_holidays
from pandok.fields.counterfeit.acts.notices.serving import BY_HAND, WAYS
from pandok.web.field_of import field_of
from pandok.web.page_language import lazily, say
from pandok.web.sent_fields import CHOOSE, FormNumber, Unseen, Written

MOST_NUMBER = 10**18 - 1
"""Of a record that a form names: more than any table holds."""
LANGUAGES = (("ko", "한국어"), ("en", "English"))


def line(label: Any, most: int, *, must: bool = True, kind: str = "text", **attrs: str) -> forms.CharField:
    """One line. `must` is told to the browser; that nothing was written, the use case says in its own words."""
    told: dict[str, Any] = {**attrs, **({"required": True} if must else {}), "type": kind}
    return forms.CharField(label=label, max_length=most, required=False, widget=forms.TextInput(attrs=told))


class _NotLater(forms.TextInput):
    """A day that a browser takes up to today."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        today = timezone.now().astimezone(OFFICE_ZONE).date()
        return super().get_context(name, value, {**(attrs or {}), "max": today.isoformat()})


def past_day(label: Any) -> forms.CharField:
    widget = _NotLater(attrs={"required": True, "type": "date"})
    return forms.CharField(label=label, max_length=40, required=False, widget=widget)


def one_of(label: Any, words: Iterable[tuple[str, Text]], *, radio: bool = False) -> forms.ChoiceField:
    """One of these, said when the page is made; none is chosen before."""
    kept = tuple(words)

    def offered() -> list[tuple[str, str]]:
        first = [] if radio else [("", say(CHOOSE))]
        return [*first, *((value, say(text)) for value, text in kept)]

    widget = forms.RadioSelect if radio else forms.Select
    return forms.ChoiceField(label=label, choices=offered, required=False, widget=widget(attrs={"required": True}))


def reason(label: Any = None) -> forms.CharField:
    return line(label or _("Reason"), MOST_REASON)


class HolidayForm(forms.Form):
    day = line(_("Day"), 40, kind="date")
    kind = one_of(_("Kind of day"), dated_holidays.KINDS.items(), radio=True)
    name = line(_("Name of the day"), 100)
    reason = reason(_("Reason (decree, official notice)"))


class PartyForm(forms.Form):
    kind = one_of(_("Kind of party"), ((kind.name, kind.words) for kind in party_kinds().values()))
    name = line(_("Name of the party"), 300)
    email = line(_("Mail address for notices"), 254, must=False, kind="email")
    phone = line(_("Telephone"), 40, must=False, kind="tel")
    language = forms.ChoiceField(label=_("Language of the notices"), choices=LANGUAGES)
    reason = reason()


class SiteForm(forms.Form):
    """The names of a site, who sends its notices and whom parties call."""

    name_ko = line(_("Korean name"), 100)
    name_en = line(_("English name"), 100)
    head_ko = line(lazily(Text(ko="기관장 (통지 발신인)", en="Head, Korean (sender of notices)")), 100, must=False)
    head_en = line(lazily(Text(ko="기관장 (영문)", en="Head, English")), 100, must=False)
    department_ko = line(lazily(Text(ko="담당 부서", en="Department, Korean")), 100, must=False)
    department_en = line(lazily(Text(ko="담당 부서 (영문)", en="Department, English")), 100, must=False)
    phone = line(lazily(Text(ko="전화번호", en="Telephone")), 40, must=False, kind="tel")
    reason = reason()


class NewSiteForm(forms.Form):
    code = line(_("Code"), 20, autocapitalize="characters")
    name_ko = line(_("Korean name"), 100)
    name_en = line(_("English name"), 100)
    reason = reason()


class ServiceForm(forms.Form):
    """How a notice was served outside this system."""

    form = FormNumber()
    way = one_of(_("How it was served"), ((way, WAYS[way]) for way in BY_HAND))
    day = past_day(_("Day of service"))
    proof = line(_("What proves it (number of a receipt, who took it)"), MOST_REASON)


class ConsentForm(forms.Form):
    """A consent to electronic service on paper, or that it was taken back."""

    agrees = forms.CharField(required=False, widget=forms.HiddenInput)
    day = past_day(_("Day on the paper"))
    proof = line(_("What proves it (number of the paper, who signed it)"), MOST_REASON)


class ReachForm(forms.Form):
    """An importer whom nobody knows yet, and what it will be asked. Where it is known already, only the latter."""

    form = FormNumber()
    name = line(_("Name of the importer"), 300)
    phone = line(_("Telephone"), 40, must=False, kind="tel", **{"aria-describedby": "reach-one"})
    email = line(_("Mail address"), 254, must=False, kind="email", **{"aria-describedby": "reach-one"})
    check = forms.ChoiceField(
        label=_("What the importer must know"), widget=forms.RadioSelect(attrs={"required": True}), required=False
    )
    answer = line(_("Last 4 digits (if typed)"), 20, must=False, inputmode="numeric", autocomplete="off")

    def __init__(self, *args: Any, checks: Iterable[tuple[str, Text, str]], known: bool, **kwargs: Any):
        """`checks`: what can be asked, with the number on record, which the officer sees."""
        super().__init__(*args, **{"auto_id": "reach-%s", **kwargs})
        asked = [(kind, f"{say(words)} {value}".strip()) for kind, words, value in checks]
        field_of(self, "check", forms.ChoiceField).choices = asked
        if known:
            for name in ("name", "phone", "email"):
                del self.fields[name]


class MemberForm(forms.Form):
    """Somebody who acts for a party, or works at a site."""

    username = Written(_("Name of the account"), room=150, cut=True, must=True, autocapitalize="none")
    reason = Written(_("Reason"), must=True)


class RowForm(forms.Form):
    """One line of a list is taken away. `name`: the field that carries the number of its record."""

    reason = Written(_("Reason"), must=True)

    def __init__(self, name: str, sent: QueryDict | None = None, *, number: int | None = None):
        super().__init__(sent, initial={name: number}, auto_id=f"%s-{name}-{number}")
        widget = forms.HiddenInput(attrs={"id": False})
        self.fields[name] = forms.IntegerField(min_value=1, max_value=MOST_NUMBER, widget=widget)


def row_form(name: str, number: int, sent: QueryDict | None) -> RowForm:
    """The form of one line. `sent`: what was refused in the list, of this line or of another."""
    mine = sent if sent is not None and sent.get(name) == str(number) else None
    return RowForm(name, mine, number=number)


class HolderForm(forms.Form):
    """A name of the register is linked with a party: which one, among those found by `holder_text`."""

    holder = forms.IntegerField(min_value=1, max_value=MOST_NUMBER)
    holder_text = Unseen()
    reason = Written(_("Reason"), must=True)


class ActiveForm(forms.Form):
    """A party is taken out of use, or into use again."""

    active = Unseen()
    reason = Written(_("Reason"), must=True)
