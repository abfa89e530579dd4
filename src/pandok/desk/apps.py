"""The desk as a Django app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DeskConfig(AppConfig):
    name = "pandok.desk"
    label = "desk"
    verbose_name = "Desk"

    def ready(self) -> None:
        post_migrate.connect(_groups_of_roles, sender=self)


def _groups_of_roles(using: str, **_: Any) -> None:
    from pandok.desk.accounts import ensure_role_groups

    ensure_role_groups(using=using)
