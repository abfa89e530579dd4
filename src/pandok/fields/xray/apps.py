"""X-ray as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from pandok.core.listeners import join


class XrayConfig(AppConfig):
    name = "pandok.fields.xray"
    label = "xray"
    verbose_name = "X-ray"

    def ready(self) -> None:
        from pandok.common import files_in_use
        from pandok.fields.xray.acts.after_import import AFTER_IMPORT
        from pandok.fields.xray.acts.help.job import ask_for_help
        from pandok.fields.xray.acts.inspection_moves import AFTER_EVENT
        from pandok.fields.xray.acts.similar.jobs import decided_or_not
        from pandok.fields.xray.acts.structure.jobs import ask_for_comparison
        from pandok.fields.xray.acts.webhook_events import tell_of_event
        from pandok.fields.xray.lists.files import files_in_use as files_of_xray

        join(files_in_use.OF_FIELDS, (self.label, files_of_xray))
        join(AFTER_EVENT, decided_or_not, tell_of_event)
        join(AFTER_IMPORT, ask_for_help, ask_for_comparison)
