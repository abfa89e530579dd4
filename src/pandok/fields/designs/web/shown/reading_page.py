"""One reading as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from pandok.core.reading import Candidate, MarksFound, Reading, Remark
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.designs.models import ReadingRecord, SignalPhotograph
from pandok.fields.designs.web.shown import value_words as words
from pandok.fields.designs.web.shown.drawing import Picture, drawn
from pandok.fields.designs.web.shown.measured import Measured, measured
from pandok.fields.register.right_standing import Standing, standings

REGIONS_SHOWN = 5
MOST_OPEN = 3
LEAST_PROBABILITY_OPEN = 0.1
"""The first candidate stands open; the next ones only while they are likely enough to compare at once."""

_REGISTERED = Text(ko="등록도면", en="registered view")
_CONFIRMED = Text(ko="확인 사진", en="confirmed photograph")


@dataclass(frozen=True)
class Badge:
    tone: str
    text: str


@dataclass(frozen=True)
class ShownCandidate:
    rank: int
    design_id: str
    registration_number: str
    holder: str
    article: str
    locarno_class: str
    status: Badge
    recorded: Badge
    likelihood: str
    per_cent: str
    bar: float
    """Width of the bar, 0 to 100."""
    view: str
    photograph: Picture
    registered: Picture | None
    """None where the file of the view is not in the store."""
    regions: list[str]
    """The agreeing regions in words, in the order of their numbers."""
    matched_points: int
    in_register: bool = False
    """Whether the design has a page of its own."""
    reading: str = ""
    """Whose regions these are."""
    confirmed: bool = False
    """`registered` is no registered view but a photograph that a case confirmed; `view` names the case."""


@dataclass(frozen=True)
class ShownPhotograph:
    position: int
    picture: Picture
    remarks: list[Remark]


@dataclass(frozen=True)
class ShownLookAlike:
    """`registered`: one view with boxes where it differs from the first one's; None where its file is not there."""

    rank: int
    design_id: str
    registration_number: str
    holder: str
    article: str
    view: str
    registered: Picture | None


@dataclass(frozen=True)
class ShownTogether:
    """Registered designs that can only be named together, with the chance that it is one of them."""

    per_cent: str
    members: list[ShownLookAlike]


@dataclass(frozen=True)
class ReadingPage:
    outcome: str
    verdict: str
    explanation: str
    first: ShownCandidate | None
    """The one design that the reading names; None where it names several or none."""
    together: ShownTogether | None
    near: list[ShownCandidate]
    """Candidates shown with their evidence open."""
    further: list[ShownCandidate]
    """The rest, folded. All of them where nothing is close."""
    photographs: list[ShownPhotograph]
    remarks: list[Remark]
    marks: MarksFound
    articles: list[tuple[str, str, str]]
    several_goods: bool
    in_register: str
    reader: str
    measured: Measured | None
    searched_views: int
    read_at: datetime
    read_by: str


@dataclass(frozen=True)
class ReadingSummary:
    """One line of the list of readings."""

    id: str
    outcome: str
    verdict: str
    per_cent: str
    picture: str
    read_at: datetime
    read_by: str


def reading_page(record: ReadingRecord, language: str) -> ReadingPage:
    reading = record.reading
    photographs = list(record.signal.photographs.all())
    today = timezone.now().astimezone(OFFICE_ZONE).date()
    rights = standings([one.design.design_id for one in reading.candidates], today)
    candidates = [
        replace(
            _candidate(one, photographs, record.picture_sizes, language, rights.get(one.design.design_id)),
            reading=str(record.id),
        )
        for one in reading.candidates
    ]
    open_ones = _open_ones(reading)
    verdict, explanation = _verdict(reading)
    return ReadingPage(
        outcome=reading.outcome,
        verdict=verdict.in_language(language),
        explanation=explanation.in_language(language),
        first=candidates[reading.named[0] - 1] if len(reading.named) == 1 else None,
        together=_together(reading, record.picture_sizes, language),
        near=candidates[:open_ones],
        further=candidates[open_ones:],
        photographs=[_photograph(one, reading) for one in photographs],
        remarks=[remark for remark in reading.remarks if remark.photograph_index >= len(photographs)],
        marks=record.marks,
        articles=[(one.locarno_class, one.article, words.per_cent(one.probability)) for one in reading.articles[:3]],
        several_goods=any(len(boxes) > 1 for boxes in reading.goods),
        in_register=words.per_cent(reading.probability_in_register),
        reader=reading.reader,
        measured=measured(reading.reader),
        searched_views=reading.searched_views,
        read_at=record.read_at,
        read_by=record.actor.shown_name,
    )


