"""A judged shadow trial as a proof: signed, verified by the command, recomputed from its cases, taken in elsewhere."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.core.canonical import canonical
from pandok.core.errors import RequestError
from pandok.core.lab.problem import Aim
from pandok.engines.proof_pack import pack_bytes as pack
from pandok.engines.proof_pack.keys import key_file
from pandok.engines.proof_pack.pack_bytes import unzipped, zipped
from pandok.engines.proof_pack.signing import SigningKey
from pandok.engines.proof_pack.verification import check_pack
from pandok.fields.lab.acts.proofs.make_proof import make_trial_proof
from pandok.fields.lab.acts.public_register.drawing import draw_register
from pandok.fields.lab.acts.shadow.give_verdict import give_verdict
from pandok.fields.lab.acts.shadow.monitor import look
from pandok.fields.lab.acts.shadow.unblinding import unblind
from pandok.fields.lab.models import ProofRecord, ShadowTrial
from tests.fields.lab.acts.proofs.conftest import KEY
from tests.fields.lab.acts.shadow.trial_fixtures import REASON, Trials, build_trials
from tests.roles import Role

pytestmark = pytest.mark.django_db
SITE = "인천세관"


def judged(folder: Path, *, right: int = 5, **changes: Any) -> Trials:
    """Forty goods; the model is right where the officer is, and on `right` more."""
    trials = build_trials(folder, planned_n=40, **changes)
    for number in range(40):
        trials.one(model="30-0001", officer="30-0002" if number < right else "30-0001", truth="30-0001")
    look(trial=trials.trial, now=trials.clock())
    trial = unblind(trial=trials.fresh(), actor=trials.evaluator, reason=REASON, now=trials.clock())
    give_verdict(trial=trial, actor=trials.evaluator, reason=REASON, now=trials.clock())
    return trials


def made(trials: Trials, *, key: SigningKey = KEY, actor: Any = None) -> ProofRecord:
    return make_trial_proof(
        trial=trials.fresh(),
        actor=actor or trials.evaluator,
        now=trials.clock(),
        key=key,
        blobs=trials.blobs,
        valid_days=365,
        site=SITE,
        chosen=trials.settings,
    )


def test_a_judged_trial_becomes_a_proof_that_the_command_verifies(tmp_path: Path) -> None:
    trials = judged(tmp_path)
    kept = made(trials)
    assert (kept.verdict, kept.run_id, kept.origin) == ("proven", str(trials.trial.id), "made")
    zip_path, key_path = tmp_path / "proof.zip", tmp_path / "site.pub"
    zip_path.write_bytes(trials.blobs.get(kept.pack_sha256))
    key_path.write_text(key_file(KEY.public, site=SITE), encoding="utf-8")
    done = CliRunner().invoke(app, ["proof", "verify", str(zip_path), "--key", str(key_path)])
    assert done.exit_code == 0, done.output
    register = draw_register(site=SITE, now=trials.clock())
    assert [one.number for one in register.proofs] == [kept.number]
    with pytest.raises(RequestError):
        made(trials)


def test_nothing_of_goods_persons_or_places_is_in_the_pack(tmp_path: Path) -> None:
    trials = judged(tmp_path, clustered=True, wrong_truth_share=0.02)
    data = trials.blobs.get(made(trials).pack_sha256)
    files = {name: content for name, content in unzipped(data).items() if name != pack.REPORT_PDF}
    text = b"".join(files.values()).decode("utf-8", "replace")
    case = trials.trial.cases.select_related("signal").first()
    assert case is not None
    for secret in ("30-0001", "30-0002", str(case.id), case.input_sha256, "ICN "):
        assert secret not in text, secret


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (lambda one: one["measured"]["evidence"][0]["differences"].__setitem__(0, -1), "intervals"),
        (lambda one: one["measured"]["evidence"][0].__setitem__("out_of_order", 30), "evidence"),
        (lambda one: one["measured"]["evidence"][0].__setitem__("ended", "stopped_benefit"), "intervals"),
        (lambda one: one.__setitem__("verdict", "inferior"), "verdict"),
    ],
)
def test_the_verdict_is_recomputed_and_no_changed_number_passes(tmp_path: Path, change: Any, broken: str) -> None:
    """Even under the site's own key."""
    files = unzipped((trials := judged(tmp_path)).blobs.get(made(trials).pack_sha256))
    statement = json.loads(files[pack.STATEMENT])
    change(statement)
    files[pack.STATEMENT] = canonical(statement)
    files[pack.ENVELOPE] = canonical(KEY.sign(files[pack.STATEMENT], "application/vnd.pandok.proof.v1+json"))
    files[pack.SUMS] = pack.sums_of(files)
    checked = check_pack(unzipped(zipped(files)), [KEY.public])
    assert broken in [one.name.value for one in checked.checks if not one.held]


def test_the_protocol_of_a_trial_cannot_be_exchanged_for_a_milder_one(tmp_path: Path) -> None:
    files = unzipped((trials := judged(tmp_path)).blobs.get(made(trials).pack_sha256))
    registration = json.loads(files[pack.REGISTRATION])
    registration["problem"]["endpoints"][0]["margin"] = 0.9
    files[pack.REGISTRATION] = canonical(registration)
    checked = check_pack(files, [KEY.public])
    assert {"registration", "facts"} <= {one.name.value for one in checked.checks if not one.held}


def test_a_trial_without_verdict_has_no_proof_and_only_evaluators_make_one(tmp_path: Path) -> None:
    trials = build_trials(tmp_path)
    with pytest.raises(RequestError) as early:
        made(trials)
    assert early.value.error_code.endswith("not_judged")
    for role in (Role.FIELD_OWNER, Role.LAB_OPERATOR, Role.AUDITOR, Role.SUBMITTER):
        with pytest.raises(RequestError):
            made(trials, actor=trials.world.account(role))


def test_a_trial_that_missed_its_line_is_proven_inferior_or_open_alike(tmp_path: Path) -> None:
    trials = judged(tmp_path, right=0, aim=Aim.SUPERIORITY, margin=0.0)
    kept = made(trials)
    assert kept.verdict == "not_proven"
    assert kept.expires_on > (trials.now + timedelta(days=300)).date()
    assert ShadowTrial.objects.get().report["verdict"] == kept.verdict
