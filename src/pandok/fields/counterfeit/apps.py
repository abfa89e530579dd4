"""The counterfeit desk as a Django app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from pandok.core.listeners import join


class CounterfeitConfig(AppConfig):
    name = "pandok.fields.counterfeit"
    label = "counterfeit"
    verbose_name = "Counterfeit desk"

    def ready(self) -> None:
        from pandok.common import files_in_use
        from pandok.common.audit import search
        from pandok.common.messages.deliveries import AFTER_END
        from pandok.common.parties.still_running import NAMED_IN, OF_FIELDS
        from pandok.fields.counterfeit.acts.cases.case_moves import AFTER_EVENT
        from pandok.fields.counterfeit.acts.cases.clocks import AFTER_REMINDER
        from pandok.fields.counterfeit.acts.cases.party_cases import named_in_a_case, open_cases_of
        from pandok.fields.counterfeit.acts.learning.confirming import take_back_erased
        from pandok.fields.counterfeit.acts.learning.own_photographs import of_these_photographs
        from pandok.fields.counterfeit.acts.notices.follow_up import ask_for_notices
        from pandok.fields.counterfeit.acts.notices.officer_mail import tell_officer
        from pandok.fields.counterfeit.acts.notices.serving import mail_ended
        from pandok.fields.counterfeit.acts.retention.deleting import AFTER_ERASED
        from pandok.fields.counterfeit.acts.retention.owners import FIELD
        from pandok.fields.counterfeit.acts.retention.unused_files import files_of_desk
        from pandok.fields.counterfeit.acts.webhook_events import tell_of_event, tell_of_reminder
        from pandok.fields.counterfeit.lists.audit_objects import objects_about_a_case
        from pandok.fields.designs import own_views

        post_migrate.connect(_search_index, sender=self)
        join(AFTER_EVENT, tell_of_event, ask_for_notices, tell_officer)
        join(AFTER_END, mail_ended)
        join(AFTER_REMINDER, tell_of_reminder)
        join(AFTER_ERASED, take_back_erased)
        join(OF_FIELDS, open_cases_of)
        join(files_in_use.OF_FIELDS, (FIELD, files_of_desk))
        join(own_views.OF_FIELDS, of_these_photographs)
        join(NAMED_IN, named_in_a_case)
        join(search.OF_FIELDS, objects_about_a_case)


def _search_index(using: str, **_: Any) -> None:
    from pandok.fields.counterfeit.lists import search_index

    search_index.ensure(using)
