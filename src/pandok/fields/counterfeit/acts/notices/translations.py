"""Notices in further languages, for importers: drawn when they are asked for, never kept. What was issued stays."""

from __future__ import annotations

from pandok.common.languages import further_languages
from pandok.common.models import Party
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.acts.notices.access import content_of
from pandok.fields.counterfeit.models import Notice


def offered_to(party: Party) -> bool:
    """Further languages are for importers: their notices alone are in the catalogues."""
    return party.kind == Party.IMPORTER


def is_offered(notice: Notice, language: str) -> bool:
    return language in further_languages() and offered_to(notice.party)


def translated_pdf(notice: Notice, blobs: FolderBlobs, language: str) -> bytes:
    """The notice in a further language, with the mark of a translation. Raises KeyError for another language."""
    from pandok.fields.counterfeit.acts.notices.pdf import notice_pdf  # loads the typesetter

    content = content_of(notice)
    pictures = {sha256: blobs.get(sha256) for sha256 in content.pictures()}
    return notice_pdf(content, pictures, language, mark=further_languages()[language].mark)
