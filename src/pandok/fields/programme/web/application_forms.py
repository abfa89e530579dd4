"""What is sent of an application: its members row by row, and an answer to each question of the kind of call."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from pandok.core.programme.consortium import MemberSaid
from pandok.core.text import Text
from pandok.fields.programme.application_text import ANSWER, LINE, MOST_MEMBERS, TITLE, ApplicationSaid, member_label
from pandok.fields.programme.call_kinds import TEMPLATES, CallKind
from pandok.web.page_language import say
from pandok.web.sent_fields import Written

PAPERS = ".pdf,.jpg,.jpeg,.png,.heic,.heif,.tif,.tiff"
LEAST_ROWS = 2


class ApplicationForm(forms.Form):
    """As many rows as there are members, and one more to write into."""

    title = Written(_("Title of what is proposed"), room=TITLE)

    def __init__(self, kind: str, *args: Any, rows: int = LEAST_ROWS, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.kind = CallKind(kind)
        self.places = min(max(rows, LEAST_ROWS), MOST_MEMBERS)
        for place in range(self.places):
            self.fields[f"name_{place}"] = Written(_("Name of the body"), room=LINE)
            self.fields[f"number_{place}"] = Written(
                _("Business registration number"), room=20, inputmode="numeric", autocomplete="off"
            )
            self.fields[f"share_{place}"] = Written(_("Share in %"), room=8, inputmode="decimal", autocomplete="off")
        for one in TEMPLATES[self.kind].questions:
            self.fields[f"answer_{one.key}"] = Written(say(one.words), room=ANSWER, rows=one.rows)

    @classmethod
    def of(cls, said: ApplicationSaid, kind: str) -> ApplicationForm:
        shown: dict[str, str] = {"title": said.title}
        for place, one in enumerate(said.members):
            shown |= {f"name_{place}": one.name, f"number_{place}": one.number, f"share_{place}": one.share}
        shown |= {f"answer_{key}": value for key, value in said.answers.items()}
        return cls(kind, initial=shown, rows=len(said.members) + 1)

    @classmethod
    def sent(cls, kind: str, data: Any) -> ApplicationForm:
        """With as many rows as came."""
        return cls(kind, data, rows=sum(f"name_{place}" in data for place in range(MOST_MEMBERS)))

    def said(self) -> ApplicationSaid:
        sent = self.cleaned_data
        members = tuple(
            MemberSaid(sent[f"name_{place}"].strip(), sent[f"number_{place}"].strip(), sent[f"share_{place}"].strip())
            for place in range(self.places)
        )
        answers = {one.key: sent[f"answer_{one.key}"] for one in TEMPLATES[self.kind].questions}
        return ApplicationSaid(sent["title"], members, answers)

    def members(self) -> list[tuple[Text, list[BoundField]]]:
        return [
            (member_label(place), [self[f"{name}_{place}"] for name in ("name", "number", "share")])
            for place in range(self.places)
        ]

    def answers(self) -> Iterable[BoundField]:
        return [self[f"answer_{one.key}"] for one in TEMPLATES[self.kind].questions]


class ApplicationFileForm(forms.Form):
    file = forms.FileField(
        label=_("File (PDF, JPEG, PNG, HEIC, TIFF, up to 20 MB)"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"required": True, "accept": PAPERS}),
    )


class ApplicationFilterForm(forms.Form):
    words = Written(room=100, cut=True)
    state = Written(room=20, cut=True)
