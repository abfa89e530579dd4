"""What is sent of reviews: ties, assignments, marks; and of selections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pandok.core.programme.conflicts import Bond
from pandok.fields.programme.acts.reviews.ties import FIRM, TieSaid
from pandok.fields.programme.acts.selections.selecting import RowSaid
from pandok.web.sent_fields import Chosen, ReasonForm, Unseen, Written

_BONDS = [(one.value, one.words) for one in Bond]


class TieForm(forms.Form):
    firm = Written(_("Firm"), room=FIRM, must=True)
    firm_number = Written(_("Business registration number (where it is known)"), room=20, inputmode="numeric")
    bond = Chosen(_("How you are bound to it"), _BONDS)
    since = Written(pgettext_lazy("tie", "Since"), room=10, must=True, type="date")
    until = Written(pgettext_lazy("tie", "Until (empty: still so)"), room=10, type="date")

    def said(self) -> TieSaid:
        names = ("firm", "bond", "since", "firm_number", "until")
        return TieSaid(**{name: self.cleaned_data[name] for name in names})


class TieOfForm(TieForm):
    """By the office, of somebody."""

    person = Written(_("Account of the advisor or member"), room=150, must=True, autocomplete="off")


class OwnerForm(forms.Form):
    firm = Written(_("Firm"), room=FIRM, must=True)
    firm_number = Written(_("Business registration number (where it is known)"), room=20, inputmode="numeric")
    owner = Written(_("Firm that stands behind it"), room=FIRM, must=True)
    owner_number = Written(_("Its business registration number (where it is known)"), room=20, inputmode="numeric")
    since = Written(pgettext_lazy("tie", "Since"), room=10, must=True, type="date")
    until = Written(pgettext_lazy("tie", "Until (empty: still so)"), room=10, type="date")
    source = Written(_("How that is known"), rows=2, must=True)

    def said(self) -> TieSaid:
        sent = self.cleaned_data
        return TieSaid(sent["firm"], "", sent["since"], sent["firm_number"], sent["until"])


class DueForm(ReasonForm):
    due_at = Written(_("Scores are taken until"), room=25, must=True, type="datetime-local")


class AssignForm(forms.Form):
    reviewer = Written(_("Account of the advisor"), room=150, must=True, autocomplete="off")
    number = Written(_("Number of the application (empty: all that nothing forbids)"), room=20, autocomplete="off")


class MarksForm(forms.Form):
    """Points and a reason of each criterion."""

    no_ties = forms.BooleanField(label=_("I am bound to none of these firms, nor was I lately"), required=False)

    def __init__(self, criteria: Sequence[Mapping[str, Any]], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for one in criteria:
            self.fields[f"points_{one['key']}"] = Written(_("Points, 0 to 100"), room=3, inputmode="numeric")
            self.fields[f"reason_{one['key']}"] = Written(_("Reason"), rows=3)

    @classmethod
    def of(cls, criteria: Sequence[Mapping[str, Any]], marks: Mapping[str, Mapping[str, str]]) -> MarksForm:
        shown = {f"{name}_{key}": mark.get(name, "") for key, mark in marks.items() for name in ("points", "reason")}
        return cls(criteria, initial=shown)

    def marks(self) -> dict[str, dict[str, str]]:
        sent = self.cleaned_data
        return {
            one["key"]: {name: sent[f"{name}_{one['key']}"] for name in ("points", "reason")} for one in self.criteria
        }

    def rows(self) -> list[tuple[Mapping[str, Any], list[BoundField]]]:
        return [(one, [self[f"points_{one['key']}"], self[f"reason_{one['key']}"]]) for one in self.criteria]


class SelectionForm(forms.Form):
    """A row for each application, by its place in the list."""

    reason = Written(_("Why this selection"), must=True)

    def __init__(self, numbers: Sequence[str], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.numbers = list(numbers)
        for place in range(len(self.numbers)):
            self.fields[f"selected_{place}"] = forms.BooleanField(label=_("Selected"), required=False)
            self.fields[f"why_{place}"] = Written(
                _("Reason: the applicant reads it; of who is selected it is public"), rows=2
            )

    def said(self) -> list[RowSaid]:
        sent = self.cleaned_data
        return [
            RowSaid(number, sent[f"selected_{place}"], sent[f"why_{place}"])
            for place, number in enumerate(self.numbers)
        ]

    def rows(self) -> list[tuple[str, BoundField, BoundField]]:
        return [(number, self[f"selected_{place}"], self[f"why_{place}"]) for place, number in enumerate(self.numbers)]


class SelectionVoteForm(ReasonForm):
    agrees = Unseen()
