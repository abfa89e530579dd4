"""The four verdicts, by a rule that was registered before the seal was opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pandok.core.text import Text
from pandok.proof.bootstrap import Interval


class Verdict(StrEnum):
    PROVEN = "proven"
    NOT_PROVEN = "not_proven"
    INFERIOR = "inferior"
    UNDECIDABLE = "undecidable"

    @property
    def words(self) -> Text:
        return _WORDS[self]


_WORDS = {
    Verdict.PROVEN: Text(ko="입증", en="Proven"),
    Verdict.NOT_PROVEN: Text(ko="미입증", en="Not proven"),
    Verdict.INFERIOR: Text(ko="열등", en="Inferior"),
    Verdict.UNDECIDABLE: Text(ko="판단 불가", en="Undecidable"),
}


@dataclass(frozen=True)
class Endpoint:
    """One registered comparison: the interval of model minus practice, and the line it must lie above.

    `line` is 0 for superiority and minus the margin for non-inferiority.
    """

    name: str
    interval: Interval
    line: float


@dataclass(frozen=True)
class Conditions:
    """What must hold before a verdict may be spoken at all."""

    planned: int
    reached: int
    commits_in_order: bool = True
    label_agreement: float | None = None
    least_label_agreement: float | None = None
    missing_share: float = 0.0
    most_missing_share: float = 1.0
    sandbox_level: int = 2
    least_sandbox_level: int = 2
    flips_with_label_noise: bool = False

    def broken(self) -> tuple[Text, ...]:
        """Every condition that does not hold."""
        found = []
        if self.reached < self.planned:
            found.append(
                Text(
                    ko=f"계획한 {self.planned}건 중 {self.reached}건만 채점되었습니다.",
                    en=f"Only {self.reached} of {self.planned} planned cases were scored.",
                )
            )
        if not self.commits_in_order:
            found.append(
                Text(
                    ko="모델 결과의 기록과 판독관 결정의 순서가 지켜지지 않았습니다.",
                    en="The order of commitment and decision was broken.",
                )
            )
        agreement, least = self.label_agreement, self.least_label_agreement
        if least is not None and (agreement is None or agreement < least):
            found.append(
                Text(ko="정답 표지의 일치도가 등록한 값보다 낮습니다.", en="The labels agree less than was registered.")
            )
        if self.missing_share > self.most_missing_share:
            found.append(Text(ko="결측이 등록한 한도를 넘었습니다.", en="More is missing than was registered."))
        if self.sandbox_level < self.least_sandbox_level:
            found.append(
                Text(ko="격리 수준이 등록한 수준보다 낮았습니다.", en="The sandbox was below the registered level.")
            )
        if self.flips_with_label_noise:
            found.append(
                Text(
                    ko="정답 표지의 오차만으로도 판정이 뒤집힐 수 있습니다.",
                    en="Errors in the labels alone could turn the verdict.",
                )
            )
        return tuple(found)


def verdict(endpoints: Sequence[Endpoint], conditions: Conditions, *, harmed: bool = False) -> Verdict:
    """The verdict over all co-primary endpoints; conditions are checked first. Raises ValueError without endpoints.

    Proven: every lower bound is above its line. Inferior: any upper bound is below its line, or harm to a registered
    group was shown (`harmed`). Otherwise not proven, which is an honourable result of a finished trial.
    """
    if not endpoints:
        raise ValueError("a verdict needs a registered endpoint")
    if conditions.broken():
        return Verdict.UNDECIDABLE
    if harmed or any(one.interval[1] < one.line for one in endpoints):
        return Verdict.INFERIOR
    if all(one.interval[0] > one.line for one in endpoints):
        return Verdict.PROVEN
    return Verdict.NOT_PROVEN
