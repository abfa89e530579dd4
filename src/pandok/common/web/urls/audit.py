"""Addresses of the audit trail."""

from __future__ import annotations

from django.urls import path

from pandok.common.web.views import audit, audit_chain

urlpatterns = [
    path("audit/", audit.search, name="audit"),
    path("audit/export/", audit.export, name="audit_export"),
    path("audit/chain/", audit_chain.chain, name="audit_chain"),
    path("audit/chain/check/", audit_chain.check, name="audit_check"),
    path("audit/chain/clock/", audit_chain.clock, name="audit_clock"),
    path("audit/chain/anchor/", audit_chain.anchor, name="audit_anchor"),
    path("audit/chain/compare/", audit_chain.compare_anchor, name="audit_compare"),
]
