"""Pages of shadow trials: what may be seen while a trial is blind, and who may do what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from pandok.common.models import Account, AuditEntry, Job
from pandok.fields.lab.acts.shadow.monitor import look
from pandok.fields.lab.models import AuditDraw, ShadowTrial
from pandok.fields.lab.states.trial_states import TrialState
from pandok.fields.register.models import Design
from tests.chosen import Choose
from tests.fields.lab.acts.shadow.trial_fixtures import REASON, SECRET_DESIGN, Trials, build_trials
from tests.roles import Role
from tests.web.access_table import TABLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def trials(tmp_path: Path, choose: Choose) -> Trials:
    choose(home=tmp_path)
    return build_trials(tmp_path, audit_probability=1.0)


def client(account: Account) -> Client:
    made = Client()
    made.force_login(account)
    return made


def everything_seen(trials: Trials) -> str:
    """Every page, list and export that opens without an object, and those of the trial, for every role."""
    trial, case = trials.trial.id, trials.world.case().id
    addresses = [
        reverse(name)
        for name, rows in TABLE.items()
        # The register itself lists every design to whoever looks through it, an answer or not.
        if name != "designs" and any(row.method == "get" and not row.sample and row.statuses == {200} for row in rows)
    ]
    addresses += [f"/lab/trials/{trial}/", f"/lab/trials/{trial}/verdict/", f"/lab/trials/{trial}/report.json"]
    addresses += [f"/cases/{case}/", *(reverse("cases_export", args=[form]) for form in ("csv", "xlsx", "parquet"))]
    for draw in AuditDraw.objects.all()[:2]:
        addresses += [f"/random-checks/{draw.id}/", f"/cases/{draw.case.decision.desk_case_id}/"]
    seen = []
    for role in (Role.OFFICER, Role.SUPERVISOR, Role.AUDITOR, Role.LAB_OPERATOR, Role.EVALUATOR, Role.FIELD_OWNER):
        asking = client(trials.world.account(role, "" if role is Role.OFFICER else f"asking {role.value}"))
        for address in addresses:
            answer = asking.get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
            if answer.status_code == 200:
                seen.append(body.decode(errors="replace"))
    assert len(seen) > 40
    return "\n".join(seen)


def test_nothing_of_an_answer_is_seen_before_the_trial_is_opened(trials: Trials, caplog: Any) -> None:
    for number in range(10):
        trials.one(model=SECRET_DESIGN, officer="" if number < 3 else "30-0001")
    look(trial=trials.trial, now=trials.clock())
    assert SECRET_DESIGN not in everything_seen(trials)
    assert SECRET_DESIGN not in caplog.text
    assert not any(SECRET_DESIGN in json.dumps(one) for one in AuditEntry.objects.values_list("details", flat=True))
    assert not any(SECRET_DESIGN in str(one) for one in Job.objects.values_list("payload", "last_error"))


def test_no_row_of_the_database_holds_an_answer_in_clear(trials: Trials) -> None:
    trials.one(model=SECRET_DESIGN, officer="30-0001")
    for model in apps.get_models():
        rows = [row for row in model._base_manager.values_list() if SECRET_DESIGN in str(row)]
        assert rows == [] or model is Design, model


def test_the_operator_sees_counts_and_boundaries_and_no_path(trials: Trials) -> None:
    for _ in range(4):
        trials.one(model=SECRET_DESIGN, officer="30-0001", truth="30-0001")
    look(trial=trials.trial, now=trials.clock())
    page = client(trials.world.account(Role.LAB_OPERATOR)).get(f"/lab/trials/{trials.trial.id}/")
    assert page.status_code == 200
    assert page.context["chart"] is None
    text = page.content.decode()
    assert "4 / 10" in text
    assert not any(case_number in text for case_number in ("2026-000001", "2026-000002"))


def test_who_runs_it_sees_whole_blocks_only(trials: Trials) -> None:
    for _ in range(4):
        trials.one(model=SECRET_DESIGN, officer="30-0001", truth="30-0001")
    chart = client(trials.owner).get(f"/lab/trials/{trials.trial.id}/").context["chart"]
    assert chart.empty


def test_an_officer_learns_of_a_draw_only_after_the_decision(trials: Trials) -> None:
    record = trials.read()
    trials.commit(record)
    officer = client(trials.world.officer)
    case = trials.world.case()
    assert "무작위" not in officer.get(f"/cases/{case.id}/").content.decode()
    decided = trials.decide(record, "")
    page = officer.get(f"/cases/{decided.id}/").content.decode()
    assert f"/random-checks/{AuditDraw.objects.get().id}/" in page
    assert f"/random-checks/{AuditDraw.objects.get().id}/" in officer.get("/random-checks/").content.decode()


def test_a_colleague_records_the_check_and_the_decider_cannot(trials: Trials) -> None:
    record = trials.read()
    trials.commit(record)
    trials.decide(record, "")
    address = f"/random-checks/{AuditDraw.objects.get().id}/"
    given = {"found": "design", "design_id": "30-0001", "reason": "포장을 열어 확인했습니다"}
    assert client(trials.world.officer).post(address, given).status_code == 422
    colleague = client(trials.colleague)
    wrong = colleague.post(address, given | {"design_id": "30-404"})
    assert wrong.status_code == 422
    assert "30-404" in wrong.content.decode()
    assert "포장을 열어 확인했습니다" in wrong.content.decode()
    assert colleague.post(address, given).status_code == 302
    assert AuditDraw.objects.get().finding.design_id == "30-0001"
    assert colleague.get(address).status_code == 404


def test_a_check_of_another_site_is_hidden(trials: Trials) -> None:
    from pandok.common.models import Site

    record = trials.read()
    trials.commit(record)
    trials.decide(record, "")
    elsewhere = Site.objects.create(code="PUS", name_ko="부산세관", name_en="Busan")
    stranger = trials.world.account(Role.OFFICER, "stranger", site=elsewhere)
    assert client(stranger).get(f"/random-checks/{AuditDraw.objects.get().id}/").status_code == 404


def test_the_verdict_page_says_it_in_plain_words(trials: Trials) -> None:
    for number in range(10):
        trials.one(model="30-0001", officer="30-0001" if number else "30-0002", truth="30-0001")
    look(trial=trials.trial, now=trials.clock())
    assert trials.fresh().state == TrialState.COMPLETED
    evaluator = client(trials.evaluator)
    address = f"/lab/trials/{trials.trial.id}/"
    assert evaluator.post(f"{address}unblind/", {"reason": ""}).status_code == 422
    assert evaluator.post(f"{address}unblind/", {"reason": REASON}).status_code == 302
    assert evaluator.post(f"{address}judge/", {"reason": REASON}).status_code == 302
    page = evaluator.get(f"{address}verdict/")
    text = page.content.decode()
    assert page.status_code == 200
    assert page.context["holds"] is True
    assert "미입증" in text  # one of ten is not enough
    assert "모델만 맞힌 물품 1건" in text
    report = json.loads(evaluator.get(f"{address}report.json").content)
    assert report["sha256"] == ShadowTrial.objects.get().report_sha256
    assert evaluator.get(address).context["chart"].empty is False


def draft_data() -> dict[str, object]:
    return {
        "title": "새 인코더 시험",
        "question": "새 인코더가 공무원보다 나쁘지 않은가?",
        "candidate": "other-encoder",
        "practice": "officer",
        "aim": "non_inferiority",
        "margin": "5",
        "margin_reason": "현업이 견딜 수 있는 손실입니다.",
        "planned_n": "300",
        "alpha": "0.025",
        "monitor_share": "0.2",
        "harm_alpha": "0.05",
        "audit_probability": "10",
        "truth_within_days": "30",
        "most_missing_share": "5",
        "most_out_of_order_share": "2",
        "wrong_truth_share": "0",
        "exclusions": "시험 촬영을 제외합니다.",
        "sites": "ICN, PUS",
        "testers": "",
    }


def test_a_draft_is_written_changed_and_registered_by_another(trials: Trials, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("plan_form", "trial_moves"):
        monkeypatch.setattr(f"pandok.fields.lab.web.views.{module}.settings", lambda: trials.settings)
    evaluator = client(trials.evaluator)
    wrong = evaluator.post("/lab/trials/new/", draft_data() | {"margin": "0"})
    assert wrong.status_code == 422
    assert "새 인코더 시험" in wrong.content.decode()
    assert evaluator.post("/lab/trials/new/", draft_data()).status_code == 302
    trial = ShadowTrial.objects.exclude(id=trials.trial.id).get()
    assert (trial.plan.margin, trial.plan.sites) == (0.05, ("ICN", "PUS"))
    address = f"/lab/trials/{trial.id}/"
    assert 'value="5.0"' in evaluator.get(f"{address}change/").content.decode()
    assert evaluator.post(f"{address}register/", {"reason": REASON}).status_code == 422  # the author
    other = client(trials.world.account(Role.EVALUATOR, "second evaluator"))
    assert other.post(f"{address}register/", {"reason": REASON}).status_code == 302
    trial.refresh_from_db()
    assert trial.state == TrialState.REGISTERED
    assert trial.locked.sha256 == trial.registration_sha256
    assert evaluator.post(f"{address}change/", draft_data()).status_code == 422
    refused = client(trials.owner).post(f"{address}move/", {"to": "running", "reason": REASON})
    assert refused.status_code == 422  # no index of the register yet


def test_a_move_that_is_not_in_the_table_is_refused(trials: Trials) -> None:
    evaluator = client(trials.evaluator)
    address = f"/lab/trials/{trials.trial.id}/"
    for to in ("stopped_harm", "verdict", "unblinded", "draft", "nonsense", ""):
        assert evaluator.post(f"{address}move/", {"to": to, "reason": REASON}).status_code == 422
    assert evaluator.post(f"{address}unblind/", {"reason": REASON}).status_code == 422
    assert evaluator.post(f"{address}judge/", {"reason": REASON}).status_code == 422
    assert trials.fresh().state == TrialState.RUNNING
