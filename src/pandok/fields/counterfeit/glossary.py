"""Terms of the counterfeit desk."""

from __future__ import annotations

from pandok.core.term import Term
from pandok.core.text import Text

TERMS = (
    Term(
        "case",
        Text(ko="사건", en="case"),
        Text(
            ko="한 물품이 촬영에서 종결까지 거치는 길. 이력은 덧붙일 뿐 고치지 않습니다.",
            en="One article's way from the photograph to the end, with a history that is only added to.",
        ),
    ),
    Term(
        "turn",
        Text(ko="처리 대기", en="turn"),
        Text(ko="사건에서 다음에 움직여야 할 쪽.", en="Who has to act next in a case."),
    ),
    Term(
        "legal_clock",
        Text(ko="법정 기한", en="legal clock"),
        Text(
            ko="어떤 상태나 송달로 시작되어 업무일 또는 달력일로 세는 기한. 지킬 쪽과 근거 조문이 있습니다.",
            en="A term that starts with a state or with service, counted in business or calendar days; it has an owner "
            "and a source.",
        ),
        "관세법 시행령 제239조",
    ),
    Term(
        "decision",
        Text(ko="결정", en="decision"),
        Text(
            ko="책임 있는 사람이 이유를 붙여 고른 것. 판독은 결정하지 않습니다.",
            en="What a responsible person chose, with a reason. A reading never decides.",
        ),
    ),
    Term(
        "outcome",
        Text(ko="결과", en="outcome"),
        Text(ko="나중에 밝혀진 사실.", en="The truth found out later."),
    ),
    Term(
        "notice",
        Text(ko="통지", en="notice"),
        Text(
            ko="당사자에게 기한을 붙여 알리는 것. 보낸 내용은 그대로 굳습니다.",
            en="A message to a party with a term; its content is frozen when it is issued.",
        ),
    ),
    Term(
        "suspension",
        Text(ko="통관보류", en="suspension"),
        Text(
            ko="권리자의 요청과 담보에 따라 통관을 멈추는 것.",
            en="Clearance is suspended at the holder's request, against security.",
        ),
        "관세법 제235조",
    ),
    Term(
        "appraisal",
        Text(ko="감정", en="appraisal"),
        Text(
            ko="물품에 대한 권리자 또는 협회의 의견.",
            en="The holder's or an association's finding about the goods.",
        ),
    ),
    Term(
        "disposition",
        Text(ko="처분", en="disposition"),
        Text(
            ko="물품을 어떻게 하는지: 통관 허용, 폐기, 반송, 조사 의뢰.",
            en="What becomes of the goods: released, destroyed, returned, referred to investigation.",
        ),
    ),
    Term(
        "identification_guide",
        Text(ko="감별 안내", en="identification guide"),
        Text(
            ko="권리자가 자기 물품을 알아보는 법을 담당자에게 적어 준 것.",
            en="How a holder tells its own goods, written for officers.",
        ),
    ),
    Term(
        "confirmed_photograph",
        Text(ko="확인 사진", en="confirmed photograph"),
        Text(
            ko="종결된 사건에서 그 물품으로 밝혀진 사진. 세관 안에서만 그 디자인의 도면처럼 비교합니다.",
            en="A photograph of a closed case, used as a further view of the design that it was shown to depict; for "
            "customs only.",
        ),
    ),
    Term(
        "hit_at_k",
        Text(ko="k순위 안 적중률", en="hit rate at k"),
        Text(
            ko="종결된 사건 가운데 맞는 디자인이 앞의 후보 k개 안에 있던 비율.",
            en="The share of closed cases whose true design was among the first k candidates.",
        ),
    ),
    Term(
        "time_to_holder",
        Text(ko="권리자까지 걸린 시간", en="time to holder"),
        Text(
            ko="사진을 찍은 때부터 권리자에게 통지할 때까지.",
            en="From the photograph to the notice to the right holder.",
        ),
    ),
    Term(
        "nothing_close_share",
        Text(ko="‘유사 디자인 없음’ 비율", en="share of “nothing close”"),
        Text(
            ko="‘유사 디자인 없음’으로 끝난 판독의 비율. 갑자기 오르면 사진이나 등록부를 살펴보십시오.",
            en="How often the reading said “nothing close”. A sudden rise is a reason to look at photographs and "
            "register.",
        ),
    ),
    Term(
        "wrong_notice",
        Text(ko="잘못된 통지", en="wrong notice"),
        Text(
            ko="그 권리의 주인이 아닌 사람에게 간 통지.",
            en="A notice to a holder whose right it was not.",
        ),
    ),
    Term(
        "retention_period",
        Text(ko="보존 기간", en="retention period"),
        Text(
            ko="자료를 두는 기간. 지나면 두 사람의 승인으로 지우고 확인서를 남깁니다.",
            en="How long something is kept; after it, two persons delete it and a certificate stays.",
        ),
    ),
    Term(
        "legal_hold",
        Text(ko="보존 조치", en="legal hold"),
        Text(
            ko="다툼이 있는 사건의 사진과 서류를 보존 기간이 지나도 지우지 않게 하는 것.",
            en="Keeps the photographs and papers of a disputed case past their retention period.",
        ),
    ),
)
