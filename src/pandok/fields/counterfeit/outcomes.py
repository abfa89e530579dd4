"""What a holder answers, what an appraisal finds, and what becomes of the goods. Words of people, never of Pandok."""

from __future__ import annotations

from enum import StrEnum

from pandok.core.text import Text


class Answer(StrEnum):
    """The holder's answer to a notice."""

    GENUINE = "genuine"
    NOT_GENUINE = "not_genuine"
    NEED_THE_GOODS = "need_the_goods"
    NOT_MY_RIGHT = "not_my_right"

    @property
    def words(self) -> Text:
        return _ANSWERS[self]


class Disposition(StrEnum):
    """What becomes of the goods."""

    RELEASED = "released"
    DESTROYED = "destroyed"
    RETURNED = "returned"
    REFERRED = "referred"

    @property
    def words(self) -> Text:
        return _DISPOSITIONS[self]


class Finding(StrEnum):
    """What the appraisal found, as the truth that the reading is measured with."""

    INFRINGES = "infringes"
    DOES_NOT_INFRINGE = "does_not_infringe"
    OTHER_RIGHT = "other_right"
    UNDETERMINED = "undetermined"

    @property
    def words(self) -> Text:
        return _FINDINGS[self]


_ANSWERS = {
    Answer.GENUINE: Text(ko="정품임", en="Genuine"),
    Answer.NOT_GENUINE: Text(ko="정품이 아님", en="Not genuine"),
    Answer.NEED_THE_GOODS: Text(ko="실물 확인 필요", en="Need the goods"),
    Answer.NOT_MY_RIGHT: Text(ko="당사 권리가 아님", en="Not my right"),
}
_DISPOSITIONS = {
    Disposition.RELEASED: Text(ko="통관 허용", en="Released"),
    Disposition.DESTROYED: Text(ko="폐기", en="Destroyed"),
    Disposition.RETURNED: Text(ko="반송", en="Returned"),
    Disposition.REFERRED: Text(ko="조사 의뢰", en="Referred to investigation"),
}
_FINDINGS = {
    Finding.INFRINGES: Text(ko="권리 침해로 감정", en="Appraised as infringing"),
    Finding.DOES_NOT_INFRINGE: Text(ko="침해 아님으로 감정", en="Appraised as not infringing"),
    Finding.OTHER_RIGHT: Text(ko="다른 권리에 해당", en="Concerns another right"),
    Finding.UNDETERMINED: Text(ko="판단 불가", en="Could not be determined"),
}
