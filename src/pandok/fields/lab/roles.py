"""Roles and actions of the proving lab."""

from __future__ import annotations

from pandok.common.roles import Action as CommonAction
from pandok.common.roles import AnyAction, AnyRole, RoleFacts
from pandok.common.roles import Role as CommonRole
from pandok.core.text import Text


class Role(AnyRole):
    LAB_OPERATOR = RoleFacts(
        "lab-operator",
        60,
        Text(ko="실증랩 운영자", en="Lab operator"),
        Text(ko="판독기를 시험하고 운영합니다.", en="Tests and runs readers."),
        staff=True,
        votes=True,
    )
    DATA_STEWARD = RoleFacts(
        "data-steward",
        90,
        Text(ko="데이터 관리자", en="Data steward"),
        Text(
            ko="자료를 기탁하고, 근거·목적·만료와 이용승인을 관리합니다.",
            en="Deposits data; keeps its basis, purpose, expiry and grants.",
        ),
        staff=True,
        votes=True,
    )
    FIELD_OWNER = RoleFacts(
        "field-owner",
        100,
        Text(ko="현업 책임자", en="Field owner"),
        Text(
            ko="과제와 마진을 정하고, 미입증의 처리를 결정합니다.",
            en="States the problem and its margin, and decides what follows from a verdict.",
        ),
        staff=True,
        votes=True,
    )
    SUBMITTER = RoleFacts(
        "submitter",
        110,
        Text(ko="제출기관", en="Submitter"),
        Text(ko="모델을 제출하고 공개된 결과만 봅니다.", en="Submits models and sees released results only."),
        acts_for="company",
    )
    EVALUATOR = RoleFacts(
        "evaluator",
        120,
        Text(ko="평가기관", en="Evaluator"),
        Text(ko="평가 계획을 등록하고 판정에 서명합니다.", en="Registers protocols and signs verdicts."),
        staff=True,
        votes=True,
    )
    OUTPUT_CHECKER = RoleFacts(
        "output-checker",
        130,
        Text(ko="반출심사자", en="Output checker"),
        Text(ko="밖으로 나가는 것을 심사합니다.", en="Reviews what leaves the lab."),
        staff=True,
        votes=True,
    )


class Action(AnyAction):
    SEE_LAB = "see the lab's problems and queue", "실증랩 과제 보기"
    """Not of officers: what they would see of a model there could colour what they decide while it is tried unseen.
    Their part in trials, random checks and readings, stands above their cases."""
    SEE_VAULT = "see deposits, grants and uses"
    DEPOSIT_DATA = "deposit, grant and delete data"
    WITNESS_VAULT_DELETION = "confirm the deletion of deposits as the second person"
    DEFINE_PROBLEMS = "bring in problem packs and state margins"
    REGISTER_PROTOCOLS = "lock a protocol and sign verdicts"
    SUBMIT_MODELS = "submit models", "모델 제출과 자기 기관의 결과 보기"
    OPERATE_LAB = "operate runs"
    RELEASE_RESULTS = "vote on the release of results"
    SEE_RESULTS = "see results that were not released yet"
    REQUEST_EXPORTS = "ask for the export of files"
    REVIEW_EXPORTS = "review exports"
    SEE_PROOFS = "see proofs", "입증서 보기"
    MAKE_PROOFS = "make and accept proofs"
    RUN_TRIALS = "run shadow trials"
    SEE_TRIALS = "see shadow trials"


MAY: dict[AnyAction, frozenset[AnyRole]] = {
    CommonAction.MAKE_TOKENS: frozenset({Role.SUBMITTER}),
    Action.SEE_LAB: frozenset(
        {
            Role.LAB_OPERATOR,
            CommonRole.AUDITOR,
            CommonRole.ADMINISTRATOR,
            Role.DATA_STEWARD,
            Role.FIELD_OWNER,
            Role.SUBMITTER,
            Role.EVALUATOR,
            Role.OUTPUT_CHECKER,
        }
    ),
    Action.SEE_VAULT: frozenset({Role.LAB_OPERATOR, CommonRole.AUDITOR, Role.DATA_STEWARD}),
    Action.DEPOSIT_DATA: frozenset({Role.DATA_STEWARD}),
    Action.WITNESS_VAULT_DELETION: frozenset({Role.LAB_OPERATOR, Role.DATA_STEWARD}),
    Action.DEFINE_PROBLEMS: frozenset({Role.FIELD_OWNER}),
    Action.REGISTER_PROTOCOLS: frozenset({Role.EVALUATOR}),
    Action.SUBMIT_MODELS: frozenset({Role.SUBMITTER}),
    Action.OPERATE_LAB: frozenset({Role.LAB_OPERATOR}),
    Action.RELEASE_RESULTS: frozenset({Role.EVALUATOR, Role.OUTPUT_CHECKER}),
    Action.SEE_RESULTS: frozenset({Role.LAB_OPERATOR, CommonRole.AUDITOR, Role.EVALUATOR, Role.OUTPUT_CHECKER}),
    Action.REQUEST_EXPORTS: frozenset({Role.LAB_OPERATOR, Role.FIELD_OWNER, Role.EVALUATOR}),
    Action.REVIEW_EXPORTS: frozenset({Role.OUTPUT_CHECKER}),
    Action.SEE_PROOFS: frozenset(
        {Role.LAB_OPERATOR, CommonRole.AUDITOR, Role.FIELD_OWNER, Role.SUBMITTER, Role.EVALUATOR, Role.OUTPUT_CHECKER}
    ),
    Action.MAKE_PROOFS: frozenset({Role.EVALUATOR}),
    Action.RUN_TRIALS: frozenset({Role.FIELD_OWNER, Role.EVALUATOR}),
    Action.SEE_TRIALS: frozenset({Role.LAB_OPERATOR, CommonRole.AUDITOR, Role.FIELD_OWNER, Role.EVALUATOR}),
}
