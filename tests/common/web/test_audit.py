"""The auditor's pages: search, who saw what, files, the chain and its anchors."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import polars
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from pandok.common.audit import writing as audit
from pandok.common.audit.chain import ask_for_check, run_check
from pandok.common.audit.search import AuditQuery, actions_known, page_of, who_saw
from pandok.common.models import AuditEntry, ChainCheck, Job
from pandok.core.audit import AuditEvent
from tests.fields.designs.fakes import NOON
from tests.roles import Role
from tests.tampering import take_trigger_away
from tests.web.access_samples import case_of_another
from tests.world import Site


@pytest.fixture
def auditor(site: Site) -> Client:
    client = site.client(Role.AUDITOR)
    client.cookies["pandok_language"] = "en"
    return client


def happen(count: int, actor: str = "kim", action: str = "photograph.viewed", obj: str = "picture:x") -> None:
    for number in range(count):
        at = NOON + timedelta(minutes=number)
        audit.record(AuditEvent(actor, action, obj, "", at, {"in": f"case:{number}"}))


def sequences(answer: object) -> list[int]:
    return [one.sequence for one in answer.context["entries"]]  # type: ignore[attr-defined]


def test_search_narrows_by_who_what_which_and_when(site: Site, auditor: Client) -> None:  # noqa: ARG001
    happen(2)
    happen(1, actor="lee", action="reading.made", obj="reading:1")
    assert sequences(auditor.get("/audit/")) == [3, 2, 1]
    assert sequences(auditor.get("/audit/", {"actor": "lee"})) == [3]
    assert sequences(auditor.get("/audit/", {"action": "reading.made"})) == [3]
    assert sequences(auditor.get("/audit/", {"about": "picture:x"})) == [2, 1]
    assert sequences(auditor.get("/audit/", {"looks_only": "on"})) == [2, 1]
    day = NOON.date().isoformat()
    assert sequences(auditor.get("/audit/", {"since": day, "until": day})) == [3, 2, 1]
    assert sequences(auditor.get("/audit/", {"until": "2026-03-01"})) == []
    assert auditor.get("/audit/", {"since": day, "until": "2026-03-01"}).status_code == 422
    assert auditor.get("/audit/", {"since": "soon"}).status_code == 422
    assert auditor.get("/audit/", {"actor": "a\x00b"}).status_code == 422
    assert auditor.get("/audit/", {"before": "1; DROP TABLE"}).status_code == 200


@pytest.mark.django_db
def test_pages_go_back_and_forth_without_gap_or_double() -> None:
    happen(25)
    seen, before = [], None
    while True:
        page = page_of(AuditQuery(), before=before, size=10)
        seen += [entry.sequence for entry in page.entries]
        if page.older is None:
            break
        before = page.older
    assert seen == list(range(25, 0, -1))
    back = page_of(AuditQuery(), after=5, size=10)
    assert [entry.sequence for entry in back.entries] == list(range(15, 5, -1))
    assert (back.older, back.newer) == (6, 15)
    assert actions_known() == ["photograph.viewed"]


def test_who_saw_a_picture_and_a_case(site: Site, auditor: Client) -> None:
    case = case_of_another(site)
    sha256 = case.signal.photographs.get().sha256
    for role in (Role.SUPERVISOR, Role.AUDITOR):
        site.client(role).get(f"/pictures/{sha256}")
    for about in (sha256, case.number, f"case:{case.id}", str(case.id)):
        assert [entry.actor for entry in who_saw(about)] == ["supervisor", "auditor"], about
    answer = auditor.get("/audit/", {"about": case.number})
    assert {one.action for one in answer.context["entries"]} >= {"case.opened", "photograph.viewed", "reading.made"}
    assert all(entry.details["in"] == f"case:{case.id}" for entry in who_saw(sha256))


def test_no_name_value_object_or_actor_stands_there_as_a_code(site: Site) -> None:
    case = case_of_another(site)
    audit.record(AuditEvent("pandok-worker", "file.set_aside", "picture:x", "no record names it", NOON))
    uploaded = {"submitter": "account:11", "bytes": 12}
    audit.record(AuditEvent("company", "lab.upload.removed", "upload:x", "handed in", NOON, uploaded))
    site.client(Role.SUPERVISOR).get(f"/pictures/{case.signal.photographs.get().sha256}")
    for language in ("ko", "en"):
        client = site.client(Role.AUDITOR)
        client.cookies["pandok_language"] = language
        page = unescape(client.get("/audit/").content.decode())
        names, objects = re.findall("<dt>(.*?)</dt>", page), re.findall(r'class="audit-object" href.*?>(.*?)</a>', page)
        assert names
        assert objects
        assert not [one for one in names if "_" in one or one in {"path", "outcome", "session", "in", "by"}]
        assert not re.search("<dd>(case|reading|notice|account):", page)
        assert not [one for one in objects if re.match("[a-z-]+:", one)]
        assert [bool(re.search("[가-힣]", one)) for one in names] == [language == "ko"] * len(names)
        assert ("pandok-worker</a>" in page, "no record names it" in page) == (False, language == "en")


def test_entries_leave_as_csv_and_parquet_and_that_is_an_entry(site: Site, auditor: Client) -> None:  # noqa: ARG001
    happen(2, actor="=HYPERLINK(1)")
    answer = auditor.post("/audit/export/", {"format": "csv", "action": "photograph.viewed"})
    assert answer["Content-Disposition"].startswith('attachment; filename="pandok-audit-')
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row["sequence"] for row in rows] == ["1", "2"]
    assert rows[0]["actor"] == "'=HYPERLINK(1)"
    answer = auditor.post("/audit/export/", {"format": "parquet", "looks_only": "on"})
    assert polars.read_parquet(io.BytesIO(answer.content))["sequence"].to_list() == [1, 2]
    told = AuditEntry.objects.filter(action="audit.exported").order_by("sequence")
    assert [(entry.actor, entry.details["format"]) for entry in told] == [("auditor", "csv"), ("auditor", "parquet")]
    assert auditor.post("/audit/export/", {"format": "exe"}).status_code == 422


def check(full: bool) -> ChainCheck:
    asked = ask_for_check(asked_by="a", full=full, now=NOON)
    return run_check(asked.id, clock=lambda: datetime.now(UTC))


def forge(sequence: int) -> None:
    with connection.cursor() as cursor:
        take_trigger_away(cursor, "register_auditentry")
        cursor.execute("UPDATE register_auditentry SET actor = 'x' WHERE sequence = %s", [sequence])


@pytest.mark.django_db
def test_a_quick_check_starts_behind_the_last_and_a_full_one_trusts_none() -> None:
    happen(5)
    first = check(full=False)
    assert (first.start_sequence, first.sequence, first.fault) == (0, 6, "")
    happen(2)
    quick = check(full=False)
    assert (quick.start_sequence, quick.sequence, quick.fault) == (6, 9, "")
    forge(3)
    assert check(full=False).fault == ""
    full = check(full=True)
    assert (full.start_sequence, full.fault, full.fault_sequence) == (0, "hash", 3)
    newest = ChainCheck.objects.filter(fault="").order_by("-sequence").first()
    forge(newest.sequence)  # type: ignore[union-attr]
    assert check(full=False).fault == "checkpoint"


@pytest.mark.django_db
def test_entries_cut_off_behind_the_checkpoint_show() -> None:
    happen(4)
    check(full=True)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM register_auditentry WHERE sequence >= 5")
    assert check(full=False).fault == "checkpoint"


def test_a_check_is_background_work_and_runs_once(site: Site, auditor: Client) -> None:  # noqa: ARG001
    happen(3)
    for _ in range(2):
        assert auditor.post("/audit/chain/check/", {"full": "1"}).status_code == 302
    asked = ChainCheck.objects.get()
    assert Job.objects.get(kind="audit.check").payload == {"check": str(asked.id)}
    assert b"<progress" in auditor.get("/audit/chain/").content
    run_check(asked.id, clock=lambda: NOON)
    answer = auditor.get("/audit/chain/")
    assert b"<progress" not in answer.content
    assert b"whole up to 4" in answer.content


def test_an_anchor_shows_that_the_chain_is_the_same(site: Site, auditor: Client) -> None:  # noqa: ARG001
    happen(3)
    anchor = auditor.post("/audit/chain/anchor/").content

    def compared(content: bytes) -> object:
        return auditor.post("/audit/chain/compare/", {"anchor": SimpleUploadedFile("a.json", content)})

    assert b"still holds" in compared(anchor).content  # type: ignore[attr-defined]
    wrong = json.dumps(json.loads(anchor) | {"hash": "0" * 64}).encode()
    for content in (wrong, b"{}", b"\xff", b"x" * 5000):
        assert compared(content).status_code == 422  # type: ignore[attr-defined]
    forge(4)
    assert b"is not the one" in compared(anchor).content  # type: ignore[attr-defined]
