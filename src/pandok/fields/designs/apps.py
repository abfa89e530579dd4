"""Photographs and their readings as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class DesignsConfig(AppConfig):
    name = "pandok.fields.designs"
    label = "designs"
    verbose_name = "Design reader"
