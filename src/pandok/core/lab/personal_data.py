"""Personal data as found by rules: how many of which kind, how sure, where, and what was done. Never the values."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from pandok.core.lab.strict_value import StrictValue
from pandok.core.text import Text


class PersonalKind(StrEnum):
    FACE = "face"
    PLATE = "plate"
    NAME = "name"
    RESIDENT_NUMBER = "resident_number"
    FOREIGNER_NUMBER = "foreigner_number"
    PASSPORT = "passport"
    DRIVER_LICENCE = "driver_licence"
    PHONE = "phone"
    EMAIL = "email"
    CARD = "card"
    ACCOUNT = "account"
    ADDRESS = "address"
    METADATA = "metadata"

    @property
    def words(self) -> Text:
        return _KINDS[self]


class Sureness(StrEnum):
    """Why it counts as personal data."""

    CHECKED = "checked"
    FORM = "form"
    HINT = "hint"
    FINDER = "finder"

    @property
    def words(self) -> Text:
        return _SURENESS[self]


class Treatment(StrEnum):
    FILLED = "filled"
    PSEUDONYM = "pseudonym"
    REMOVED = "removed"
    LEFT = "left"
    """Nothing was done: the format cannot be masked with certainty."""

    @property
    def words(self) -> Text:
        return _TREATMENTS[self]


class Found(StrictValue):
    kind: PersonalKind
    sureness: Sureness
    count: int = Field(ge=1)
    treatment: Treatment
    columns: tuple[str, ...] = ()
    """Of a table: the columns, by their heading."""


class PersonalDataReport(StrictValue):
    """Of one object. `looked_for` empty: it was not looked into, `remarks` say why."""

    looked_for: tuple[PersonalKind, ...]
    found: tuple[Found, ...] = ()
    remarks: tuple[Text, ...] = ()
    held: bool = False
    """Whether a person has to look before anybody may open it: no masked copy, and words that may name people."""

    @property
    def counts(self) -> dict[PersonalKind, int]:
        counts: dict[PersonalKind, int] = {}
        for one in self.found:
            counts[one.kind] = counts.get(one.kind, 0) + one.count
        return counts


_KINDS = {
    PersonalKind.FACE: Text(ko="얼굴", en="Face"),
    PersonalKind.PLATE: Text(ko="차량번호", en="Vehicle plate"),
    PersonalKind.NAME: Text(ko="이름", en="Name"),
    PersonalKind.RESIDENT_NUMBER: Text(ko="주민등록번호", en="Resident registration number"),
    PersonalKind.FOREIGNER_NUMBER: Text(ko="외국인등록번호", en="Foreigner registration number"),
    PersonalKind.PASSPORT: Text(ko="여권번호", en="Passport number"),
    PersonalKind.DRIVER_LICENCE: Text(ko="운전면허번호", en="Driver's licence number"),
    PersonalKind.PHONE: Text(ko="전화번호", en="Telephone number"),
    PersonalKind.EMAIL: Text(ko="전자우편", en="E-mail address"),
    PersonalKind.CARD: Text(ko="카드번호", en="Card number"),
    PersonalKind.ACCOUNT: Text(ko="계좌번호", en="Bank account"),
    PersonalKind.ADDRESS: Text(ko="주소", en="Address"),
    PersonalKind.METADATA: Text(ko="사진 부가정보", en="Data hidden in a picture"),
}
_SURENESS = {
    Sureness.CHECKED: Text(ko="검증번호가 맞음", en="its check digit fits"),
    Sureness.FORM: Text(ko="형식이 맞음", en="it has the form"),
    Sureness.HINT: Text(ko="열 이름이 가리킴", en="the column's heading says so"),
    Sureness.FINDER: Text(ko="그림 검출기가 찾음", en="a picture finder marked it"),
}
_TREATMENTS = {
    Treatment.FILLED: Text(ko="단색으로 채움", en="filled with one colour"),
    Treatment.PSEUDONYM: Text(ko="가명 처리", en="replaced by a keyed pseudonym"),
    Treatment.REMOVED: Text(ko="삭제", en="removed"),
    Treatment.LEFT: Text(ko="그대로 있음", en="still there"),
}
