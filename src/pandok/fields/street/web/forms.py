"""What the control room sends."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pandok.fields.street.hazard_kinds import HazardKind
from pandok.fields.street.states import Cause
from pandok.web.sent_fields import Chosen, Unseen, Written


class DecisionForm(forms.Form):
    what = Unseen()
    step = Unseen()
    cause = Chosen(_("Cause"), [(one.value, one.words) for one in Cause])
    reason = Written(_("Reason"))
    into = Written(_("Merge into (number of the alert)"), room=32)


class PeriodForm(forms.Form):
    first = Written(_("First day"), room=10, type="date")
    last = Written(_("Until day"), room=10, type="date")


class OutsideRecordForm(forms.Form):
    hazard = Chosen(_("Kind of hazard"), [(one.value, one.words) for one in HazardKind])
    test_bed = Written(_("Test bed (where no pole is named)"), room=20)
    pole = Written(_("Pole"), room=40)
    began_at = Written(_("Began at"), room=25, must=True, type="datetime-local")
    ended_at = Written(_("Ended at"), room=25, type="datetime-local")
    source = Written(_("Who recorded it"), room=200, must=True)
    source_key = Written(_("Its number there"), room=100)


class TableForm(forms.Form):
    table = forms.FileField(label=_("CSV file"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))


class WithdrawForm(forms.Form):
    reason = Written(_("Reason"), must=True, id=False)
