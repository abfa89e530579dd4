"""What a person may send with photographs: filters and boxes."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pandok.core.reading import Box
from pandok.fields.designs.photograph_reader import ReadingFilters
from pandok.fields.register.web.article_classes import LOCARNO_CLASSES

_BOX = re.compile(r"([0-9]{1,2}):([0-9]{1,5}),([0-9]{1,5}),([0-9]{1,5}),([0-9]{1,5})")
_LEAST_BOX_PX = 16


def _classes() -> list[tuple[str, str]]:
    language = get_language() or "ko"
    return [("", str(_("All classes")))] + [
        (number, f"{number} {name.in_language(language)}") for number, name in LOCARNO_CLASSES.items()
    ]


class FiltersForm(forms.Form):
    locarno_class = forms.ChoiceField(label=_("Article class"), choices=_classes, required=False)
    in_force_only = forms.BooleanField(label=_("Rights in force only"), required=False, initial=True)
    recorded_only = forms.BooleanField(label=_("Recorded with customs only"), required=False)

    def filters(self) -> ReadingFilters:
        """Only after `is_valid()`."""
        return ReadingFilters(**self.cleaned_data)


class AgainForm(FiltersForm):
    """`box` is `photograph:x1,y1,x2,y2` in pixels of the kept photograph, or empty."""

    box = forms.CharField(required=False, max_length=40)

    def clean_box(self) -> tuple[int, Box] | None:
        text = self.cleaned_data["box"]
        if not text:
            return None
        match = _BOX.fullmatch(text)
        if match is None:
            raise forms.ValidationError(_("The box is not readable. Draw it again."))
        position, x1, y1, x2, y2 = (int(number) for number in match.groups())
        if x2 - x1 < _LEAST_BOX_PX or y2 - y1 < _LEAST_BOX_PX:
            raise forms.ValidationError(_("The box is too small. Draw it around the whole article."))
        return position, Box(x1=x1, y1=y1, x2=x2, y2=y2)

    def filters(self) -> ReadingFilters:
        return ReadingFilters(**{name: self.cleaned_data[name] for name in FiltersForm.base_fields})
