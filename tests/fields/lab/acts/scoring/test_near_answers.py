"""A copy with touched weights or a scaled output is shown to the lab's people by its answers."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from pandok.common.models import AuditEntry
from pandok.fields.lab.acts.scoring.near_answers import answered_alike
from pandok.fields.lab.models import Run
from tests.fields.lab.acts.scoring.conftest import Scene
from tests.roles import Role

pytestmark = pytest.mark.django_db


def own(case_id: str) -> float:
    return random.Random(case_id).random()


def answers(change: Callable[[float, float], float]) -> Callable[[str], list[float]]:
    """`change` is given the answer of the first model and a number of the case's own, -1 to 1."""
    return lambda case_id: [change(own(case_id), random.Random(f"{case_id} other").uniform(-1, 1))]


@pytest.fixture
def first(scene: Scene) -> Run:
    return scene.score(scene.run(part="feedback", answer=answers(lambda said, _: said)))


@pytest.mark.parametrize(
    "touched", [lambda said, by: said + by * 1e-4, lambda said, by: 2 * said - 3 + by * 1e-4, lambda said, _: said]
)
def test_a_touched_copy_is_told_by_its_answers(
    scene: Scene, first: Run, touched: Callable[[float, float], float]
) -> None:
    copy = scene.run(part="feedback", submitter="other", answer=answers(touched))
    Run.objects.filter(pk=copy.pk).update(queued_at=first.queued_at + timedelta(minutes=1))
    copy = scene.score(Run.objects.get(pk=copy.pk))
    assert answered_alike(copy) == [first.submission.submitter_name]
    assert AuditEntry.objects.get(action="lab.answered_alike").details["others"] == first.submission.submitter_name
    operator, checker = Client(), Client()
    operator.force_login(scene.person(Role.LAB_OPERATOR))
    checker.force_login(scene.person(Role.OUTPUT_CHECKER))
    for page in (operator.get(f"/lab/runs/{copy.pk}/"), checker.get(f"/lab/results/{copy.pk}/release/")):
        assert "거의 같은 답" in page.content.decode()
    assert answered_alike(first) == [], "who came first copied nobody"


def test_models_that_were_made_apart_are_not_one(scene: Scene, first: Run) -> None:  # noqa: ARG001
    for name, change in {"near": lambda said, by: said + by * 0.05, "far": lambda _, by: by}.items():
        run = scene.score(scene.run(part="feedback", submitter=name, answer=answers(change)))
        assert answered_alike(run) == []
    assert not AuditEntry.objects.filter(action="lab.answered_alike").exists()


def test_the_own_next_model_and_a_constant_are_no_copies(scene: Scene, first: Run) -> None:
    again = scene.score(scene.run(part="feedback", answer=answers(lambda said, _: said)))
    assert answered_alike(again) == []
    still = scene.score(scene.run(part="feedback", submitter="constant", answer=lambda _: [0.5]))
    assert answered_alike(still) == []
    assert first.pk != again.pk
