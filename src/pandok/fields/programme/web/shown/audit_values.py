"""What the audit trail shows for the programme desk: states and values of details in words."""

from __future__ import annotations

from pandok.core.programme.conflicts import Bond
from pandok.core.programme.evidence import Occasion
from pandok.core.programme.hand_over import Became
from pandok.core.text import Text
from pandok.fields.programme.agreement_states import AgreementState
from pandok.fields.programme.application_states import ApplicationState
from pandok.fields.programme.call_kinds import CallKind
from pandok.fields.programme.call_states import CallState
from pandok.fields.programme.card_states import CardState
from pandok.fields.programme.certificate_states import CertificateState
from pandok.fields.programme.challenge_states import ChallengeState, TeamState
from pandok.fields.programme.data_states import DataSetState
from pandok.fields.programme.outcome_kinds import OutcomeKind
from pandok.fields.programme.post_states import NoticeState, PostKind, PostState
from pandok.fields.programme.review_states import ReviewState, SelectionState
from pandok.fields.programme.states import ProblemState
from pandok.fields.programme.topics import KoreanRegion, Topic
from pandok.fields.programme.use_states import UseState


def audit_words() -> dict[str, Text]:
    return (
        {
            f"field-problem.{state.value}": Text(ko=f"현장 문제: {state.words.ko}", en=f"Problem: {state.words.en}")
            for state in ProblemState
        }
        | {
            f"data-set.{state.value}": Text(ko=f"데이터셋: {state.words.ko}", en=f"Data set: {state.words.en}")
            for state in DataSetState
        }
        | {
            f"agreement.{state.value}": Text(ko=f"협약: {state.words.ko}", en=f"Agreement: {state.words.en}")
            for state in AgreementState
        }
        | {
            f"programme-call.{state.value}": Text(ko=f"공모: {state.words.ko}", en=f"Call: {state.words.en}")
            for state in CallState
        }
        | {
            f"open-challenge.{state.value}": Text(ko=f"경진: {state.words.ko}", en=f"Challenge: {state.words.en}")
            for state in ChallengeState
        }
        | {
            f"challenge-team.{state.value}": Text(ko=f"경진 팀: {state.words.ko}", en=f"Team: {state.words.en}")
            for state in TeamState
        }
        | {
            f"community-post.{state.value}": Text(ko=f"토론 글: {state.words.ko}", en=f"Post: {state.words.en}")
            for state in PostState
        }
        | {
            f"programme-notice.{state.value}": Text(ko=f"알림: {state.words.ko}", en=f"Notice: {state.words.en}")
            for state in NoticeState
        }
        | {
            f"firm-card.{state.value}": Text(ko=f"기업 카드: {state.words.ko}", en=f"Card: {state.words.en}")
            for state in CardState
        }
        | {
            f"trial-certificate.{state.value}": Text(
                ko=f"확인서: {state.words.ko}", en=f"Certificate: {state.words.en}"
            )
            for state in CertificateState
        }
        | {
            f"call-application.{state.value}": Text(ko=f"신청: {state.words.ko}", en=f"Application: {state.words.en}")
            for state in ApplicationState
        }
        | {
            f"application-review.{state.value}": Text(ko=f"평가: {state.words.ko}", en=f"Review: {state.words.en}")
            for state in ReviewState
        }
        | {
            f"selection.{state.value}": Text(ko=f"선정안: {state.words.ko}", en=f"Selection: {state.words.en}")
            for state in SelectionState
        }
    )


def audit_values() -> dict[str, dict[str, Text]]:
    return {
        "problem_topic": {one.value: one.words for one in Topic},
        "use": {one.value: one.words for one in UseState},
        "outcome_kind": {one.value: one.words for one in OutcomeKind},
        "became": {one.value: one.words for one in Became},
        "occasion": {one.value: one.words for one in Occasion},
        "region": {one.value: one.words for one in KoreanRegion},
        "bond": {one.value: one.words for one in Bond},
        "post_kind": {one.value: one.words for one in PostKind},
        "call_kind": {one.value: one.words for one in CallKind},
    }
