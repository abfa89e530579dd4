"""Addresses of the proving lab, by area."""

from __future__ import annotations

from django.urls import path

from pandok.web.views.lab import home

urlpatterns = [
    path("lab/", home.home, name="lab"),
]
