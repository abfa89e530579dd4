"""The programme desk as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from pandok.core.listeners import join


class ProgrammeConfig(AppConfig):
    name = "pandok.fields.programme"
    label = "programme"
    verbose_name = "Programme desk"

    def ready(self) -> None:
        _keep_files()
        _hold_firms()


def _keep_files() -> None:
    from pandok.fields.counterfeit.acts.retention.owners import OF_OTHER_APPS
    from pandok.fields.programme.acts.files_in_use import files_in_use

    join(OF_OTHER_APPS, files_in_use)


def _hold_firms() -> None:
    """A firm whose application waits for its decision is not taken out of use."""
    from pandok.common.parties.still_running import OF_FIELDS
    from pandok.fields.programme.lists.applications import applications_of

    join(OF_FIELDS, applications_of)
