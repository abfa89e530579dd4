"""Scans that programs send: by the rules of the page, once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pandok.fields.xray.models import EmptyContainer, Inspection
from tests.api.world import ApiSite
from tests.chosen import Choose
from tests.fields.xray.acts.test_importing import two_energies
from tests.fields.xray.acts.test_structure import CLEAN, png
from tests.roles import Role

pytestmark = pytest.mark.django_db
ADDRESS = "/xray/scans"


def sent(*files: tuple[str, bytes], **declared: Any) -> dict[str, Any]:
    return declared | {"files": [SimpleUploadedFile(name, data) for name, data in files]}


def ask(site: ApiSite, path: str, body: dict[str, Any], **headers: str) -> Any:
    from django.test import Client

    token = site.token(site.member(Role.SCAN_SUPERVISOR))
    return Client().post(f"/api/v1{path}", body, headers={"Authorization": f"Bearer {token}", **headers})


def both() -> list[tuple[str, bytes]]:
    return [(one.name, one.data) for one in two_energies()]


def test_a_program_sends_a_scan_once_however_often_it_asks(site: ApiSite) -> None:
    first = ask(site, ADDRESS, sent(*both(), goods="오렌지", hs_code="0805.10-0000"))
    assert first.status_code == 201, first.content
    inspection = Inspection.objects.get()
    told = first.json()["inspection"]
    assert (told["number"], told["hs_code"], told["state"]) == (inspection.number, "0805100000", "waiting")
    assert told["views"][0]["planes"] == ["low", "high", "material"]
    again = ask(site, ADDRESS, sent(*both(), goods="오렌지"))
    assert (again.status_code, again.json()["again"]) == (200, True)
    assert Inspection.objects.count() == 1


def test_a_key_repeats_the_answer_and_refuses_other_files(site: ApiSite) -> None:
    token = site.token(site.member(Role.SCAN_SUPERVISOR))

    def with_key(body: dict[str, Any]) -> Any:
        from django.test import Client

        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "one"}
        return Client().post(f"/api/v1{ADDRESS}", body, headers=headers)

    first, second = with_key(sent(*both())), with_key(sent(*both()))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    other = with_key(sent(("a.png", b"other")))
    assert (other.status_code, "Idempotency-Key" in other.json()["what"]["en"]) == (422, True)


@pytest.mark.parametrize(
    ("files", "declared", "code"),
    [
        ([("a.dcs", b"\x00" * 128 + b"DICM" + b"x" * 99)], {}, "scan.damaged"),
        ([("a.txt", b"hello")], {}, "scan.unknown_format"),
        ([(f"{n}.png", b"x") for n in range(5)], {}, "xray.too_many_files"),
        ([("a.raw", b"x" * 1_000_001)], {}, "scan.too_many_bytes"),
        ([("a.png", b"x")], {"hs_code": "39"}, "xray.bad_declaration"),
        ([("a.png", b"x")], {"container_type": "99X9"}, "xray.bad_declaration"),
        ([("a.png", b"x")], {"spectrum": "nobody's"}, "xray.spectrum_unknown"),
    ],
)
def test_bad_files_are_refused_with_their_reason(
    site: ApiSite, choose: Choose, files: list[tuple[str, bytes]], declared: dict[str, Any], code: str
) -> None:
    choose(home=site.blobs.folder.parent, xray_upload_mb=1)
    answer = ask(site, ADDRESS, sent(*files, **declared))
    assert (answer.status_code // 100, answer.json()["code"]) == (4, code)
    assert answer.json()["what"]["ko"]
    assert not Inspection.objects.exists()


def test_an_empty_container_comes_by_a_program_too(site: ApiSite) -> None:
    body = sent(*[(one.name, one.data) for one in png(CLEAN)], container_type="22G1", air_counts="60000")
    answer = ask(site, "/xray/containers/empty", body)
    assert answer.status_code == 201, answer.content
    assert ask(site, "/xray/containers/empty", body | sent(*[(one.name, one.data) for one in png(CLEAN)])).json()[
        "again"
    ]
    [known] = ask_types(site)
    assert (known["container_type"], known["empties"], known["figure"]) == ("22G1", 1, None)
    few = site.ask(
        site.member(Role.SCAN_SUPERVISOR),
        "post",
        "/xray/containers/measure",
        {"container_type": "22G1", "spectrum": "cargo-4mv-6mv"},
    )
    assert few.json()["code"] == "xray.few_empties"
    empty = EmptyContainer.objects.get()
    done = site.ask(
        site.member(Role.SCAN_SUPERVISOR),
        "post",
        f"/xray/containers/empty/{empty.pk}/withdraw",
        {"reason": "짐이 실려 있었습니다"},
    )
    assert done.status_code == 200
    assert ask_types(site) == []


def ask_types(site: ApiSite) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = site.ask(site.member(Role.AUDITOR), "get", "/xray/containers").json()
    return found
