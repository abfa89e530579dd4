"""Fields that take what was sent as it is. What is wrong with it the use case says, in the same words at every door.

A form of such fields is refused by itself only where it names what there is not: a person, a party, a paper.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, TypeVar

from django import forms
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from pandok.common.reasons import MOST_REASON
from pandok.core.text import Text
from pandok.web.page_language import say

CHOOSE = Text(ko="선택", en="Choose")
SentForm = TypeVar("SentForm", bound=forms.BaseForm)


def meant(form: SentForm) -> SentForm:
    """The form, read. Raises Http404 where it names what there is not."""
    if not form.is_valid():
        raise Http404
    return form


class Written(forms.CharField):
    """Words. `room`: how many characters a browser lets in; `cut`: more than that is left out here too."""

    def __init__(
        self,
        label: Any = "",
        *,
        room: int = MOST_REASON,
        cut: bool = False,
        rows: int = 0,
        must: bool = False,
        **attrs: Any,
    ):
        self.most = room if cut else None
        told = {"maxlength": room, "rows": rows or None, "required": must, **attrs}
        kind = forms.Textarea if rows else forms.TextInput
        widget = kind(attrs={name: value for name, value in told.items() if value not in (None, False)})
        super().__init__(label=label, required=False, widget=widget)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\x00", "")[: self.most]


class Chosen(forms.ChoiceField):
    """One of what is offered, in words that are said when the page is made; nothing is chosen beforehand."""

    def __init__(self, label: Any = "", words: Iterable[tuple[str, Text]] = (), **kwargs: Any):
        kept = tuple(words)

        def offered() -> list[tuple[str, str]]:
            return [("", say(CHOOSE)), *((value, say(text)) for value, text in kept)]

        widget = forms.Select(attrs={"required": True})
        super().__init__(**{"label": label, "choices": offered, "required": False, "widget": widget, **kwargs})

    def validate(self, value: Any) -> None:
        """The use case knows what may be chosen."""


class Ticked(forms.MultipleChoiceField):
    """Any of what is offered."""

    def __init__(self, label: Any = "", **kwargs: Any):
        super().__init__(label=label, required=False, widget=forms.CheckboxSelectMultiple, **kwargs)

    def validate(self, value: Any) -> None:
        """The use case knows what may be chosen."""


class Keys(forms.MultipleChoiceField):
    """The records that are ticked, by their keys."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> list[Any]:
        try:
            return [uuid.UUID(one) for one in super().to_python(value)]
        except ValueError as error:
            raise forms.ValidationError("there is no such key") from error

    def validate(self, value: Any) -> None:
        """What this person may do with them, the use case says."""


class Unseen(forms.CharField):
    """What the page carries with the form. Shown again it is what the page says now, not what was sent."""

    def __init__(self, **kwargs: Any):
        super().__init__(required=False, widget=forms.HiddenInput(attrs={"id": False}), **kwargs)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\x00", "")

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ARG002
        return initial


class FormNumber(forms.UUIDField):
    """The number by which a form counts once; a form without a usable one counts as new."""

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid.uuid4, widget=forms.HiddenInput(attrs={"id": False}))

    def clean(self, value: Any) -> uuid.UUID:
        try:
            found = super().clean(value)
        except forms.ValidationError:
            found = None
        return found or uuid.uuid4()

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ARG002
        return initial


class ReasonForm(forms.Form):
    """A form that asks for nothing but why."""

    reason = Written(_("Reason"), must=True)

    def why(self) -> str:
        """After `meant`."""
        return str(self.cleaned_data["reason"])