def summary(record: ReadingRecord, language: str) -> ReadingSummary:
    reading = record.reading
    photographs = list(record.signal.photographs.all())
    first = reading.candidates[reading.named[0] - 1] if len(reading.named) == 1 else None
    return ReadingSummary(
        id=str(record.id),
        outcome=reading.outcome,
        verdict=f"{first.design.article} · {first.design.holder}"
        if first
        else _verdict(reading)[0].in_language(language),
        per_cent=words.per_cent(reading.named_probability) if reading.named else "",
        picture=photographs[0].sha256 if photographs else "",
        read_at=record.read_at,
        read_by=record.actor.shown_name,
    )


def _verdict(reading: Reading) -> tuple[Text, Text]:
    count = len(reading.candidates)
    if reading.outcome == "candidates" and not reading.named:
        return (
            Text(ko="유사한 등록디자인이 있을 수 있습니다", en="There may be a close registered design"),
            Text(
                ko=f"어느 디자인인지는 가려지지 않았습니다. 후보 {count}건을 하나씩 비교하거나 "
                "다른 방향에서 더 찍으십시오.",
                en=f"Which one it is, the photographs do not tell. Compare the {count} candidates one by one, or "
                "photograph other sides.",
            ),
        )
    if len(reading.named) > 1:
        several = len(reading.named)
        return (
            Text(
                ko=f"서로 닮은 등록디자인 {several}건 중 하나로 보입니다",
                en=f"It looks like one of {several} registered look-alikes",
            ),
            Text(
                ko="사진만으로는 이 중 어느 것인지 가려지지 않습니다. 다른 부분을 실물과 비교하십시오. "
                "침해 여부는 권리자의 감정과 담당자의 판단으로 정해집니다.",
                en="Which of them it is, the photographs do not tell. Compare what differs with the goods. "
                "Whether they infringe is for the holder and the officer to say.",
            ),
        )
    if reading.outcome == "candidates":
        return (
            Text(ko="유사한 등록디자인 후보가 있습니다", en="Close registered designs were found"),
            Text(
                ko=f"유사한 순서로 {count}건입니다. 침해 여부는 권리자의 감정과 담당자의 판단으로 정해집니다.",
                en=f"Nearest first, {count} in all. Whether they infringe is for the holder and the officer to say.",
            ),
        )
    if reading.outcome == "nothing_close" and not reading.searched_views:
        return (
            Text(ko="검색한 등록도면이 없습니다", en="No registered view was searched"),
            Text(
                ko="고른 범위에 색인된 등록도면이 없습니다. 검색 범위를 넓히거나 관리자에게 도면 색인을 요청하십시오.",
                en="The chosen part holds no indexed view. Search a wider part, or ask the administrator to index "
                "the register.",
            ),
        )
    if reading.outcome == "nothing_close":
        return (
            Text(ko="유사한 등록디자인이 없습니다", en="Nothing close was found"),
            Text(
                ko="검색한 범위에서 기준을 넘는 디자인이 없었습니다. 권리가 없다는 뜻은 아닙니다. "
                "다른 방향에서 더 찍거나 검색 범위를 넓혀 보십시오.",
                en="No design in the searched part came near enough. That does not mean that there is no right. "
                "Photograph other sides, or search a wider part.",
            ),
        )
    return (
        Text(ko="사진을 판독하지 못했습니다", en="The photographs could not be read"),
        next(
            (remark.text for remark in reading.remarks if remark.blocking),
            Text(
                ko="물품이 화면에 가득 차도록 밝은 곳에서 다시 찍으십시오.",
                en="Photograph again in good light, with the article filling the picture.",
            ),
        ),
    )


def _together(reading: Reading, sizes: dict[str, Any], language: str) -> ShownTogether | None:
    alike = next((one for one in reading.look_alikes if one.ranks == reading.named), None)
    if alike is None:
        return None
    members = []
    for view in alike.views:
        design = reading.candidates[view.rank - 1].design
        picture = None
        if view.view_sha256 in sizes:
            width, height = sizes[view.view_sha256]
            picture = Picture(view.view_sha256, width, height, drawn(list(view.differs), width, height))
        members.append(
            ShownLookAlike(
                rank=view.rank,
                design_id=design.design_id,
                registration_number=design.registration_number,
                holder=design.holder,
                article=design.article,
                view=words.view_words(view.view, confirmed=view.confirmed).in_language(language),
                registered=picture,
            )
        )
    return ShownTogether(words.per_cent(alike.probability), members)


