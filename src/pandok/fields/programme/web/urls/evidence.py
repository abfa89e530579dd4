"""Addresses of evidence: measurements of an agreement."""

from __future__ import annotations

from django.urls import path

from pandok.fields.programme.web.views import evidence

urlpatterns = [
    path("programme/agreements/<uuid:agreement_id>/evidence/", evidence.evidence, name="programme_evidence"),
    path("programme/agreements/<uuid:agreement_id>/measure/", evidence.measure, name="programme_measure"),
    path("programme/measurements/<uuid:measurement_id>/", evidence.measurement, name="programme_measurement"),
]
