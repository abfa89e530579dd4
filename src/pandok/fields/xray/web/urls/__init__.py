"""Addresses of X-ray."""

from __future__ import annotations

from django.urls import path

from pandok.fields.xray.web.views import ahead, containers, desk, figures, importing, inspections, pictures, retention

urlpatterns = [
    path("xray/", desk.start, name="xray_desk"),
    path("xray/next/", desk.next_scan, name="xray_next"),
    path("xray/read/<uuid:inspection_id>/", desk.read, name="xray_read"),
    path("xray/read/<uuid:inspection_id>/decide/", desk.decide_on, name="xray_decide"),
    path("xray/read/<uuid:inspection_id>/take-back/", desk.take_back_decision, name="xray_take_back"),
    path("xray/inspections/", inspections.list_inspections, name="xray_inspections"),
    path("xray/inspections/<uuid:inspection_id>/", inspections.show, name="xray_inspection"),
    path("xray/inspections/<uuid:inspection_id>/opening/", inspections.opening, name="xray_opening"),
    path("xray/inspections/<uuid:inspection_id>/again/", inspections.read_again, name="xray_read_again"),
    path("xray/views/<int:view_id>/preview/", pictures.preview, name="xray_preview"),
    path("xray/views/<int:view_id>/small/", pictures.small, name="xray_small"),
    path("xray/views/<int:view_id>/planes/", pictures.planes, name="xray_planes"),
    path("xray/views/<int:view_id>/sealed/", ahead.sealed_view, name="xray_sealed"),
    path("xray/ahead/", ahead.ahead, name="xray_ahead"),
    path("xray/containers/", containers.containers, name="xray_containers"),
    path("xray/containers/empty/", containers.bring_empty, name="xray_empty"),
    path("xray/containers/measure/", containers.measure, name="xray_measure"),
    path("xray/containers/empty/<uuid:empty_id>/withdraw/", containers.withdraw, name="xray_empty_withdraw"),
    path("xray/import/", importing.bring, name="xray_import"),
    path("xray/retention/", retention.overview, name="scan_retention"),
    path("xray/retention/propose/", retention.propose, name="scan_deletion_propose"),
    path("xray/retention/hold/", retention.hold, name="scan_hold"),
    path("xray/retention/holds/<uuid:hold_id>/lift/", retention.lift, name="scan_hold_lift"),
    path("xray/retention/<uuid:deletion_id>/", retention.show, name="scan_deletion"),
    path("xray/retention/<uuid:deletion_id>/confirm/", retention.confirm, name="scan_deletion_confirm"),
    path("xray/retention/<uuid:deletion_id>/withdraw/", retention.withdraw, name="scan_deletion_withdraw"),
    path("xray/retention/<uuid:deletion_id>/json/", retention.certificate_json, name="scan_certificate_json"),
    path("xray/retention/<uuid:deletion_id>/pdf/", retention.certificate_pdf, name="scan_certificate_pdf"),
    path("xray/figures/", figures.figures, name="xray_figures"),
    path("xray/figures/<str:form>/", figures.take_out, name="xray_figures_file"),
]
