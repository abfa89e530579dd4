"""The cases of the demonstration stand where each role has something to do, and everything in them was really done."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from pandok.common.audit.writing import verify
from pandok.common.people.accounts import ensure_demo_accounts
from pandok.core.reading import Reading
from pandok.demo.cases import DemoDesk, ensure_demo_cases
from pandok.demo.parties import ensure_demo_parties
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.acts.notices.office import Office
from pandok.fields.counterfeit.models import Case, CaseEvent, Notice
from pandok.fields.designs.evaluation.folder import Query
from pandok.fields.register.models import Design, Holder, View
from tests.fields.designs.fakes import NOON, VIEW_SIZE, candidate, drawing, photograph, reading

pytestmark = pytest.mark.django_db


class Knowing:
    """Reads the photographs in the order of the list: each shows its design, the last one shows nothing close."""

    def __init__(self, designs: list[str], view: str):
        self._next, self._view = iter([*designs, ""]), view

    def read(self, photos: list[bytes], **asked: Any) -> Reading:  # noqa: ARG002
        design_id = next(self._next)
        if not design_id:
            return reading([self._view], outcome="nothing_close")
        return reading([]).model_copy(update={"candidates": (candidate(1, 0.83, self._view, design_id=design_id),)})


def test_each_case_waits_for_another_role_and_a_second_run_adds_none(tmp_path: Path) -> None:
    ensure_demo_accounts(NOON)
    blobs = FolderBlobs(tmp_path / "blobs")
    view = blobs.put(drawing(100))
    queries = [Query(query_id="q", path="none.jpg", design_ids=(), line=9)]
    for number in range(7):
        ended = {"status": "expired"} if number == 6 else {"status": "in force"}
        design = Design.objects.create(
            design_id=f"DEMO-{number}",
            article="병",
            locarno_class="09-01",
            holder=Holder.objects.create(name=f"시연 권리자 {number}"),
            **ended,
        )
        View.objects.create(
            design=design,
            name="front",
            sha256=view,
            media_type="image/png",
            width=VIEW_SIZE[0],
            height=VIEW_SIZE[1],
            added_at=NOON,
        )
        queries.append(Query(query_id=f"q{number}", path=f"{number}.jpg", design_ids=(design.design_id,), line=number))
    for number in range(7):
        (tmp_path / f"{number}.jpg").write_bytes(photograph(number))
    (tmp_path / "none.jpg").write_bytes(photograph(8))
    ensure_demo_parties(NOON)
    minutes = count()
    desk = DemoDesk(
        tmp_path,
        Knowing([f"DEMO-{number}" for number in range(6)], view),
        Office(blobs, "http://127.0.0.1:8000", delivers=False),
        lambda: NOON + timedelta(minutes=next(minutes)),
    )
    for _ in range(2):
        stand = ensure_demo_cases(desk, queries)
        assert [state.value for _, state in stand] == [
            "read",
            "notified",
            "suspension_requested",
            "suspended",
            "closed",
            "closed",
            "closed",
        ]
    assert {case.turn for case in Case.objects.all()} == {"officer", "holder", "nobody"}
    assert Notice.objects.filter(template="holder_notice").count() == 5
    said = CaseEvent.objects.exclude(actor=None).exclude(reason="").values_list("reason", flat=True)
    assert all("시연" in one for one in said), "no reason passes for one of a real case"
    assert verify() is None
