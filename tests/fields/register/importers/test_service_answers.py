"""An answer of the service that is no data is said to be none: by its own code and message."""

from __future__ import annotations

import json
import shutil
from typing import Any

import pytest

from pandok.core.errors import ImportRefused
from pandok.fields.register.models import Design
from tests.fields.register.conftest import SAMPLES, picture

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
GATEWAY = (
    HEAD + "<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg>"
    "<returnAuthMsg>{message}</returnAuthMsg><returnReasonCode>{code}</returnReasonCode>"
    "</cmmMsgHeader></OpenAPI_ServiceResponse>"
)
SERVICE = (
    HEAD + "<response><header><successYN>{yes}</successYN><resultCode>{code}</resultCode>"
    "<resultMsg>{message}</resultMsg></header><body><items/></body></response>"
)
BARE = HEAD + "<response><resultCode>{code}</resultCode><resultMsg>{message}</resultMsg></response>"


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        (GATEWAY, "22", "LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR"),
        (GATEWAY, "31", "DEADLINE_HAS_EXPIRED_ERROR"),
        (SERVICE.replace("{yes}", "N"), "", "이용 기간이 지났습니다"),
        (SERVICE.replace("{yes}", ""), "99", "UNKNOWN_ERROR"),
        (SERVICE.replace("{yes}", "N"), "00", "refused all the same"),
        (BARE, "12", "NO_OPENAPI_SERVICE_ERROR"),
    ],
)
def test_a_refused_request_is_no_success(register: Any, text: str, code: str, message: str) -> None:
    (register.folder / "answer.xml").write_text(text.format(code=code, message=message), encoding="utf-8")
    report = register.run()
    assert [each.code for each in report.findings] == ["service.refused"]
    for language in (report.findings[0].text.ko, report.findings[0].text.en):
        assert message in language
        assert code in language
    assert Design.objects.count() == 0


@pytest.mark.parametrize("code", ["00", "", "0000", "NORMAL_CODE"])
def test_an_answer_without_a_record_says_so(register: Any, codes: Any, code: str) -> None:
    text = SERVICE.format(yes="Y", code=code, message="NORMAL SERVICE.")
    (register.folder / "answer.xml").write_text(text, encoding="utf-8")
    assert codes(register.run()) == [("records.none", 1)]


def test_a_table_without_a_row_says_so(register: Any, codes: Any) -> None:
    register.write([])
    assert codes(register.run()) == [("records.none", 1)]


def test_one_refused_page_among_good_ones_is_named(register: Any, codes: Any) -> None:
    (register.folder / "page2.xml").write_text(GATEWAY.format(code="22", message="LIMITED"), encoding="utf-8")
    shutil.copy(SAMPLES / "kipris_six_views.xml", register.folder / "page1.xml")
    picture(register.folder / "six/1.jpg")
    picture(register.folder / "six/2.jpg", 80)
    assert codes(register.run()) == [("service.refused", 1)]
    assert Design.objects.count() == 1


def test_a_success_with_records_is_silent(register: Any, codes: Any) -> None:
    text = (SAMPLES / "kipris_six_views.xml").read_text(encoding="utf-8")
    head = "<header><successYN>Y</successYN><resultCode>00</resultCode><resultMsg>NORMAL SERVICE.</resultMsg></header>"
    picture(register.folder / "six/1.jpg")
    picture(register.folder / "six/2.jpg", 80)
    (register.folder / "a.xml").write_text(text.replace("<response>", f"<response>{head}", 1), encoding="utf-8")
    assert codes(register.run()) == []


@pytest.mark.parametrize("name", ["answer.json", "answer.xml"])
def test_an_answer_in_json_is_named_too(register: Any, name: str) -> None:
    answer = {"response": {"header": {"resultCode": "30", "resultMsg": "SERVICE KEY IS NOT REGISTERED ERROR."}}}
    (register.folder / name).write_text(json.dumps(answer))
    if name.endswith("xml"):
        report = register.run()
        assert [each.code for each in report.findings] == ["service.refused"]
        said = report.findings[0].text.en
    else:
        with pytest.raises(ImportRefused) as refused:
            register.run(register.folder / name)
        assert refused.value.error_code == "import.service"
        said = refused.value.message()
    assert "SERVICE KEY IS NOT REGISTERED ERROR." in said
