"""What can come of a trial. What it put out and what it moved are told apart, and never added up with each other."""

from __future__ import annotations

from enum import StrEnum

from pandok.core.text import Text


class OutcomeKind(StrEnum):
    PATENT_APPLIED = "patent_applied"
    PATENT_GRANTED = "patent_granted"
    PAPER = "paper"
    SOFTWARE = "software"
    STANDARD = "standard"
    DATA_SET = "data_set"
    MODEL = "model"
    CERTIFICATE = "certificate"
    TRIAL_PURCHASE = "trial_purchase"
    SALE = "sale"
    JOBS = "jobs"
    TRAINING = "training"

    @property
    def words(self) -> Text:
        return _KINDS[self]

    @property
    def effect(self) -> bool:
        """Of the market, of people: counted in a figure with a unit; all others are counted in pieces."""
        return self in _EFFECTS

    @property
    def numbered(self) -> bool:
        """It has a number of its own, by which it is known again."""
        return self in _NUMBERED


_KINDS = {
    OutcomeKind.PATENT_APPLIED: Text(ko="특허 출원", en="patent applied for"),
    OutcomeKind.PATENT_GRANTED: Text(ko="특허 등록", en="patent granted"),
    OutcomeKind.PAPER: Text(ko="논문", en="paper"),
    OutcomeKind.SOFTWARE: Text(ko="소프트웨어 등록", en="software registered"),
    OutcomeKind.STANDARD: Text(ko="표준", en="standard"),
    OutcomeKind.DATA_SET: Text(ko="데이터셋", en="data set"),
    OutcomeKind.MODEL: Text(ko="모델", en="model"),
    OutcomeKind.CERTIFICATE: Text(ko="인증·시험성적서", en="certificate or test report"),
    OutcomeKind.TRIAL_PURCHASE: Text(ko="시범구매", en="trial purchase"),
    OutcomeKind.SALE: Text(ko="매출", en="sale"),
    OutcomeKind.JOBS: Text(ko="고용", en="jobs"),
    OutcomeKind.TRAINING: Text(ko="교육", en="people trained"),
}
_EFFECTS = frozenset({OutcomeKind.TRIAL_PURCHASE, OutcomeKind.SALE, OutcomeKind.JOBS, OutcomeKind.TRAINING})
_NUMBERED = frozenset(
    {
        OutcomeKind.PATENT_APPLIED,
        OutcomeKind.PATENT_GRANTED,
        OutcomeKind.PAPER,
        OutcomeKind.SOFTWARE,
        OutcomeKind.STANDARD,
        OutcomeKind.CERTIFICATE,
    }
)
UNITS = {
    OutcomeKind.TRIAL_PURCHASE: Text(ko="원", en="KRW"),
    OutcomeKind.SALE: Text(ko="원", en="KRW"),
    OutcomeKind.JOBS: Text(ko="명", en="persons"),
    OutcomeKind.TRAINING: Text(ko="명", en="persons"),
}
"""In which an effect is counted."""
