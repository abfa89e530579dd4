"""What is refused of confirmed photographs, and what to do instead."""

from __future__ import annotations

from pandok.core.errors import RequestError
from pandok.core.text import Text, counted
from pandok.fields.counterfeit.models import Case
from pandok.fields.register.models import Design


def truth_unknown(case: Case) -> RequestError:
    return RequestError(
        Text(
            ko=f"사건 {case.number}의 사진이 어느 등록디자인인지 아직 확인되지 않았습니다.",
            en=f"It is not known which registered design the photographs of case {case.number} show.",
        ),
        Text(
            ko="감정 결과나 권리자 회신으로 확인된 종결 사건의 사진만 추가할 수 있습니다.",
            en="Only a closed case can say so, by an appraisal, the holder's answer or what was found later.",
        ),
        code="view.truth_unknown",
    )


def other_design(case: Case, design: Design) -> RequestError:
    return RequestError(
        Text(
            ko=f"사건 {case.number}에서 확인된 디자인은 {design.design_id}입니다.",
            en=f"What case {case.number} is known to show is design {design.design_id}.",
        ),
        Text(
            ko="그 디자인이 맞는지 확인하고 다시 추가하십시오.",
            en="Check whether that is the right one, and add it again.",
        ),
        code="view.other_design",
    )


def erased() -> RequestError:
    return RequestError(
        Text(ko="이 사진은 보존기간이 끝나 삭제되었습니다.", en="The term of this photograph is over; it was erased."),
        Text(ko="남아 있는 다른 사진을 고르십시오.", en="Choose another photograph that is still there."),
        code="view.erased",
    )


def stands() -> RequestError:
    return RequestError(
        Text(ko="이미 확인 사진으로 쓰이는 사진입니다.", en="This photograph is already used as a confirmed one."),
        Text(ko="화면을 새로 고쳐 지금 상태를 확인하십시오.", en="Reload the page and see how it stands."),
        code="view.stands",
    )


def too_many(design: Design, most: int) -> RequestError:
    return RequestError(
        Text(
            ko=f"디자인 {design.design_id}에는 확인 사진이 이미 {most}장 있습니다.",
            en=f"Design {design.design_id} has {counted(most, 'confirmed photograph')} already.",
        ),
        Text(
            ko="다른 사건의 확인 사진을 먼저 철회하십시오.",
            en="Take one of another case back first.",
        ),
        code="view.too_many",
    )


def taken_back() -> RequestError:
    return RequestError(
        Text(ko="이미 철회한 확인 사진입니다.", en="It was taken back already."),
        Text(ko="화면을 새로 고쳐 지금 상태를 확인하십시오.", en="Reload the page and see how it stands."),
        code="view.taken_back",
    )
