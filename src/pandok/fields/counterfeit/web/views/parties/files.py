"""A notice as a file: as it was issued, or drawn anew in a further language, with the mark of a translation."""

from __future__ import annotations

from django.http import HttpResponse

from pandok.common.languages import further_languages
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.acts.notices.access import content_of
from pandok.fields.counterfeit.models import Notice
from pandok.fields.counterfeit.web.reading_language import offered_to
from pandok.web.file_answer import download


def notice_file(notice: Notice, blobs: FolderBlobs, further: str) -> HttpResponse:
    """`further`: the code of a further language; "": the PDF that was issued."""
    name, data = f"pandok-{content_of(notice).case_number}-{notice.template}", blobs.get(notice.pdf_sha256)
    if further and offered_to(notice.party):
        from pandok.fields.counterfeit.acts.notices.pdf import notice_pdf  # loads the typesetter

        content = content_of(notice)
        pictures = {sha256: blobs.get(sha256) for sha256 in content.pictures()}
        name, data = f"{name}-{further}", notice_pdf(content, pictures, further, mark=further_languages()[further].mark)
    return download(data, filename=f"{name}.pdf", media_type="application/pdf")
