"""The programme desk as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "pandok.fields.programme"
    label = "programme"
    verbose_name = "Programme desk"
