"""The search form of the audit trail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pandok.common.audit.search import AuditQuery, actions_known
from pandok.common.web.shown.audit_words import words_of
from pandok.core.terms.office_days import day_begins, day_is_over


def _actions() -> list[tuple[str, str]]:
    language = get_language() or "ko"
    named = [(action, words_of(action, language)) for action in actions_known()]
    return [("", str(_("Everything"))), *sorted(named, key=lambda pair: pair[1])]


class AuditForm(forms.Form):
    actor = forms.CharField(label=_("Who (user name)"), required=False, max_length=150)
    action = forms.ChoiceField(label=_("What"), choices=_actions, required=False)
    about = forms.CharField(label=_("About (case number, sha256, object)"), required=False, max_length=200)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    looks_only = forms.BooleanField(label=_("Only viewings of photographs and documents"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first."))
        for name in ("actor", "about"):
            if "\x00" in cleaned.get(name, ""):
                self.add_error(name, _("It contains characters that cannot be searched for."))
        return cleaned

    def query(self) -> AuditQuery:
        """Only after `is_valid()`. Days are those of the office; the last one is included."""
        asked = dict(self.cleaned_data)
        if asked["since"]:
            asked["since"] = day_begins(asked["since"])
        if asked["until"]:
            asked["until"] = day_is_over(asked["until"])
        return AuditQuery(**asked)
