"""What is sent of resources and their bookings."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pandok.fields.programme.acts.resources.booking import ROOM as BOOKING_ROOM
from pandok.fields.programme.acts.resources.keeping import ROOM, ResourceSaid
from pandok.fields.programme.models import TrialResource
from pandok.fields.programme.resource_kinds import ENTERED
from pandok.fields.programme.topics import KoreanRegion
from pandok.web.sent_fields import Chosen, Written


class ResourceForm(forms.Form):
    kind = Chosen(pgettext_lazy("resource", "Kind"), [(one.value, one.words) for one in ENTERED])
    region = Chosen(pgettext_lazy("data set", "Region"), [(one.value, one.words) for one in KoreanRegion])
    title = Written(pgettext_lazy("data set", "Title"), room=ROOM["title"], must=True)
    body = Written(pgettext_lazy("resource", "Body: whose it is"), room=ROOM["body"], must=True)
    post = Written(pgettext_lazy("resource", "Whom to ask: a post, no person"), room=ROOM["post"])
    place = Written(pgettext_lazy("resource", "Place"), room=ROOM["place"])
    hours = Written(pgettext_lazy("resource", "Hours"), room=ROOM["hours"])
    rules = Written(pgettext_lazy("resource", "Rules"), rows=3)
    latitude = Written(pgettext_lazy("resource", "Latitude (degrees)"), room=20, inputmode="decimal")
    longitude = Written(pgettext_lazy("resource", "Longitude (degrees)"), room=20, inputmode="decimal")
    booked = forms.BooleanField(label=pgettext_lazy("resource", "It is used by booking alone"), required=False)

    def said(self) -> ResourceSaid:
        return ResourceSaid(**{name: self.cleaned_data[name] for name in ResourceForm.base_fields})

    @classmethod
    def of(cls, found: TrialResource) -> dict[str, object]:
        return {name: "" if getattr(found, name) is None else getattr(found, name) for name in ResourceForm.base_fields}


class RewordResourceForm(ResourceForm):
    reason = Written(_("Reason"), must=True)


class ResourceBookingForm(forms.Form):
    begins_at = Written(pgettext_lazy("booking", "From"), room=40, must=True, type="datetime-local")
    ends_at = Written(pgettext_lazy("booking", "Until"), room=40, must=True, type="datetime-local")
    for_whom = Written(_("For whom"), room=BOOKING_ROOM["for_whom"], must=True)
    purpose = Written(_("What for"), room=BOOKING_ROOM["purpose"], must=True)


class ResourceFilterForm(forms.Form):
    words = Written(room=100, cut=True)
    kind = Written(room=20, cut=True)
    region = Written(room=20, cut=True)


class ResourceMonthForm(forms.Form):
    """`month`: as 2026-07."""

    month = Written(room=7, cut=True)
