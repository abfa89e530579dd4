"""Every operation by every role, with tokens: those whom the case concerns, strangers, and nobody."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from pandok.common.audit.chain import ask_for_check
from pandok.common.messages.webhooks import add_endpoint
from pandok.common.models import Account, Site
from pandok.core.declaration import Declaration
from pandok.engines.proof_pack.keys import key_file
from pandok.engines.proof_pack.pack_bytes import zipped
from pandok.fields.counterfeit.acts.guides import write_guide
from pandok.fields.counterfeit.acts.retention.holds import place_hold
from pandok.fields.counterfeit.models import Case, DatedHoliday, Deletion
from pandok.fields.designs.acts.captures import receive_capture
from pandok.fields.designs.acts.photographs import KeptPhotograph
from pandok.fields.designs.photograph_reader import ReadingFilters
from pandok.fields.lab.acts.proofs.importing import add_key, import_proof
from pandok.fields.lab.models import PartialUpload
from pandok.fields.programme.models import ApplicationReview
from pandok.fields.register.models import Holder
from pandok.web.api.app import schema
from tests.api.operations import CALLS, Call
from tests.api.world import ApiSite, Form
from tests.engines.proof_pack.samples import KEY, SITE, proof
from tests.fields.academy.school import drawn_test, sitting_elsewhere, waiting_picture
from tests.fields.designs.fakes import photograph as photograph_file
from tests.fields.lab.acts.runs.fakes import make_registration, make_run, make_submission
from tests.fields.programme.bidding import all_scored, offered, published_call, submitted_and_closed, under_review
from tests.fields.programme.challenging import announced_challenge
from tests.fields.programme.data_dam import entered
from tests.fields.programme.ledger import entered_outcome
from tests.fields.programme.office import drafted, drafted_certificate, measured, problem_under_review
from tests.fields.programme.on_map import booking, resource
from tests.fields.programme.spreading import answered_hand_over, handed_over
from tests.fields.street.acts.test_trials import trial_of
from tests.fields.street.bed import raised
from tests.fields.street.devices import begun_silence, kept_booking, ordered_work, waiting_command, written_warning
from tests.fields.xray.hall import empty_elsewhere, hold_elsewhere, planned_scan_deletion
from tests.roles import Role

SEES_ALL = frozenset({Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR})
LET_IN = frozenset({200, 201, 202, 422})


def test_the_table_names_every_operation_and_no_other() -> None:
    found = {
        one["operationId"]: (method, path)
        for path, methods in schema()["paths"].items()
        for method, one in methods.items()
    }
    assert {name for name in found if name not in CALLS} == set(), "add rows to tests/api/operations.py"
    assert {name for name in CALLS if name not in found} == set(), "these rows have no operation"
    for name, call in CALLS.items():
        assert call.method == found[name][0]


@pytest.fixture
def objects(site: ApiSite) -> dict[str, str]:
    case = site.notified_case()
    officer = site.world.account(Role.OFFICER, "somebody else")
    photograph = case.signal.photographs.get()
    capture, _ = receive_capture(
        capture_id=uuid.uuid4(),
        photographs=[KeptPhotograph(sha256=photograph.sha256, width_px=9, height_px=9)],
        declaration=Declaration(),
        filters=ReadingFilters(),
        actor=officer,
        now=timezone.now(),
    )
    endpoint, _ = add_endpoint(
        account=officer,
        title="t",
        url="https://desk.example/",
        events=["case.opened"],
        check=lambda _: None,
        actor=officer,
        now=timezone.now(),
    )
    world, now = site.world, timezone.now()
    guide = write_guide(
        party=world.holder,
        design_id="",
        title="식별",
        text="밑면의 각인",
        pictures=[("a.jpg", photograph_file())],
        actor=site.member(Role.HOLDER),
        now=now,
        blobs=site.blobs,
    )
    holiday = DatedHoliday.objects.create(day=now.date(), kind="off", name="임시공휴일", reason="공고", added_at=now)
    planner = site.member(Role.ADMINISTRATOR, "planner")
    deletion = Deletion.objects.create(
        number="2026-D-0001", policy="KR-2026", reason="기간 경과", planned_by=planner, planned_at=now
    )
    registration = make_registration(public=site.blobs.put(b"public part"))
    submission = make_submission(registration, company="another company")
    run = make_run(registration, submission)
    upload = PartialUpload.objects.create(
        submitter="account:0", by=submission.by, bytes=10, sha256="0" * 64, begun_at=timezone.now()
    )
    evaluator = world.account(Role.EVALUATOR, "another evaluator")
    add_key(data=key_file(KEY.public, site=SITE).encode(), site=SITE, reason="by phone", actor=evaluator, now=now)
    proof_record = import_proof(data=zipped(proof()[1]), actor=evaluator, now=now, blobs=site.blobs)
    selection = offered(all_scored(under_review()))
    review = ApplicationReview.objects.filter(application__call=selection.call).first()
    assert review is not None
    return {
        "problem": str(registration.pack_id),
        "submission": str(submission.pk),
        "upload": str(upload.pk),
        "run": str(run.pk),
        "proof": str(proof_record.pk),
        "site": str(world.site.pk),
        "guide": str(guide.id),
        "holiday": str(holiday.pk),
        "picture": guide.pictures[0],
        "deletion": str(deletion.id),
        "hold": str(place_hold(case=case, actor=planner, reason="소송이 진행 중", now=now).id),
        "case": str(case.id),
        "party": str(site.world.holder.pk),
        "holder": str(Holder.objects.values_list("pk", flat=True).first()),
        "reading": str(case.reading_id),
        "capture": str(capture.id),
        "document": str(site.document(case).id),
        "notice": str(case.notices.get(party=site.world.holder).id),
        "photograph": photograph.sha256,
        "webhook": str(endpoint.id),
        "alert": raised().pk,
        "booking": str(kept_booking()),
        "street_work": ordered_work(),
        "silence": str(begun_silence()),
        "street_trial": str(trial_of().pk),
        "warning": str(written_warning(world.account(Role.CONTROL_ROOM, "another officer of the room"))),
        "command": str(waiting_command(world.account(Role.CONTROL_ROOM, "another officer of the room"))),
        "inspection": str((held := hold_elsewhere(site.blobs)).inspection_id),
        "scan_hold": str(held.pk),
        "scan_deletion": str(planned_scan_deletion().pk),
        "empty_container": str(empty_elsewhere().pk),
        "sitting": str(sitting_elsewhere(site.blobs).pk),
        "certificate_test": str(drawn_test().pk),
        "measuring_picture": str(waiting_picture(site.blobs).pk),
        "field_problem": str(problem_under_review().pk),
        "call": str(published_call().pk),
        "call_offered": str(selection.call_id),
        "review": str(review.pk),
        "outcome": str(entered_outcome().pk),
        "resource": str((place := resource()).pk),
        "resource_booking": str(booking(place).pk),
        "trial_certificate": str(drafted_certificate(now=now).pk),
        "hand_over": str(handed_over().pk),
        "hand_over_taken": str(answered_hand_over().pk),
        "challenge": str(announced_challenge().pk),
        "application": str(submitted_and_closed().pk),
        "data_set": str(entered().pk),
        "agreement": str(drafted().pk),
        "measurement": str(measured(timezone.now()).pk),
        "check": str(ask_for_check(asked_by="x", full=True, now=timezone.now()).id),
    }


def filled(value: Any, objects: dict[str, str]) -> Any:
    if isinstance(value, Form):
        return Form(filled(dict(value.fields), objects), value.files)
    if value is None:
        return value
    text = json.dumps(value)
    for name, key in objects.items():
        text = text.replace("{" + name + "}", key)
    return json.loads(text)


def ask(site: ApiSite, who: Account | None, call: Call, objects: dict[str, str]) -> HttpResponse:
    """One call, undone afterwards, so that everybody finds the same state."""
    token = site.token_of(who) if who else None
    with transaction.atomic():
        answer = site.ask(token, call.method, filled(call.path, objects), filled(call.body, objects))
        transaction.set_rollback(True)
    return answer


def check_answer(name: str, who: str, answer: HttpResponse, promised: frozenset[int]) -> list[tuple[Any, ...]]:
    if answer.status_code not in promised:
        return [(name, who, sorted(promised), answer.status_code, answer.content[:300])]
    if answer.status_code >= 400:
        assert set(answer.json()) == {"code", "turn", "what", "next_step", "fields"}
        assert answer.json()["what"]["ko"]
    return []


def test_every_role_that_the_case_concerns(site: ApiSite, objects: dict[str, str]) -> None:
    wrong = []
    for name, call in CALLS.items():
        for role in Role:
            answer = ask(site, site.member(role), call, objects)
            promised = LET_IN if role in call.allowed else frozenset({404 if role in call.hidden else 403})
            wrong += check_answer(name, role.value, answer, promised)
    assert not wrong, "\n".join(map(str, wrong))


def test_strangers_find_nothing(site: ApiSite, objects: dict[str, str]) -> None:
    """Whose role does not do this at all is refused before anybody asks whom it concerns, as the test above asks of
    every role: one of them here."""
    wrong = []
    for name, call in CALLS.items():
        kept_out = [role for role in Role if role not in call.allowed | call.hidden | call.hides]
        for role in [one for one in Role if one not in kept_out] + kept_out[:1]:
            answer = ask(site, site.stranger(role), call, objects)
            promised = LET_IN if role in call.allowed else frozenset({404 if role in call.hidden else 403})
            if role in call.hides or (call.private and role in call.allowed and role not in SEES_ALL):
                promised = frozenset({404})
            wrong += check_answer(name, role.value, answer, promised)
    assert not wrong, "\n".join(map(str, wrong))


def test_people_of_another_office_find_nothing(site: ApiSite, objects: dict[str, str]) -> None:
    """Officers, and supervisors, who see every case of their own office and no other."""
    wrong = []
    place = Site.objects.create(code="PUS", name_ko="부산세관", name_en="Busan customs")
    for role in (Role.OFFICER, Role.SUPERVISOR):
        account = site.world.account(role, f"{role.value} elsewhere", site=place)
        for name, call in CALLS.items():
            if call.private and role in call.allowed and ("{case}" in call.path or "{reading}" in call.path):
                wrong += check_answer(name, role.value, ask(site, account, call, objects), frozenset({404}))
        number = Case.objects.get(pk=objects["case"]).number
        for address in ("/cases", f"/cases?text={number}", f"/cases?site={site.world.site.pk}", "/readings"):
            answer = site.ask(account, "get", address)
            assert answer.status_code in (200, 422), address
            told = answer.content.decode()
            assert number not in told.replace(f"text={number}", ""), address
            assert objects["case"] not in told, address
    assert not wrong, "\n".join(map(str, wrong))


def test_nobody_gets_in_without_a_token(site: ApiSite, objects: dict[str, str]) -> None:
    account = site.member(Role.AUDITOR)
    wrong = []
    for name, call in CALLS.items():
        wrong += check_answer(name, "nobody", ask(site, None, call, objects), frozenset({401}))
    assert not wrong, "\n".join(map(str, wrong))
    assert site.ask("pdk_00000000_wrong", "get", "/me").status_code == 401
    assert site.ask(site.token(account, scopes=[]), "get", "/me").status_code == 403


def test_a_token_without_scopes_opens_nothing(site: ApiSite, objects: dict[str, str]) -> None:
    wrong = []
    for role in (Role.OFFICER, Role.HOLDER, Role.ADMINISTRATOR):
        token = site.token(site.member(role), scopes=[])
        for name, call in CALLS.items():
            with transaction.atomic():
                answer = site.ask(token, call.method, filled(call.path, objects), filled(call.body, objects))
                transaction.set_rollback(True)
            wrong += check_answer(name, role.value, answer, frozenset({403}))
    assert not wrong, "\n".join(map(str, wrong))


def test_unknown_ids_look_like_those_of_others(site: ApiSite, objects: dict[str, str]) -> None:
    """IDOR: for every id in every address, a stranger cannot tell what exists from what does not."""
    unknown = {name: (uuid.uuid4().hex * 2 if name == "photograph" else str(uuid.uuid4())) for name in objects}
    stranger = site.stranger(Role.OFFICER)
    for name, call in CALLS.items():
        if not call.private or "{" not in call.path:
            continue
        hidden, missing = ask(site, stranger, call, objects), ask(site, stranger, call, objects | unknown)
        assert (hidden.status_code, hidden.json()) == (missing.status_code, missing.json()), name
