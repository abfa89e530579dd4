"""A confirmed photograph: a closed case says which design its photographs show, and later readings use one of them.

It is an officer's word, with a reason, and can be taken back at any time. It is taken back by itself where the file is
erased, or where somebody finds out that the case shows another design. For the eyes of customs alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from pandok.common.models import Account, FormTaken
from pandok.common.reasons import checked_reason
from pandok.common.records.forms_once import take_form
from pandok.common.records.lifecycle import SYSTEM_NAME
from pandok.core.audit import AuditEvent, Detail
from pandok.core.text import Text
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.near_copies.case_prints import sketch_of
from pandok.fields.counterfeit.acts.cases.case_moves import locked, note
from pandok.fields.counterfeit.acts.cases.refusals import not_yours
from pandok.fields.counterfeit.acts.learning import confirming_refusals as refusals
from pandok.fields.counterfeit.acts.learning.case_figures import truth_of_case
from pandok.fields.counterfeit.acts.learning.own_photographs import SKETCH_KEY
from pandok.fields.counterfeit.lists.visible import turns_in
from pandok.fields.counterfeit.models import Case, ConfirmedView
from pandok.fields.counterfeit.states import Turn
from pandok.fields.counterfeit.truth import Verdict
from pandok.fields.designs.acts.view_index_job import ask_to_index
from pandok.fields.designs.models import SignalPhotograph
from pandok.fields.register.acts.view_changes import add_confirmed_view, withdraw_view
from pandok.fields.register.models import Design

CONFIRMED, WITHDRAWN = "view_confirmed", "view_withdrawn"
"""Events of a case."""
MOST_OF_A_DESIGN = 8
"""As many as the sides of an article; more would push other designs out of the search."""
_ERASED = Text(ko="보존기간이 끝나 사진을 삭제함", en="the term of the photograph is over and it was erased")
_UNTRUE = Text(ko="사후에 다른 디자인으로 확인", en="it was found later to show another design")


def design_shown_by(case: Case) -> Design | None:
    """The design that the photographs of a closed case are known to show; None where that is not known."""
    truth = truth_of_case(case)
    if truth.verdict is not Verdict.RIGHT_DESIGN:
        return None
    return Design.objects.filter(design_id=truth.design_id).first()


def standing() -> QuerySet[ConfirmedView]:
    return ConfirmedView.objects.filter(withdrawn_at=None)


@dataclass(frozen=True)
class Wish:
    """What an officer asks for: this photograph of the case as one of the design that they saw named."""

    case: Case
    photograph: SignalPhotograph
    design_id: str
    actor: Account
    reason: str


def check(wish: Wish, blobs: FolderBlobs) -> Design:
    """Whether it can be done now; the design. Changes nothing.

    Raises RequestError: case.not_yours, request.reason, view.truth_unknown, view.other_design, view.erased,
    view.stands, view.too_many.
    """
    case, photograph = wish.case, wish.photograph
    if Turn.OFFICER not in turns_in(wish.actor, case):
        raise not_yours()
    checked_reason(wish.reason)
    design = design_shown_by(case)
    if design is None:
        raise refusals.truth_unknown(case)
    if design.design_id != wish.design_id:
        raise refusals.other_design(case, design)
    if photograph.read_sha256 not in blobs:
        raise refusals.erased()
    if standing().filter(photograph__sha256=photograph.sha256).exists():
        raise refusals.stands()
    if standing().filter(view__design=design).count() >= MOST_OF_A_DESIGN:
        raise refusals.too_many(design, MOST_OF_A_DESIGN)
    return design


def confirm(wish: Wish, *, now: datetime, blobs: FolderBlobs, form: UUID) -> ConfirmedView:
    """Let later readings be compared with a photograph of this case. The same `form` twice is one confirmation.

    Raises what `check` raises, and PhotographError for a file that cannot be decoded any more.
    """
    if (done := _of_form(form, wish)) is not None:
        return done
    check(wish, blobs)
    from pandok.fields.designs.acts.goods_picture import goods_picture  # with the libraries that see: loaded when used

    goods = goods_picture(wish.photograph, wish.case.reading, blobs)
    sha256, sketch = blobs.put(goods.jpeg), sketch_of(goods.whole, SKETCH_KEY)
    with transaction.atomic():
        case, actor, reason = locked(wish.case.id), wish.actor, checked_reason(wish.reason)
        # Once more behind the lock: somebody else may have been faster.
        if (done := _of_form(form, wish)) is not None:
            return done
        design = check(replace(wish, case=case), blobs)
        take_form(form, actor, now)
        about, details = f"design:{design.design_id}", _details(case, wish.photograph)
        event = AuditEvent(_name(actor), "view.confirmed", about, reason, now, details)
        view = add_confirmed_view(design, name=case.number, sha256=sha256, size_px=goods.size_px, event=event)
        confirmed = ConfirmedView.objects.create(
            case=case,
            photograph=wish.photograph,
            view=view,
            sketch=sketch.tobytes(),
            confirmed_by=actor,
            confirmed_at=now,
            reason=reason,
        )
        data = {"design_id": design.design_id, "photograph": wish.photograph.position + 1}
        note(case, CONFIRMED, by=Turn.OFFICER, actor=actor, reason=reason, now=now, data=data)
        ask_to_index(view.view_key, stands=True, now=now)
        return confirmed


def take_back(*, confirmed: ConfirmedView, actor: Account, reason: str, now: datetime) -> ConfirmedView:
    """By any officer who works on the case. Raises RequestError: case.not_yours, request.reason, view.taken_back."""
    if Turn.OFFICER not in turns_in(actor, confirmed.case):
        raise not_yours()
    reason = checked_reason(reason)
    with transaction.atomic():
        locked(confirmed.case_id)
        confirmed = ConfirmedView.objects.select_related("case", "view__design", "photograph").get(id=confirmed.id)
        if confirmed.withdrawn_at is not None:
            raise refusals.taken_back()
        _withdraw(confirmed, actor=actor, by=Turn.OFFICER, reason=reason, now=now)
        return confirmed


def take_back_erased(sha256: str, actor: Account | None, now: datetime) -> int:
    """In the transaction in which a file is erased: whatever was cut from it leaves the search. Returns how many."""
    files = Q(photograph__sha256=sha256) | Q(photograph__original_sha256=sha256) | Q(view__sha256=sha256)
    return _take_back_all(standing().filter(files), actor, _ERASED, now)


def take_back_untrue(case: Case, *, actor: Account, now: datetime) -> int:
    """In the transaction of a later finding: what no longer shows its design leaves the search. Returns how many."""
    design = design_shown_by(case)
    return _take_back_all(standing().filter(case=case).exclude(view__design=design), actor, _UNTRUE, now)


def _take_back_all(views: QuerySet[ConfirmedView], actor: Account | None, why: Text, now: datetime) -> int:
    found = list(views.select_related("case", "view__design", "photograph"))
    for one in found:
        _withdraw(one, actor=actor, by=Turn.SYSTEM, reason=f"{why.ko} · {why.en}", now=now)
    return len(found)


def _withdraw(confirmed: ConfirmedView, *, actor: Account | None, by: Turn, reason: str, now: datetime) -> None:
    case, view, photograph = confirmed.case, confirmed.view, confirmed.photograph
    confirmed.withdrawn_by, confirmed.withdrawn_at, confirmed.withdraw_reason = actor, now, reason
    confirmed.save(update_fields=["withdrawn_by", "withdrawn_at", "withdraw_reason"])
    about, details = f"design:{view.design.design_id}", _details(case, photograph)
    withdraw_view(view.view_key, event=AuditEvent(_name(actor), "view.withdrawn", about, reason, now, details))
    data = {"design_id": view.design.design_id, "photograph": photograph.position + 1}
    note(case, WITHDRAWN, by=by, actor=actor, reason=reason, now=now, data=data)
    ask_to_index(view.view_key, stands=False, now=now)


def _name(actor: Account | None) -> str:
    return actor.get_username() if actor else SYSTEM_NAME


def _details(case: Case, photograph: SignalPhotograph) -> dict[str, Detail]:
    return {"case": str(case.id), "number": case.number, "photograph": photograph.sha256}


def _of_form(form: UUID, wish: Wish) -> ConfirmedView | None:
    """What this form did when it came before."""
    if not FormTaken.objects.filter(id=form, account=wish.actor).exists():
        return None
    return ConfirmedView.objects.filter(photograph=wish.photograph, confirmed_by=wish.actor).last()
