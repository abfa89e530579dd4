"""Who may do what at the desk: a table of roles and actions. What is not in the table is refused.

A role is a Django group of the same name; an account may have several.
"""

from __future__ import annotations

from enum import Enum

from pandok.core.text import Text


class Role(Enum):
    """A role; its value is the name of the group."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    HOLDER = "holder"
    IMPORTER = "importer"
    APPRAISER = "appraiser"
    LAB_OPERATOR = "lab-operator"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    DATA_STEWARD = "data-steward"
    FIELD_OWNER = "field-owner"
    SUBMITTER = "submitter"
    EVALUATOR = "evaluator"
    OUTPUT_CHECKER = "output-checker"

    @property
    def title(self) -> Text:
        return _TITLES[self][0]

    @property
    def description(self) -> Text:
        return _TITLES[self][1]


_TITLES: dict[Role, tuple[Text, Text]] = {
    Role.OFFICER: (
        Text(ko="세관 공무원", en="Customs officer"),
        Text(ko="물품을 촬영해 판독하고, 자신의 판독을 봅니다.", en="Photographs goods, and sees their own readings."),
    ),
    Role.SUPERVISOR: (
        Text(ko="감독자", en="Supervisor"),
        Text(ko="판독하고, 모든 직원의 판독을 봅니다.", en="Reads, and sees the readings of all officers."),
    ),
    Role.HOLDER: (
        Text(ko="권리자", en="Right holder"),
        Text(ko="자신의 권리에 관한 건만 봅니다.", en="Sees only the cases of their own rights."),
    ),
    Role.IMPORTER: (
        Text(ko="수입자", en="Importer"),
        Text(ko="자신에게 통지된 건만 봅니다.", en="Sees only the cases they were told of."),
    ),
    Role.APPRAISER: (
        Text(ko="감정인", en="Appraiser"),
        Text(ko="맡은 감정 건만 봅니다.", en="Sees only the appraisals assigned to them."),
    ),
    Role.LAB_OPERATOR: (
        Text(ko="실증랩 운영자", en="Lab operator"),
        Text(ko="판독기를 시험하고 운영합니다.", en="Tests and runs readers."),
    ),
    Role.AUDITOR: (
        Text(ko="감사자", en="Auditor"),
        Text(
            ko="모든 판독과 기록을 보고, 아무것도 바꾸지 않습니다.",
            en="Sees all readings and records, changes nothing.",
        ),
    ),
    Role.ADMINISTRATOR: (
        Text(ko="관리자", en="Administrator"),
        Text(ko="계정과 설정을 관리하고, 판독을 봅니다.", en="Manages accounts and settings, and sees readings."),
    ),
    Role.DATA_STEWARD: (
        Text(ko="데이터 관리자", en="Data steward"),
        Text(
            ko="자료를 기탁하고, 근거·목적·만료와 이용승인을 관리합니다.",
            en="Deposits data; keeps its basis, purpose, expiry and grants.",
        ),
    ),
    Role.FIELD_OWNER: (
        Text(ko="현업 책임자", en="Field owner"),
        Text(
            ko="과제와 마진을 정하고, 미입증의 처리를 결정합니다.",
            en="States the problem and its margin, and decides what follows from a verdict.",
        ),
    ),
    Role.SUBMITTER: (
        Text(ko="제출기관", en="Submitter"),
        Text(ko="모델을 제출하고 공개된 결과만 봅니다.", en="Hands in models and sees released results only."),
    ),
    Role.EVALUATOR: (
        Text(ko="평가기관", en="Evaluator"),
        Text(ko="평가 계획을 등록하고 판정에 서명합니다.", en="Registers protocols and signs verdicts."),
    ),
    Role.OUTPUT_CHECKER: (
        Text(ko="반출심사자", en="Output checker"),
        Text(ko="밖으로 나가는 것을 심사합니다.", en="Reviews what leaves the lab."),
    ),
}


STAFF = frozenset(
    {
        Role.OFFICER,
        Role.SUPERVISOR,
        Role.LAB_OPERATOR,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
        Role.DATA_STEWARD,
        Role.FIELD_OWNER,
        Role.EVALUATOR,
        Role.OUTPUT_CHECKER,
    }
)
"""Who signs in with a second step."""


class Action(Enum):
    """Something a page, a command or the API lets a person do."""

    READ_PHOTOGRAPHS = "read photographs"
    SEE_OWN_READINGS = "see own readings"
    SEE_ALL_READINGS = "see all readings"
    SEE_REGISTER = "look through registered designs"
    """Customs through all of them; a holder through those of the own name."""
    SEE_CASES = "see cases"
    SEE_SITE_CASES = "see the cases of the own site"
    SEE_ALL_CASES = "see all cases"
    SEE_TOLD_CASES = "see the cases one was told of"
    SEE_CASE_FILES = "see whole cases and the work lists of customs"
    WORK_CASES = "work on cases"
    ANSWER_AS_HOLDER = "answer as right holder"
    ANSWER_AS_IMPORTER = "answer as importer"
    APPRAISE = "appraise"
    MANAGE_PARTIES = "manage parties and sites"
    KEEP_HOLIDAYS = "enter holidays that were declared later"
    SEE_AUDIT = "see the audit trail"
    SETTLE_DELIVERIES = "settle deliveries"

    SEE_OWN_ACCOUNT = "see own account"
    MANAGE_ACCOUNTS = "manage accounts"

    MAKE_TOKENS = "make API tokens for oneself"
    USE_WEBHOOKS = "be told of events by webhook"

    SEE_STATISTICS = "see statistics"
    RECORD_TRUTH = "record what became known later"
    SEE_RETENTION = "see retention and certificates"
    PLAN_DELETION = "plan deletion"
    CONFIRM_DELETION = "confirm deletion"
    HOLD_CASES = "hold cases from deletion"

    SEE_LAB = "see the lab's problems and queue"
    """Not of officers: what they would see of a model there could colour what they decide while it is tried unseen.
    Their part in trials, random checks and readings, stands above their cases."""
    SEE_VAULT = "see deposits, grants and uses"
    DEPOSIT_DATA = "deposit, grant and delete data"
    WITNESS_VAULT_DELETION = "confirm the deletion of deposits as the second person"
    DEFINE_PROBLEMS = "bring in problem packs and state margins"
    REGISTER_PROTOCOLS = "lock a protocol and sign verdicts"
    SUBMIT_MODELS = "submit models"
    OPERATE_LAB = "operate runs"
    RELEASE_RESULTS = "vote on the release of results"
    SEE_RESULTS = "see results that were not released yet"
    REQUEST_EXPORTS = "ask for the export of files"
    REVIEW_EXPORTS = "review exports"
    SEE_PROOFS = "see proofs"
    MAKE_PROOFS = "make and accept proofs"
    RUN_TRIALS = "run shadow trials"
    SEE_TRIALS = "see shadow trials"


MAY: dict[Action, frozenset[Role]] = {
    Action.READ_PHOTOGRAPHS: frozenset({Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR}),
    Action.SEE_OWN_READINGS: frozenset({Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR}),
    Action.SEE_ALL_READINGS: frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR}),
    Action.SEE_REGISTER: frozenset({Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR, Role.HOLDER}),
    Action.SEE_CASES: frozenset(
        {
            Role.OFFICER,
            Role.SUPERVISOR,
            Role.ADMINISTRATOR,
            Role.AUDITOR,
            Role.HOLDER,
            Role.IMPORTER,
            Role.APPRAISER,
        }
    ),
    Action.SEE_SITE_CASES: frozenset({Role.OFFICER, Role.SUPERVISOR}),
    Action.SEE_ALL_CASES: frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
    Action.SEE_TOLD_CASES: frozenset({Role.HOLDER, Role.IMPORTER, Role.APPRAISER}),
    Action.SEE_CASE_FILES: frozenset({Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR}),
    Action.WORK_CASES: frozenset({Role.OFFICER, Role.SUPERVISOR}),
    Action.ANSWER_AS_HOLDER: frozenset({Role.HOLDER}),
    Action.ANSWER_AS_IMPORTER: frozenset({Role.IMPORTER}),
    Action.APPRAISE: frozenset({Role.APPRAISER}),
    Action.MANAGE_PARTIES: frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR}),
    Action.KEEP_HOLIDAYS: frozenset({Role.ADMINISTRATOR}),
    Action.SETTLE_DELIVERIES: frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}),
    Action.SEE_AUDIT: frozenset({Role.AUDITOR, Role.ADMINISTRATOR}),
    Action.SEE_OWN_ACCOUNT: frozenset(Role),
    Action.MANAGE_ACCOUNTS: frozenset({Role.ADMINISTRATOR}),
    Action.MAKE_TOKENS: STAFF | {Role.SUBMITTER},
    Action.USE_WEBHOOKS: frozenset({Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR, Role.HOLDER}),
    Action.SEE_STATISTICS: frozenset({Role.OFFICER, Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR}),
    Action.RECORD_TRUTH: frozenset({Role.SUPERVISOR}),
    Action.SEE_RETENTION: frozenset({Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR}),
    Action.PLAN_DELETION: frozenset({Role.ADMINISTRATOR}),
    Action.CONFIRM_DELETION: frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR}),
    Action.HOLD_CASES: frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}),
    Action.SEE_LAB: frozenset(
        {
            Role.LAB_OPERATOR,
            Role.AUDITOR,
            Role.ADMINISTRATOR,
            Role.DATA_STEWARD,
            Role.FIELD_OWNER,
            Role.SUBMITTER,
            Role.EVALUATOR,
            Role.OUTPUT_CHECKER,
        }
    ),
    Action.SEE_VAULT: frozenset({Role.DATA_STEWARD, Role.LAB_OPERATOR, Role.AUDITOR}),
    Action.DEPOSIT_DATA: frozenset({Role.DATA_STEWARD}),
    Action.WITNESS_VAULT_DELETION: frozenset({Role.DATA_STEWARD, Role.LAB_OPERATOR}),
    Action.DEFINE_PROBLEMS: frozenset({Role.FIELD_OWNER}),
    Action.REGISTER_PROTOCOLS: frozenset({Role.EVALUATOR}),
    Action.SUBMIT_MODELS: frozenset({Role.SUBMITTER}),
    Action.OPERATE_LAB: frozenset({Role.LAB_OPERATOR}),
    Action.RELEASE_RESULTS: frozenset({Role.EVALUATOR, Role.OUTPUT_CHECKER}),
    Action.SEE_RESULTS: frozenset({Role.LAB_OPERATOR, Role.AUDITOR, Role.EVALUATOR, Role.OUTPUT_CHECKER}),
    Action.REQUEST_EXPORTS: frozenset({Role.LAB_OPERATOR, Role.EVALUATOR, Role.FIELD_OWNER}),
    Action.REVIEW_EXPORTS: frozenset({Role.OUTPUT_CHECKER}),
    Action.SEE_PROOFS: frozenset(
        {Role.LAB_OPERATOR, Role.AUDITOR, Role.EVALUATOR, Role.FIELD_OWNER, Role.SUBMITTER, Role.OUTPUT_CHECKER}
    ),
    Action.MAKE_PROOFS: frozenset({Role.EVALUATOR}),
    Action.RUN_TRIALS: frozenset({Role.EVALUATOR, Role.FIELD_OWNER}),
    Action.SEE_TRIALS: frozenset({Role.LAB_OPERATOR, Role.AUDITOR, Role.EVALUATOR, Role.FIELD_OWNER}),
}


def may(roles: frozenset[Role], action: Action) -> bool:
    """Whether one of `roles` allows `action`."""
    return bool(roles & MAY.get(action, frozenset()))
