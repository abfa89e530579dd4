"""Terms of streetlights."""

from __future__ import annotations

from pandok.core.term import Term
from pandok.core.text import Text

TERMS = (
    Term(
        "device-day",
        Text(ko="장치·일", en="device-day"),
        Text(
            ko="그 위험을 재는 감지기가 있는 등주 하나의 하루. 오경보를 이것으로 나누어 견줍니다.",
            en="One pole with a sensor of the kind, for one day. False alarms are divided by it.",
        ),
    ),
    Term(
        "outside-record",
        Text(ko="외부 기록", en="outside record"),
        Text(
            ko="119, 도로과, 주민이 남긴 사건 기록. 경보가 놓친 것은 이것으로만 알 수 있습니다.",
            en="An event that 119, the road office or a resident recorded: only these tell what alerts missed.",
        ),
    ),
    Term(
        "street-silence",
        Text(ko="알림 중지", en="silence"),
        Text(
            ko="정한 때까지 아무도 부르지 않게 하는 일. 경보는 그대로 기록되고 보입니다.",
            en="Nobody is called until a stated time. Alerts are kept and shown all the same.",
        ),
    ),
    Term(
        "feeder",
        Text(ko="분전 선로", en="feeder"),
        Text(
            ko="여러 등주에 함께 전기를 보내는 선로. 함께 응답이 끊기면 경보 하나입니다.",
            en="The line that feeds several poles. Where they fall silent together, it is one alert.",
        ),
    ),
    Term(
        "work-order",
        Text(ko="작업 지시", en="work order"),
        Text(
            ko="현장조가 등주에서 할 일 한 건. 기한까지 맡아 확인한 것과 교체한 것을 적거나, 사유를 적어 반려합니다.",
            en="One thing that a crew has to do at a pole: done by its term with what was found and replaced, or given "
            "back with a reason.",
        ),
    ),
    Term(
        "lamp-baseline",
        Text(ko="전야 기준", en="full-night baseline"),
        Text(
            ko="해 진 때부터 해 뜰 때까지 등이 최대 전력으로 켜져 있을 때의 전력량. 아는 시간만 견줍니다.",
            en="What the lamp takes at full power from sunset to sunrise; only hours that are known are compared.",
        ),
    ),
    Term(
        "lamp-unknown-hours",
        Text(ko="모르는 시간", en="unknown hours"),
        Text(
            ko="전력 측정값도 조광 지시도 없는 밤 시간. 쓴 것으로도 절감한 것으로도 치지 않습니다.",
            en="Hours of night with neither a reading of power nor a told dimming level: neither burnt nor saved.",
        ),
    ),
    Term(
        "alert-level",
        Text(ko="경보 단계", en="alert level"),
        Text(
            ko="1 관심, 2 주의, 3 경계, 4 심각. 오를 때와 내릴 때의 기준이 달라 경계에서 되풀이해 울리지 않습니다.",
            en="1 attention, 2 caution, 3 warning, 4 serious. It rises and falls at different values, so that nothing "
            "alerts again and again at the edge.",
        ),
    ),
    Term(
        "one-case",
        Text(ko="같은 사건", en="one case"),
        Text(
            ko="한 곳의 한 사건을 알리는 여러 경보를 모은 것. 그중 가장 높은 단계로 놓입니다.",
            en="Several alerts of one event at one place, kept as one and as high as the highest of them.",
        ),
    ),
    Term(
        "not-heard",
        Text(ko="응답 없음", en="not heard from"),
        Text(
            ko="정한 시간보다 오래 메시지가 없는 등주. 정상이 아니며, 그 자리의 위험을 아무도 모릅니다.",
            en="A pole without a message for longer than it may: not in order, and nobody knows of hazards there.",
        ),
    ),
    Term(
        "resident-cap",
        Text(ko="공통경보규약(CAP)", en="Common Alerting Protocol (CAP)"),
        Text(
            ko="경보를 다른 기관의 시스템으로 보내는 공통 형식. 국내는 1.1판, 국제는 1.2판입니다.",
            en="The common form in which a warning goes to other houses: version 1.1 in Korea, 1.2 elsewhere.",
        ),
        "KS X ITU-T X.1303, OASIS CAP 1.2",
    ),
    Term(
        "procedure",
        Text(ko="대응 절차", en="procedure"),
        Text(
            ko="경보 종류마다 정한 할 일의 순서. 단계마다 경보가 들어온 때부터의 시한이 있고, 한 사람이 한 번"
            " 표시합니다.",
            en="What is to be done for each kind of alert, in order. Each step is due within a time from when the "
            "alert came in, and is ticked once, by one person.",
        ),
    ),
    Term(
        "street-trial",
        Text(ko="실증 시험", en="trial"),
        Text(
            ko="시작 전에 질문, 측정 방법, 넘어야 할 값을 등록하고, 끝난 뒤 그 기준으로 계산해 입증되지 않은 것까지"
            " 공개하는 시험.",
            en="A question, how it is measured and the value to be reached are registered before it begins; afterwards "
            "it is counted by them and published, also where nothing was proven.",
        ),
    ),
    Term(
        "replay",
        Text(ko="재생 실험", en="replay"),
        Text(
            ko="보관된 기간의 측정값을 다른 판독기나 기준값으로 다시 읽어, 경보가 얼마나 일찍 왔을지, 오경보와 놓친"
            " 사건이 몇 건일지 세는 일.",
            en="The stored readings of a period are read again by another reader or with other thresholds: how early "
            "alerts would have come, how many would have been false, and what would have been missed.",
        ),
    ),
    Term(
        "test-bed",
        Text(ko="시험 구역", en="test bed"),
        Text(
            ko="등주와 감지기를 시험하는 거리나 구역. 예약과 시험은 구역을 기준으로 합니다.",
            en="A street or district in which poles and sensors are tried; bookings and trials are of one.",
        ),
    ),
)
