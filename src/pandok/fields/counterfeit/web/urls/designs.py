"""The register of designs."""

from __future__ import annotations

from django.urls import path

from pandok.fields.counterfeit.web.views import designs

urlpatterns = [
    path("designs/", designs.list_designs, name="designs"),
    path("designs/<path:design_id>/", designs.show_design, name="design"),
]
