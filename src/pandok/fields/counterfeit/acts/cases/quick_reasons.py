"""Reasons that officers give every day, so that a gloved hand need not type them. None is ever chosen beforehand."""

from __future__ import annotations

from pandok.core.text import Text
from pandok.core.whole_number import whole_number
from pandok.fields.counterfeit.steps import Step

PHRASES: dict[str, tuple[Text, ...]] = {
    **{step.value: step.means.reasons for step in Step if step.means.reasons},
    "notify": (
        Text(
            ko="등록디자인과 형태가 유사하여 권리자 확인 필요",
            en="Close to a registered design; the holder should be asked",
        ),
    ),
    "declared": (
        Text(ko="신고서와 대조해 정정", en="Corrected after the declaration"),
        Text(ko="송장·포장 표시로 확인", en="Taken from label or package"),
    ),
    "parties": (Text(ko="신고서·송장으로 확인", en="Taken from declaration or label"),),
    "share": (
        Text(ko="의견 진술에 필요한 서류", en="Needed for being heard"),
        Text(ko="당사자의 열람 신청", en="The party asked to see it"),
    ),
    "suit": (
        Text(ko="소장 접수증명원 확인", en="The court's receipt of the suit was seen"),
        Text(ko="무역위원회 조사신청 접수 확인", en="The Trade Commission's receipt of the application was seen"),
    ),
    "ask_appraisal": (
        Text(ko="실물 감정이 필요함", en="The goods have to be appraised"),
        Text(ko="권리자와 수입자의 주장이 다름", en="Holder and importer disagree"),
    ),
    "assign": (
        Text(ko="담당자 변경", en="Another officer takes over"),
        Text(ko="교대 근무 인계", en="Handed over at the end of a shift"),
    ),
    "confirm_view": (
        Text(ko="감정 결과로 확인된 물품", en="The goods were appraised as this design"),
        Text(ko="권리자 회신으로 확인된 물품", en="The holder answered that it is this design"),
        Text(ko="등록도면과 다른 방향에서 찍힌 사진", en="It shows a side that no registered view shows"),
    ),
    "withdraw_view": (
        Text(ko="다른 물품의 사진임", en="It shows other goods"),
        Text(ko="물품이 잘 보이지 않음", en="The goods are hard to see"),
        Text(ko="비슷한 사진이 이미 있음", en="There is a similar photograph already"),
    ),
}
"""By step (`steps`), and by other forms of the case pages."""


def reason_of(kind: str, phrase: str, text: str, language: str) -> str:
    """The reason as it is kept: the phrase with this number, where one was chosen, and what was written."""
    known = PHRASES.get(kind, ())
    number = whole_number(phrase, most=len(known) - 1) if known else None
    chosen = "" if number is None else known[number].in_language(language)
    return " · ".join(part for part in (chosen, " ".join(text.split())) if part)
