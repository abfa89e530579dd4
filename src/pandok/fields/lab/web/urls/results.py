"""Addresses of results and their release."""

from __future__ import annotations

from django.urls import path

from pandok.fields.lab.web.views import releases, results

urlpatterns = [
    path("lab/results/", results.results, name="results"),
    path("lab/results/<uuid:run_id>/", results.result, name="result"),
    path("lab/results/<uuid:run_id>.pdf", results.result_pdf, name="result_pdf"),
    path("lab/results/<uuid:run_id>.json", results.result_json, name="result_json"),
    path("lab/results/<uuid:run_id>/release/", releases.release, name="result_release"),
    path("lab/results/<uuid:run_id>/recompute/", releases.recompute_result, name="result_recompute"),
]
