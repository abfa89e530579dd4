"""Container structure through its pages and by programs; and scans that programs send."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from pandok.common.models import AuditEntry, Job
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.xray.acts.structure.comparing import compare_structure
from pandok.fields.xray.acts.structure.jobs import MEASURE_JOB, FigureAsked, measure
from pandok.fields.xray.decisions import Decision
from pandok.fields.xray.models import EmptyContainer, Inspection, ScanView, StructureFigure
from pandok.fields.xray.web.shown.structure import not_compared
from tests.chosen import Choose
from tests.fields.xray.acts.test_structure import CLEAN, HIDDEN, SPECTRA, bring, know, png
from tests.fields.xray.hall import Hall
from tests.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def served(hall: Hall, choose: Choose) -> Hall:
    choose(home=hall.blobs.folder.parent)
    hall.now = timezone.now() - timedelta(minutes=5)
    return hall


def signed_in(hall: Hall, role: Role, language: str = "ko") -> Client:
    client = Client()
    client.force_login(hall.person(role))
    client.cookies["pandok_language"] = language
    return client


def file_of(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", ("컨테이너 구조 비교", "빈 22G1 컨테이너 8대보다 어둡습니다", "탐지율을 재지 않았습니다")),
        ("en", ("Container structure", "darker than 8 empty 22G1 containers", "was not measured")),
    ],
)
def test_the_desk_shows_what_differs_and_where_that_comes_from(
    served: Hall, language: str, words: tuple[str, ...]
) -> None:
    know(served, 8)
    scan = bring(served, HIDDEN)
    compare_structure(scan, blobs=served.blobs, now=served.now)
    reader = signed_in(served, Role.SCAN_READER, language)
    reader.post("/xray/next/")
    page = unescape(reader.get(f"/xray/read/{scan.inspection_id}/").content.decode())
    assert all(word in page for word in words), words


def test_the_desk_says_why_a_container_was_not_compared_but_not_where_help_is_withheld(served: Hall) -> None:
    know(served, 3)
    scan = bring(served, HIDDEN)
    reader = signed_in(served, Role.SCAN_READER)
    reader.post("/xray/next/")

    def said(language: str) -> str:
        reader.cookies["pandok_language"] = language
        return unescape(reader.get(f"/xray/read/{scan.inspection_id}/").content.decode())

    assert "아직 비교하지 않았습니다. 22G1 빈 컨테이너 영상이 3건이라" in said("ko")
    assert "Not compared yet: 3 scans of empty 22G1 known" in said("en")
    EmptyContainer.objects.all().delete()
    know(served, 8)
    assert "아직 비교하지 않았습니다. 작업자가 비는 대로" in said("ko")
    assert "Not compared yet: structure is compared" in said("en")
    nothing = bring(served, np.full((80, 90), 0.4, np.float32))
    for _ in range(2):
        assert compare_structure(nothing, blobs=served.blobs, now=served.now) is None
    assert AuditEntry.objects.filter(action="scan.no_container").count() == 1
    why = not_compared(nothing, [])
    assert why is not None
    assert "네 변을 찾지 못했습니다" in why.ko
    Inspection.objects.update(help_withheld=True)
    assert "비교하지" not in said("ko")


def test_empty_containers_come_in_and_go_out_and_the_claim_stands_with_its_interval(served: Hall) -> None:
    supervisor = signed_in(served, Role.SCAN_SUPERVISOR)
    sent: dict[str, Any] = {"container_type": "22G1", "spectrum": SPECTRA, "air_counts": "60000"}
    page = "/xray/containers/"
    assert "가져온 빈 컨테이너가 없습니다" in supervisor.get(page).content.decode()
    for files, code, wanted in (
        ([], "22G1", "파일이 비어 있습니다"),
        ([file_of("a.png", png(CLEAN)[0].data[:500])], "22G1", "손상"),
        ([file_of("a.png", png(CLEAN)[0].data)], "99X9", "컨테이너 형식을 알 수 없습니다"),
    ):
        answer = supervisor.post(page + "empty/", sent | {"scan": files, "container_type": code})
        assert answer.status_code == 422
        shown = answer.content.decode()
        assert wanted in shown
        assert 'value="60000' in shown, "what was entered stays"
    answer = supervisor.post(page + "empty/", sent | {"scan": [file_of("a.png", png(CLEAN)[0].data)]})
    assert answer.status_code == 302
    empty = EmptyContainer.objects.get()
    assert "19대 더 필요합니다" in supervisor.get(page).content.decode()
    asked = {"container_type": "22G1", "response": SPECTRA}
    assert supervisor.post(page + "measure/", asked).status_code == 422
    assert supervisor.post(page + "measure/", {}).status_code == 404
    withdraw = f"{page}empty/{empty.pk}/withdraw/"
    answer = supervisor.post(withdraw, {"reason": "짐"})
    assert (answer.status_code, "짐</textarea>" in answer.content.decode()) == (422, True)
    assert supervisor.post(withdraw, {"reason": "짐이 실려 있었습니다"}).status_code == 302
    know(served, 20)
    assert "작업자가 비는 대로" in supervisor.post(page + "measure/", asked).content.decode()
    job = Job.objects.get(kind=MEASURE_JOB)
    measure(FigureAsked.model_validate(job.payload), work_of(served))
    figure = StructureFigure.objects.get()
    shown = supervisor.get(page).content.decode()
    assert f"{figure.found}/20" in shown
    assert "모의 수치" in shown
    assert "질량(100 mm, 0.9 g/cm³)" in shown
    assert figure.measured_by == served.person(Role.SCAN_SUPERVISOR)
    english = signed_in(served, Role.AUDITOR, "en").get(page).content.decode()
    assert "recall at one false alarm in 100" in english
    assert "Measure what is found" not in english


def work_of(hall: Hall) -> Any:
    class _Work:
        blobs = hall.blobs
        now = hall.now

        @staticmethod
        def clock() -> Any:
            return hall.now

    return _Work()


def test_a_page_logs_who_saw_the_exact_image_too(served: Hall) -> None:
    served.inspection()
    view = ScanView.objects.get()
    auditor = signed_in(served, Role.AUDITOR)
    assert auditor.get(f"/xray/views/{view.pk}/planes/").status_code == 200
    assert AuditEntry.objects.filter(action="scan.looked", actor="auditor").count() == 1
    auditor.get(f"/xray/views/{view.pk}/preview/")
    assert AuditEntry.objects.filter(action="scan.looked", actor="auditor").count() == 1, "one look"


def test_a_scan_larger_than_the_site_takes_is_refused_before_it_is_read(served: Hall, choose: Choose) -> None:
    choose(home=served.blobs.folder.parent, xray_upload_mb=1)
    supervisor = signed_in(served, Role.SCAN_SUPERVISOR)
    big = file_of("a.raw", b"x" * 1_000_001)
    sent = {"spectrum": "cabinet-160kv", "scan": [big], "goods": "오렌지"}
    answer = supervisor.post("/xray/import/", sent)
    assert (answer.status_code, "오렌지" in answer.content.decode()) == (422, True)
    many = {"spectrum": "cabinet-160kv", "scan": [file_of(f"{n}.raw", b"x") for n in range(5)]}
    answer = supervisor.post("/xray/import/", many)
    assert "네 개까지" in answer.content.decode()
    assert not Inspection.objects.exists()


def test_figures_are_bounded_by_a_period_and_leave_as_a_table(served: Hall) -> None:
    served.inspection()
    served.read("one", Decision.CLEAR)
    auditor = signed_in(served, Role.AUDITOR)
    today = served.now.astimezone(OFFICE_ZONE).date()
    page = "/xray/figures/"
    assert "통과분 적발률" in auditor.get(page).content.decode()
    assert "나옴" in auditor.get(page).content.decode(), "past images are an arm of their own"
    assert "통과분 적발률" in auditor.get(f"{page}?first={today}&last={today}").content.decode()
    tomorrow = today + timedelta(days=1)
    assert "사람이 판독한 것이 없습니다" in auditor.get(f"{page}?first={tomorrow}").content.decode()
    for asked in (f"first={tomorrow}&last={today}", "first=x", "last=9999-12-31"):
        answer = auditor.get(f"{page}?{asked}")
        assert answer.status_code == 422, asked
        assert auditor.get(f"{page}csv/?{asked}").status_code == 422
    table = auditor.get(f"{page}csv/?first={today}").content.decode("utf-8-sig").splitlines()
    assert table[0] == "영상,비교,수치,있음,없음"
    assert "장비 영상,판독 보조,판독 건수,1,0" in table
    assert auditor.get(f"{page}xlsx/").content[:2] == b"PK"
    assert auditor.get(f"{page}parquet/").content[:4] == b"PAR1"
    assert auditor.get(f"{page}exe/").status_code == 404
