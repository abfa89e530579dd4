"""What an application says. A draft keeps whatever was written; what is wrong is said, and stops its submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pandok.core.errors import RequestError
from pandok.core.programme.consortium import MemberSaid, faults_of
from pandok.core.text import Text, counted
from pandok.fields.programme.call_kinds import TEMPLATES, CallKind

TITLE, LINE, ANSWER = 120, 200, 5000
MOST_MEMBERS = 10
_LEAD, _TITLE = Text(ko="주관기관", en="Lead"), Text(ko="신청 과제의 이름", en="Title of what is proposed")


@dataclass(frozen=True)
class ApplicationSaid:
    title: str
    members: tuple[MemberSaid, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)

    def as_columns(self) -> dict[str, Any]:
        members = [vars(one) for one in self.members if not one.empty]
        return {"title": self.title, "members": members, "answers": dict(self.answers)}


def kept(said: ApplicationSaid, kind: str) -> ApplicationSaid:
    """What a draft keeps: answers to the questions of the kind alone. Raises RequestError: application.too_long."""
    questions = TEMPLATES[CallKind(kind)].questions
    answers = {one.key: said.answers.get(one.key, "").replace("\r\n", "\n") for one in questions}
    texts = [(_TITLE, said.title, TITLE)]
    for place, member in enumerate(said.members):
        texts += [(member_label(place), value, LINE) for value in (member.name, member.number, member.share)]
    texts += [(one.words, answers[one.key], ANSWER) for one in questions]
    if long := [(label, most) for label, value, most in texts if len(value) > most]:
        label, most = long[0]
        raise _refused(
            "too_long", Text(ko=f"{label.ko}: {most}자까지", en=f"{label.en}: at most {counted(most, 'character')}")
        )
    if len(said.members) > MOST_MEMBERS:
        raise _refused("too_long", Text(ko=f"참여기관은 {MOST_MEMBERS}곳까지", en=f"at most {MOST_MEMBERS} members"))
    return ApplicationSaid(said.title.strip(), said.members, answers)


def lacking_for_submission(said: ApplicationSaid, kind: str) -> list[Text]:
    """What keeps it from being submitted, in the order of the form; empty where it may be."""
    found = [] if said.title.strip() else [_with(_TITLE, Text(ko="비어 있습니다", en="nothing is written"))]
    for place, fault in faults_of(said.members):
        found.append(fault.words if place is None else _with(member_label(place), fault.words))
    for one in TEMPLATES[CallKind(kind)].questions:
        if one.must and not said.answers.get(one.key, "").strip():
            found.append(_with(one.words, Text(ko="비어 있습니다", en="nothing is written")))
    return found


def not_whole(lacking: list[Text]) -> RequestError:
    return _refused(
        "lacking", Text(ko=". ".join(one.ko for one in lacking), en=". ".join(one.en for one in lacking)), len(lacking)
    )


def member_label(place: int) -> Text:
    """
    >>> member_label(0).en, member_label(2).en
    ('Lead', 'Member 2')
    """
    return _LEAD if place == 0 else Text(ko=f"참여기관 {place}", en=f"Member {place}")


def _with(label: Text, what: Text) -> Text:
    return Text(ko=f"{label.ko}: {what.ko}", en=f"{label.en}: {what.en}")


def _refused(reason: str, why: Text, count: int = 1) -> RequestError:
    return RequestError(
        Text(ko=f"{why.ko}.", en=f"{why.en}."),
        Text(ko="고쳐서 다시 보내십시오. 초안은 남습니다.", en="Correct it, and send it again; the draft stays."),
        code=f"application.{reason}",
        lacking=count,
    )
