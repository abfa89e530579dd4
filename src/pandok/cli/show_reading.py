"""A reading as a table in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pandok.core.reading import Candidate, Reading
from pandok.core.text import Text

if TYPE_CHECKING:
    from rich.console import Console

OUTCOMES = {
    "candidates": Text(ko="후보가 있습니다.", en="Candidates found."),
    "nothing_close": Text(
        ko="가까운 등록디자인이 없습니다. 아래는 참고용입니다.",
        en="Nothing close. The list below is for reference only.",
    ),
    "unreadable": Text(ko="사진을 읽을 수 없습니다.", en="The photographs cannot be read."),
}
_STYLES = {"candidates": "bold green", "nothing_close": "bold yellow", "unreadable": "bold red"}
_RECORDED = {None: Text(ko="-", en="-"), True: Text(ko="예", en="yes"), False: Text(ko="아니요", en="no")}
_HEADINGS = (
    Text(ko="순위", en="rank"),
    Text(ko="디자인", en="design"),
    Text(ko="권리자", en="holder"),
    Text(ko="물품", en="article"),
    Text(ko="분류", en="class"),
    Text(ko="상태", en="status"),
    Text(ko="세관 신고", en="recorded"),
    Text(ko="확률", en="probability"),
    Text(ko="맞는 도면 · 영역", en="view · regions"),
)


def print_reading(reading: Reading, console: Console, language: str) -> None:
    """Outcome, remarks, candidates, marks and suggested articles; strings from a register are printed as they are."""
    from rich.markup import escape
    from rich.table import Table

    console.print(OUTCOMES[reading.outcome].in_language(language), style=_STYLES[reading.outcome])
    in_register = Text(
        ko=f"등록부에 있을 확률 {reading.probability_in_register:.0%} · 기준 {reading.threshold:.0%} · "
        f"찾은 도면 {reading.searched_views:,}장",
        en=f"chance of being in the register {reading.probability_in_register:.0%} · threshold "
        f"{reading.threshold:.0%} · {reading.searched_views:,} views searched",
    )
    console.print(in_register.in_language(language))
    for remark in reading.remarks:
        console.print(f"#{remark.photograph_index + 1} {escape(remark.text.in_language(language))}", style="yellow")
    if reading.candidates:
        table = Table(*(heading.in_language(language) for heading in _HEADINGS))
        for candidate in reading.candidates:
            table.add_row(*(escape(cell) for cell in _row(candidate, language)))
        console.print(table)
    for suggestion in reading.articles[:3]:
        words = Text(ko="물품 추정", en="article suggested").in_language(language)
        console.print(escape(f"{words}: {suggestion.locarno_class} {suggestion.article} {suggestion.probability:.0%}"))
    for line in reading.marks.words:
        console.print(escape(f"{Text(ko='글자', en='text').in_language(language)}: {line.text}"))
    for code in reading.marks.codes:
        console.print(escape(f"{code.symbology}: {code.text}"))
    for reason in reading.marks.unavailable:
        console.print(escape(reason.in_language(language)), style="yellow")


def _row(candidate: Candidate, language: str) -> tuple[str, ...]:
    design, evidence = candidate.design, candidate.evidence
    recorded = _RECORDED[design.recorded_with_customs]
    return (
        str(candidate.rank),
        design.design_id,
        design.holder or "-",
        design.article or "-",
        design.locarno_class or "-",
        design.status or "-",
        recorded.in_language(language),
        f"{candidate.probability:.0%}",
        f"{evidence.view} · {len(evidence.regions)}",
    )
