"""What the first address tells visitors about the loop; each field introduces itself (`declares.py`)."""

from __future__ import annotations

from dataclasses import dataclass

from pandok.core.text import Text


@dataclass(frozen=True)
class Step:
    """One step of the loop; `x` and `y` are its place in the picture, in units of a picture 600 wide and 330 high."""

    name: Text
    what: Text
    x: int
    y: int

    @property
    def text_y(self) -> int:
        return self.y + 10


STEPS: tuple[Step, ...] = (
    Step(
        Text(ko="신호", en="Signal"),
        Text(ko="현장에서 물품을 촬영합니다.", en="Goods are photographed where they are."),
        100,
        75,
    ),
    Step(
        Text(ko="판독", en="Reading"),
        Text(
            ko="유사한 등록디자인 후보와 그 근거를 순위로 보여 줍니다.",
            en="Registered designs that look alike are ranked, with the evidence.",
        ),
        300,
        75,
    ),
    Step(
        Text(ko="결정", en="Decision"),
        Text(ko="담당 공무원이 판단하고 이유를 남깁니다.", en="The responsible officer decides and gives the reason."),
        500,
        75,
    ),
    Step(
        Text(ko="통지", en="Notice"),
        Text(ko="당사자에게 알리고 법정 기한을 셉니다.", en="The parties are told, and the term of the law runs."),
        500,
        255,
    ),
    Step(
        Text(ko="결과", en="Outcome"),
        Text(ko="권리자의 감정과 처리 결과를 기록합니다.", en="The holder's appraisal and the outcome are recorded."),
        300,
        255,
    ),
    Step(
        Text(ko="실증", en="Proof"),
        Text(
            ko="기관 밖으로 나가지 않는 자료로 인공지능 모델을 시험하고 서명된 증명을 남깁니다.",
            en="Models are tested on data that stays with the agency, and leave signed proofs.",
        ),
        100,
        255,
    ),
)

AROUND = Text(
    ko="신호에서 판독, 결정, 통지, 결과, 실증으로 이어지고 다시 판독으로 돌아오는 순환",
    en="A loop: from signal to reading, decision, notice, outcome and proof, and from proof back to the reading",
)
