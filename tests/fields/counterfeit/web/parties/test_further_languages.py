"""An importer reads its notice in Chinese or Vietnamese: page, form, mail and paper, each marked as a translation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client

from pandok.common.models import Account, Delivery
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.notices.content import NoticeContent
from pandok.fields.counterfeit.models import Case, ImporterStatement, Notice
from tests.fields.counterfeit.notices_fixtures import NoticeWorld
from tests.fields.counterfeit.web.parties.test_importer_link import link_of, opened, reach

SignIn = Callable[[Account], Client]
MARK = "번역 참고용 – 검수 필요"
TITLES = {"vi": "Thông báo về hàng hóa đang làm thủ tục thông quan", "zh-hans": "关于您通关中货物的通知"}


@pytest.mark.parametrize("language", TITLES)
def test_the_page_behind_a_link_is_read_in_a_further_language(
    notices: NoticeWorld, client_of: SignIn, language: str
) -> None:
    case = notices.notified(importer=False)
    link = link_of(reach(client_of(notices.world.officer), case))
    asked = Client().get(f"{link}?lang={language}").content.decode()
    assert f'<html lang="{language}"' in asked
    assert MARK in asked
    somebody = opened(f"{link}?lang={language}")
    page = somebody.get("/n/open/").content.decode()
    assert TITLES[language] in page
    assert MARK in page
    assert "Tiếng Việt" in page
    assert "2026" in page
    refused = somebody.post("/n/open/statement/", {"text": "", "nonce": "1"})
    assert refused.status_code == 422
    assert TITLES[language] in refused.content.decode()
    sent = {"text": "正规进口 / nhập khẩu chính ngạch", "nonce": "2"}
    assert somebody.post("/n/open/statement/", sent).status_code == 302
    assert ImporterStatement.objects.get().text == sent["text"]
    korean = somebody.get("/n/open/?lang=ko").content.decode()
    assert "통관 중인 물품에 대한 통지" in korean
    assert MARK not in korean
    assert "통관 중인 물품에 대한 통지" in somebody.get("/n/open/").content.decode()


def test_an_importer_with_an_account_chooses_on_its_page(notices: NoticeWorld, client_of: SignIn) -> None:
    case, client = notices.notified(), client_of(notices.importer)
    notice = Notice.objects.get(case=case, template="importer_notice")
    assert MARK not in client.get(f"/notices/{notice.id}/").content.decode()
    page = client.get(f"/notices/{notice.id}/?lang=vi").content.decode()
    assert TITLES["vi"] in page
    assert MARK in page
    assert "Quyền của quý vị" in page
    assert f"/notices/{notice.id}/pdf/?lang=vi" in page


def test_the_holder_is_offered_none(notices: NoticeWorld, client_of: SignIn) -> None:
    case, client = notices.notified(), client_of(notices.holder)
    notice = Notice.objects.get(case=case, template="holder_notice")
    page = client.get(f"/notices/{notice.id}/?lang=vi").content.decode()
    assert "Tiếng Việt" not in page
    assert "may concern your right" in page


def test_an_officer_prints_the_translation_and_the_original_stays(
    notices: NoticeWorld, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, officer = notices.notified(), client_of(notices.world.officer)
    drawn: list[tuple[str, str]] = []

    def draw(content: NoticeContent, pictures: Mapping[str, bytes], language: str, mark: Text | None = None) -> bytes:
        assert set(pictures) == set(content.pictures())
        drawn.append((language, mark.ko if mark else ""))
        return b"%PDF-1.7 translated"

    monkeypatch.setattr("pandok.fields.counterfeit.acts.notices.pdf.notice_pdf", draw)
    told = {one.template: one for one in Notice.objects.filter(case=case)}
    address = f"/notices/{told['importer_notice'].id}/pdf/"
    assert f"{address}?lang=zh-hans" in officer.get(f"/cases/{case.id}/").content.decode()
    assert b"translated" in _body(officer.get(f"{address}?lang=zh-hans"))
    assert [language for language, mark in drawn if MARK in mark] == ["zh-hans"]
    call = f"/api/v1/notices/{told['importer_notice'].id}/pdf"
    assert b"translated" in _body(officer.get(f"{call}?lang=vi"))
    assert officer.get(f"{call}?lang=xx").status_code == 422
    assert officer.get(f"/api/v1/notices/{told['holder_notice'].id}/pdf?lang=vi").status_code == 422
    for plain in (address, f"{address}?lang=xx", f"/notices/{told['holder_notice'].id}/pdf/?lang=vi"):
        assert b"translated" not in _body(officer.get(plain)), plain
    assert Notice.objects.get(pk=told["importer_notice"].pk).pdf_sha256 == told["importer_notice"].pdf_sha256


def test_the_mail_to_an_importer_says_it_in_short_and_where_to_read_on(notices: NoticeWorld) -> None:
    case: Case = notices.notified()
    told = {one.template: one for one in Notice.objects.filter(case=case)}
    body = Delivery.objects.get(key=told["importer_notice"].delivery_key).body_text
    assert body.startswith("통관 중인 물품에 대한 통지")
    for language, title in TITLES.items():
        assert title in body
        assert f"/notices/{told['importer_notice'].id}/?lang={language}" in body
    assert body.count(MARK) == len(TITLES)
    assert "Tiếng Việt" not in Delivery.objects.get(key=told["holder_notice"].delivery_key).body_text


def _body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)
