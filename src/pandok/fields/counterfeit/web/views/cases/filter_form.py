"""The filter of the work list as a form; what cannot be meant is told of and left out."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pandok.common.models import Party, Site
from pandok.common.parties.parties_admin import find_parties
from pandok.core.text import Text
from pandok.fields.counterfeit.lists.case_filter import FILTERS, LONGEST_TEXT, CaseFilter, Filter
from pandok.fields.counterfeit.lists.cases import Key, Tab
from pandok.fields.register.web.article_classes import LOCARNO_CLASSES
from pandok.web.page_language import choices, language, lazily, say
from pandok.web.sent_fields import Written

NAMES_OFFERED = 200
ALL = Text(ko="전체", en="All")
_KEY = re.compile(r"([0-9]{1,17}|-)\.([0-9]{1,18})")


def _sites() -> list[tuple[str, str]]:
    korean = language().startswith("ko")
    names = [(str(site.id), site.name_ko if korean else site.name_en) for site in Site.objects.order_by("code")]
    return [("", say(ALL)), *names]


def _classes() -> list[tuple[str, str]]:
    return [("", say(ALL)), *((number, f"{number} {say(name)}") for number, name in LOCARNO_CLASSES.items())]


def _field(one: Filter) -> forms.Field:
    asked: dict[str, Any] = {"label": lazily(one.words), "required": False}
    if one.looks == "words":
        return forms.ChoiceField(choices=choices(one.words_of, any_of=ALL), **asked)
    if one.looks in ("class", "site"):
        return forms.ChoiceField(choices=_classes if one.looks == "class" else _sites, **asked)
    if one.looks == "holder":
        return forms.CharField(max_length=300, widget=forms.TextInput(attrs={"list": "holder-names"}), **asked)
    return forms.DateField(widget=forms.TextInput(attrs={"type": "date"}), **asked)


def form_name(one: Filter) -> str:
    """A holder is asked for by its name; the address keeps what was written."""
    return f"{one.name}_name" if one.looks == "holder" else one.name


class FilterNameForm(forms.Form):
    """The name under which a filter is kept."""

    name = Written(_("Name of the filter"), room=200, cut=True)


class FilterForm(forms.Form):
    text = forms.CharField(label=_("Search"), required=False, max_length=LONGEST_TEXT)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields |= {form_name(one): _field(one) for one in FILTERS}

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
        given = {one.name: self.cleaned_data.get(form_name(one)) for one in FILTERS}
        asked: dict[str, Any] = {
            name: value.id if isinstance(value, Party) else value for name, value in given.items() if value
        }
        return CaseFilter(text=self.cleaned_data.get("text", ""), **asked)


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
