"""Addresses of the proving lab, by area."""

from __future__ import annotations

from django.urls import path

from pandok.fields.lab.web.urls import problems, proofs, results, runs, shadow, vault
from pandok.fields.lab.web.views import home

urlpatterns = [
    path("lab/", home.home, name="lab"),
    *problems.urlpatterns,
    *proofs.urlpatterns,
    *results.urlpatterns,
    *runs.urlpatterns,
    *shadow.urlpatterns,
    *vault.urlpatterns,
]
