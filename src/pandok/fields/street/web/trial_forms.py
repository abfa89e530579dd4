"""What is sent of a trial."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pandok.fields.street.hazard_kinds import HazardKind
from pandok.fields.street.trial_measures import Measure
from pandok.web.sent_fields import Chosen, Unseen, Written


class TrialForm(forms.Form):
    test_bed = Written(pgettext_lazy("trial", "Code of the test bed"), room=20, must=True)
    hazard = Chosen(_("Kind of hazard"), [(one.value, one.words) for one in HazardKind])
    question = Written(_("What the trial is to find out"), rows=3, must=True)
    plan = Written(_("How it is measured, and against what"), rows=4, must=True)
    measure = Chosen(_("Figure that decides"), [(one.value, one.words) for one in Measure])
    threshold = Written(_("Value that must be reached"), room=12, must=True, inputmode="decimal")
    first = Written(_("First day"), room=10, must=True, type="date")
    last = Written(_("Until day"), room=10, must=True, type="date")


class ConclusionForm(forms.Form):
    what = Unseen()
    learnt = Written(_("What was learnt"), rows=3, must=True)


def threshold_in(written: str) -> float:
    """-1, which no trial takes, where it is no number."""
    try:
        return float(written)
    except ValueError:
        return -1.0
