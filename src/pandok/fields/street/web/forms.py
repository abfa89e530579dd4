"""What the control room sends of an alert."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pandok.fields.street.states import Cause
from pandok.web.sent_fields import Chosen, Unseen, Written


class DecisionForm(forms.Form):
    what = Unseen()
    step = Unseen()
    cause = Chosen(_("Cause"), [(one.value, one.words) for one in Cause])
    reason = Written(_("Reason"))
    into = Written(_("Merge into (number of the alert)"), room=32)
