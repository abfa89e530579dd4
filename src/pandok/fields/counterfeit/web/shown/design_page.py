"""A registered design as its page shows it: the right of today, all its views, and what the register said before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pandok.core.dates import day_short
from pandok.core.rights import LegalStatus
from pandok.core.text import Text
from pandok.fields.designs.web.shown import value_words as words
from pandok.fields.designs.web.shown.reading_page import Badge, right_badges
from pandok.fields.register.lists.queries import kept_fields
from pandok.fields.register.models import ClassChange, Design, FactChange, StatusChange, View
from pandok.fields.register.right_standing import standing

_FACTS: dict[str, Text] = {
    "holder": Text(ko="권리자", en="Right holder"),
    "article": Text(ko="등록 물품", en="Registered article"),
    "word_mark": Text(ko="문자상표", en="Word mark"),
    "registration_number": Text(ko="등록번호", en="Registration number"),
    "application_number": Text(ko="출원번호", en="Application number"),
    "international_number": Text(ko="국제등록번호", en="International registration"),
    "locarno_class": Text(ko="로카르노 분류", en="Locarno class"),
    "further_classes": Text(ko="그 밖의 분류", en="Further classes"),
    "korean_class": Text(ko="한국 분류", en="Korean class"),
    "filed_on": Text(ko="출원일", en="Filed on"),
    "published_on": Text(ko="공고일", en="Published on"),
    "registered_on": Text(ko="등록일", en="Registered on"),
    "expires_on": Text(ko="존속기간 만료일", en="Last day of the right"),
    "recorded_with_customs": Text(ko="세관 신고", en="Recorded with customs"),
    "recordal_number": Text(ko="세관 신고번호", en="Recordal number"),
    "recordal_valid_until": Text(ko="세관 신고 유효기한", en="Recordal valid until"),
    "status_since": Text(ko="상태 기준일", en="Status since"),
}
_TERMS = {
    "locarno_class": "locarno_class",
    "further_classes": "locarno_class",
    "korean_class": "korean_class",
    "word_mark": "word_mark",
    "recordal_number": "recordal",
    "status_since": "legal_status",
}
_SHOWN = tuple(name for name in _FACTS if name not in ("recorded_with_customs",))
_STATUS = Text(ko="권리 상태", en="Status")
_KOREAN = Text(ko="한국 분류", en="Korean class")
_YES_NO = {"True": Text(ko="예", en="yes"), "False": Text(ko="아니요", en="no")}


@dataclass(frozen=True)
class ShownRow:
    """One line of the list: `status` and `recorded` are those of today."""

    design_id: str
    number: str
    article: str
    holder: str
    locarno_class: str
    status: Badge
    recorded: Badge
    picture: str


@dataclass(frozen=True)
class ShownView:
    sha256: str
    name: str
    width_px: int
    height_px: int


@dataclass(frozen=True)
class ShownChange:
    """What the register said before and after; `told_at`: when Pandok learned of it."""

    what: str
    old: str
    new: str
    since: date | None
    told_at: datetime
    source: str


@dataclass(frozen=True)
class DesignPage:
    design_id: str
    title: str
    status: Badge
    recorded: Badge
    facts: list[tuple[str, str, str]]
    """Label, value, and the key of the label's term in the glossary, or ""."""
    views: list[ShownView]
    changes: list[ShownChange]
    kept: list[tuple[str, str]]
    """What sources say under names of their own."""


def design_row(design: Design, picture: str, language: str, today: date) -> ShownRow:
    status, recorded = right_badges("", None, language, standing(design, today))
    return ShownRow(
        design.design_id,
        design.registration_number or design.design_id,
        design.word_mark or design.article,
        design.holder.name if design.holder else "",
        design.locarno_class,
        status,
        recorded,
        picture,
    )


def design_page(design: Design, language: str, today: date) -> DesignPage:
    status, recorded = right_badges("", None, language, standing(design, today))
    facts = [
        (_FACTS[name].in_language(language), shown, _TERMS.get(name, ""))
        for name in _SHOWN
        if (shown := _value(getattr(design, name), language)) and shown != design.design_id
    ]
    views = design.views.filter(withdrawn_at=None).order_by("order", "view_key")
    return DesignPage(
        design.design_id,
        design.word_mark or design.article or design.design_id,
        status,
        recorded,
        facts,
        [_view(one, language) for one in views],
        _changes(design, language),
        [(one.name, one.value) for one in kept_fields(design)],
    )


def _view(view: View, language: str) -> ShownView:
    return ShownView(view.sha256, words.view_name(view.name).in_language(language), view.width, view.height)


def _value(value: object, language: str) -> str:
    if isinstance(value, date):
        return day_short(value).in_language(language)
    return "" if value is None else str(value)


def _changes(design: Design, language: str) -> list[ShownChange]:
    found = [
        ShownChange(
            _STATUS.in_language(language),
            _status(one.old, language),
            _status(one.new, language),
            one.effective_on,
            one.recorded_at,
            one.source,
        )
        for one in StatusChange.objects.filter(design=design)
    ]
    for change in ClassChange.objects.filter(design=design):
        what = (_FACTS["locarno_class"] if change.scheme == "locarno" else _KOREAN).in_language(language)
        found.append(ShownChange(what, change.old, change.new, change.effective_on, change.recorded_at, change.source))
    for fact in FactChange.objects.filter(design=design):
        name = _FACTS.get(fact.fact, Text(ko=fact.fact, en=fact.fact)).in_language(language)
        old, new = (_YES_NO[one].in_language(language) if one in _YES_NO else one for one in (fact.old, fact.new))
        found.append(ShownChange(name, old, new, fact.effective_on, fact.recorded_at, fact.source))
    return sorted(found, key=lambda one: one.told_at, reverse=True)


def _status(word: str, language: str) -> str:
    known = word in set(LegalStatus)
    return words.legal_status(word)[1].in_language(language) if known else word
