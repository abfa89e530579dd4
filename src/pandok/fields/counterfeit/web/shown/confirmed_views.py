"""The photographs of a closed case, and which of them later readings are compared with."""

from __future__ import annotations

from dataclasses import dataclass

from pandok.core.text import Text
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.acts.learning.confirming import design_shown_by
from pandok.fields.counterfeit.models import Case, ConfirmedView
from pandok.fields.designs.models import SignalPhotograph
from pandok.fields.register.models import Design


@dataclass(frozen=True)
class ShownPhotographOfCase:
    """`standing`: the confirmation that holds; None where the photograph is not used."""

    number: int
    photograph: SignalPhotograph
    standing: ConfirmedView | None
    there: bool
    """Its file is kept still."""

    @property
    def key(self) -> str:
        return str(self.number)


@dataclass(frozen=True)
class ShownConfirming:
    design: Design
    photographs: list[ShownPhotographOfCase]


def shown_confirming(case: Case, blobs: FolderBlobs) -> ShownConfirming | None:
    """None where the case does not say which design its photographs show."""
    design = design_shown_by(case)
    if design is None:
        return None
    standing = {
        one.photograph_id: one
        for one in case.confirmed_views.filter(withdrawn_at=None).select_related("confirmed_by", "view")
    }
    return ShownConfirming(
        design,
        [
            ShownPhotographOfCase(number, one, standing.get(one.pk), one.read_sha256 in blobs)
            for number, one in enumerate(case.signal.photographs.all(), start=1)
        ],
    )


def what_follows(design: Design) -> tuple[Text, ...]:
    """What a confirmation will do, said before it is done."""
    name = " ".join(part for part in (design.article, design.design_id) if part)
    return (
        Text(
            ko=f"앞으로의 판독에서 이 사진의 물품 부분을 등록디자인 {name}의 도면처럼 비교합니다.",
            en=f"Later readings compare the goods of this photograph like a view of the registered design {name}.",
        ),
        Text(
            ko="다른 세관 직원의 판독에 근거로 나오면 이 사진과 사건번호가 보입니다. "
            "권리자·수입자와 등록디자인 화면에는 보이지 않습니다.",
            en="Customs officers whose reading rests on it see this photograph with the number of the case. Holders, "
            "importers and the pages of the register never show it.",
        ),
        Text(
            ko="이 사진 자체를 다시 판독할 때에는 쓰지 않습니다. 언제든지 거둘 수 있고, "
            "사진의 보존기간이 끝나면 함께 삭제됩니다.",
            en="It does not help to read the photograph itself. It can be taken back at any time, and goes when the "
            "term of the photograph ends.",
        ),
    )
