"""Nothing leaves without two others who approved of these very bytes, and every step is in the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import Group
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pandok.common.audit.writing import verify
from pandok.common.models import Account, AuditEntry
from pandok.core.errors import RequestError
from pandok.fields.lab.acts.exports.author_steps import add_file, begin_export, take_out, withdraw_export
from pandok.fields.lab.acts.exports.reviewing import open_for_review, release_export, take_released, vote_on_export
from pandok.fields.lab.lists.exports import exports_visible_to
from pandok.fields.lab.models import ExportRequest, ExportVote
from pandok.fields.lab.states.export_states import Choice, ExportState
from tests.fields.lab.acts.exports.conftest import NOW, Office
from tests.roles import Role

MODEL = b"\x08\x08" + bytes(100)


def vote(request: ExportRequest, actor: Account, choice: Choice = Choice.APPROVE, **more: Any) -> ExportRequest:
    request.refresh_from_db()
    asked = {"sums": request.sums, "reason": "looked at all of it"} | more
    return vote_on_export(request=request, choice=choice, actor=actor, now=NOW, **asked)


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(RequestError) as caught:
        yield
    assert caught.value.error_code == f"export.{code}"


def release(request: ExportRequest, actor: Account, office: Office) -> ExportRequest:
    return release_export(request=request, actor=actor, reason="two approved", now=NOW, folder=office.folder)


def test_the_whole_way(office: Office) -> None:
    request = office.submitted()
    assert vote(request, office.checker("one")).stands is ExportState.PARTIALLY_REVIEWED
    assert vote(request, office.checker("two")).stands is ExportState.APPROVED
    file = request.files.get()
    with refused("state"):
        take_released(file=file, actor=office.author, now=NOW, folder=office.folder)
    assert release(request, office.checker("three"), office).stands is ExportState.RELEASED
    file = request.files.get()
    assert take_released(file=file, actor=office.author, now=NOW, folder=office.folder) == b"month,share\nMarch,0.71\n"
    told = list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))
    assert told == [
        "export.begun",
        "export.file_added",
        "export.submitted",
        "export.partially_reviewed",
        "export.approved",
        "export.released",
        "export.left",
        "export.taken",
    ]
    left = AuditEntry.objects.get(action="export.left")
    assert left.details["sha256"] == file.sha256
    assert verify() is None


def test_the_author_and_the_receiver_never_decide(office: Office) -> None:
    office.author.groups.add(Group.objects.get(name=Role.OUTPUT_CHECKER.value))
    both = office.people["author"] = Account.objects.get(pk=office.author.pk)
    request = office.submit(office.add(office.begun(receiver=office.checker("taker")), "a.csv", b"a,b\n1.5,2.5\n"))
    with refused("own"):
        vote(request, both)
    with refused("receiver_votes"):
        vote(request, office.checker("taker"))
    vote(request, office.checker("one"))
    vote(request, office.checker("two"))
    with refused("own"):
        release(request, both, office)
    with refused("own"):
        open_for_review(file=request.files.get(), actor=office.checker("taker"), now=NOW, folder=office.folder)
    release(request, office.checker("one"), office)
    assert take_released(file=request.files.get(), actor=office.checker("taker"), now=NOW, folder=office.folder)


def test_one_person_votes_once_on_the_same_files(office: Office) -> None:
    request = office.submitted()
    vote(request, office.checker("one"))
    with refused("voted"):
        vote(request, office.checker("one"))
    with refused("state"):
        release(request, office.checker("two"), office)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OUTPUT_CHECKER])
def test_no_other_role_votes_or_releases(office: Office, role: Role) -> None:
    request = office.submitted()
    with refused("role"):
        vote(request, office.person(role))
    with refused("role"):
        release(request, office.person(role), office)
    with refused("role"):
        open_for_review(file=request.files.get(), actor=office.person(role), now=NOW, folder=office.folder)


@pytest.mark.parametrize("role", [None, *Role])
def test_only_lab_people_ask_and_only_authors_change(office: Office, role: Role | None) -> None:
    may = role in (Role.LAB_OPERATOR, Role.EVALUATOR, Role.FIELD_OWNER)
    words = {"title": "figures", "purpose": "To publish figures", "legal_basis": "agreement", "now": NOW}
    if may:
        assert begin_export(actor=office.person(role), **words).stands is ExportState.PENDING
    else:
        with refused("role"):
            begin_export(actor=office.person(role), **words)
    request = office.add(office.begun(), "a.csv", b"a,b\n1.5,2.5\n")
    for act in (
        lambda who: add_file(request=request, filename="b.csv", data=b"a\n", actor=who, now=NOW, folder=office.folder),
        lambda who: take_out(request=request, file_id=request.files.get().id, actor=who, now=NOW, folder=office.folder),
        lambda who: withdraw_export(request=request, actor=who, reason="no longer needed", now=NOW),
    ):
        with refused("not_author" if may else "role"):
            act(office.person(role))


def test_changed_files_take_their_votes_with_them(office: Office) -> None:
    request = office.submitted()
    seen = request.sums
    vote(request, office.checker("one"))
    vote(request, office.checker("two"), Choice.RETURN)
    request.refresh_from_db()
    assert request.stands is ExportState.RETURNED
    office.add(request, "more.csv", b"month,share\nApril,0.72\n")
    request = office.submit(request)
    with refused("changed"):
        vote(request, office.checker("three"), sums=seen)
    vote(request, office.checker("one"))
    with refused("state"):
        release(request, office.checker("one"), office)
    assert vote(request, office.checker("three")).stands is ExportState.APPROVED


def test_files_cannot_change_while_others_look(office: Office) -> None:
    request = office.submitted()
    for act in (
        lambda: office.add(request, "b.csv", b"a\n1.5\n"),
        lambda: take_out(
            request=request, file_id=request.files.get().id, actor=office.author, now=NOW, folder=office.folder
        ),
        lambda: office.submit(request),
    ):
        with refused("state"):
            act()


def test_bytes_exchanged_on_disk_are_never_released(office: Office, tmp_path: Any) -> None:
    request = office.submitted()
    vote(request, office.checker("one"))
    vote(request, office.checker("two"))
    sealed = next(tmp_path.rglob("*.sealed"))
    data = bytearray(sealed.read_bytes())
    data[-1] ^= 1
    sealed.write_bytes(bytes(data))
    with refused("broken"):
        release(request, office.checker("one"), office)
    request.refresh_from_db()
    assert request.stands is ExportState.APPROVED


def test_rows_exchanged_in_the_database_are_never_released(office: Office) -> None:
    request = office.submitted()
    vote(request, office.checker("one"))
    vote(request, office.checker("two"))
    other = office.folder.put(str(request.id), b"all the sealed rows")
    request.files.update(sha256=other)
    with refused("not_approved"):
        release(request, office.checker("one"), office)


def test_a_model_needs_its_own_decision_and_findings_a_look(office: Office) -> None:
    request = office.submitted("model.onnx", MODEL)
    assert [one["code"] for one in request.files.get().findings] == ["model"]
    with refused("findings"):
        vote(request, office.checker("one"))
    with refused("models"):
        vote(request, office.checker("one"), findings_seen=True)
    vote(request, office.checker("one"), findings_seen=True, models_too=True)
    assert vote(request, office.checker("two"), findings_seen=True, models_too=True).stands is ExportState.APPROVED


@pytest.mark.parametrize("choice", [Choice.RETURN, Choice.REJECT])
def test_one_against_is_enough(office: Office, choice: Choice) -> None:
    request = office.submitted()
    vote(request, office.checker("one"))
    vote(request, office.checker("two"))
    request = vote(request, office.checker("three"), choice)
    assert request.stands in (ExportState.RETURNED, ExportState.REJECTED)
    with refused("state"):
        release(request, office.checker("one"), office)


def test_a_reason_is_needed(office: Office) -> None:
    request = office.submitted()
    with pytest.raises(RequestError) as caught:
        vote(request, office.checker("one"), reason=" ")
    assert caught.value.error_code == "request.reason"
    assert not ExportVote.objects.exists()


def test_whose_eyes_it_is_for(office: Office) -> None:
    request = office.begun(receiver=office.person(Role.SUBMITTER, "taker"))
    for role in (Role.OUTPUT_CHECKER, Role.AUDITOR, Role.LAB_OPERATOR):
        assert request not in exports_visible_to(office.person(role))
    request = office.submit(office.add(request, "a.csv", b"a,b\n1.5,2.5\n"))
    for role in (Role.OUTPUT_CHECKER, Role.AUDITOR):
        assert request in exports_visible_to(office.person(role))
    for role in (Role.LAB_OPERATOR, Role.FIELD_OWNER, Role.EVALUATOR, Role.DATA_STEWARD, Role.SUBMITTER):
        assert request not in exports_visible_to(office.person(role))
    assert request not in exports_visible_to(office.people["taker"])
    vote(request, office.checker("one"))
    vote(request, office.checker("two"))
    release(request, office.checker("one"), office)
    assert request in exports_visible_to(office.people["taker"])


STEPS = st.lists(
    st.tuples(st.sampled_from(["vote", "release", "add", "submit"]), st.sampled_from(["author", "a", "b", "c"])),
    max_size=14,
)


@given(steps=STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_way_leads_out_without_two_others(office: Office, steps: list[tuple[str, str]]) -> None:
    """Whatever people try, in whatever order: released files have two approvals by others, of these very files."""
    request = office.submitted()
    for number, (act, name) in enumerate(steps):
        actor = office.author if name == "author" else office.checker(name)
        request.refresh_from_db()
        try:
            if act == "vote":
                vote(request, actor)
            elif act == "release":
                release(request, actor, office)
            elif act == "submit":
                office.submit(request)
            else:
                office.add(request, f"{number}.csv", b"a,b\n1.5,2.5\n")
        except RequestError:
            continue
    request.refresh_from_db()
    if request.stands is ExportState.RELEASED:
        voters = {one.voter_id for one in request.votes.filter(sums=request.sums, choice="approve")}
        assert len(voters - {request.author_id}) >= 2
