"""A confirmed photograph: who may say so and when, how it is taken back, what erases it, and who never sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from pandok.common.audit import writing as audit
from pandok.common.models import Account, AuditEntry, Job
from pandok.core.errors import RequestError
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.acts.cases.deciding import choose_candidate, close_case, say_nothing_close
from pandok.fields.counterfeit.acts.learning import confirming
from pandok.fields.counterfeit.acts.learning.case_figures import follow_cases
from pandok.fields.counterfeit.acts.learning.confirming import MOST_OF_A_DESIGN, Wish, confirm, take_back
from pandok.fields.counterfeit.acts.learning.labels import export_folder
from pandok.fields.counterfeit.acts.learning.later_findings import record_later_finding
from pandok.fields.counterfeit.acts.learning.own_photographs import of_these_photographs
from pandok.fields.counterfeit.acts.notices.drafting import draft
from pandok.fields.counterfeit.acts.notices.picture_context import shown_in
from pandok.fields.counterfeit.acts.picture_access import is_registered_view, may_see_picture
from pandok.fields.counterfeit.acts.retention.deleting import carry_out, confirm_deletion, propose_deletion
from pandok.fields.counterfeit.acts.retention.due_files import due_files
from pandok.fields.counterfeit.acts.retention.policy import current_policy
from pandok.fields.counterfeit.lists.viewing_context import context_of
from pandok.fields.counterfeit.models import Case, ConfirmedView
from pandok.fields.counterfeit.outcomes import Finding
from pandok.fields.counterfeit.states import Turn
from pandok.fields.designs.evaluation.folder import load_folder
from pandok.fields.designs.models import SignalPhotograph
from pandok.fields.designs.own_views import AskedPhotographs
from pandok.fields.register.models import Design, RegisterChange, View, ViewOrigin
from pandok.readers.designs.photograph import decode
from tests.chosen import Choose
from tests.fields.counterfeit.cases_fixtures import World, build_world
from tests.fields.counterfeit.confirmed_cases import closed_case
from tests.fields.designs.fakes import NOON, VIEW_SIZE, drawing, photograph
from tests.roles import Role

pytestmark = pytest.mark.django_db
WHY = "감정서로 확인한 물품의 사진"
Make = Callable[..., Case]


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path / "blobs")


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def closed(world: World, blobs: FolderBlobs) -> Make:
    return partial(closed_case, world, blobs)


def wish(world: World, case: Case, **changes: Any) -> Wish:
    asked = Wish(case, case.signal.photographs.get(), "30-0001", world.officer, WHY)
    return replace(asked, **changes)


def confirmed_of(world: World, case: Case, blobs: FolderBlobs) -> ConfirmedView:
    return confirm(wish(world, case), now=NOON, blobs=blobs, form=uuid4())


def refused(blobs: FolderBlobs, asked: Wish) -> str:
    before = (ConfirmedView.objects.count(), RegisterChange.objects.count(), AuditEntry.objects.count())
    with pytest.raises(RequestError) as error:
        confirm(asked, now=NOON, blobs=blobs, form=uuid4())
    assert error.value.what.ko
    assert error.value.next_step.ko
    assert before == (ConfirmedView.objects.count(), RegisterChange.objects.count(), AuditEntry.objects.count())
    return error.value.error_code


def test_the_goods_of_the_photograph_become_a_view_with_reason_and_trail(
    world: World, closed: Make, blobs: FolderBlobs
) -> None:
    case = closed()
    one = confirmed_of(world, case, blobs)
    view = View.everything.get(pk=one.view_id)
    assert (view.design.design_id, view.name, view.origin) == ("30-0001", case.number, ViewOrigin.CONFIRMED)
    kept = decode(blobs.get(view.sha256))
    assert (kept.width_px, kept.height_px) == (view.width, view.height)
    assert view.width * view.height < 900 * 1200, "the goods alone, not the whole photograph"
    entry = AuditEntry.objects.get(action="view.confirmed")
    assert (entry.object, entry.actor, entry.reason) == ("design:30-0001", world.officer.get_username(), WHY)
    event = case.events.get(kind="view_confirmed")
    assert (event.reason, event.data["design_id"], event.data["photograph"]) == (WHY, "30-0001", 1)
    assert Job.objects.get(kind="view.index").payload == {"view_key": view.view_key}
    assert audit.verify() is None


def test_only_a_case_whose_truth_is_this_design(world: World, closed: Make, blobs: FolderBlobs) -> None:
    assert refused(blobs, wish(world, closed(Finding.UNDETERMINED))) == "view.truth_unknown"
    assert refused(blobs, wish(world, closed(Finding.OTHER_RIGHT))) == "view.truth_unknown"
    open_case = choose_candidate(case=world.case(), design_id="30-0001", actor=world.officer, reason="같음", now=NOON)
    assert refused(blobs, wish(world, open_case)) == "view.truth_unknown"
    nothing = say_nothing_close(case=world.case(), actor=world.officer, reason="없음", now=NOON)
    nothing = close_case(case=nothing, actor=world.officer, reason="통관하기로 함", now=NOON)
    assert refused(blobs, wish(world, nothing)) == "view.truth_unknown"
    case = closed()
    assert refused(blobs, wish(world, case, design_id="30-9999")) == "view.other_design"
    assert refused(blobs, wish(world, case, reason="…")) == "request.reason"
    blobs.remove(case.signal.photographs.get().sha256)
    assert refused(blobs, wish(world, case)) == "view.erased"


@pytest.mark.parametrize("role", [Role.HOLDER, Role.IMPORTER, Role.APPRAISER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_nobody_but_who_works_on_the_case(world: World, closed: Make, blobs: FolderBlobs, role: Role) -> None:
    case = closed()
    other = world.account(role)
    assert refused(blobs, wish(world, case, actor=other)) == "case.not_yours"
    stranger = world.account(Role.OFFICER, "officer of another site")
    assert refused(blobs, wish(world, case, actor=stranger)) == "case.not_yours"
    one = confirmed_of(world, case, blobs)
    for actor in (other, stranger):
        with pytest.raises(RequestError) as error:
            take_back(confirmed=one, actor=actor, reason=WHY, now=NOON)
        assert error.value.error_code == "case.not_yours"


def test_a_form_sent_twice_confirms_once_and_a_photograph_stands_once(
    world: World, closed: Make, blobs: FolderBlobs
) -> None:
    case, form = closed(), uuid4()
    first = confirm(wish(world, case), now=NOON, blobs=blobs, form=form)
    assert confirm(wish(world, case), now=NOON, blobs=blobs, form=form) == first
    assert refused(blobs, wish(world, case)) == "view.stands"
    same_photograph_elsewhere = closed()
    assert refused(blobs, wish(world, same_photograph_elsewhere)) == "view.stands"


def test_a_design_has_only_so_many(
    world: World, closed: Make, blobs: FolderBlobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confirming, "MOST_OF_A_DESIGN", 1)
    assert MOST_OF_A_DESIGN > 1
    confirmed_of(world, closed(), blobs)
    assert refused(blobs, wish(world, closed(shade=30))) == "view.too_many"


def test_it_is_taken_back_with_a_reason_and_can_come_again(world: World, closed: Make, blobs: FolderBlobs) -> None:
    case = closed()
    one = confirmed_of(world, case, blobs)
    with pytest.raises(RequestError):
        take_back(confirmed=one, actor=world.officer, reason="", now=NOON)
    colleague = world.account(Role.OFFICER, "colleague", site=world.site)
    case.site = world.site
    case.save()
    one = take_back(confirmed=ConfirmedView.objects.get(), actor=colleague, reason="다른 물품이 찍혀 있음", now=NOON)
    assert (one.withdrawn_by, one.withdraw_reason) == (colleague, "다른 물품이 찍혀 있음")
    assert View.everything.get(pk=one.view_id).withdrawn_at == NOON
    assert AuditEntry.objects.get(action="view.withdrawn").reason == "다른 물품이 찍혀 있음"
    assert case.events.filter(kind="view_withdrawn").count() == 1
    assert Job.objects.filter(kind="view.index").count() == 2
    with pytest.raises(RequestError) as error:
        take_back(confirmed=one, actor=world.officer, reason=WHY, now=NOON)
    assert error.value.error_code == "view.taken_back"
    again = confirmed_of(world, case, blobs)
    assert again.view_id != one.view_id
    assert audit.verify() is None


def test_another_truth_takes_it_back_by_itself(world: World, closed: Make, blobs: FolderBlobs) -> None:
    case = closed()
    one = confirmed_of(world, case, blobs)
    supervisor = world.account(Role.SUPERVISOR)
    say = {"case": case, "actor": supervisor, "reason": "법원 감정으로 확인", "now": NOON}
    record_later_finding(design_id="30-0001", **say)
    one.refresh_from_db()
    assert one.withdrawn_at is None, "the same design was found again"
    Design.objects.create(design_id="30-7777", article="병")
    record_later_finding(design_id="30-7777", **say)
    one.refresh_from_db()
    assert one.withdrawn_at == NOON
    assert "다른 디자인" in one.withdraw_reason
    assert AuditEntry.objects.filter(action="view.withdrawn", object="design:30-0001").exists()
    other = confirm(wish(world, case, design_id="30-7777"), now=NOON, blobs=blobs, form=uuid4())
    assert other.view.design.design_id == "30-7777"


def test_it_goes_with_the_photograph_by_the_term_of_the_case(world: World, closed: Make, blobs: FolderBlobs) -> None:
    case = closed()
    one = confirmed_of(world, case, blobs)
    files = {case.signal.photographs.get().sha256, one.view.sha256}
    policy, later = current_policy(NOON.date()), NOON + timedelta(days=365 * 12)
    assert files <= {found.sha256 for found in due_files(policy=policy, now=later, blobs=blobs).files}
    first = world.account(Role.ADMINISTRATOR, "first")
    second = world.account(Role.ADMINISTRATOR, "second")
    plan = propose_deletion(actor=first, reason="보존기간 경과", now=later, policy=policy, blobs=blobs)
    plan = confirm_deletion(deletion=plan, actor=second, reason="보존기간 경과", now=later, policy=policy)
    carry_out(plan.id, policy=policy, blobs=blobs, clock=lambda: later)
    one.refresh_from_db()
    assert not any(sha256 in blobs for sha256 in files)
    assert one.withdrawn_at == later
    assert View.everything.get(pk=one.view_id).withdrawn_at == later
    assert case.events.get(kind="view_withdrawn").by == Turn.SYSTEM.value
    assert audit.verify() is None


def asked(*files: bytes) -> AskedPhotographs:
    decoded = [decode(data) for data in files]
    return AskedPhotographs(frozenset(one.sha256 for one in decoded), tuple(one.pixels for one in decoded))


def saved_again(data: bytes, *, quality: int, side: int) -> bytes:
    import io

    from PIL import Image

    picture = Image.open(io.BytesIO(data))
    picture.thumbnail((side, side))
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=quality)
    return target.getvalue()


def test_it_answers_neither_for_itself_nor_for_what_was_made_of_it(
    world: World, closed: Make, blobs: FolderBlobs
) -> None:
    case = closed()
    one = confirmed_of(world, case, blobs)
    keys = [one.view_id]
    assert of_these_photographs(keys, asked(photograph())) == set(keys)
    assert of_these_photographs(keys, asked(saved_again(photograph(), quality=60, side=500))) == set(keys)
    beside = photograph(50, two=True)
    assert of_these_photographs(keys, asked(beside)) == set()
    SignalPhotograph.objects.create(
        signal=case.signal, position=1, sha256=blobs.put(beside), width_px=900, height_px=1200
    )
    assert of_these_photographs(keys, asked(beside)) == set(keys), "taken together with it"
    assert of_these_photographs([one.view_id + 1], asked(photograph())) == set()


def test_only_customs_may_see_it_and_every_look_is_kept(
    world: World, closed: Make, blobs: FolderBlobs, choose: Choose, tmp_path: Path
) -> None:
    choose(home=tmp_path)
    case = closed()
    sha256 = confirmed_of(world, case, blobs).view.sha256
    assert not is_registered_view(sha256)
    stranger = world.account(Role.OFFICER, "officer of another site")
    outside = [
        world.account(Role.HOLDER, party=world.holder),
        world.account(Role.IMPORTER, party=world.importer),
        world.account(Role.APPRAISER, party=world.association),
        world.account(Role.LAB_OPERATOR),
        world.account(Role.SUBMITTER),
    ]
    for account in outside:
        assert not may_see_picture(account, sha256)
        assert shown_in(account, sha256) is None
        assert context_of(account, sha256) is None
        assert page(account).get(reverse("picture", args=[sha256])).status_code in (403, 404)
        assert page(account).get(f"/api/v1/pictures/{sha256}").status_code in (403, 404)
    for account in (world.officer, stranger, world.account(Role.AUDITOR)):
        assert page(account).get(reverse("picture", args=[sha256])).status_code == 200
        assert page(account).get(f"/api/v1/pictures/{sha256}").status_code == 200
        looks = AuditEntry.objects.filter(action="photograph.viewed", object=f"picture:{sha256}")
        assert looks.filter(actor=account.get_username()).exists()
    for account in (world.officer, world.account(Role.HOLDER)):
        for address in (reverse("design", args=["30-0001"]), "/api/v1/designs/30-0001"):
            shown = page(account).get(address)
            assert shown.status_code == 200
            assert sha256 not in shown.content.decode()


def test_no_party_is_shown_evidence_that_rests_on_it(world: World, closed: Make, blobs: FolderBlobs) -> None:
    sha256 = confirmed_of(world, closed(), blobs).view.sha256
    other = world.case()
    other = choose_candidate(case=other, design_id="30-0001", actor=world.officer, reason="같음", now=NOON)
    value = dict(other.reading.value)
    evidence = value["candidates"][0]["evidence"]
    evidence |= {"view_sha256": sha256, "view": "2026-000001", "confirmed": True}
    other.reading.value = value
    other.reading.save()
    content = draft(
        case=other, party=world.holder, template="holder_notice", now=NOON, address="https://pandok.example"
    ).content
    assert content.evidence is None
    assert sha256 not in content.pictures()
    assert sha256 not in content.model_dump_json()


def test_labelled_pairs_hold_registered_views_alone(
    world: World, closed: Make, blobs: FolderBlobs, tmp_path: Path
) -> None:
    facts = {"media_type": "image/png", "width": VIEW_SIZE[0], "height": VIEW_SIZE[1], "added_at": NOON}
    View.objects.create(design=world.design, name="front", sha256=blobs.put(drawing(100)), **facts)
    one = confirmed_of(world, closed(), blobs)
    follow_cases()
    policy = current_policy(NOON.date())
    export_folder(folder=tmp_path / "out", actor="a", now=NOON, blobs=blobs, policy=policy, whole_register=True)
    found = load_folder(tmp_path / "out")
    assert [view.view for view in found.views] == ["front"]
    assert [query.design_ids for query in found.queries] == [("30-0001",)]
    assert not any(one.view.sha256 in path.name for path in (tmp_path / "out").rglob("*"))


def page(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def test_sketches_of_different_photographs_are_told_apart() -> None:
    from pandok.engines.near_copies.case_prints import alike, sketch_of
    from pandok.fields.counterfeit.acts.learning.own_photographs import SKETCH_KEY

    one, other = (sketch_of(decode(photograph(0, two=two)).pixels, SKETCH_KEY) for two in (False, True))
    assert list(alike(one, np.stack([one, other]))) == [0]
