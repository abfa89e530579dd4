"""What is sent of a challenge and of a team."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pandok.fields.programme.challenge_text import BODY, TEAM, TITLE, ChallengeSaid, phases_written
from pandok.fields.programme.lists.challenges import lab_problems
from pandok.fields.programme.models import Challenge
from pandok.web.page_language import say
from pandok.web.sent_fields import CHOOSE, Chosen, Written


def _problems() -> list[tuple[str, str]]:
    found = [one.pack for one in lab_problems()]
    return [("", say(CHOOSE)), *((str(one.pk), f"{one.problem_id} {one.version}") for one in found)]


class ChallengeForm(forms.Form):
    problem = Chosen(_("Problem of the lab whose protocol is locked"), choices=_problems)
    title_ko = Written(_("Title in Korean"), room=TITLE, must=True)
    title_en = Written(_("Title in English"), room=TITLE, must=True)
    text_ko = Written(_("Text in Korean: what is asked, and by which rules"), room=BODY, rows=6, must=True)
    text_en = Written(_("Text in English"), room=BODY, rows=6, must=True)
    phases = Written(
        _("Phases, one a line: name in Korean | name in English | begins | ends (year-month-dayThour:minute)"),
        rows=4,
        must=True,
    )

    def said(self) -> ChallengeSaid:
        return ChallengeSaid(**self.cleaned_data)

    @classmethod
    def of(cls, challenge: Challenge) -> ChallengeForm:
        shown: dict[str, Any] = {name: getattr(challenge, name) for name in cls.base_fields if hasattr(challenge, name)}
        shown |= {"problem": str(challenge.pack_id), "phases": phases_written(list(challenge.phases.all()))}
        return cls(initial=shown, auto_id="alter_%s")


class TeamForm(forms.Form):
    name = Written(pgettext_lazy("challenge", "Name of the team: everybody sees it"), room=TEAM, must=True)


class JoinForm(forms.Form):
    word = Written(pgettext_lazy("challenge", "Join word"), room=60, must=True, autocomplete="off")
