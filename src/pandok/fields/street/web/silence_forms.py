"""What is sent of silences and maintenance."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pandok.fields.street.readers_in_words import READERS
from pandok.web.sent_fields import Chosen, Unseen, Written


class SilenceForm(forms.Form):
    pole = Written(_("Pole"), room=40)
    feeder = Written(_("Feeder"), room=40)
    reader = Chosen(_("Kind of alert"), list(READERS.items()), widget=forms.Select)
    hours = Written(_("For so many hours"), room=5, must=True, inputmode="decimal")
    reason = Written(_("Reason"), must=True)


class MaintenanceForm(forms.Form):
    prefix = "maintenance"
    what = Unseen()
    pole = Written(_("Pole"), room=40, must=True)
    hours = Written(_("For so many hours"), room=5, inputmode="decimal")
    reason = Written(_("Reason"), must=True)
