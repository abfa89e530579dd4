"""Streetlights as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class StreetConfig(AppConfig):
    name = "pandok.fields.street"
    label = "street"
    verbose_name = "Streetlights"
