"""The form of an article that was scanned by itself: its files, its machine, what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from pandok.fields.academy.kinds import ArticleKind
from pandok.fields.academy.web.lesson_forms import FindForm
from pandok.fields.xray.acts.machines import DEFAULT, spectra_known
from pandok.fields.xray.web.import_form import SomeFiles, fit_or_say
from pandok.readers.xray.formats.reading import NamedBytes
from pandok.web.sent_fields import Chosen


class ScanArticleForm(FindForm):
    """Files cannot be kept by a browser; everything else comes back."""

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
    field_order = ("scan", "spectrum", "air_counts", "name_ko", "name_en", "article_kind", "lesson")

    def __init__(self, *sent: Any, home: Path, **more: Any):
        super().__init__(*sent, **more)
        del self.fields["whole"]
        self.fields["article_kind"] = Chosen(_("Kind of the article"), [(one.value, one.words) for one in ArticleKind])
        self.fields["spectrum"] = forms.ChoiceField(
            label=_("Spectra of the machine"), choices=[(one, one) for one in spectra_known(home)], initial=DEFAULT
        )

    def clean_scan(self) -> list[UploadedFile[Any]]:
        files: list[UploadedFile[Any]] = self.cleaned_data["scan"]
        fit_or_say(files)
        return files

    def any_kind(self) -> ArticleKind | None:
        """HARMLESS too: goods that are taken for something else teach as well. None where none was chosen."""
        said = self.cleaned_data["article_kind"]
        return ArticleKind(said) if said in set(ArticleKind) else None

    def named_bytes(self) -> list[NamedBytes]:
        return [NamedBytes(one.name or "", one.read()) for one in self.cleaned_data["scan"]]
