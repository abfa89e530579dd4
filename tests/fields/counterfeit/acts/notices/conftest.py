"""Drawing a PDF takes a third of a second: only the tests of the PDF draw real ones."""

from __future__ import annotations

import pytest

from pandok.fields.counterfeit.acts.notices.content import NoticeContent


@pytest.fixture
def quick_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    def drawn(content: NoticeContent, pictures: object, language: str) -> bytes:  # noqa: ARG001
        return f"%PDF-1.7 {content.template} {content.address} {language}\n%%EOF".encode()

    monkeypatch.setattr("pandok.fields.counterfeit.acts.notices.pdf.notice_pdf", drawn)
