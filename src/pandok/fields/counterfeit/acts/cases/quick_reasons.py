"""Reasons that officers give every day, so that a gloved hand need not type them. None is ever chosen beforehand."""

from __future__ import annotations

from pandok.core.text import Text

PHRASES: dict[str, tuple[Text, ...]] = {
    "choose": (
        Text(ko="등록도면과 전체 형태가 유사함", en="The whole form is close to the registered views"),
        Text(ko="특징적인 부분이 일치함", en="Its characteristic parts agree"),
        Text(ko="표시된 문자·상표로 권리자 확인", en="Text or mark on the goods names the holder"),
    ),
    "nothing_close": (
        Text(ko="후보 모두 전체 형태가 다름", en="All candidates differ in their whole form"),
        Text(ko="물품의 종류가 다름", en="They are articles of another kind"),
        Text(ko="사진으로는 판단하기 어려움", en="The photographs do not allow to tell"),
    ),
    "reopen": (
        Text(ko="다른 후보를 다시 확인", en="Another candidate is to be looked at"),
        Text(ko="권리자가 자신의 권리가 아니라고 회신", en="The holder answered that it is not their right"),
        Text(ko="추가 사진 확보", en="More photographs have come"),
    ),
    "read_again": (Text(ko="새 판독 결과로 바꿈", en="The newer reading is taken"),),
    "suspend": (Text(ko="권리자의 요청에 따라 통관보류", en="Suspended as the holder requested"),),
    "refuse_suspension": (Text(ko="담보를 제공하지 않음", en="No security was given"),),
    "go_on": (Text(ko="권리자 회신에 따라 통관 진행", en="Clearance goes on as the holder answered"),),
    "appraise": (
        Text(ko="권리자 감정서 접수", en="The holder's appraisal came in"),
        Text(ko="감정 단체 감정서 접수", en="The association's appraisal came in"),
    ),
    "decide": (
        Text(ko="감정 결과에 따름", en="As the appraisal found"),
        Text(ko="기한 안에 요청이 없음", en="No request came in time"),
        Text(ko="양측 의견을 들은 뒤 결정", en="Decided after both sides were heard"),
    ),
    "close": (
        Text(ko="처분 집행 완료", en="The goods were dealt with as decided"),
        Text(ko="해당 권리 없음, 통관 허용", en="No right concerned; released"),
    ),
    "withdraw": (
        Text(ko="같은 물품을 두 번 접수함", en="The same goods were taken in twice"),
        Text(ko="다른 물품을 잘못 촬영함", en="Other goods were photographed by mistake"),
        Text(ko="시험 촬영", en="A trial photograph"),
    ),
    "notify": (
        Text(
            ko="등록디자인과 형태가 유사하여 권리자 확인 필요",
            en="Close to a registered design; the holder is to be asked",
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
}
"""By step of pandok.fields.counterfeit.acts.cases.officer_steps, and by other forms of the case pages."""


def reason_of(kind: str, phrase: str, text: str, language: str) -> str:
    """The reason as it is kept: the phrase with this number, where one was chosen, and what was written."""
    known = PHRASES.get(kind, ())
    chosen = known[int(phrase)].in_language(language) if phrase.isdecimal() and int(phrase) < len(known) else ""
    return " · ".join(part for part in (chosen, " ".join(text.split())) if part)
