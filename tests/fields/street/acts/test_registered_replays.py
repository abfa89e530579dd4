"""A question to a stored period: locked before it is read, read once, and proven so that others can check it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.common.models import Account, AuditEntry
from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.proof_pack.keys import key_file
from pandok.engines.proof_pack.pack_bytes import read_pack, zipped
from pandok.engines.proof_pack.site_key import site_signing_key
from pandok.fields.lab.models import ProofRecord
from pandok.fields.street.acts.keeping_history import pack
from pandok.fields.street.acts.outside_records import RecordSaid, enter_record, withdraw_record
from pandok.fields.street.acts.taking import take
from pandok.fields.street.hazards_of_site import hazards_of_site, shipped_flood_model
from pandok.fields.street.models import OutsideRecord, RegisteredReplay, Replay
from pandok.fields.street.replay.proven import prove_replay
from pandok.fields.street.replay.registered import plan_from, read_registered, register_replay
from tests.fields.street.bed import NOON, arrived, message, pole, reading
from tests.roles import Role
from tests.world import Site

DAY = NOON.astimezone(OFFICE_ZONE).date()
POLES, DAYS = 12, 4
TOMORROW = NOON + timedelta(days=DAYS)
FLOOD = [0, 2, 4, 6, 7, 8, 9, 9, 12, 17, 20, 22, 20, 9, 4, 2, 0, 0, 0, 0]
SITE = "북구 시험 기관"


def plan(**other: Any) -> dict[str, Any]:
    facts = {
        "model": {"reader": "flood-level", "rises_at": [2.0, 6.0, 8.0, 20.0]},
        "practice": {"reader": "flood-level"},
        "hazard": "flood",
        "first": DAY.isoformat(),
        "last": (DAY + timedelta(days=DAYS - 1)).isoformat(),
        "ahead_min": 9.0,
        "days_margin": 0.3,
        "margin_reason": "하루 한 번의 헛걸음은 지하차도를 먼저 막는 것보다 가볍다.",
        "owner": "북구 재난안전과",
    }
    return facts | other


def street(folder: Path) -> None:
    """Twelve poles over four days: on the second day all are flooded, and others recorded it; part is packed."""
    keys = [f"buk-{number}" for number in range(POLES)]
    for key in keys:
        pole(key)
    for day in range(DAYS):
        sent = []
        for (sequence, depth), key in itertools.product(enumerate(FLOOD), keys):
            at = NOON + timedelta(days=day, minutes=2 * sequence)
            one = message(day * len(FLOOD) + sequence + 1, reading(depth if day == 1 else 0, at), sent=at)
            sent.append(arrived(key, one, at))
        take(sent, hazards=hazards_of_site)
    for key in keys:
        began = NOON + timedelta(days=1, minutes=18)
        enter_record(RecordSaid("", key, "flood", began.isoformat(), "", "119"), actor=None, now=TOMORROW)
    pack(folder, now=TOMORROW)


def registered(folder: Path, actor: Account | None = None, **other: Any) -> RegisteredReplay:
    return register_replay(plan_from(plan(**other)), folder=folder, site=SITE, actor=actor, now=TOMORROW)


def read(number: int, folder: Path, actor: Account | None = None, **other: Any) -> Replay:
    ticks: Iterator[int] = itertools.count()
    facts: dict[str, Any] = {"lateness_s": 0.0, "now": TOMORROW + timedelta(minutes=5)} | other
    return read_registered(
        number, folder=folder, flood=shipped_flood_model(), actor=actor, clock=lambda: float(next(ticks)), **facts
    )


def test_a_replay_becomes_a_proof_that_another_house_checks(site: Site, tmp_path: Path) -> None:
    operator, evaluator = site.account(Role.STREET_OPERATOR), site.account(Role.EVALUATOR)
    folder, key = tmp_path / "history", site_signing_key(tmp_path)
    street(folder)
    kept = read(registered(folder, operator).pk, folder, operator)
    new, old = kept.result["candidates"]
    assert (new["missed"], old["missed"], new["false"]) == (0, 0, 0)
    assert new["median_minutes_ahead"] > 9 > old["median_minutes_ahead"]
    blobs = FolderBlobs(tmp_path / "blobs")

    def prove(actor: Account) -> ProofRecord:
        at = TOMORROW + timedelta(minutes=9)
        return prove_replay(kept.pk, actor=actor, now=at, key=key, blobs=blobs, valid_days=3650)

    with pytest.raises(RequestError) as refused:
        prove(operator)
    assert refused.value.error_code == "street.role"
    made = prove(evaluator)
    assert made.verdict == "proven"
    with pytest.raises(RequestError):
        prove(evaluator)
    proof, keys = tmp_path / "proof.zip", tmp_path / "site.pub"
    proof.write_bytes(blobs.get(made.pack_sha256))
    keys.write_text(key_file(key.public, site=SITE))
    # The check that others run: the file and the key alone.
    checked = CliRunner().invoke(app, ["proof", "verify", str(proof), "--key", str(keys), "--on", "2026-07-06"])
    assert checked.exit_code == 0, checked.output
    said = dict(read_pack(proof))
    told = "".join(json.dumps(json.loads(data), ensure_ascii=False) for name, data in said.items() if "json" in name)
    assert "buk-" not in told  # no pole, no case leaves the house
    statement = said["statement.json"]
    assert json.loads(statement)["data"]["opened_before"] == {"opened": 0, "alike": 0, "of": POLES * DAYS}
    # Whoever makes more of it than was shown is found out.
    forged = tmp_path / "forged.zip"
    better = statement.replace(b'"missing":0', b'"missing":1')
    assert better != statement
    forged.write_bytes(zipped(said | {"statement.json": better}))
    assert CliRunner().invoke(app, ["proof", "verify", str(forged), "--key", str(keys)]).exit_code == 1


@pytest.mark.django_db
def test_a_registration_is_read_once_and_a_changed_period_not_at_all(tmp_path: Path) -> None:
    street(tmp_path)
    one = registered(tmp_path)
    with pytest.raises(RequestError) as twice:
        registered(tmp_path)
    assert twice.value.error_code == "street.plan_there"
    withdraw_record(OutsideRecord.objects.all()[0].pk, actor=None, reason="잘못 적음", now=TOMORROW)
    with pytest.raises(RequestError) as changed:
        read(one.pk, tmp_path)
    assert changed.value.error_code == "street.period_changed"
    again = registered(tmp_path, ahead_min=5.0)
    read(again.pk, tmp_path)
    with pytest.raises(RequestError) as refused:
        read(again.pk, tmp_path)
    assert refused.value.error_code == "street.no_registered_replay"
    told = AuditEntry.objects.filter(action__startswith="replay.").order_by("sequence").values_list("action", flat=True)
    assert list(told) == ["replay.registered", "replay.registered", "replay.kept"]


@pytest.mark.django_db
def test_what_was_replayed_before_is_said(tmp_path: Path) -> None:
    street(tmp_path)
    read(registered(tmp_path).pk, tmp_path)
    later_on = registered(tmp_path, ahead_min=5.0, last=(DAY + timedelta(days=2)).isoformat())
    before = later_on.registration["opened_before"]
    assert before["opened"] == before["of"] == POLES * 3


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"model": {"reader": "oracle"}}, "street.no_reader"),
    ({"model": {"reader": "fire-smoke"}}, "street.bad_plan"),
    ({"practice": {"reader": "flood-level", "rises_at": [2.0, 6.0, 8.0, 20.0]}}, "street.bad_plan"),
    ({"days_margin": 0}, "street.bad_plan"),
    ({"margin_reason": "-"}, "street.bad_plan"),
    ({"first": "2026-07-09"}, "street.bad_plan"),
    ({"first": "9999-12-31", "last": "9999-12-31"}, "street.bad_plan"),
    ({"first": "0001-01-01", "last": "0001-01-01"}, "street.bad_plan"),
    ({"last": (DAY + timedelta(days=DAYS)).isoformat()}, "street.period_runs"),
    ({"poles": ["buk-99"]}, "street.no_pole"),
    ({"poles": ["buk-1"]}, "street.too_few_cases"),
    ({"secret": 1}, "street.bad_plan"),
]


@pytest.mark.django_db
def test_what_cannot_be_registered_is_refused(tmp_path: Path) -> None:
    street(tmp_path)
    for other, code in WRONG:
        with pytest.raises(RequestError) as refused:
            registered(tmp_path, **other)
        assert refused.value.error_code == code
    assert not RegisteredReplay.objects.exists()


@pytest.mark.django_db
def test_a_street_with_one_event_proves_nothing(site: Site, tmp_path: Path) -> None:
    street(tmp_path)
    for one in OutsideRecord.objects.all()[1:]:
        withdraw_record(one.pk, actor=None, reason="훈련 기록", now=TOMORROW)
    kept = read(registered(tmp_path).pk, tmp_path)
    assert kept.result["comparison"]["verdict"] == "undecidable"
    key, evaluator = site_signing_key(tmp_path), site.account(Role.EVALUATOR)
    blobs = FolderBlobs(tmp_path / "blobs")
    with pytest.raises(RequestError) as refused:
        prove_replay(kept.pk, actor=evaluator, now=TOMORROW, key=key, blobs=blobs, valid_days=30)
    assert refused.value.error_code == "street.no_evidence"
