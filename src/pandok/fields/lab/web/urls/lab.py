"""Addresses of the proving lab, by area."""

from __future__ import annotations

from django.urls import path

from pandok.fields.lab.web.urls import problems as lab_problems
from pandok.fields.lab.web.urls import proofs as lab_proofs
from pandok.fields.lab.web.urls import results as lab_results
from pandok.fields.lab.web.urls import runs as lab_runs
from pandok.fields.lab.web.urls import shadow as lab_shadow
from pandok.fields.lab.web.urls import vault as lab_vault
from pandok.fields.lab.web.views import home

urlpatterns = [
    path("lab/", home.home, name="lab"),
    *lab_problems.urlpatterns,
    *lab_proofs.urlpatterns,
    *lab_results.urlpatterns,
    *lab_runs.urlpatterns,
    *lab_shadow.urlpatterns,
    *lab_vault.urlpatterns,
]
