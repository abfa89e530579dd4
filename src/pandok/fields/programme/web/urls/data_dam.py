"""Addresses of the catalogue of data sets."""

from __future__ import annotations

from django.urls import path

from pandok.fields.programme.web.views import data_sets, public_data, quality

urlpatterns = [
    path("data-sets/", public_data.every, name="public_data_sets"),
    path("data-sets/<slug:number>/", public_data.one, name="public_data_set"),
    path("data-sets/<slug:number>/croissant.json", public_data.croissant, name="public_croissant"),
    path("programme/data/", data_sets.data_sets, name="programme_data_sets"),
    path("programme/data/new/", data_sets.enter, name="programme_enter_data"),
    path("programme/data/<uuid:data_set_id>/", data_sets.data_set, name="programme_data_set"),
    path("programme/data/<uuid:data_set_id>/reword/", data_sets.reword, name="programme_reword_data"),
    path("programme/data/<uuid:data_set_id>/version/", data_sets.version, name="programme_data_version"),
    path("programme/data/<uuid:data_set_id>/look/", quality.look_through, name="programme_look_through"),
    path("programme/data/<uuid:data_set_id>/look/vault/", quality.look_through_vault, name="programme_look_vault"),
    path("programme/data/<uuid:data_set_id>/step/", data_sets.step, name="programme_data_step"),
    path("programme/data/<uuid:data_set_id>/croissant.json", data_sets.croissant, name="programme_croissant"),
    path("programme/data/reports/<int:report_id>/", quality.report, name="programme_quality"),
    path("programme/data/reports/<int:report_id>/report.pdf", quality.report_pdf, name="programme_quality_pdf"),
    path("programme/data/reports/<int:report_id>/report.json", quality.report_json, name="programme_quality_json"),
]
