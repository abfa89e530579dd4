"""The floor that all fields stand on, as a Django app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from pandok.core.listeners import join


class CommonConfig(AppConfig):
    name = "pandok.common"
    label = "common"
    verbose_name = "Common floor"

    def ready(self) -> None:
        from pandok.common.jobs.ticks import DOUBTS
        from pandok.common.languages import teach
        from pandok.common.trust.clock import look_at_the_clock

        teach()
        post_migrate.connect(_groups_of_roles, sender=self)
        post_migrate.connect(_append_only_triggers, sender=self)
        join(DOUBTS, look_at_the_clock)


def _groups_of_roles(using: str, **_: Any) -> None:
    from pandok.common.people.accounts import ensure_role_groups

    ensure_role_groups(using=using)


def _append_only_triggers(using: str, **_: Any) -> None:
    from pandok.common.records import append_only_triggers

    append_only_triggers.ensure(using)
