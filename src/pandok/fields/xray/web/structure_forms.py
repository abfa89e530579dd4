"""Forms of container structure: one empty container, which type is measured, why one is withdrawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from pandok.common.models import Site
from pandok.common.reasons import MOST_REASON
from pandok.fields.xray.acts.machines import spectra_known
from pandok.fields.xray.lists.structure import BankKey
from pandok.fields.xray.web.import_form import SomeFiles, fit_or_say
from pandok.fields.xray.web.shown.declared import LABELS
from pandok.readers.xray.formats.reading import NamedBytes
from pandok.web.page_language import lazily

CARGO_SPECTRA = "cargo-4mv-6mv"


class EmptyForm(forms.Form):
    """Files cannot be kept by a browser; everything else comes back."""

    scan = SomeFiles(label=_("Files of one scan"))
    container_type = forms.CharField(label=lazily(LABELS["container_type"]), max_length=10)
    spectrum = forms.ChoiceField(label=_("Spectra of the machine"))
    air_counts = forms.FloatField(
        label=_("Value of air"),
        required=False,
        min_value=1,
        max_value=1e9,
        help_text=_("Only where the files do not say it themselves."),
    )

    def __init__(self, *sent: Any, home: Path, **more: Any):
        super().__init__(*sent, **more)
        self.fields["spectrum"] = forms.ChoiceField(
            label=_("Spectra of the machine"),
            choices=[(one, one) for one in spectra_known(home)],
            initial=CARGO_SPECTRA,
        )

    def clean_scan(self) -> list[UploadedFile[Any]]:
        files: list[UploadedFile[Any]] = self.cleaned_data["scan"]
        fit_or_say(files)
        return files

    def named_bytes(self) -> list[NamedBytes]:
        return [NamedBytes(one.name or "", one.read()) for one in self.cleaned_data["scan"]]


class MeasureForm(forms.Form):
    """Which bank is measured; the site is that of whoever asks."""

    container_type = forms.CharField(max_length=4)
    response = forms.CharField(max_length=60)
    computed = forms.BooleanField(required=False)

    def key(self, site: Site | None) -> BankKey:
        said = self.cleaned_data
        return BankKey(site, said["container_type"], said["response"], said["computed"])


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=MOST_REASON, widget=forms.Textarea(attrs={"rows": 2})
    )
