"""What is sent of work orders."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pandok.fields.street.work_states import WorkKind
from pandok.web.sent_fields import Chosen, Unseen, Written


class WorkForm(forms.Form):
    kind = Chosen(_("Kind of work"), [(one.value, one.words) for one in WorkKind])
    what = Written(_("What has to be done"), rows=3, must=True)
    alert = Unseen()
    repair = Unseen()
    pole = Written(_("Pole"), room=40)
    feeder = Written(_("Feeder, where it is no single pole"), room=40)
    device = Written(_("Device on the pole (its key)"), room=40)
    due_at = Written(pgettext_lazy("work", "Due at (empty: the usual term)"), room=25, type="datetime-local")
    crew = Written(pgettext_lazy("work", "Crew"), room=150)


class WorkStepForm(forms.Form):
    what = Unseen()
    crew = Written(pgettext_lazy("work", "Crew"), room=150)
    found = Written(pgettext_lazy("work", "What was found"), rows=3)
    replaced = Written(_("What was replaced (empty: nothing)"), rows=2)
    reason = Written(_("Reason"))


class WorkListForm(forms.Form):
    tab = Written(room=10, cut=True)
    page = Written(room=6, cut=True)


class WorkAboutForm(forms.Form):
    """From where a new order is made."""

    alert = Written(room=32, cut=True)
    pole = Written(room=40, cut=True)
