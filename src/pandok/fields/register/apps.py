"""Django application "register"."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RegisterConfig(AppConfig):
    name = "pandok.fields.register"
    label = "register"
    verbose_name = "Register of rights"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_append_only_triggers, sender=self)


def _append_only_triggers(using: str, **_: Any) -> None:
    from pandok.common import append_only_triggers

    append_only_triggers.ensure(using)
