"""The lab as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class LabConfig(AppConfig):
    name = "pandok.lab"
    label = "lab"
    verbose_name = "Proving lab"

    def ready(self) -> None:
        from pandok.desk.jobs.table import HANDLER_MODULES
        from pandok.lab.jobs_table import LAB_HANDLER_MODULES

        HANDLER_MODULES.extend(one for one in LAB_HANDLER_MODULES if one not in HANDLER_MODULES)
