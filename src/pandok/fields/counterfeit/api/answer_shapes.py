"""What the parties said in a case, as the API shows it."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from pandok.fields.counterfeit.outcomes import Answer


class AnswerOut(BaseModel):
    answer: Answer
    party: str
    reason: str
    account: str
    at: datetime


class StatementOut(BaseModel):
    party: str
    text: str
    asks_release: bool
    account: str
    at: datetime


class AnswersOut(BaseModel):
    """Customs sees both sides; a party its own."""

    answers: list[AnswerOut]
    statements: list[StatementOut]
