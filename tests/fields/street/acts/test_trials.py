"""A trial is registered before it begins, counted by its own measure, and public whatever came of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pandok.common.models import AuditEntry
from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.street.acts.outside_records import RecordSaid, enter_record
from pandok.fields.street.acts.trials import TrialSaid, conclude_trial, register_trial
from pandok.fields.street.models import Pole, Trial
from pandok.fields.street.trial_measures import Measure
from tests.fields.street.bed import NOON, later, pole, raised
from tests.roles import Role
from tests.world import Site

QUESTION = "지하차도 침수를 통제 기준 전에 알리는가?"
PLAN = "119와 도로과의 침수 기록과 견주어 놓친 비율을 센다."
DAY = timedelta(days=1)


def said(**other: object) -> TrialSaid:
    facts: dict[str, object] = {
        "test_bed": "buk", "hazard": "flood", "question": QUESTION, "plan": PLAN, "measure": "missed-share",
        "threshold": 0.1, "first": "2026-07-02", "last": "2026-07-03",
    }  # fmt: skip
    return TrialSaid(**(facts | other))  # type: ignore[arg-type]  # as the test says


def trial_of() -> Trial:
    if not Pole.objects.exists():
        pole()
    return register_trial(said(test_bed=Pole.objects.select_related("test_bed")[0].test_bed.code), actor=None, now=NOON)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"first": "2026-07-01"}, "street.trial_begun"),
        ({"first": "2026-07-04"}, "street.bad_period"),
        ({"first": ""}, "street.bad_period"),
        ({"question": "침수?"}, "street.trial_words"),
        ({"plan": ""}, "street.trial_words"),
        ({"threshold": float("nan")}, "street.bad_measure"),
        ({"threshold": -1.0}, "street.bad_measure"),
        ({"measure": "users"}, "street.bad_measure"),
        ({"hazard": "noise"}, "street.bad_hazard"),
        ({"test_bed": "nowhere"}, "street.no_bed"),
    ],
)
@pytest.mark.django_db
def test_what_has_begun_or_says_too_little_is_not_registered(other: dict[str, object], code: str) -> None:
    pole()
    with pytest.raises(RequestError) as refused:
        register_trial(said(**other), actor=None, now=NOON)
    assert refused.value.error_code == code
    assert not Trial.objects.exists()


@pytest.mark.django_db
def test_it_is_counted_once_by_its_own_measure_after_its_last_day() -> None:
    trial = trial_of()
    for hours in (30, 34):
        moment = later(3600 * hours).isoformat()
        enter_record(RecordSaid("", "buk-1", "flood", moment, "", "119", str(hours)), actor=None, now=NOON + 9 * DAY)
    raised(later(3600 * 30))
    with pytest.raises(RequestError) as refused:
        conclude_trial(trial.pk, learnt="두 건 가운데 한 건을 놓쳤다.", given_up=False, actor=None, now=NOON + DAY)
    assert refused.value.error_code == "street.trial_runs"
    done = conclude_trial(trial.pk, learnt="한 건을 놓쳤다.", given_up=False, actor=None, now=NOON + 9 * DAY)
    assert done.figures["outside"] == 2
    assert done.value == done.figures["missed"] / 2
    with pytest.raises(RequestError) as refused:
        conclude_trial(trial.pk, learnt="다시 셌다.", given_up=False, actor=None, now=NOON + 9 * DAY)
    assert refused.value.error_code == "street.no_trial"
    told = AuditEntry.objects.filter(object=f"street-trial:{trial.pk}").order_by("sequence")
    assert [one.action for one in told] == ["street-trial.registered", "street-trial.concluded"]


@pytest.mark.django_db
def test_without_a_record_to_compare_with_it_could_not_be_measured() -> None:
    done = conclude_trial(trial_of().pk, learnt="침수가 없었다.", given_up=False, actor=None, now=NOON + 9 * DAY)
    assert (done.value, done.given_up) == (None, False)


def test_everybody_sees_what_was_tried_also_where_nothing_was_proven(site: Site) -> None:
    trial = trial_of()
    anybody = Client()
    assert QUESTION in anybody.get("/street/trials/").content.decode()
    conclude_trial(trial.pk, learnt="센서가 두 달 만에 고장 났다.", given_up=True, actor=None, now=NOON)
    body = anybody.get("/street/trials/").content.decode()
    assert "중단" in body
    assert "센서가 두 달 만에 고장 났다." in body
    assert site.client(Role.CONTROL_ROOM).get("/street/trials/keep/").status_code == 403


def test_registered_and_concluded_on_the_page_and_what_was_entered_stays(site: Site) -> None:
    pole()
    client = site.client(Role.STREET_OPERATOR)
    today = timezone.now().astimezone(OFFICE_ZONE).date()
    sent = {
        "test_bed": "buk", "hazard": "flood", "question": QUESTION, "plan": PLAN, "measure": "missed-share",
        "threshold": "0.1", "first": (today + DAY).isoformat(), "last": (today + 9 * DAY).isoformat(),
    }  # fmt: skip
    refused = client.post("/street/trials/keep/", sent | {"threshold": "little"})
    assert (refused.status_code, PLAN in refused.content.decode()) == (422, True)
    assert client.post("/street/trials/keep/", sent).status_code == 302
    trial = Trial.objects.get()
    place = f"/street/trials/{trial.pk}/conclude/"
    early = client.post(place, {"what": "conclude", "learnt": "아직 이르다는 답을 본다."})
    assert (early.status_code, "아직 이르다는 답을 본다." in early.content.decode()) == (422, True)
    assert client.post(place, {"what": "give-up", "learnt": "구역이 바뀌어 그만둔다."}).status_code == 302


def test_lead_must_be_at_least_and_the_rest_at_most() -> None:
    assert [one.value for one in Measure if one.at_least] == ["lead-min"]
