"""Addresses of the academy."""

from __future__ import annotations

from django.urls import path

from pandok.fields.academy.web.views import start

urlpatterns = [
    path("academy/", start.start, name="academy"),
]
