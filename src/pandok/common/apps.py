"""The floor that all fields stand on, as a Django app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CommonConfig(AppConfig):
    name = "pandok.common"
    label = "common"
    verbose_name = "Common floor"

    def ready(self) -> None:
        post_migrate.connect(_groups_of_roles, sender=self)
        post_migrate.connect(_append_only_triggers, sender=self)


def _groups_of_roles(using: str, **_: Any) -> None:
    from pandok.common.people.accounts import ensure_role_groups

    ensure_role_groups(using=using)


def _append_only_triggers(using: str, **_: Any) -> None:
    from pandok.common import append_only_triggers

    append_only_triggers.ensure(using)
