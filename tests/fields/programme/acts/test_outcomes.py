"""Outcomes stand in the ledger with evidence, count once another person checked them, and have no common sum."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pandok.common import house
from pandok.common.models import AuditEntry
from pandok.core.errors import PandokError
from pandok.fields.programme.acts.outcomes.entering import check_outcome, enter_outcome
from pandok.fields.programme.lists.outcomes import COLUMNS, counted
from pandok.fields.programme.models import Outcome
from tests.chosen import Choose, choose_in
from tests.fields.programme.ledger import PATENT, PDF, SALE, entered_outcome
from tests.fields.programme.office import NOON, WHY, drafted, person, signed
from tests.roles import Role
from tests.world import Site

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Choose:
    choose = choose_in(monkeypatch)
    choose(home=tmp_path)
    return choose


def code(act: Any, *args: Any, **said: Any) -> str:
    with pytest.raises(PandokError) as error:
        act(*args, **said)
    return str(error.value.error_code)


def check(outcome: Outcome, *, holds: bool = True, role: Role = Role.PROGRAMME_MANAGER) -> None:
    check_outcome(outcome.pk, holds=holds, reason=WHY, actor=person(role), now=LATER)


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"kind": "prize"}, "outcome.words"),
        ({"owner": " "}, "outcome.words"),
        ({"title": "x" * 301}, "outcome.words"),
        ({"registration": ""}, "outcome.registration"),
        ({"registration": "1" * 101}, "outcome.registration"),
        ({"happened_on": "2026-03-03"}, "outcome.day"),
        ({"happened_on": "yesterday"}, "outcome.day"),
        ({"expires_on": "2026-02-20"}, "outcome.day"),
        ({"expires_on": "never"}, "outcome.day"),
        ({"figure": "3"}, "outcome.figure"),
        ({"figure": "many"}, "outcome.figure"),
        ({"kind": "sale", "figure": ""}, "outcome.figure"),
        ({"kind": "sale", "figure": "-1"}, "outcome.figure"),
        ({"kind": "sale", "figure": "NaN"}, "outcome.figure"),
        ({"kind": "jobs", "figure": "inf"}, "outcome.figure"),
        ({"share_percent": "0"}, "outcome.figure"),
        ({"share_percent": "101"}, "outcome.figure"),
    ],
)
def test_what_says_too_little_or_too_much_is_not_entered(changed: dict[str, str], refused: str) -> None:
    assert code(entered_outcome, **changed) == refused
    assert not Outcome.objects.exists()


def test_no_outcome_without_a_file_or_before_the_signatures() -> None:
    agreement, office = signed(), person(Role.PROGRAMME_OFFICE)
    said: dict[str, Any] = {"filename": "a.pdf", "blobs": house.blobs(), "actor": office, "now": NOON}
    with pytest.raises(PandokError):
        enter_outcome(agreement.pk, PATENT, data=b"", **said)
    with pytest.raises(PandokError):
        enter_outcome(agreement.pk, PATENT, data=b"MZ\x90\x00 a program", **said)
    assert code(enter_outcome, drafted(title="초안").pk, PATENT, data=PDF, **said) == "outcome.not_signed"
    assert not Outcome.objects.exists()


def test_the_same_number_is_one_outcome_however_it_is_written() -> None:
    first = entered_outcome()
    for written in ("10-2026-0012345", " 10-2026- 0012345", "10-2026-0012345 "):
        assert code(entered_outcome, first.agreement, registration=written) == "outcome.known"
    entered_outcome(first.agreement, kind="patent_granted")
    entered_outcome(first.agreement, kind="paper", registration="https://doi.org/10.1000/abc")
    assert code(entered_outcome, first.agreement, kind="paper", registration="doi:10.1000/ABC") == "outcome.known"
    check(first, holds=False)
    assert entered_outcome(first.agreement).registration == first.registration


def test_it_counts_once_another_person_has_checked_it() -> None:
    outcome = entered_outcome()
    assert counted(Outcome.objects.all()) == []
    assert code(check_outcome, outcome.pk, holds=True, reason="", actor=person(Role.PROGRAMME_MANAGER), now=LATER)
    assert code(check_outcome, outcome.pk, holds=True, reason=WHY, actor=outcome.entered_by, now=LATER) == "outcome.own"
    check(outcome)
    assert code(check, outcome, role=Role.COMMITTEE_MEMBER) == "outcome.checked"
    [one] = counted(Outcome.objects.all())
    assert (one.kind.value, one.pieces, one.figure) == ("patent_applied", 1, None)
    told = AuditEntry.objects.filter(object=f"outcome:{outcome.number}").order_by("sequence")
    assert [one.action for one in told] == ["outcome.entered", "outcome.checked"]


def test_kinds_are_counted_by_themselves_and_money_is_no_piece() -> None:
    agreement = signed()
    for figure in ("12,000,000", "3000000.5"):
        check(entered_outcome(agreement, **SALE | {"figure": figure}))
    check(entered_outcome(agreement, **SALE | {"kind": "jobs", "figure": "2"}))
    check(entered_outcome(agreement))
    check(entered_outcome(agreement, registration="10-2026-0099999"), holds=False)
    found = [(one.kind.value, one.pieces, one.figure) for one in counted(Outcome.objects.all())]
    assert found == [("patent_applied", 1, None), ("sale", 2, 15_000_000.5), ("jobs", 1, 2.0)]


def test_its_pages_lead_from_entry_to_check_and_to_a_table_that_runs_nothing(site: Site) -> None:
    agreement = signed()
    office, manager = site.client(Role.PROGRAMME_OFFICE), site.client(Role.PROGRAMME_MANAGER)
    at = f"/programme/agreements/{agreement.pk}/outcomes/"
    wrong = office.post(f"{at}enter/", PATENT | {"title": "=1+1 잠금", "registration": ""})
    assert wrong.status_code == 422
    assert "=1+1 잠금" in wrong.content.decode(), "what was entered is kept"
    file = io.BytesIO(PDF)
    file.name = "notice.pdf"
    sent = office.post(f"{at}enter/", PATENT | {"title": "=1+1 잠금", "evidence": file})
    assert sent.headers["Location"] == at
    outcome = Outcome.objects.get()
    page = f"/programme/outcomes/{outcome.pk}/"
    assert "확인 전" in office.get(at).content.decode()
    assert manager.get(f"{page}file/").content == PDF
    assert office.post(f"{page}check/", {"holds": "yes", "reason": WHY}).status_code == 403
    assert len(csv_of(manager)) == 1, "nobody has checked it yet"
    assert manager.post(f"{page}check/", {"holds": "yes", "reason": WHY}).headers["Location"] == page
    assert "확인함" in manager.get("/programme/outcomes/").content.decode()
    head, row = csv_of(manager)
    assert head == [words.ko for _, words in COLUMNS]
    told = dict(zip([name for name, _ in COLUMNS], row, strict=True))
    assert told["registration"] == "10-2026-0012345"
    assert not told["title"].startswith("=")
    for form in ("xlsx", "parquet"):
        assert len(manager.get(f"/programme/outcomes/table/{form}/").content) > 500
    assert manager.get("/programme/outcomes/table/exe/").status_code == 404


def csv_of(client: Any) -> list[list[str]]:
    text = client.get("/programme/outcomes/table/csv/").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))
