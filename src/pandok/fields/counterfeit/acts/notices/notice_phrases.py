"""Dates, terms and shares as they are said in a notice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pandok.core.dates import day_words
from pandok.core.text import Text, counted
from pandok.fields.counterfeit.acts.cases.clocks import last_day_of
from pandok.fields.counterfeit.law.values import Citation, ClockRule, LawVersion, said

NOTHING = Text(ko="–", en="–")
ON_PAPER = Text(
    ko="전자송달에 동의하지 않으셨으므로 이 메일과 화면은 안내이며, 통지서는 우편이나 교부로 송달합니다. 기한은"
    " 통지서를 송달받으신 날부터 셉니다. 전자송달에 동의하시면 통지 화면에서 바로 송달받으실 수 있습니다"
    "(「행정절차법」 제14조제3항).",
    en="You have not agreed to electronic service, so mail and page only tell you of this notice; it is served on"
    " paper, and its term counts from that day. If you agree to electronic service, the page of the notice serves it"
    " at once (Administrative Procedures Act, article 14(3)).",
)
UNTIL_SERVED = Text(
    ko="회신 기한의 날짜는 통지서를 송달받으신 뒤 통지 화면에 표시됩니다.",
    en="Its last day is shown on the page of this notice once it has been served on you.",
)


def same(words: str) -> Text:
    return Text(ko=words, en=words)


def given(words: str) -> Text:
    """What a person wrote, in its own language in both; a dash where nothing was."""
    return same(words.strip()) if words.strip() else NOTHING


def reason(words: str, *, by_system: bool) -> Text:
    """A recorded reason: a person's words as they are in both languages, the system's in each of its own."""
    ko, dot, en = words.partition(" · ")
    if by_system and dot:
        return Text(ko=ko, en=en[:1].upper() + en[1:])
    return given(words)


def last_day(due: datetime | None) -> Text:
    """The last day of a term that ends at `due`."""
    return NOTHING if due is None else day_words(last_day_of(due))


def term(rule: ClockRule, *, recorded: bool) -> Text:
    days = rule.length_days(recorded=recorded)
    if rule.kind == "business":
        return Text(ko=f"{days}일(토요일·공휴일 제외)", en=f"{counted(days, 'business day')}")
    return Text(ko=f"{days}일", en=f"{counted(days, 'day')}")


def days(number: int) -> Text:
    return Text(ko=f"{number}일", en=f"{counted(number, 'day')}")


def from_service(rule: ClockRule, *, recorded: bool) -> Text:
    """The end of a term that has not begun: it counts from the day the notice is received."""
    length = term(rule, recorded=recorded)
    return Text(ko=f"통지를 받은 날부터 {length.ko}", en=f"{length.en} from the day you receive this notice")


def until(due: datetime | None) -> Text:
    """A sentence that names the last day, or says where it is found once the notice has been received."""
    if due is None:
        return Text(
            ko="회신 기한의 날짜는 통지를 여신 뒤 통지 화면에 표시됩니다.",
            en="Its last day is shown on the page of this notice once you have opened it.",
        )
    last = last_day(due)
    return Text(ko=f"기한은 {last.ko}까지입니다.", en=f"The last day is {last.en}.")


def cited(sources: Sequence[Citation]) -> Text:
    one = said(sources)
    return Text(ko=f"근거: {one.ko}", en=f"Based on: {one.en}")


def percent(number: int, small: int | None = None) -> Text:
    """A share of the value; `small` is that of small and medium enterprises where it differs."""
    if small is None:
        return Text(ko=f"{number}퍼센트", en=f"{number} per cent")
    return Text(
        ko=f"{number}퍼센트(「조세특례제한법」상 중소기업은 {small}퍼센트)",
        en=f"{number} per cent ({small} for small and medium enterprises)",
    )


def business_days_left(days: int) -> Text:
    if days <= 0:
        return Text(ko="오늘까지입니다.", en="Today is the last day.")
    return Text(ko=f"{days}영업일 남았습니다.", en=f"{counted(days, 'business day')} left.")


def source(law: LawVersion) -> Text:
    """Which articles the terms rest on, and whether the agency has compared them with the official text."""
    cited = said(law.sources)
    ko = f"근거: {cited.ko}. 원문: 국가법령정보센터(www.law.go.kr)."
    en = f"Sources: {cited.en}. Official text (Korean): www.law.go.kr."
    if not law.checked_by:
        ko += " 조문과 기한은 기관의 확인을 받기 전입니다."
        en += " Articles and terms have not been checked by the agency yet."
    return Text(ko=ko, en=en)
