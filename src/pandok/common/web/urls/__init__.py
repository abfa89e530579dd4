"""Addresses of people and of what is common to all fields."""

from __future__ import annotations

from pandok.common.web.urls import accounts, audit, deliveries, programs

urlpatterns = [
    *accounts.urlpatterns,
    *deliveries.urlpatterns,
    *audit.urlpatterns,
    *programs.urlpatterns,
]
