"""What may be found wrong with a trial once it is opened."""

from __future__ import annotations

from dataclasses import dataclass

from pandok.core.text import Text

FAULTS = {
    "registration": Text(
        ko="등록한 계획이 등록값과 다릅니다.", en="The protocol is not the one whose hash was locked."
    ),
    "not_opened": Text(ko="봉인한 답이 열리지 않습니다.", en="A sealed answer does not open."),
    "commitment": Text(ko="열린 답이 약속한 해시와 다릅니다.", en="An opened answer is not what was promised."),
    "chain": Text(ko="약속이 감사 기록과 다릅니다.", en="A promise differs from the audit chain."),
    "removed": Text(ko="감사 기록에 있는 약속이 없습니다.", en="A promise of the audit chain is missing."),
    "decision": Text(
        ko="결정의 순서가 감사 기록과 다릅니다.", en="The place of a decision differs from the audit chain."
    ),
    "seed": Text(
        ko="무작위 확인의 씨앗이 등록값과 다릅니다.", en="The seed of the random checks is not the registered one."
    ),
    "goods": Text(ko="물품이나 정답이 등록한 것과 다릅니다.", en="Goods or truths are not those that were locked."),
    "order": Text(ko="판독 순서가 등록한 것과 다릅니다.", en="The order of the readings is not the registered one."),
    "help_late": Text(
        ko="첫 판독 뒤에 확정된 모델 답이 있습니다.", en="An answer of the model was fixed after the first reading."
    ),
    "help_early": Text(
        ko="혼자 낸 답이 잠기기 전에 도움을 보였습니다.", en="Help was shown before the answer alone was locked."
    ),
    "answer": Text(ko="판독 답이 감사 기록과 다릅니다.", en="An answer differs from the audit chain."),
    "draw": Text(ko="무작위 확인 추첨이 씨앗과 다릅니다.", en="A draw for a random check does not follow the seed."),
}


@dataclass(frozen=True)
class Fault:
    """`kind` is a key of FAULTS; `case` the id of the case, or empty for the whole trial."""

    kind: str
    case: str = ""

    @property
    def words(self) -> Text:
        return FAULTS[self.kind]
