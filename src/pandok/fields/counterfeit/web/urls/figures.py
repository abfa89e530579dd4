"""Addresses of the statistics, and of retention."""

from __future__ import annotations

from django.urls import path

from pandok.fields.counterfeit.web.views import retention, statistics

urlpatterns = [
    path("statistics/", statistics.show, name="statistics"),
    path("statistics/found-later/", statistics.found_later, name="found_later"),
    path("retention/", retention.overview, name="retention"),
    path("retention/propose/", retention.propose, name="deletion_propose"),
    path("retention/holds/", retention.hold, name="hold_place"),
    path("retention/holds/<uuid:hold_id>/lift/", retention.lift, name="hold_lift"),
    path("retention/<uuid:deletion_id>/", retention.show, name="deletion"),
    path("retention/<uuid:deletion_id>/confirm/", retention.confirm, name="deletion_confirm"),
    path("retention/<uuid:deletion_id>/withdraw/", retention.withdraw, name="deletion_withdraw"),
    path("retention/<uuid:deletion_id>/certificate.json", retention.certificate_json, name="certificate_json"),
    path("retention/<uuid:deletion_id>/certificate.pdf", retention.certificate_pdf, name="certificate_pdf"),
]
