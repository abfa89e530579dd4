"""The table of what help did: one row a figure, with help and without."""

from __future__ import annotations

from dataclasses import dataclass

from pandok.core.text import Text
from pandok.fields.xray.lists.help_figures import Arm, Share
from pandok.proof.signal_detection import DPrime


@dataclass(frozen=True)
class HelpRow:
    words: Text
    explained: Text
    with_help: str
    without: str


def help_table(helped: Arm, alone: Arm, drawn: float) -> list[HelpRow]:
    """`drawn`: the share of what is cleared that is opened all the same."""
    shares = [
        (
            Text(ko="개장 지시 비율", en="Stopped"),
            Text(ko="판독한 검사 가운데", en="of all that was read"),
            "stopped",
        ),
        (
            Text(ko="개장 적중률", en="Found when stopped"),
            Text(ko="판독관이 지시해 개장한 물품 가운데", en="of what readers stopped and was opened"),
            "found_when_stopped",
        ),
        (
            Text(ko="통과분 적발률", en="Found when cleared"),
            Text(ko="통과로 판독됐으나 추첨으로 개장한 물품 가운데", en="of what was cleared and drawn to be opened"),
            "found_when_cleared",
        ),
        (
            Text(ko="보조가 가리킨 적발 물품의 개장 지시율", en="Stopped where the program points at it"),
            Text(ko="판독 보조가 가리킨 적발 물품 가운데", en="of the hits that the reader program points at"),
            "pointed_and_stopped",
        ),
        (
            Text(ko="보조가 놓친 적발 물품의 개장 지시율", en="Stopped where the program misses it"),
            Text(
                ko="판독 보조가 놓친 적발 물품 가운데. 보조가 있을 때 낮아지면 보조가 해가 되는 것입니다.",
                en="of the hits that the program misses. Lower with help: help does harm.",
            ),
            "missed_and_stopped",
        ),
        (
            Text(ko="보조 표시가 있었으나 통과", en="Candidates passed over"),
            Text(ko="보조 후보가 있던 검사 가운데", en="of what had a candidate"),
            "alarms_passed",
        ),
    ]
    rows = [
        HelpRow(Text(ko="판독 건수", en="Readings"), Text(ko="", en=""), f"{helped.readings:,}", f"{alone.readings:,}")
    ]
    rows += [
        HelpRow(words, of, share_words(getattr(helped, name)), share_words(getattr(alone, name)))
        for words, of, name in shares
    ]
    rows.append(
        HelpRow(
            Text(ko="추정 적발률", en="Estimated share detected"),
            Text(
                ko="추첨 비율로 가중한 추정값입니다. 건수가 적으면 크게 흔들립니다.",
                en="weighted by the share of the draw; unsteady where few are known.",
            ),
            _share(helped.detected(drawn)),
            _share(alone.detected(drawn)),
        )
    )
    rows.append(
        HelpRow(
            Text(ko="판별력 d′", en="Sensitivity d′"),
            Text(
                ko="적발 물품과 나머지를 얼마나 구별하는지. 의심스러울 때 더 많이 열어도 커지지 않습니다. "
                "각각 5건 이상 알려져야 합니다.",
                en="how well hits are told from the rest; stopping more in doubt does not raise it. "
                "Needs five known of each.",
            ),
            _d_prime(helped.d_prime(drawn)),
            _d_prime(alone.d_prime(drawn)),
        )
    )
    rows.append(
        HelpRow(
            Text(ko="판독 시간(초)", en="Seconds to decide"),
            Text(ko="중앙값, 열 가운데 아홉이 넘지 않는 값", en="median, and what nine of ten do not exceed"),
            _seconds(helped),
            _seconds(alone),
        )
    )
    return rows


def share_words(share: Share) -> str:
    """`3/12 = 25 % (5–57)`; a dash where there is nothing to count."""
    if share.value is None or share.interval is None:
        return "–"
    low, high = share.interval
    return f"{share.hits:,}/{share.count:,} = {100 * share.value:.0f} % ({100 * low:.0f}–{100 * high:.0f})"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.0f} %"


def _d_prime(found: DPrime | None) -> str:
    """`1.64 (1.09–2.19)`."""
    if found is None:
        return "–"
    low, high = found.interval
    return f"{found.value:.2f} ({low:.2f}–{high:.2f})"


def _seconds(arm: Arm) -> str:
    if arm.seconds_median is None or arm.seconds_p90 is None:
        return "–"
    return f"{arm.seconds_median:.1f}, {arm.seconds_p90:.1f}"
