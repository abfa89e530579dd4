"""A pack of a region's field carried through the lab with its simple model, and its problem in the register.

Not a part of the demonstration: `pandok lab problems carry ID` asks for it. The problem stands in the register of its
field with today's number, which is what practice came to on the confirm part; the pack appears on the map of resources
by itself, because its protocol is locked.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pandok.core.terms.zone import OFFICE_ZONE

if TYPE_CHECKING:
    from pandok.common.models import Account
    from pandok.demo.lab_demonstration import WholeWay
    from pandok.demo.packs.region_fields import FieldPack
    from pandok.demo.packs.simple.simple_model import SimpleModel
    from pandok.fields.lab.acts.packs.pack import Pack
    from pandok.fields.lab.models import Run
    from pandok.fields.programme.models import FieldProblem

BASIS = "공개 자료와 지어낸 값. 실제 사람의 개인정보 없음 / Public data and invented values; nobody's personal data"
WHY = "권역 분야의 예시 / example of a region's field"


def carried(way: WholeWay, field: FieldPack, pack: Pack, folder: Path) -> Run:
    """The run that the simple model came to on the confirm part, or where it ended."""
    registration = way.bring_in(pack, project=field.pack_id, legal_basis=BASIS)
    return way.verdict_of(way.hand_in(registration, submission_of(pack, field.fit(pack), folder)))


def submission_of(pack: Pack, made: SimpleModel, folder: Path) -> bytes:
    """The zip that a company would hand in; `folder` keeps the model while it is checked."""
    from pandok.fields.lab.cli.check import run_check
    from pandok.fields.lab.cli.command_files import sample_outputs
    from pandok.fields.lab.cli.reader_submission import archive

    path = folder / "simple.onnx"
    path.write_bytes(made.model)
    checked, _ = run_check(path, pack, made.sheet)
    return archive(
        {
            "model.onnx": made.model,
            "submission.json": made.sheet.model_dump_json(indent=1).encode(),
            "card.md": f"# {pack.problem.id}: {made.sheet.name}\n\n{made.sheet.training_data}\n".encode(),
            "sample_outputs.csv": sample_outputs(checked.answers, set(pack.practice)),
        }
    )


def ensure_field_problem(field: FieldPack, run: Run, now: datetime) -> FieldProblem | None:
    """The example in the register of problems, public; the one there is where it stands already. None for a run that
    came to no comparison."""
    from pandok.demo.packs.table import shipped_pack
    from pandok.fields.lab.models import ComparisonRecord
    from pandok.fields.programme.acts.problems.examining import accept_problem, examine_problem
    from pandok.fields.programme.acts.problems.proposing import propose_problem
    from pandok.fields.programme.models import FieldProblem
    from pandok.fields.programme.problem_text import ProblemSaid
    from pandok.fields.programme.roles import Role
    from pandok.fields.programme.topics import KoreanRegion
    from pandok.fields.street.roles import Role as StreetRole

    found = ComparisonRecord.objects.filter(run=run).first()
    if found is None or not found.comparison.endpoints:
        return None
    problem, measured = shipped_pack(field.pack_id).problem, found.comparison.endpoints[0]
    title = f"{problem.title.ko} (예시)"
    if kept := FieldProblem.objects.filter(title=title).first():
        return kept
    said = ProblemSaid(
        title=title,
        topic=field.topic.value,
        region=KoreanRegion.EVERYWHERE.value,
        who_suffers=field.decides.ko,
        how_often="공개 자료의 예시라서 세지 않음",
        today_value=round(measured.practice.value, 4),
        today_unit=f"{measured.metric.value} ({problem.output.unit or '비율'})"[:60],
        counted_on=now.astimezone(OFFICE_ZONE).date(),
        counted_how=f"실증랩 과제 {problem.id}의 확인 부분 {measured.cases}건, 현행: {problem.practice.what.ko}",
        decision=problem.question.ko,
        data_there=f"실증랩 과제 {problem.id}: {problem.source}. {problem.licence}",
        operator="예시라서 정하지 않음",
    )
    made = propose_problem(said, actor=_account(StreetRole.CONTROL_ROOM.value), now=now)
    examine_problem(made.pk, reason=WHY, actor=_account(Role.PROGRAMME_OFFICE.value), now=now)
    committee = _account(Role.COMMITTEE_MEMBER.value)
    return accept_problem(made.pk, publish=True, reason=WHY, actor=committee, now=now)


def _account(role: str) -> Account:
    from pandok.common.models import Account
    from pandok.common.people.accounts import DEMO_PREFIX

    return Account.objects.get(username=DEMO_PREFIX + role)
