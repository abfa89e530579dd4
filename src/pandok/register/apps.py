"""Django application "register"."""

from __future__ import annotations

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "pandok.register"
    label = "register"
    verbose_name = "Register of rights"
    default_auto_field = "django.db.models.BigAutoField"
