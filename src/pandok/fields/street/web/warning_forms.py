"""What is sent of a warning to residents."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pandok.core.text import Text
from pandok.fields.street.resident_text import LONG, SHORT, ResidentClass
from pandok.web.sent_fields import Chosen, Unseen, Written

_FORMS = [(str(one), Text(ko=f"{one}자", en=f"{one} characters")) for one in (SHORT, LONG)]


class WarningForm(forms.Form):
    kind = Chosen(pgettext_lazy("warning", "Class"), [(one.value, one.words) for one in ResidentClass])
    form = Chosen(pgettext_lazy("warning", "Form"), _FORMS)
    text_ko = Written(_("Text in Korean"), room=LONG * 2, rows=3, must=True)
    text_en = Written(_("Text in English (not in the text message)"), room=1000, rows=3)
    area = Written(_("Area in words"), room=200, must=True)
    radius_km = Written(_("Radius around the pole (km)"), room=6, must=True, inputmode="decimal")
    hours = Written(_("Holds for (hours)"), room=5, must=True, inputmode="decimal")
    simulated = forms.BooleanField(label=_("Exercise: nothing of it is real"), required=False)


class WarningDecisionForm(forms.Form):
    what = Unseen()
    reason = Written(_("Reason"))


def number(written: str) -> float:
    """0, which nothing fits, where it is no number."""
    try:
        found = float(written)
    except ValueError:
        return 0.0
    return found if 0 < found < 10_000 else 0.0
