"""The register of rights as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from pandok.core.listeners import join


class RegisterConfig(AppConfig):
    name = "pandok.fields.register"
    label = "register"
    verbose_name = "Register of rights"

    def ready(self) -> None:
        from pandok.common.parties.parties_admin import OTHER_NAMES
        from pandok.fields.register.acts.holders import parties_called

        join(OTHER_NAMES, parties_called)
