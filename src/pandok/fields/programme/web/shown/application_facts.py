"""An application in words: members with their shares, answers beside their questions, and what happened to it."""

from __future__ import annotations

from pandok.core.programme.business_number import business_number, shown_number
from pandok.core.text import Text
from pandok.fields.programme.application_states import ApplicationState
from pandok.fields.programme.application_text import member_label
from pandok.fields.programme.call_kinds import TEMPLATES, CallKind
from pandok.fields.programme.models import ApplicationEvent, CallApplication

WHAT: dict[str, Text] = {
    "file_added": Text(ko="파일 올림", en="File added"),
    "file_dropped": Text(ko="파일 뺌", en="File taken out"),
}


def members_shown(application: CallApplication) -> list[tuple[Text, str, str, str]]:
    """Label, name, number, share as it was written."""
    return [
        (
            member_label(place),
            one.name,
            shown_number(business_number(one.number) or "") or one.number,
            one.share.removesuffix("%").strip(),
        )
        for place, one in enumerate(application.said.members)
    ]


def answers_shown(application: CallApplication) -> list[tuple[Text, str]]:
    questions = TEMPLATES[CallKind(application.call.kind)].questions
    return [(one.words, application.answers.get(one.key, "")) for one in questions]


def application_events(application: CallApplication) -> list[tuple[ApplicationEvent, Text]]:
    """The newest first."""
    events = application.events.select_related("actor").order_by("-sequence")
    return [(one, WHAT.get(one.what, ApplicationState(one.to_state).words)) for one in events]
