"""What comes with photographs: the declaration, the phone's number and time, boxes, filters. All but the photographs
may be missing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pandok.core.declaration import (
    MOST_IMPORTER,
    MOST_ITEM_NAME,
    Declaration,
    normal_bl_number,
    normal_hs_code,
    normal_importer,
    normal_item_name,
    normal_parcel_number,
    normal_quantity,
    normal_value,
)
from pandok.core.errors import RequestError
from pandok.core.terms.office_days import FIRST, LAST
from pandok.core.text import Text
from pandok.fields.counterfeit.web.forms import FiltersForm
from pandok.fields.designs.photograph_reader import ReadingFilters


class CaptureForm(FiltersForm):
    capture_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    taken_at = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    # Room for blanks and hyphens as they stand on labels; what is meant is shorter.
    parcel_number = forms.CharField(label=_("Parcel number"), required=False, max_length=80)
    bl_number = forms.CharField(label=_("B/L number"), required=False, max_length=80)
    item_name = forms.CharField(label=_("Declared item name"), required=False, max_length=2 * MOST_ITEM_NAME)
    hs_code = forms.CharField(label=_("HS code"), required=False, max_length=30)
    value_krw = forms.CharField(label=_("Declared value (KRW)"), required=False, max_length=40)
    quantity = forms.CharField(label=_("Quantity (pieces)"), required=False, max_length=40)
    importer = forms.CharField(label=_("Importer (name or number)"), required=False, max_length=2 * MOST_IMPORTER)

    def clean_parcel_number(self) -> str:
        return self._normal(normal_parcel_number, "parcel_number")

    def clean_bl_number(self) -> str:
        return self._normal(normal_bl_number, "bl_number")

    def clean_item_name(self) -> str:
        return self._normal(normal_item_name, "item_name")

    def clean_hs_code(self) -> str:
        return self._normal(normal_hs_code, "hs_code")

    def clean_value_krw(self) -> str:
        return self._normal(normal_value, "value_krw")

    def clean_quantity(self) -> str:
        return self._normal(normal_quantity, "quantity")

    def clean_importer(self) -> str:
        return self._normal(normal_importer, "importer")

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

    def declaration(self) -> Declaration:
        """Only after `is_valid()`."""
        return Declaration(**{name: self.cleaned_data[name] for name in Declaration.model_fields})

    def filters(self) -> ReadingFilters:
        return ReadingFilters(**{name: self.cleaned_data[name] for name in FiltersForm.base_fields})

    def _normal(self, rule: Callable[[str], str], name: str) -> str:
        try:
            return rule(self.cleaned_data[name])
        except RequestError as error:
            raise forms.ValidationError(error.message(get_language() or "ko")) from error


def parse_capture_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise RequestError(
            Text(ko="촬영 번호를 읽을 수 없습니다.", en="The number of the capture is not readable."),
            Text(ko="촬영 화면을 새로 열어 다시 보내십시오.", en="Open the capture page again and send once more."),
            code="request.capture_id",
        ) from error