def _open_ones(reading: Reading) -> int:
    if reading.outcome != "candidates":
        return 0
    if len(reading.named) > 1:
        return min(max(reading.named), MOST_OPEN)
    likely = [one for one in reading.candidates[:MOST_OPEN] if one.probability >= LEAST_PROBABILITY_OPEN]
    return max(1, len(likely))


def right_badges(status: str, recorded: bool | None, language: str, now: Standing | None = None) -> tuple[Badge, Badge]:
    """Status and customs recordal as they stand now; as they were said where the register no longer has the design."""
    if now is not None:
        status, recorded = now.status.value, now.recorded
    tone, word = words.legal_status(status)
    recorded_tone, recorded_word = words.recorded_with_customs(recorded, over=now is not None and now.recordal_over)
    return Badge(tone, word.in_language(language)), Badge(recorded_tone, recorded_word.in_language(language))


def _candidate(
    candidate: Candidate,
    photographs: list[SignalPhotograph],
    sizes: dict[str, Any],
    language: str,
    now: Standing | None,
) -> ShownCandidate:
    design, evidence = candidate.design, candidate.evidence
    photograph = photographs[min(max(evidence.photograph_index, 0), len(photographs) - 1)]
    regions = sorted(evidence.regions, key=lambda region: -region.weight)[:REGIONS_SHOWN]
    width, height = photograph.width_px, photograph.height_px
    left = Picture(photograph.sha256, width, height, drawn([one.photograph for one in regions], width, height))
    right = None
    in_words: list[str] = []
    if evidence.view_sha256 in sizes:
        view_width, view_height = sizes[evidence.view_sha256]
        right = Picture(
            evidence.view_sha256,
            view_width,
            view_height,
            drawn([one.view for one in regions], view_width, view_height),
        )
        for region in regions:
            here = words.place(region.photograph, width, height)
            there = words.place(region.view, view_width, view_height)
            other = _CONFIRMED if evidence.confirmed else _REGISTERED
            in_words.append(
                Text(
                    ko=f"사진의 {here.ko} – {other.ko}의 {there.ko}",
                    en=f"{here.en} of the photograph – {there.en} of the {other.en}",
                ).in_language(language)
            )
    status, recorded = right_badges(design.status, design.recorded_with_customs, language, now)
    return ShownCandidate(
        rank=candidate.rank,
        design_id=design.design_id,
        registration_number=design.registration_number,
        holder=design.holder,
        article=design.article,
        locarno_class=design.locarno_class,
        status=status,
        recorded=recorded,
        likelihood=words.likelihood(candidate.probability).in_language(language),
        per_cent=words.per_cent(candidate.probability),
        bar=round(min(1.0, max(0.0, candidate.probability)) * 100, 1),
        view=words.view_words(evidence.view, confirmed=evidence.confirmed).in_language(language),
        photograph=left,
        registered=right,
        regions=in_words,
        matched_points=evidence.matched_points,
        in_register=now is not None,
        confirmed=evidence.confirmed,
    )


def regions_drawn(record: ReadingRecord, design_id: str) -> list[Picture]:
    """Photograph and registered view of a candidate with its regions; none where it is no candidate of the reading."""
    photographs = list(record.signal.photographs.all())
    for candidate in record.reading.candidates:
        if candidate.design.design_id == design_id and photographs:
            shown = _candidate(candidate, photographs, record.picture_sizes, "en", None)
            return [one for one in (shown.photograph, shown.registered) if one is not None and one.boxes]
    return []


def _photograph(photograph: SignalPhotograph, reading: Reading) -> ShownPhotograph:
    position, width, height = photograph.position, photograph.width_px, photograph.height_px
    goods = list(reading.goods[position]) if position < len(reading.goods) else []
    boxes = [
        replace(one, value=f"{position}:{box.x1},{box.y1},{box.x2},{box.y2}")
        for one, box in zip(drawn(goods, width, height), goods, strict=True)
    ]
    return ShownPhotograph(
        position=position,
        picture=Picture(photograph.sha256, width, height, boxes),
        remarks=[remark for remark in reading.remarks if remark.photograph_index == position],
    )
