"""Terms of the register."""

from __future__ import annotations

from pandok.core.term import Term
from pandok.core.text import Text

TERMS = (
    Term(
        "register",
        Text(ko="등록부", en="register"),
        Text(
            ko="가져온 모든 등록디자인과 그 도면, 변경 이력.", en="All imported designs with their views and history."
        ),
    ),
    Term(
        "registered_design",
        Text(ko="등록디자인", en="registered design"),
        Text(ko="등록부에 적힌 그대로의 디자인권.", en="A design right as the register states it."),
        "Hague Agreement; 디자인보호법",
    ),
    Term(
        "view",
        Text(ko="도면", en="view"),
        Text(
            ko="등록디자인을 한 방향에서 그린 그림: 정면, 배면, 좌측면, 우측면, 평면, 저면, 사시도.",
            en="One picture of a registered design: front, back, left, right, top, bottom, perspective.",
        ),
        "WIPO ST.88",
    ),
    Term(
        "holder",
        Text(ko="권리자", en="holder"),
        Text(ko="디자인권을 가진 사람이나 법인.", en="Who holds the right."),
        "WIPO ST.96",
    ),
    Term(
        "article",
        Text(ko="물품", en="article"),
        Text(ko="디자인이 적용된 제품.", en="The product in which the design is embodied."),
        "Locarno Agreement",
    ),
    Term(
        "locarno_class",
        Text(ko="로카르노 분류", en="Locarno class"),
        Text(
            ko="디자인 물품의 국제 분류. 두 자리 류와 두 자리 군으로 적습니다. 예: 09-01은 병.",
            en="The international classification of goods for designs: class and subclass, for example 09-01 for "
            "bottles.",
        ),
        "Locarno Classification",
    ),
    Term(
        "korean_class",
        Text(ko="한국 분류", en="Korean class"),
        Text(
            ko="우리나라의 디자인 물품 분류와 그 판.",
            en="The class of the Korean office, with its version.",
        ),
        "디자인 물품류별 물품목록",
    ),
    Term(
        "legal_status",
        Text(ko="법적 상태", en="legal status"),
        Text(
            ko="권리가 오늘 살아 있는지: 존속, 소멸, 기간 만료, 취소, 무효, 포기, 심사 중, 알 수 없음.",
            en="How the right stands today: in force, lapsed, expired, cancelled, invalidated, surrendered, pending, "
            "unknown.",
        ),
        "WIPO ST.87",
    ),
    Term(
        "recordal",
        Text(ko="세관 신고", en="recordal"),
        Text(
            ko="권리자가 권리를 세관에 신고한 것. 신고된 권리는 세관이 먼저 나서서 보호할 수 있습니다.",
            en="The holder has notified the right to customs, so that customs may act on it.",
        ),
        "WCO; 관세법 제235조",
    ),
    Term(
        "word_mark",
        Text(ko="문자상표", en="word mark"),
        Text(
            ko="글자만으로 된 상표. 칭호(부르는 소리)와 외관(글자 모양)으로 비교합니다.",
            en="A trade mark of letters alone; compared by how it is called and how it is written.",
        ),
        "상표법",
    ),
)
