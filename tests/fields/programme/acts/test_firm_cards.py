"""Cards of firms: shown when the firm says so, made of the records, with what was withdrawn; firms beside problems."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pandok.common.models import Party
from pandok.core.errors import RequestError
from pandok.core.programme.hand_over import Became
from pandok.fields.programme.acts.certificates.issuing import draft_certificate
from pandok.fields.programme.acts.certificates.withdrawing import propose_withdrawal, settle_withdrawal
from pandok.fields.programme.acts.community import firm_cards
from pandok.fields.programme.firm_matching import Standing, Step
from pandok.fields.programme.lists.firm_matches import firms_for, problems_for, work_of
from pandok.fields.programme.lists.firms import answers_about, contests_of, public_cards, trials_of
from pandok.fields.programme.models import Agreement, FirmCard, SpreadAnswer, TrialCertificate
from tests.engines.hand_over.packages import answer
from tests.fields.programme.acts.test_measuring import RUN, kept, running
from tests.fields.programme.bidding import applicant, firm, submitted
from tests.fields.programme.challenging import (
    END,
    LAST,
    announced_challenge,
    confirmed,
    opened_challenge,
    published_challenge,
    team_of,
)
from tests.fields.programme.discussing import card_of, public_card_of
from tests.fields.programme.office import NOON, OVER, WHY, accepted_problem, issued, person, signed
from tests.fields.programme.records import records
from tests.fields.programme.spreading import handed_over
from tests.roles import Role

pytestmark = pytest.mark.django_db


def _code(act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(RequestError) as refused:
        act(*args, **kwargs)
    return str(refused.value.error_code)


def proven_trial() -> TrialCertificate:
    made = running(cluster="", least_rows=10)
    records("street_alerts", RUN, good=40, bad=1)
    return issued(draft_certificate(kept(made).pk, "performance", actor=person(Role.PROGRAMME_OFFICE), now=OVER))


def withdrawn(certificate: TrialCertificate) -> None:
    propose_withdrawal(certificate.pk, reason=WHY, actor=person(Role.PROGRAMME_OFFICE), now=OVER)
    settle_withdrawal(certificate.pk, confirmed=True, reason=WHY, actor=person(Role.PROGRAMME_MANAGER), now=OVER)


def test_a_card_is_public_only_while_its_firm_says_so() -> None:
    own, lone = applicant(), person(Role.SUBMITTER, "of no firm")
    assert _code(firm_cards.publish_card, knows=True, actor=own, now=NOON) == "firm_card.nothing"
    card = card_of()
    assert list(public_cards()) == []
    assert _code(firm_cards.publish_card, knows=False, actor=own, now=NOON) == "firm_card.consent"
    assert _code(firm_cards.say_of_firm, {}, actor=lone, now=NOON) == "firm_card.no_firm"
    assert _code(firm_cards.publish_card, knows=True, actor=lone, now=NOON) == "firm_card.no_firm"
    assert _code(firm_cards.say_of_firm, {"text_ko": "가" * 1001}, actor=own, now=NOON) == "firm_card.words"
    firm_cards.publish_card(knows=True, actor=own, now=NOON)
    assert list(public_cards()) == [card]
    assert _code(firm_cards.take_back_card, actor=applicant("나래전자"), now=NOON) == "firm_card.nothing"
    firm_cards.take_back_card(actor=applicant(name="another of the firm"), now=NOON)
    assert list(public_cards()) == []
    card_of(text_ko="다르게 씁니다.")
    assert [one.wording.get("text_ko") for one in card.events.all()] == [None, None, None, "수위계를 만듭니다."]
    assert FirmCard.objects.count() == 1


def test_the_office_hides_a_card_and_the_firm_cannot_show_it_again_by_itself() -> None:
    card, office = public_card_of(), person(Role.PROGRAMME_OFFICE)
    assert _code(firm_cards.hide_card, card.pk, reason="", actor=office, now=NOON) == "request.reason"
    firm_cards.hide_card(card.pk, reason=WHY, actor=office, now=NOON)
    assert list(public_cards()) == []
    for act in (firm_cards.take_back_card, lambda **by: firm_cards.publish_card(knows=True, **by)):
        assert _code(act, actor=applicant(), now=NOON) == "firm_card.no_such_way"
    firm_cards.give_back_card(card.pk, reason=WHY, actor=office, now=NOON)
    assert list(public_cards()) == []
    firm_cards.publish_card(knows=True, actor=applicant(), now=NOON)
    Party.objects.filter(pk=card.party_id).update(active=False)
    assert list(public_cards()) == []


def test_trials_are_those_of_its_applications_and_those_that_name_it_alone() -> None:
    made, own = signed(), firm()
    (trial,) = trials_of([own.pk])
    assert (trial.agreement, trial.applied) == (made, False)
    application = submitted()
    application.agreement = made
    application.save()
    assert [one.applied for one in trials_of([own.pk])] == [True]
    named = firm("나래연구소")
    assert [one.agreement for one in trials_of([named.pk])] == [made]
    firm("㈜나래연구소")
    assert trials_of([named.pk]) == []
    assert trials_of([]) == []


def test_a_proof_stands_first_and_no_longer_once_it_is_withdrawn() -> None:
    certificate = proven_trial()
    public_card_of()
    near, far = accepted_problem(title="또 다른 지하차도"), accepted_problem(title="관광객 수", topic="tourism")
    (found,) = firms_for(near)
    assert (found.card.party.name, found.match.step) == ("가온센서", Step.PROVEN_IN_FIELD)
    trial = trials_of([firm().pk])
    assert {one.problem for one in problems_for(trial)} >= {near}
    assert certificate.agreement.problem not in {one.problem for one in problems_for(trial)}
    assert firms_for(certificate.agreement.problem) == []
    assert [one.match.step for one in firms_for(far)] in ([], [Step.PROVEN_ELSEWHERE])
    withdrawn(certificate)
    (found,) = firms_for(near)
    assert (found.match.step, found.match.work.standing) == (Step.TRIED_IN_FIELD, Standing.WITHDRAWN)
    assert "취소" in found.match.reasons[0].ko
    firm_cards.take_back_card(actor=applicant(), now=NOON)
    assert firms_for(near) == []


def test_what_nobody_measured_is_no_proof() -> None:
    signed()
    (trial,) = trials_of([firm().pk])
    assert work_of(trial).standing is Standing.NOT_MEASURED
    Agreement.objects.update(version=0)
    assert trials_of([firm().pk]) == []


def test_what_other_sites_said_of_a_hand_over_shows_refusals_too() -> None:
    made, said = handed_over(), answer()
    assert trials_of([firm().pk]) == []
    Agreement.objects.update(version=1)
    for site, became in (("가 시", Became.ACCEPTED), ("나 시", Became.REFUSED)):
        SpreadAnswer.objects.create(
            made=made, site=site, region=said.region, became=became.value, values=said.model_dump(mode="json"),
            envelope="", kept_at=NOON, kept_by=person(Role.PROGRAMME_MANAGER),
        )  # fmt: skip
    told = answers_about([one.agreement for one in trials_of([firm().pk])])
    assert [(one.number, other.site, other.became) for one, other in told] == [
        (made.number, "가 시", "accepted"), (made.number, "나 시", "refused"),
    ]  # fmt: skip
    card = public_card_of()
    page = Client().get(f"/community/firms/{card.number}/").content.decode()
    assert all(words in page for words in ("가 시", "나 시", made.number))


def test_challenges_show_once_their_results_are_published() -> None:
    challenge = announced_challenge()
    team = team_of(challenge)
    opened_challenge(challenge)
    confirmed(team.made_by, str(team.members.get().organisation), LAST)
    assert contests_of(firm(), END) == []
    published_challenge(challenge)
    (found,) = contests_of(firm(), END)
    assert found.line is not None
    assert (found.team, found.line.verdict) == (team.name, "proven")
    assert contests_of(firm("나래전자"), END) == []
