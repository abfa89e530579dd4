"""What comes with photographs: the declaration, the phone's number and time, boxes, filters. All but the photographs
may be missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from pandok.core.declaration import DECLARED, Declaration, Declared
from pandok.core.errors import RequestError
from pandok.core.terms.office_days import FIRST, LAST
from pandok.core.text import Text
from pandok.fields.counterfeit.web.forms import FiltersForm
from pandok.fields.designs.photograph_reader import ReadingFilters
from pandok.web.page_language import language, lazily
from pandok.web.sent_fields import Unseen

_TYPED = {
    "number": {"autocapitalize": "characters", "spellcheck": "false"},
    "hs": {"inputmode": "numeric", "placeholder": "0000.00-0000"},
    "count": {"inputmode": "numeric"},
}


class DeclaredField(forms.CharField):
    """One thing that is declared, brought into its spelling; what cannot be meant is told of at the field."""

    def __init__(self, declared: Declared):
        # Room for blanks and hyphens as they stand on labels; what is meant is shorter.
        label = lazily(declared.asked or declared.words)
        self.declared, self.hint = declared, f"hint-{declared.name.replace('_', '-')}"
        seen = {"autocomplete": "off", "aria-describedby": self.hint, "data-looks": declared.looks}
        widget = forms.TextInput(attrs=seen | _TYPED.get(declared.looks, {}))
        super().__init__(label=label, required=False, max_length=declared.typed_most, widget=widget)

    def clean(self, value: Any) -> str:
        try:
            return self.declared.normal(super().clean(value))
        except RequestError as error:
            raise forms.ValidationError(error.message(language())) from error


def fields_of(declared: Iterable[Declared]) -> dict[str, forms.Field]:
    return {one.name: DeclaredField(one) for one in declared}


AT_THE_BELT = sorted(DECLARED, key=lambda one: (one.looks != "number", one.of_case))
"""As an officer reads them off a parcel: what may be scanned first, then who imports it."""


class CaptureForm(FiltersForm):
    capture_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    taken_at = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields |= fields_of(DECLARED)

    def clean_taken_at(self) -> datetime | None:
        text = self.cleaned_data["taken_at"]
        try:
            taken_at = parse_datetime(text) if text else None
        except ValueError:
            taken_at = None
        if text and taken_at is None:
            raise forms.ValidationError(_("The time of the photograph is not readable."))
        if taken_at is not None and timezone.is_naive(taken_at):
            taken_at = timezone.make_aware(taken_at)
        if taken_at is not None and not FIRST.year <= taken_at.year <= LAST.year:
            raise forms.ValidationError(_("The time of the photograph is not readable."))
        return taken_at

    def declared(self) -> list[forms.BoundField]:
        return [self[one.name] for one in AT_THE_BELT]

    def declared_open(self) -> bool:
        """Whether something stands in them that is to be seen."""
        return bool(self.errors) or any(field.value() for field in self.declared())

    def declaration(self) -> Declaration:
        """Only after `is_valid()`."""
        return Declaration(**{name: self.cleaned_data[name] for name in Declaration.model_fields})

    def filters(self) -> ReadingFilters:
        return ReadingFilters(**{name: self.cleaned_data[name] for name in FiltersForm.base_fields})


class QueuedForm(forms.Form):
    """A capture out of the queue on a phone. `account`: whose queue it is, by its name for phones."""

    account = Unseen()
    capture_id = Unseen()


def parse_capture_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise RequestError(
            Text(ko="촬영 번호를 읽을 수 없습니다.", en="The number of the capture is not readable."),
            Text(ko="촬영 화면을 새로 열어 다시 보내십시오.", en="Open the capture page again and send once more."),
            code="request.capture_id",
        ) from error
