"""Operations of the programme desk in Korean; the English stands where each is written."""

from __future__ import annotations

from pandok.core.text import Text

GROUPS: dict[str, Text] = {
    "Data sets of the programme": Text(ko="데이터 댐", en="Data sets of the programme"),
    "Problems of the field": Text(ko="현장 문제", en="Problems of the field"),
    "Agreements on trials": Text(ko="실증 협약", en="Agreements on trials"),
    "Evidence of trials": Text(ko="실증의 증거", en="Evidence of trials"),
    "Calls for applications": Text(ko="공모", en="Calls for applications"),
    "Questions and notices": Text(ko="질문과 알림", en="Questions and notices"),
    "Open challenges": Text(ko="공개 경진", en="Open challenges"),
}
OPERATIONS: dict[str, tuple[str, str]] = {
    "list_data_sets": ("데이터셋 목록", "새것부터."),
    "get_data_set": ("데이터셋 하나와 가장 최근의 품질 보고서", ""),
    "list_field_problems": (
        "현장 문제 목록",
        "새것부터. 등록부를 관리하거나 현업에서 일하는 계정은 전체를, 그 밖의 계정은 자기 것과 공개된 것을 봅니다.",
    ),
    "propose_field_problem": ("현장 문제 제안", "먼저 비슷한 문제를 찾아보십시오. 같은 문제는 하나로 합칩니다."),
    "find_problems_alike": (
        "같은 문제일 수 있는 것 찾기",
        "볼 수 있는 문제 가운데에서 찾습니다. 아무것도 저장하지 않습니다.",
    ),
    "list_agreements": ("실증 협약 목록", "새것부터. 현업 책임자는 자기 협약만 봅니다."),
    "get_agreement": ("실증 협약 하나", ""),
    "list_trial_certificates": (
        "협약의 확인서 목록",
        "새것부터, 발급이 취소된 것도. 초안과 발급은 화면에서 두 사람이 합니다.",
    ),
    "list_measurements": ("협약의 측정 목록", "새것부터."),
    "measure_agreement": ("협약의 성과지표 측정", "측정일이 끝나기 전에는 중간 측정, 끝난 뒤에는 한 번의 최종 측정."),
    "recompute_measurement": (
        "측정을 다시 계산",
        "잠긴 시트와 그때 알려진 기록으로 다시 계산합니다. 아무것도 바꾸지 않습니다.",
    ),
    "list_calls": ("공모 목록", "새것부터. 작성 중인 공모는 사업단이 봅니다."),
    "get_call": ("공모 하나", ""),
    "get_ranking_of_call": ("공모의 순위", "점수를 모두 잠그기 전에는 아무것도 알리지 않습니다."),
    "list_challenges": ("공개 경진 목록", "새것부터. 작성 중인 경진은 사업단이 봅니다."),
    "get_challenge": ("공개 경진 하나와 순위표", ""),
    "list_questions": ("질문과 답변 목록", "경진의 질문이나 일반 질문, 새것부터. 누구에게나 보이는 그대로입니다."),
    "ask_question": ("공개 질문", "바로 누구나 읽습니다. 화면에서 거둘 수 있고 고칠 수는 없습니다."),
    "list_programme_notices": ("사업단 알림 목록", "새것부터, 게시를 취소한 것도."),
    "list_firms": ("공개한 기업 카드 목록", "이름순. 입증한 것은 협약과 확인서의 기록에서 읽습니다."),
    "list_call_applications": (
        "공모 신청 목록",
        "새것부터. 기업은 자기 신청을, 사업단은 마감 뒤에 신청을 봅니다.",
    ),
    "get_call_application": ("공모 신청 하나", ""),
    "get_field_problem": ("현장 문제 하나", ""),
    "share_field_problem": ("우리도 있음", "소속 세관이나 기관마다 한 번."),
    "examine_field_problem": ("현장 문제 검토 시작", ""),
    "return_field_problem": ("현장 문제 보완 요청", "제안한 사람이 사유를 보고 다시 적을 수 있습니다."),
    "merge_field_problem": (
        "같은 문제와 합치기",
        "이 문제를 제안하거나 '우리도 있음'으로 알린 곳은 합친 문제에 셉니다.",
    ),
}
FIELDS: dict[str, str] = {
    "A challenge, or nothing: a question in general": "경진. 비우면 일반 질문",
    "What everybody will read": "누구나 읽을 글",
    "It says nothing about sealed data": "봉인 자료에 관한 내용이 없음",
    "The problem in one line": "문제 한 줄",
    "Who suffers from it, and how": "누가 어떻게 겪는가",
    "The decision that would change": "달라질 결정",
    "Data that exist": "있는 자료",
    "Who would run it and pay for it": "운영하고 비용을 낼 곳",
    "How it is with you": "그곳의 사정",
    "Number of the problem that says the same": "같은 문제의 번호",
}
