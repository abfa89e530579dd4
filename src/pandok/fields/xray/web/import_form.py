"""The form of a scan that is brought by hand. Files cannot be kept by a browser; everything else comes back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from pandok.core.errors import PandokError
from pandok.fields.xray.acts.files.limits import must_fit
from pandok.fields.xray.acts.machines import DEFAULT, spectra_known
from pandok.fields.xray.declaration import Declaration
from pandok.fields.xray.web.shown.declared import LABELS
from pandok.readers.xray.formats.reading import NamedBytes
from pandok.settings import settings
from pandok.web.page_language import lazily, say

_LENGTHS = {"goods": 300, "consignment": 60, "container_type": 4, "hs_code": 14, "origin": 2} | dict.fromkeys(
    ("quantity", "value_krw"), 20
)


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class SomeFiles(forms.FileField):
    widget = _Files(attrs={"multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        each = data if isinstance(data, (list, tuple)) else [data]
        return [super(SomeFiles, self).clean(one, initial) for one in each]


def fit_or_say(files: Sequence[UploadedFile[Any]]) -> None:
    """Raises ValidationError with what is too much."""
    try:
        must_fit(len(files), sum(one.size or 0 for one in files), settings())
    except PandokError as error:
        raise forms.ValidationError(f"{say(error.what)} {say(error.next_step)}") from error


class ImportForm(forms.Form):
    scan = SomeFiles(
        label=_("Files of one scan"),
        help_text=_("One file, or low and high energy together, each with its .json file where it has one."),
    )
    spectrum = forms.ChoiceField(label=_("Spectra of the machine"))
    air_counts = forms.FloatField(
        label=_("Value of air"),
        required=False,
        min_value=1,
        max_value=1e9,
        help_text=_("Only where the files do not say it themselves."),
    )
    mass_g = forms.IntegerField(label=lazily(LABELS["mass_g"]), required=False, min_value=1, help_text="g")

    def __init__(self, *sent: Any, home: Path, **more: Any):
        super().__init__(*sent, **more)
        for name, most in _LENGTHS.items():
            self.fields[name] = forms.CharField(label=lazily(LABELS[name]), required=False, max_length=most)
        spectra = forms.ChoiceField(
            label=_("Spectra of the machine"), choices=[(one, one) for one in spectra_known(home)], initial=DEFAULT
        )
        self.fields["spectrum"] = spectra

    def clean_scan(self) -> list[UploadedFile[Any]]:
        files: list[UploadedFile[Any]] = self.cleaned_data["scan"]
        fit_or_say(files)
        return files

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        try:
            self.declaration()
        except ValidationError as error:
            for one in error.errors():
                name = str(one["loc"][0]) if one["loc"] else ""
                self.add_error(name if name in self.fields else None, _("This entry does not fit."))
        return entered

    def declaration(self) -> Declaration:
        """Raises ValidationError where a value does not fit."""
        names = (*_LENGTHS, "mass_g")
        return Declaration(**{name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)})

    def named_bytes(self) -> list[NamedBytes]:
        return [NamedBytes(one.name or "", one.read()) for one in self.cleaned_data["scan"]]
