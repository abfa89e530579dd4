"""What is sent of a hand-over: the operating sheet, this site's own conditions, files of other sites."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pandok.fields.programme.topics import KoreanRegion
from pandok.web.sent_fields import Chosen, Written


class SheetForm(forms.Form):
    proof = Written(_("Number of the proof"), room=20, must=True, autocapitalize="characters", autocomplete="off")
    operated_by = Written(_("Post that operates it"), room=200, must=True)
    paid_by = Written(_("Who pays for its operation"), room=200, must=True)
    devices = Written(_("Devices it was proven with"), rows=2, must=True)
    season = Written(_("Season and times it was proven in"), rows=2, must=True)
    prevalence = Written(_("How often what is looked for occurred there"), rows=2, must=True)
    cautions = Written(_("What to look out for"), rows=2)

    def sheet(self) -> dict[str, Any]:
        sent = {name: value.strip() for name, value in self.cleaned_data.items()}
        conditions = {name: sent[name] for name in ("devices", "season", "prevalence")}
        plain = {name: sent[name] for name in ("operated_by", "paid_by", "cautions")}
        return plain | {"conditions": conditions}


class SpreadFilterForm(forms.Form):
    """Of the public map."""

    topic = Written(room=20, cut=True)
    region = Written(room=20, cut=True)
    site = Written(room=100, cut=True)
    since = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    until = forms.DateField(required=False, input_formats=["%Y-%m-%d"])

    def clean_until(self) -> date | None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data["until"]
        if since and until and until < since:
            raise forms.ValidationError(_("The last day lies before the first."))
        return until if isinstance(until, date) else None


class TakeForm(forms.Form):
    region = Chosen(_("Region of this site"), [(one.value, one.words) for one in KoreanRegion])
    problem = Written(_("Own problem that it may help (number, or empty)"), room=20, autocomplete="off")
    devices = Written(_("Devices here"), rows=2, must=True)
    season = Written(_("Season and times here"), rows=2, must=True)
    prevalence = Written(_("How often what is looked for occurs here"), rows=2, must=True)

    def here(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name].strip() for name in ("devices", "season", "prevalence")}
