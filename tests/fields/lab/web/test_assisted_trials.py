"""Pages of assisted trials: from the draft to the verdict, and what a reader sees when."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from pandok.common import house
from pandok.common.models import Account, AuditEntry
from pandok.fields.designs.models import SignalPhotograph
from pandok.fields.lab.acts.assisted.prepared_help import prepare_help
from pandok.fields.lab.acts.shadow.drafting import note_prepared
from pandok.fields.lab.models import AssistedReading, ProofRecord, ShadowTrial
from pandok.fields.lab.states.trial_states import TrialState
from tests.chosen import Choose
from tests.fields.designs.fakes import NOON, photograph
from tests.fields.lab.acts.assisted.assisted_fixtures import READERS, Assisted, build
from tests.roles import Role

pytestmark = pytest.mark.django_db
REASON = "계획에 따라 진행합니다"


@pytest.fixture
def made(tmp_path: Path, choose: Choose, monkeypatch: pytest.MonkeyPatch) -> Assisted:
    choose(home=tmp_path)
    found = build(tmp_path, start=False)
    for module in ("plan_form", "trial_moves", "proofs"):
        monkeypatch.setattr(f"pandok.fields.lab.web.views.{module}.settings", lambda: found.trials.settings)
    return found


def client(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def draft() -> dict[str, object]:
    return {
        "title": "도움을 받은 판독",
        "question": "모델의 도움을 받은 담당자가 더 나은가?",
        "candidate": "other-encoder",
        "rounds": "sequential",
        "washout_days": "0",
        "readers": ", ".join(READERS),
        "planned_n": "10",
        "goods_since": NOON.date().isoformat(),
        "line_up": "4",
        "aim": "superiority",
        "margin": "0",
        "margin_reason": "우월성을 묻기 때문에 마진이 없습니다.",
        "alpha": "0.05",
        "most_missing_share": "0",
        "wrong_truth_share": "0",
        "exclusions": "사진이 지워진 사건은 뺍니다.",
    }


def prepared(made: Assisted, trial: ShadowTrial) -> None:
    """As the worker does it."""
    candidate = made.trials.candidate
    candidate.card_sha256 = trial.locked.candidate_sha256
    candidate.answers = [case.truth for case in trial.assisted_cases.order_by("number")]
    given = {"blobs": made.trials.blobs, "clock": made.clock, "random": made.trials.bytes_}
    prepare_help(trial=trial, candidate=candidate, **given)
    note_prepared(trial=trial, now=made.clock())


def test_from_draft_to_proof_by_the_pages(made: Assisted) -> None:
    owner, evaluator = client(made.trials.owner), client(made.trials.evaluator)
    wrong = owner.post("/lab/trials/new/assisted/", draft() | {"rounds": "crossed"})
    assert wrong.status_code == 422
    assert "도움을 받은 판독" in wrong.content.decode()
    assert owner.post("/lab/trials/new/assisted/", draft()).status_code == 302
    trial = ShadowTrial.objects.filter(protocol__mode="assisted").exclude(id=made.trial.id).get()
    address = f"/lab/trials/{trial.id}/"
    assert READERS[0] in owner.get(f"{address}change/").content.decode()
    assert owner.post(f"{address}change/", draft() | {"line_up": "3"}).status_code == 302
    assert evaluator.post(f"{address}register/", {"reason": REASON}).status_code == 302
    trial.refresh_from_db()
    assert trial.locked.sha256 == trial.registration_sha256
    assert trial.assisted.readers == ("R1", "R2", "R3")
    assert owner.post(f"{address}move/", {"to": "running", "reason": REASON}).status_code == 422  # help is missing
    prepared(made, trial)
    assert owner.post(f"{address}move/", {"to": "running", "reason": REASON}).status_code == 302
    for reader in made.readers:
        read_everything(client(reader), trial, reader)
    page = evaluator.get(address).content.decode()
    assert "60 / 60" in page
    assert evaluator.post(f"{address}unblind/", {"reason": REASON}).status_code == 302
    assert evaluator.post(f"{address}judge/", {"reason": REASON}).status_code == 302
    verdict = evaluator.get(f"{address}verdict/")
    assert verdict.context["holds"] is True
    assert "입증" in verdict.content.decode()
    chart = verdict.context["chart"]
    assert [one.kind for one in chart.rows] == ["one", "one", "one", "all"]
    shares = verdict.context["trial"].report["shares"]  # all readers answered alike
    alike = [f"{100 * shares[arm]:.1f}%" for arm in ("unaided", "aided")]
    assert [cells[:2] for _, cells in chart.table] == [alike] * 4
    assert shares["aided"] > shares["unaided"]
    drawing = verdict.content.decode().partition('id="readers-chart"')[2].partition("</figure>")[0]
    assert drawing.count('class="reader reader-one"') == 6, "once for screens, once for phones"
    for told in (*READERS, "R1", "R2", "R3"):
        assert told not in drawing, "who a reader is, the chart does not say"
    assert evaluator.get(f"{address}report.json").status_code == 200
    assert evaluator.post("/lab/proofs/make/", {"run": f"trial:{trial.id}"}).status_code == 302
    assert ProofRecord.objects.get().verdict == trial_verdict(trial)
    assert evaluator.post(f"{address}hand-over/", {"reason": REASON}).status_code == 302
    assert owner.post(f"{address}accept/", {"to": "accepted", "reason": REASON}).status_code == 302


def trial_verdict(trial: ShadowTrial) -> str:
    trial.refresh_from_db()
    return str(trial.report["verdict"])


def read_everything(reading: Client, trial: ShadowTrial, reader: Account) -> None:
    """Alone "none of these", with help as the model says."""
    address = f"/trial-readings/{trial.id}/"
    while AssistedReading.objects.filter(trial=trial, reader=reader, answer__isnull=True).exists():
        page = reading.get(address).content.decode()
        opening = re.search(r"/trial-readings/open/[0-9a-f-]+/", page)
        if opening:
            assert reading.post(opening[0]).status_code == 302
            page = reading.get(address).content.decode()
        answering = re.search(r"/trial-readings/answer/[0-9a-f-]+/", page)
        assert answering
        said = re.search(r"첫 번째 후보: ([0-9-]+)", page)
        assert reading.post(answering[0], {"design": said[1] if said else "none"}).status_code == 302


@pytest.fixture
def running(made: Assisted) -> Assisted:
    from tests.fields.lab.acts.assisted.assisted_fixtures import started

    started(made)
    return made


def test_a_reader_sees_no_help_before_the_answer_and_never_what_is_right(running: Assisted) -> None:
    reader, trial = running.readers[0], running.trial
    mine = client(reader)
    assert "시험 판독 24건" in mine.get("/cases/").content.decode()
    reading = running.turn(reader)
    assert reading is not None
    picture = house.blobs().put(photograph())
    SignalPhotograph.objects.filter(signal=reading.case.reading.signal).update(sha256=picture)
    goods = reverse("assisted_photograph", args=[reading.pk, 0])
    assert mine.get(goods).status_code == 404  # not opened yet
    mine.post(f"/trial-readings/open/{reading.pk}/")
    page = mine.get(f"/trial-readings/{trial.id}/").content.decode()
    assert "모델" not in page.split("<form")[-1]
    assert mine.get(goods).headers["Content-Type"].startswith("image/")
    assert client(running.readers[1]).get(goods).status_code == 404
    assert AuditEntry.objects.filter(object=f"picture:{picture}", actor=reader.get_username()).exists()
    assert mine.post(f"/trial-readings/answer/{reading.pk}/", {}).status_code == 422
    assert mine.post(f"/trial-readings/answer/{reading.pk}/", {"design": "none"}).status_code == 302
    page = mine.get(f"/trial-readings/{trial.id}/").content.decode()
    assert "모델의 답" in page
    assert "해당 디자인 없음" in page
    assert mine.post(f"/trial-readings/answer/{reading.pk}/", {"design": "none"}).status_code == 422
    told = AuditEntry.objects.filter(action="assisted.answered")
    assert [one.actor for one in told] == [reader.get_username()]
    assert mine.get(f"/lab/trials/{trial.id}/").status_code == 403


def test_others_see_nothing_of_it_and_the_operator_only_counts(running: Assisted) -> None:
    reading = running.turn(running.readers[0])
    assert reading is not None
    stranger = client(running.trials.world.officer)
    assert stranger.get(f"/trial-readings/{running.trial.id}/").status_code == 404
    for address in (f"/trial-readings/open/{reading.pk}/", f"/trial-readings/answer/{reading.pk}/"):
        assert stranger.post(address, {"design": "none"}).status_code == 404
        assert client(running.readers[1]).post(address, {"design": "none"}).status_code == 404
    operator = client(running.trials.world.account(Role.LAB_OPERATOR))
    page = operator.get(f"/lab/trials/{running.trial.id}/").content.decode()
    assert "0 / 72" in page
    assert not any(name in page for name in READERS)
    assert running.fresh().state == TrialState.RUNNING
    assert operator.get(f"/lab/trials/{running.trial.id}/verdict/").status_code == 404


def test_officers_have_no_lab_in_their_menu_but_their_part_in_trials_above_their_cases(running: Assisted) -> None:
    reader = client(running.readers[0])
    page = reader.get("/cases/").content.decode()
    assert 'href="/lab/"' not in page
    assert 'href="/trial-readings/"' in page
    assert reader.get("/lab/").status_code == 403
    assert 'href="/lab/"' in client(running.trials.evaluator).get("/lab/").content.decode()
