"""Addresses of the counterfeit desk."""

from __future__ import annotations

from pandok.fields.counterfeit.web.urls import capture, cases, designs, figures, parties, readings

urlpatterns = [
    *readings.urlpatterns,
    *capture.urlpatterns,
    *cases.urlpatterns,
    *designs.urlpatterns,
    *parties.urlpatterns,
    *figures.urlpatterns,
]
