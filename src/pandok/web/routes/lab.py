"""Addresses of the proving lab, by area."""

from __future__ import annotations

from django.urls import path

from pandok.web.routes import lab_problems, lab_proofs, lab_results, lab_runs, lab_shadow, lab_vault
from pandok.web.views.lab import home

urlpatterns = [
    path("lab/", home.home, name="lab"),
    *lab_problems.urlpatterns,
    *lab_proofs.urlpatterns,
    *lab_results.urlpatterns,
    *lab_runs.urlpatterns,
    *lab_shadow.urlpatterns,
    *lab_vault.urlpatterns,
]
