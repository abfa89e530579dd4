"""What is sent of an agreement, of a line of its KPI sheet, of signatures and milestones."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pandok.core.programme.indicators import Direction
from pandok.core.programme.opening import Fate
from pandok.fields.programme.acts.agreements.drafting import LINE, TITLE, AgreementSaid
from pandok.fields.programme.models import Agreement
from pandok.fields.programme.sources.known_sources import SOURCES
from pandok.web.sent_fields import Chosen, ReasonForm, Unseen, Written


class AgreementForm(forms.Form):
    title = Written(_("Title of the agreement"), room=TITLE, must=True)
    lead = Written(_("Lead: who carries the trial out"), room=LINE, must=True)
    members = Written(_("Further bodies, one a line"), rows=2)
    field_owner_post = Written(_("Field owner: the post"), room=LINE)
    field_owner = Written(_("Field owner: the account that signs"), room=150, autocomplete="off")
    protocol = Written(_("How it is measured"), rows=3)
    operation_payer = Written(_("Who pays for its operation afterwards"), room=LINE)
    fate = Chosen(_("If it is not proven"), [(one.value, one.words) for one in Fate], widget=forms.Select())
    remeasurement_post = Written(_("Post that measures again after 12 and 24 months"), room=LINE)

    def said(self) -> AgreementSaid:
        return AgreementSaid(**self.cleaned_data)

    @classmethod
    def of(cls, agreement: Agreement) -> AgreementForm:
        shown = {name: getattr(agreement, name) for name in cls.base_fields}
        owner = agreement.field_owner.get_username() if agreement.field_owner else ""
        return cls(initial=shown | {"field_owner": owner}, auto_id="draft_%s")


class LineForm(forms.Form):
    """A KPI as it is written; numbers and days are read by the use case."""

    key = Written(_("Short name (a-z, 0-9, _)"), room=40, must=True, autocapitalize="none")
    name = Written(pgettext_lazy("kpi", "Name"), room=200, must=True)
    purpose = Written(pgettext_lazy("kpi", "What for"), rows=2, must=True)
    source = Chosen(_("Where its rows come from"), [(name, one.words) for name, one in SOURCES.items()])
    formula = Written(pgettext_lazy("kpi", "Formula"), room=500, must=True, spellcheck="false")
    cluster = Written(_("Column whose rows belong together"), room=60)
    unit = Written(pgettext_lazy("kpi", "Unit"), room=60, must=True)
    direction = Chosen(_("Which way is better"), [(one.value, one.words) for one in Direction])
    baseline_value = Written(_("Baseline: today's number"), room=20, must=True, inputmode="decimal")
    baseline_low = Written(_("Lower end of its interval (empty: counted in full)"), room=20, inputmode="decimal")
    baseline_high = Written(_("Upper end of its interval"), room=20, inputmode="decimal")
    baseline_on = Written(_("Day of the baseline"), room=10, must=True, type="date")
    baseline_how = Written(_("How the baseline was counted"), rows=2, must=True)
    target = Written(pgettext_lazy("kpi", "Target"), room=20, must=True, inputmode="decimal")
    margin = Written(_("How much worse than the baseline is still no harm"), room=20, must=True, inputmode="decimal")
    measured_by = Written(_("Who measures"), room=200, must=True)
    measured_on = Written(_("Measuring day"), room=10, must=True, type="date")
    least_rows = Written(_("Fewest rows that are evidence"), room=10, must=True, inputmode="numeric")
    weight = Written(_("Weight (as a share of all)"), room=10, must=True, inputmode="decimal")

    def written(self) -> dict[str, Any]:
        """As the sheet's line; what is no number or day stays as it was written and is refused by its name."""
        sent = self.cleaned_data
        low, high = _number(sent["baseline_low"]), _number(sent["baseline_high"])
        plain = ("key", "name", "purpose", "source", "formula", "cluster", "unit", "direction", "measured_by",
                 "measured_on")  # fmt: skip
        return {name: sent[name].strip() for name in plain} | {
            "baseline": {
                "value": _number(sent["baseline_value"]),
                "interval": None if low is None and high is None else (low, high),
                "counted_on": sent["baseline_on"],
                "how": sent["baseline_how"].strip(),
            },
            "target": _number(sent["target"]),
            "margin": _number(sent["margin"]),
            "least_rows": _number(sent["least_rows"]),
            "weight": _weight(sent["weight"]),
        }


class AmendForm(LineForm):
    reason = Written(_("Why it is changed after the lock"), must=True)


class VoteForm(ReasonForm):
    agrees = Unseen()


class MilestoneForm(forms.Form):
    title = Written(_("Milestone"), room=200, must=True)
    due_on = Written(_("Day by which it is reached"), room=10, must=True, type="date")
    data_set = Written(_("Number of a data set whose plan is to be met, if any"), room=20, autocomplete="off")


class ReachedForm(forms.Form):
    evidence = Written(_("What shows that it was reached"), must=True)


class AgreementFilterForm(forms.Form):
    words = Written(room=100, cut=True)
    state = Written(room=20, cut=True)


def _number(written: str) -> float | str | None:
    text = written.strip().replace(",", "")
    try:
        return float(text) if text else None
    except ValueError:
        return text


def _weight(written: str) -> float | str | None:
    """As a share or in percent; the sheet makes all of them come to 1."""
    found = _number(written)
    return found / 100 if isinstance(found, float) and found > 1 else found
