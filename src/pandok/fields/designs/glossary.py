"""Terms of reading photographs, and of how well a reader reads."""

from __future__ import annotations

from pandok.core.term import Term
from pandok.core.text import Text

TERMS = (
    Term(
        "signal",
        Text(ko="신호", en="signal"),
        Text(
            ko="현장에서 잡은 것: 한 물품의 사진들과 찍은 때와 곳.",
            en="What was caught: the photographs of one article, with place and time.",
        ),
    ),
    Term(
        "capture",
        Text(ko="촬영", en="capture"),
        Text(
            ko="휴대전화가 보낸 사진과 신고 내용, 그 기기가 매긴 번호.",
            en="What a phone sends: photographs, what was declared, and the phone's own number for it.",
        ),
    ),
    Term(
        "reader",
        Text(ko="판독기", en="reader"),
        Text(
            ko="사진을 판독으로 바꾸는 프로그램. 판이 매겨져 있고, 모델 카드가 그 성질을 말합니다.",
            en="A versioned program that turns a signal into a reading; described by a model card.",
        ),
    ),
    Term(
        "reading",
        Text(ko="판독", en="reading"),
        Text(
            ko="근거를 붙인 후보들의 순위, 또는 ‘유사 디자인 없음’, 또는 읽을 수 없는 사유.",
            en="Ranked candidates with evidence, “nothing close”, or why the photographs cannot be read.",
        ),
    ),
    Term(
        "candidate",
        Text(ko="후보", en="candidate"),
        Text(
            ko="사진에 찍혔을 수 있는 등록디자인 하나. 순위와 확률을 붙입니다.",
            en="One registered design that the photographs may show, with rank and probability.",
        ),
        "ISO/IEC 19795-1 (candidate list)",
    ),
    Term(
        "evidence",
        Text(ko="근거", en="evidence"),
        Text(
            ko="맞아 보이는 도면과 사진, 그리고 서로 들어맞는 부분.",
            en="The view that matched, the photograph, and the regions that agree.",
        ),
    ),
    Term(
        "nothing_close",
        Text(ko="유사 디자인 없음", en="nothing close"),
        Text(
            ko="어떤 후보도 기준에 이르지 못함. 목록은 참고일 뿐입니다.",
            en="No candidate reaches the threshold; the list is for reference only.",
        ),
        "open-set identification",
    ),
    Term(
        "look_alikes",
        Text(ko="서로 닮은 디자인", en="look-alikes"),
        Text(
            ko="서로 너무 닮아 사진 한 장으로는 어느 것인지 가릴 수 없는 등록디자인들.",
            en="Registered designs that resemble each other so much that one photograph may show any of them.",
        ),
    ),
    Term(
        "gallery",
        Text(ko="비교 대상", en="gallery"),
        Text(
            ko="사진과 비교하는 등록 도면 전체.",
            en="The enrolled views that a photograph is compared with.",
        ),
        "ISO/IEC 2382-37",
    ),
    Term(
        "model_card",
        Text(ko="모델 카드", en="model card"),
        Text(
            ko="모델이 무엇인지 적은 것: 파일과 해시, 입력, 라이선스, 학습 자료, 잰 성능.",
            en="What a model is: files with sha256, input, licence, training data, measured scores.",
        ),
        "Mitchell et al. 2019",
    ),
    Term(
        "encoder",
        Text(ko="부호기", en="encoder"),
        Text(ko="그림을 벡터로 바꾸는 모델.", en="The model that turns a picture into a vector."),
    ),
    Term(
        "recall_at_k",
        Text(ko="상위 k 재현율", en="recall at k"),
        Text(
            ko="맞는 디자인이 앞의 후보 k개 안에 든 사진의 비율. 높을수록 좋습니다.",
            en="Share of photographs whose true design is among the first k candidates; higher is better.",
        ),
    ),
    Term(
        "map",
        Text(ko="평균 정밀도(mAP)", en="mean average precision (mAP)"),
        Text(
            ko="사진마다 순위의 정밀도를 평균한 값의 평균. 높을수록 좋습니다.",
            en="Mean over photographs of the average precision of the ranking; higher is better.",
        ),
    ),
    Term(
        "dir_at_1pct",
        Text(ko="1% 오경보 식별률(DIR)", en="DIR at 1 %"),
        Text(
            ko="오경보를 1%로 묶었을 때, 등록된 물품의 사진 가운데 맞는 디자인이 1순위로 받아들여진 비율.",
            en="Detection and identification rate: the share of in-register photographs whose true design is first and "
            "accepted, at 1 % false alarms.",
        ),
        "ISO/IEC 19795-1",
    ),
    Term(
        "auroc",
        Text(ko="등록 여부 AUROC", en="AUROC in register"),
        Text(
            ko="등록부에 있는 물품과 없는 물품의 사진을 얼마나 잘 가르는지. 0.5는 어림짐작, 1은 완전한 구별.",
            en="How well photographs of goods in the register are told from those not in it: 0.5 is guessing, 1 "
            "perfect.",
        ),
    ),
    Term(
        "ece",
        Text(ko="보정 오차(ECE)", en="expected calibration error (ECE)"),
        Text(
            ko="표시한 확률과 실제로 맞은 비율의 평균 차이. 낮을수록 좋습니다.",
            en="Mean gap between the stated probability and the observed share; lower is better.",
        ),
        "Guo et al. 2017",
    ),
)
