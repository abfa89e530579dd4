"""A notice as a file: as it was issued, or drawn again in a further language, with the mark of a translation."""

from __future__ import annotations

from django.http import HttpResponse

from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.acts.notices.access import content_of
from pandok.fields.counterfeit.acts.notices.translations import is_offered, translated_pdf
from pandok.fields.counterfeit.models import Notice
from pandok.web.file_answer import download


def notice_file(notice: Notice, blobs: FolderBlobs, further: str) -> HttpResponse:
    """`further`: the code of a further language; "": the PDF that was issued."""
    name = f"pandok-{content_of(notice).case_number}-{notice.template}"
    if is_offered(notice, further):
        data, name = translated_pdf(notice, blobs, further), f"{name}-{further}"
    else:
        data = blobs.get(notice.pdf_sha256)
    return download(data, filename=f"{name}.pdf", media_type="application/pdf")
