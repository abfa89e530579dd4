"""The academy as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from pandok.core.listeners import join


class AcademyConfig(AppConfig):
    name = "pandok.fields.academy"
    label = "academy"
    verbose_name = "Academy"

    def ready(self) -> None:
        from pandok.common import files_in_use
        from pandok.fields.academy.lists.files import files_in_use as files_of_academy

        join(files_in_use.OF_FIELDS, (self.label, files_of_academy))
