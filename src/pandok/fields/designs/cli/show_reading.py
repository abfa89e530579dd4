"""A reading as a table in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pandok.core.reading import Candidate, Reading
from pandok.core.text import Text, counted

if TYPE_CHECKING:
    from rich.console import Console

NOT_NAMED = Text(
    ko="유사한 등록디자인이 있을 수 있습니다. 어느 것인지는 가려지지 않았습니다.",
    en="There may be a close registered design; which one, the photographs do not tell.",
)
OUTCOMES = {
    "candidates": Text(ko="후보가 있습니다.", en="Candidates found."),
    "nothing_close": Text(
        ko="유사한 등록디자인이 없습니다. 아래는 참고용입니다.",
        en="Nothing close. The list below is for reference only.",
    ),
    "unreadable": Text(ko="사진을 읽을 수 없습니다.", en="The photographs cannot be read."),
}
_STYLES = {"candidates": "bold green", "nothing_close": "bold yellow", "unreadable": "bold red"}
_WIDTHS = ((2, None), (6, None), (10, None), (12, 1), (12, 1))
"""Least width and share of the rest, column by column: what identifies a right is never cut."""
_HEADINGS = (
    Text(ko="순위", en="rank"),
    Text(ko="확률", en="chance"),
    Text(ko="디자인", en="design"),
    Text(ko="물품 · 맞는 도면", en="article · view"),
    Text(ko="권리자 · 상태", en="holder · status"),
)


def print_reading(reading: Reading, console: Console, language: str) -> None:
    """Outcome, remarks, candidates, marks and suggested articles; strings from a register are printed as they are."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    console.print(_outcome(reading).in_language(language), style=_STYLES[reading.outcome])
    in_register = Text(
        ko=f"등록부에 있을 확률 {reading.probability_in_register:.0%} · 기준 {reading.threshold:.0%} · "
        f"찾은 도면 {reading.searched_views:,}장",
        en=f"chance of being in the register {reading.probability_in_register:.0%} · threshold "
        f"{reading.threshold:.0%} · {counted(reading.searched_views, 'view')} searched",
    )
    console.print(in_register.in_language(language))
    for remark in reading.remarks:
        console.print(f"#{remark.photograph_index + 1} {remark.text.in_language(language)}", style="yellow")
    if reading.candidates:
        table = Table(box=SIMPLE_HEAD, padding=(0, 1), expand=True)
        for heading, (least, share) in zip(_HEADINGS, _WIDTHS, strict=True):
            table.add_column(heading.in_language(language), no_wrap=share is None, min_width=least, ratio=share)
        for candidate in reading.candidates:
            table.add_row(*_row(candidate, language))
        console.print(table)
    for suggestion in reading.articles[:3]:
        words = Text(ko="물품 추정", en="article suggested").in_language(language)
        console.print(f"{words}: {suggestion.locarno_class} {suggestion.article} {suggestion.probability:.0%}")
    for line in reading.marks.words:
        console.print(f"{Text(ko='글자', en='text').in_language(language)}: {line.text}")
    for code in reading.marks.codes:
        console.print(f"{code.symbology}: {code.text}")
    for reason in reading.marks.unavailable:
        console.print(reason.in_language(language), style="yellow")


def _outcome(reading: Reading) -> Text:
    """What is named: one design, look-alikes together, or none."""
    if reading.outcome != "candidates":
        return OUTCOMES[reading.outcome]
    if not reading.named:
        return NOT_NAMED
    if len(reading.named) == 1:
        return OUTCOMES["candidates"]
    ranks = ", ".join(map(str, reading.named))
    return Text(
        ko=f"서로 닮은 등록디자인 {len(reading.named)}건 중 하나로 보입니다"
        f"(순위 {ranks}, 합계 {reading.named_probability:.0%}).",
        en=f"It looks like one of {len(reading.named)} registered look-alikes "
        f"(ranks {ranks}, {reading.named_probability:.0%} together).",
    )


def _row(candidate: Candidate, language: str) -> tuple[str, ...]:
    from pandok.fields.designs.web.shown.value_words import legal_status, per_cent, recorded_with_customs, view_words

    design, evidence = candidate.design, candidate.evidence
    status = legal_status(design.status)[1].in_language(language)
    recorded = recorded_with_customs(design.recorded_with_customs)[1].in_language(language)
    regions = Text(ko=f"{len(evidence.regions)}곳 일치", en=f"{counted(len(evidence.regions), 'region')}").in_language(
        language
    )
    view = view_words(evidence.view, confirmed=evidence.confirmed).in_language(language)
    article = " ".join(part for part in (design.locarno_class, design.article) if part) or "-"
    return (
        str(candidate.rank),
        per_cent(candidate.probability),
        design.design_id,
        f"{article}\n{view} · {regions}",
        f"{design.holder or '-'}\n{status} · {recorded}",
    )
