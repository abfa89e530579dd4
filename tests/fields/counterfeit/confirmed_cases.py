"""Closed cases whose photographs are in the store."""

from __future__ import annotations

from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.acts.cases.deciding import choose_candidate, close_case, decide, record_appraisal
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.outcomes import Disposition, Finding
from pandok.fields.counterfeit.states import Turn
from tests.fields.counterfeit.acts.learning.test_learning import notify
from tests.fields.counterfeit.cases_fixtures import World
from tests.fields.designs.fakes import NOON, photograph


def closed_case(world: World, blobs: FolderBlobs, finding: Finding = Finding.INFRINGES, shade: int = 0) -> Case:
    """A closed case of design 30-0001 with one photograph, as this appraisal left it."""
    case, by = world.case(), world.officer
    case.signal.photographs.update(sha256=blobs.put(photograph(shade)))
    case = choose_candidate(case=case, design_id="30-0001", actor=by, reason="형태가 같음", now=NOON)
    case = notify(world, case, NOON)
    case = record_appraisal(case=case, finding=finding, actor=by, by=Turn.OFFICER, reason="도면과 견주어 봄", now=NOON)
    case = decide(case=case, disposition=Disposition.REFERRED, actor=by, reason="조사 부서로 보냄", now=NOON)
    return close_case(case=case, actor=by, reason="집행을 확인함", now=NOON)
