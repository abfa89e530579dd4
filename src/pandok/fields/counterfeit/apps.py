"""The counterfeit desk as a Django app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CounterfeitConfig(AppConfig):
    name = "pandok.fields.counterfeit"
    label = "counterfeit"
    verbose_name = "Counterfeit desk"

    def ready(self) -> None:
        from pandok.common.messages.deliveries import AFTER_END
        from pandok.fields.counterfeit.acts.cases.clocks import AFTER_REMINDER
        from pandok.fields.counterfeit.acts.cases.moving import AFTER_EVENT
        from pandok.fields.counterfeit.acts.notices.follow_up import ask_for_notices
        from pandok.fields.counterfeit.acts.notices.officer_mail import tell_officer
        from pandok.fields.counterfeit.acts.notices.serving import mail_ended
        from pandok.fields.counterfeit.acts.webhook_events import tell_of_event, tell_of_reminder

        post_migrate.connect(_search_index, sender=self)
        AFTER_EVENT.extend(one for one in (tell_of_event, ask_for_notices, tell_officer) if one not in AFTER_EVENT)
        if mail_ended not in AFTER_END:
            AFTER_END.append(mail_ended)
        if tell_of_reminder not in AFTER_REMINDER:
            AFTER_REMINDER.append(tell_of_reminder)


def _search_index(using: str, **_: Any) -> None:
    from pandok.fields.counterfeit.lists import search_index

    search_index.ensure(using)
