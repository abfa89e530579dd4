"""X-ray as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class XrayConfig(AppConfig):
    name = "pandok.fields.xray"
    label = "xray"
    verbose_name = "X-ray"
