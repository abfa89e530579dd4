"""A whole assisted trial, from draft to proof: order fixed, answers locked, help in its turn, verdict recomputed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.core.errors import RequestError, StoreError
from pandok.core.lab.assisted_trial import Arm
from pandok.engines.proof_pack import pack_bytes as pack
from pandok.engines.proof_pack.keys import key_file
from pandok.engines.proof_pack.pack_bytes import unzipped
from pandok.fields.counterfeit.acts.retention.due_files import due_files
from pandok.fields.counterfeit.acts.retention.policy import current_policy
from pandok.fields.counterfeit.models import Case
from pandok.fields.designs.models import SignalPhotograph
from pandok.fields.lab.acts.assisted.integrity import assisted_faults
from pandok.fields.lab.acts.assisted.reader_steps import answer, help_of, next_reading, open_reading
from pandok.fields.lab.acts.proofs.make_proof import make_trial_proof
from pandok.fields.lab.acts.shadow.drafting import register_trial
from pandok.fields.lab.acts.shadow.give_verdict import give_verdict, holds
from pandok.fields.lab.acts.shadow.unblinding import unblind
from pandok.fields.lab.models import AssistedAnswer, AssistedReading, ShadowTrial
from pandok.fields.lab.states.trial_states import TrialState
from tests.fields.designs.fakes import NOON
from tests.fields.lab.acts.assisted.assisted_fixtures import READERS, Assisted, build, crossed, started
from tests.fields.lab.acts.proofs.conftest import KEY
from tests.fields.lab.acts.shadow.trial_fixtures import REASON
from tests.roles import Role
from tests.tampering import take_trigger_away

pytestmark = pytest.mark.django_db
SITE = "인천세관"


def follows_the_model(reading: AssistedReading, output: dict[str, Any] | None) -> str:
    """Alone right on every sixth case; with help as the model says."""
    if output is None:
        return reading.case.truth if reading.case.number % 6 == 0 else _wrong(reading)
    return output["candidates"][0]["design_id"] if output["candidates"] else ""


def _wrong(reading: AssistedReading) -> str:
    others = [one for one in reading.case.help.line_up if one != reading.case.truth]
    return "" if reading.case.truth else others[0]


def judged(made: Assisted) -> ShadowTrial:
    evaluator = made.trials.evaluator
    unblind(trial=made.fresh(), actor=evaluator, reason=REASON, now=made.clock())
    return give_verdict(trial=made.fresh(), actor=evaluator, reason=REASON, now=made.clock())


@pytest.mark.parametrize("changes", [{}, crossed()])
def test_the_whole_way(tmp_path: Path, changes: dict[str, Any]) -> None:
    made = build(tmp_path, **changes)
    made.read_all(follows_the_model)
    assert made.fresh().state == TrialState.COMPLETED
    trial = judged(made)
    report = trial.report
    assert report["checks"] == []
    assert report["readers"] == {"planned": 3, "finished": 3}
    assert report["shares"]["aided"] == 1.0
    assert report["verdict"] == "proven"
    assert report["seconds"]["unaided"] == 20.0
    assert holds(ShadowTrial.objects.get(id=trial.id))
    kept = make_trial_proof(
        trial=trial,
        actor=made.trials.evaluator,
        now=made.clock(),
        key=KEY,
        blobs=made.trials.blobs,
        valid_days=365,
        site=SITE,
        chosen=made.trials.settings,
    )
    data = made.trials.blobs.get(kept.pack_sha256)
    (tmp_path / "proof.zip").write_bytes(data)
    (tmp_path / "site.pub").write_text(key_file(KEY.public, site=SITE), encoding="utf-8")
    given = ["proof", "verify", str(tmp_path / "proof.zip"), "--key", str(tmp_path / "site.pub")]
    done = CliRunner().invoke(app, given)
    assert done.exit_code == 0, done.output
    text = b"".join(one for name, one in unzipped(data).items() if name != pack.REPORT_PDF).decode("utf-8", "replace")
    for secret in (*READERS, "30-0001", "30-0002", str(trial.assisted_cases.get(number=0).desk_case_id)):
        assert secret not in text


def test_help_comes_after_the_answer_alone_was_locked(tmp_path: Path) -> None:
    made = build(tmp_path)
    reader = made.readers[0]
    first = made.turn(reader)
    assert first is not None
    assert first.arm == Arm.UNAIDED
    second = AssistedReading.objects.get(trial=made.trial, reader=reader, round=1, place=1)
    assert second.case == first.case
    with pytest.raises(RequestError) as early:
        open_reading(reading=second, actor=reader, now=made.clock())
    assert early.value.error_code == "assisted.not_yours"
    open_reading(reading=first, actor=reader, now=made.clock())
    assert help_of(AssistedReading.objects.get(pk=first.pk)) is None
    given = answer(reading=first, design_id="", actor=reader, now=made.clock())
    assert help_of(AssistedReading.objects.get(pk=second.pk)) is not None
    with pytest.raises(RequestError) as locked:
        answer(reading=first, design_id="30-0001", actor=reader, now=made.clock())
    assert locked.value.error_code == "assisted.answered"
    given.design_id = "30-0001"
    with pytest.raises(StoreError):
        given.save()


def test_who_reads_what_is_theirs_alone_and_only_what_is_shown_is_taken(tmp_path: Path) -> None:
    made = build(tmp_path)
    reader, other = made.readers[:2]
    reading = made.turn(reader)
    assert reading is not None
    for stranger in (other, made.trials.world.officer):
        with pytest.raises(RequestError):
            open_reading(reading=reading, actor=stranger, now=made.clock())
    with pytest.raises(RequestError):
        answer(reading=reading, design_id="", actor=reader, now=made.clock())  # not opened
    open_reading(reading=reading, actor=reader, now=made.clock())
    for wrong in ("30-7777", None):
        with pytest.raises(RequestError) as refused:
            answer(reading=reading, design_id=wrong, actor=reader, now=made.clock())
        assert refused.value.error_code == "assisted.not_shown"


def test_between_crossed_rounds_lie_the_registered_days(tmp_path: Path) -> None:
    made = build(tmp_path, **crossed())
    reader = made.readers[0]
    made.read_all(follows_the_model, until=12)
    turn = next_reading(made.fresh(), reader, made.now)
    assert turn.reading is not None
    assert turn.reading.round == 2
    with pytest.raises(RequestError) as early:
        open_reading(reading=turn.reading, actor=reader, now=made.clock())
    assert early.value.error_code == "assisted.washout"
    open_reading(reading=turn.reading, actor=reader, now=made.now + timedelta(days=14))


def test_goods_of_a_reader_and_without_a_known_truth_are_not_drawn(tmp_path: Path) -> None:
    made = build(tmp_path, start=False, cases=14)
    own = made.trials.read(actor=made.readers[0])
    made.trials.know(made.trials.decide(own, "30-0001", actor=made.readers[0]), "30-0001")
    made.trials.decide(made.trials.read(), "30-0001")  # open, nothing known
    started(made)
    assert made.trial.assisted_cases.count() == 12
    assert not made.trial.assisted_cases.filter(reading=own).exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"planned_n": 40}, "assisted.few_goods"), ({"readers": ("a", "b", "nobody")}, "assisted.reader")],
)
def test_what_cannot_be_drawn_is_refused(tmp_path: Path, changes: dict[str, Any], code: str) -> None:
    made = build(tmp_path, start=False, **changes)
    with pytest.raises(RequestError) as refused:
        started(made)
    assert refused.value.error_code == code


def test_the_author_does_not_lock_it_and_nobody_opens_it_before_its_end(tmp_path: Path) -> None:
    made = build(tmp_path, start=False)
    evaluator = made.trials.world.account(Role.FIELD_OWNER)
    with pytest.raises(RequestError):
        register_trial(
            trial=made.trial,
            actor=evaluator,
            reason=REASON,
            now=made.clock(),
            chosen=made.trials.settings,
            random=made.trials.bytes_,
        )
    started(made)
    with pytest.raises(RequestError):
        unblind(trial=made.fresh(), actor=made.trials.evaluator, reason=REASON, now=made.clock())


@pytest.mark.parametrize(
    ("table", "column", "value", "kind"),
    [
        ("lab_assistedanswer", "design_id", "30-0001", "answer"),
        ("lab_assistedcase", "truth", "30-0003", "goods"),
        ("lab_assistedreading", "place", 99, "order"),
        ("lab_assistedhelp", "commitment", "f" * 64, "chain"),
        ("lab_assistedopening", "audit_sequence", 1, "help_early"),
    ],
)
def test_what_was_changed_afterwards_is_found(tmp_path: Path, table: str, column: str, value: Any, kind: str) -> None:
    made = build(tmp_path)
    made.read_all(lambda _reading, _output: "")
    unblind(trial=made.fresh(), actor=made.trials.evaluator, reason=REASON, now=made.clock())
    assert assisted_faults(made.fresh()) == []
    aided = AssistedReading.objects.filter(trial=made.trial, arm="aided").order_by("place").first()
    assert aided is not None
    key = {"lab_assistedcase": aided.case_id, "lab_assistedhelp": aided.case_id}.get(table, aided.pk)
    name = {"lab_assistedcase": "id", "lab_assistedhelp": "case_id", "lab_assistedreading": "id"}.get(
        table, "reading_id"
    )
    if connection.vendor == "sqlite" and not isinstance(key, int):
        key = key.hex
    with connection.cursor() as cursor:
        take_trigger_away(cursor, table)
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {name} = %s", [value, key])
        assert cursor.rowcount == 1
    assert kind in {one.kind for one in assisted_faults(made.fresh())}
    assert (
        give_verdict(trial=made.fresh(), actor=made.trials.evaluator, reason=REASON, now=made.clock()).report["verdict"]
        == "undecidable"
    )


def test_a_reader_who_does_not_finish_is_missing(tmp_path: Path) -> None:
    made = build(tmp_path, most_missing_share=0.1)
    for reader in made.readers[:2]:
        made.readers = [reader]
        made.read_all(follows_the_model)
    lead_end(made)
    report = judged(made).report
    assert report["readers"] == {"planned": 3, "finished": 2}
    assert report["verdict"] == "undecidable"
    assert AssistedAnswer.objects.count() == 48


def lead_end(made: Assisted) -> None:
    from pandok.fields.lab.acts.shadow.lead_trial import lead

    lead(trial=made.fresh(), to=TrialState.COMPLETED, actor=made.trials.owner, reason=REASON, now=made.clock())


def test_photographs_of_goods_that_are_still_read_outlive_their_term(tmp_path: Path) -> None:
    made = build(tmp_path, start=False)
    blobs, late = made.trials.blobs, made.now + timedelta(days=9000)
    pictures = {}
    for number, case in enumerate(Case.objects.filter(state="closed").select_related("signal")):
        pictures[case.pk] = blobs.put(b"photograph %d" % number)
        SignalPhotograph.objects.filter(signal=case.signal).update(sha256=pictures[case.pk], original_sha256="")

    Case.objects.filter(pk__in=pictures).update(closed_at=NOON)

    def due() -> set[str]:
        found = due_files(policy=current_policy(late.date()), now=late, blobs=blobs)
        return {one.sha256 for one in found.files} & set(pictures.values())

    assert due() == set(pictures.values())
    started(made)
    drawn = {pictures[one.desk_case_id] for one in made.trial.assisted_cases.all()}
    assert len(drawn) == 12
    assert due() == set(pictures.values()) - drawn
    lead_end(made)
    assert due() == set(pictures.values())
