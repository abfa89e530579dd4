"""The filter of the work list as a form; what cannot be meant is told of and left out."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pandok.common.models import Party, Site
from pandok.common.parties.parties_admin import find_parties
from pandok.fields.counterfeit.lists.case_filter import LONGEST_TEXT, CaseFilter
from pandok.fields.counterfeit.lists.cases import Key, Tab
from pandok.fields.counterfeit.states import State, Turn
from pandok.fields.register.web.article_classes import LOCARNO_CLASSES

NAMES_OFFERED = 200
_KEY = re.compile(r"([0-9]{1,17}|-)\.([0-9]{1,18})")


def _language() -> str:
    return get_language() or "ko"


def _any(rest: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", str(_("All"))), *rest]


def _sites() -> list[tuple[str, str]]:
    korean = _language().startswith("ko")
    return _any([(str(site.id), site.name_ko if korean else site.name_en) for site in Site.objects.order_by("code")])


class FilterForm(forms.Form):
    text = forms.CharField(label=_("Search"), required=False, max_length=LONGEST_TEXT)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=lambda: _any([(one.value, one.words.in_language(_language())) for one in State]),
    )
    turn = forms.ChoiceField(
        label=_("Whose turn"),
        required=False,
        choices=lambda: _any(
            [(one.value, one.words.in_language(_language())) for one in (Turn.OFFICER, Turn.HOLDER, Turn.APPRAISER)]
        ),
    )
    holder_name = forms.CharField(label=_("Holder"), required=False, max_length=300)
    locarno = forms.ChoiceField(
        label=_("Article class"),
        required=False,
        choices=lambda: _any(
            [(number, f"{number} {name.in_language(_language())}") for number, name in LOCARNO_CLASSES.items()]
        ),
    )
    site = forms.ChoiceField(label=_("Site"), required=False, choices=_sites)
    opened_from = forms.DateField(label=_("Opened from"), required=False)
    opened_to = forms.DateField(label=_("Opened to"), required=False)

    def clean_holder_name(self) -> Party | None:
        name = self.cleaned_data["holder_name"].strip()
        if not name:
            return None
        found = list(find_parties(text=name, kind=Party.HOLDER)[:10])
        same = [party for party in found if party.name == name]
        if len(same) == 1 or len(found) == 1:
            return (same or found)[0]
        if not found:
            raise ValidationError(_("No holder has this name."))
        names = ", ".join(party.name for party in found[:5])
        raise ValidationError(_("Several holders have this name: %(names)s"), params={"names": names})

    def chosen(self) -> CaseFilter:
        """Whatever of the form can be meant; after `is_valid()` was asked."""
        data: dict[str, Any] = self.cleaned_data
        return CaseFilter(
            text=data.get("text", ""),
            state=data.get("state") or None,
            turn=data.get("turn") or None,
            holder=data["holder_name"].id if data.get("holder_name") else None,
            locarno=data.get("locarno", "")[:5],
            site=int(data["site"]) if data.get("site") else None,
            opened_from=data.get("opened_from"),
            opened_to=data.get("opened_to"),
        )


def tab_of(query: QueryDict) -> Tab:
    asked = query.get("tab", "mine")
    return "overdue" if asked == "overdue" else "all" if asked == "all" else "mine"


def key_of(text: str) -> Key | None:
    """Where a page begins, as the address carries it: microseconds and serial."""
    match = _KEY.fullmatch(text)
    if match is None:
        return None
    try:
        at = None if match[1] == "-" else datetime.fromtimestamp(int(match[1]) // 10**6, UTC)
    except (OverflowError, ValueError, OSError):
        return None
    return Key(at.replace(microsecond=int(match[1]) % 10**6) if at else None, int(match[2]))


def key_text(key: Key) -> str:
    """
    >>> key_text(Key(datetime(2026, 3, 2, tzinfo=UTC), 20260000001))
    '1772409600000000.20260000001'
    """
    whole = f"{int(key.at.replace(microsecond=0).timestamp()) * 10**6 + key.at.microsecond}" if key.at else "-"
    return f"{whole}.{key.serial}"
