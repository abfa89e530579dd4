"""Addresses of readings, their pictures, and what is said of both."""

from __future__ import annotations

from django.urls import path

from pandok.fields.counterfeit.web.views import pictures, privacy, readings

urlpatterns = [
    path("privacy/", privacy.privacy, name="privacy"),
    path("readings/", readings.list_readings, name="readings"),
    path("readings/<uuid:reading_id>/", readings.show_reading, name="reading"),
    path("readings/<uuid:reading_id>/again/", readings.read_it_again, name="read_again"),
    path("readings/<uuid:reading_id>/marks/", readings.read_marks, name="read_marks"),
    path("pictures/<str:sha256>", pictures.picture, name="picture"),
]
