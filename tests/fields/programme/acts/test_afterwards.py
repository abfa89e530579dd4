"""After the end: asked when it is due, answered with a measurement, overdue and unknown in view of everybody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pandok.common.models import AuditEntry, Delivery
from pandok.fields.programme.acts.afterwards.answering import answer_use
from pandok.fields.programme.acts.afterwards.asking import ask_due
from pandok.fields.programme.acts.afterwards.ending import end
from pandok.fields.programme.acts.evidence.computing import end_of
from pandok.fields.programme.acts.evidence.measuring import recompute
from pandok.fields.programme.lists.afterwards import public_projects, terms_told, use_today, waiting
from pandok.fields.programme.models import Agreement, AskedAgain, Measurement, UseAnswer
from pandok.fields.programme.use_states import AnswerState, UseState, answer_state
from tests.fields.programme.acts.test_measuring import RUN, kept, refused, running
from tests.fields.programme.office import OVER, WHY, person, signed
from tests.fields.programme.records import records
from tests.roles import Role

pytestmark = pytest.mark.django_db
DUE = date(2027, 9, 30)
ASKED = end_of(DUE)
OFFICE = Role.PROGRAMME_OFFICE


def ended() -> Agreement:
    made = running(cluster="", least_rows=5)
    records("street_alerts", RUN, good=20, bad=0)
    kept(made)
    return end(made.pk, reason="측정을 마침", actor=person(OFFICE), now=OVER)


def test_a_trial_ends_only_once_it_was_measured() -> None:
    made, office = signed(), person(OFFICE)
    assert refused(end, made.pk, reason=WHY, actor=office, now=OVER) == "evidence.not_measured"
    assert refused(end, made.pk, reason="", actor=office, now=OVER) == "request.reason"
    assert ended().state == "ended"
    done = Agreement.objects.get(state="ended")
    assert refused(end, done.pk, reason=WHY, actor=office, now=OVER) == "agreement.no_such_way"


def test_the_post_is_asked_once_when_the_day_is_over() -> None:
    made = ended()
    owner = person(Role.FIELD_OWNER)
    type(owner).objects.filter(pk=owner.pk).update(email="owner@city.example")
    assert ask_due(ASKED - timedelta(seconds=1)) == 0
    assert (ask_due(ASKED), ask_due(ASKED + timedelta(hours=1))) == (1, 0)
    assert AskedAgain.objects.get().again.months == 12
    told = AuditEntry.objects.get(action="agreement.asked_again")
    assert (told.actor, told.reason) == ("system", made.remeasurement_post)
    assert made.number in Delivery.objects.get(recipient="owner@city.example").subject
    assert waiting(owner, ASKED)["programme_agreements"].mine == 1
    assert waiting(person(Role.FIELD_OWNER, "owner of something else"), ASKED)["programme_agreements"].mine == 0
    assert waiting(person(OFFICE), ASKED)["programme_agreements"].mine == 1


def test_the_answer_is_measured_by_the_same_formula_and_an_older_one_stays() -> None:
    made, owner = ended(), person(Role.FIELD_OWNER)
    records("street_alerts", OVER + timedelta(days=90), good=2, bad=8)
    again = made.remeasurements.get(months=12)
    said = {"use": "partly", "reason": "절반만 켜 둠", "now": ASKED}
    assert refused(answer_use, again.pk, actor=owner, **said | {"now": OVER}) == "evidence.not_due"
    assert refused(answer_use, again.pk, actor=owner, **said | {"use": "fine"}) == "evidence.bad_use"
    assert refused(answer_use, again.pk, actor=owner, **said | {"reason": ""}) == "request.reason"
    other = person(Role.FIELD_OWNER, "owner of something else")
    assert refused(answer_use, again.pk, actor=other, **said) == "evidence.not_yours"
    assert refused(answer_use, 0, actor=owner, **said) == "evidence.no_term"
    first = answer_use(again.pk, actor=owner, **said)
    assert first.measurement is not None
    assert first.measurement.evidence.kpis[0].value == 0.8
    second = answer_use(again.pk, actor=person(OFFICE), use="dormant", reason="전원을 끔", now=ASKED)
    assert (UseAnswer.objects.count(), Measurement.objects.count()) == (2, 2)
    assert second.measurement == first.measurement
    assert recompute(first.measurement, ASKED + timedelta(days=500)).differences == []
    told = terms_told(public_projects().get(), ASKED)
    assert (told[0].state, told[0].use) == (AnswerState.ANSWERED, UseState.DORMANT)
    assert ask_due(ASKED) == 0, "it was answered before anybody was asked"


def test_what_cannot_be_measured_is_answered_all_the_same() -> None:
    made = ended()
    Agreement.objects.filter(pk=made.pk).update(operation_payer="미정")
    again = made.remeasurements.get(months=12)
    found = answer_use(again.pk, use="removed", reason="장치를 떼어 냄", actor=person(OFFICE), now=ASKED)
    assert found.measurement is None


def test_overdue_is_public_from_the_first_day_and_unknown_counts_as_dormant() -> None:
    ended()
    days = {0: "not_due", 1: "overdue", 60: "overdue", 61: "unknown"}
    found = {after: answer_state(DUE, DUE + timedelta(days=after), answered=False).value for after in days}
    assert found == days
    late = terms_told(public_projects().get(), ASKED + timedelta(days=61))
    assert [(one.state.value, one.use) for one in late] == [("unknown", UseState.DORMANT), ("not_due", None)]
    assert use_today(late) == late[0]
