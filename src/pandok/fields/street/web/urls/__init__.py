"""Addresses of streetlights."""

from __future__ import annotations

from django.urls import path

from pandok.fields.street.web.views import alerts, live, poles

urlpatterns = [
    path("street/", alerts.now, name="street_now"),
    path("street/live/", live.live, name="street_live"),
    path("street/alerts/<slug:alert_id>/", alerts.show, name="street_alert"),
    path("street/alerts/<slug:alert_id>/decide/", alerts.decide, name="street_decide"),
    path("street/poles/", poles.list_poles, name="street_poles"),
]
