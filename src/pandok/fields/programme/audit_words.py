"""What the programme desk writes into the audit trail, in words."""

from __future__ import annotations

from pandok.core.text import Text

ACTIONS: dict[str, Text] = {
    "field-problem.reworded": Text(ko="현장 문제 다시 적음", en="Problem of the field said anew"),
    "field-problem.published": Text(ko="현장 문제 공개", en="Problem of the field made public"),
    "field-problem.hidden": Text(ko="현장 문제 비공개", en="Problem of the field no longer public"),
    "field-problem.shared": Text(ko="우리도 있음", en="Another place has the problem too"),
    "field-problem.share_ended": Text(ko="우리도 있음 취소", en="Another place has the problem no more"),
    "agreement.redrafted": Text(ko="협약 초안 수정", en="Draft of an agreement changed"),
    "agreement.line_put": Text(ko="협약에 성과지표 적음", en="KPI put on the sheet of an agreement"),
    "agreement.line_dropped": Text(ko="협약에서 성과지표 뺌", en="KPI taken out of an agreement"),
    "agreement.locked": Text(ko="협약 잠금", en="Agreement locked"),
    "agreement.signed": Text(ko="협약 서명·찬성", en="Agreement signed, or its amendment voted for"),
    "agreement.amended": Text(ko="협약 변경안 제출", en="Amendment of an agreement offered"),
    "agreement.refused": Text(ko="협약 변경안 반대", en="Amendment of an agreement voted against"),
    "agreement.milestone_set": Text(ko="협약 마일스톤 정함", en="Milestone of an agreement set"),
    "programme-call.scores_due": Text(ko="평가 기한 늘림", en="More time given for scores"),
    "reviewer-tie.declared": Text(ko="이해관계 신고", en="Tie to a firm declared"),
    "reviewer-tie.taken_back": Text(ko="이해관계 신고 취소", en="Tie to a firm taken back"),
    "reviewer-tie.owner_added": Text(ko="기업 뒤의 기업 추가", en="Firm behind a firm added"),
    "selection.voted_for": Text(ko="선정안 찬성", en="Selection voted for"),
    "selection.voted_against": Text(ko="선정안 반대", en="Selection voted against"),
    "call-application.file_added": Text(ko="공모 신청에 파일 올림", en="File added to an application"),
    "call-application.file_dropped": Text(ko="공모 신청에서 파일 뺌", en="File taken out of an application"),
    "programme-call.redrafted": Text(ko="공모 초안 수정", en="Draft of a call changed"),
    "agreement.milestone_done": Text(ko="협약 마일스톤 달성", en="Milestone of an agreement reached"),
    "agreement.asked_again": Text(ko="끝난 뒤의 상태를 물음", en="Asked what became of a trial"),
    "agreement.use_answered": Text(ko="끝난 뒤의 상태를 답함", en="Said what became of a trial"),
    "hand-over.made": Text(ko="인계 묶음 만듦", en="Hand-over made"),
    "hand-over.taken": Text(ko="다른 기관의 인계 받음", en="Hand-over of another site taken in"),
    "hand-over.answered": Text(ko="인계에 답함", en="Hand-over answered"),
    "hand-over.answer_kept": Text(ko="인계에 대한 답 받음", en="Answer to a hand-over taken in"),
    "agreement.measured": Text(ko="성과지표 측정", en="KPIs of an agreement measured"),
    "resource.added": Text(ko="자원 등록", en="Resource entered on the map"),
    "resource.reworded": Text(ko="자원 고쳐 적음", en="Resource said anew"),
    "resource.booked": Text(ko="자원 예약", en="Resource booked"),
    "resource.booking_cancelled": Text(ko="자원 예약 취소", en="Booking of a resource cancelled"),
    "data-set.reworded": Text(ko="데이터셋 고쳐 적음", en="Data set said anew"),
    "data-set.versioned": Text(ko="데이터셋 새 판", en="New version of a data set"),
    "data-set.reported": Text(ko="데이터셋 품질 보고서", en="Report on a data set's quality"),
}
OBJECTS: dict[str, Text] = {
    "field-problem": Text(ko="현장 문제", en="Problem of the field"),
    "agreement": Text(ko="실증 협약", en="Agreement on a trial"),
    "call-application": Text(ko="공모 신청", en="Application to a call"),
    "application-review": Text(ko="신청 평가", en="Review of an application"),
    "call-selection": Text(ko="선정안", en="Selection"),
    "reviewer-tie": Text(ko="이해관계", en="Tie to a firm"),
    "programme-call": Text(ko="공모", en="Call"),
    "trial-certificate": Text(ko="실증 확인서", en="Certificate of a trial"),
    "resource": Text(ko="자원", en="Resource"),
    "data-set": Text(ko="데이터셋", en="Data set"),
    "hand-over": Text(ko="인계", en="Hand-over to another site"),
}
"""By the beginning of the object of an entry."""
LABELS: dict[str, Text] = {
    "problem_topic": Text(ko="문제의 분야", en="Field of the problem"),
    "published": Text(ko="공개", en="Public"),
    "into": Text(ko="합친 문제", en="Merged with"),
    "sheet_version": Text(ko="시트의 판", en="Version of the sheet"),
    "region": Text(ko="권역", en="Region"),
    "measurement": Text(ko="측정 번호", en="Number of the measurement"),
    "use": Text(ko="쓰는 상태", en="Use"),
    "months": Text(ko="끝난 뒤 개월", en="Months after the end"),
    "agreement": Text(ko="협약", en="Agreement"),
    "became": Text(ko="검수 결과", en="What became of it"),
    "occasion": Text(ko="측정 구분", en="Kind of measurement"),
    "decided_at": Text(ko="결정 시각", en="Decided at"),
    "why_void": Text(ko="무효 사유", en="Why it is void"),
    "reviewer": Text(ko="자문위원", en="Advisor"),
    "bond": Text(ko="관계", en="Bond"),
    "due_at": Text(ko="기한", en="Until"),
    "call_kind": Text(ko="공모 종류", en="Kind of call"),
    "data_version": Text(ko="데이터셋의 판", en="Version of the data set"),
    "meets_plan": Text(ko="계획의 목표를 지킴", en="Meets its plan"),
}
"""Names of details."""
JOBS: dict[str, Text] = {"data_set.quality": Text(ko="데이터셋 품질 검사", en="Look through a data set")}
"""Work for the worker, by its kind."""
