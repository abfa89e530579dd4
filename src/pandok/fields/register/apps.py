"""The register of rights as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "pandok.fields.register"
    label = "register"
    verbose_name = "Register of rights"
