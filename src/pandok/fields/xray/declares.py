"""What X-ray declares."""

from __future__ import annotations

from pandok.common.declared import Declares, Introduction, Link
from pandok.core.text import Text
from pandok.fields.xray.roles import MAY, Action, Role
from pandok.fields.xray.states import TABLE

DECLARES = Declares(
    roles=Role,
    actions=Action,
    may=MAY,
    states=(TABLE,),
    jobs=(
        "pandok.fields.xray.acts.help.job",
        "pandok.fields.xray.acts.similar.jobs",
        "pandok.fields.xray.acts.structure.jobs",
        "pandok.fields.xray.acts.opening_reminders",
        "pandok.fields.xray.acts.webhook_events",
    ),
    audit_keys=("inspection", "scan", "scan_deletion"),
    audit_words="pandok.fields.xray.web.shown.audit_values.audit_words",
    audit_values="pandok.fields.xray.web.shown.audit_values.audit_values",
    audit_states="pandok.fields.xray.web.shown.audit_values.audit_states",
    waiting="pandok.fields.xray.lists.work.waiting",
    links=(
        Link(35, "xray_desk", Text(ko="X-ray", en="X-ray"), Action.READ_SCANS, ("xray_read", "xray_decide")),
        Link(
            36,
            "xray_inspections",
            Text(ko="검사 목록", en="Inspections"),
            Action.SEE_SCANS,
            ("xray_inspection", "xray_opening", "xray_read_again"),
        ),
        Link(37, "xray_import", Text(ko="X-ray 가져오기", en="Import scans"), Action.IMPORT_SCANS),
        Link(74, "xray_containers", Text(ko="컨테이너 구조", en="Container structure"), Action.SEE_SCAN_FIGURES),
        Link(75, "xray_figures", Text(ko="X-ray 통계", en="X-ray figures"), Action.SEE_SCAN_FIGURES),
        Link(
            91,
            "scan_retention",
            Text(ko="X-ray 영상 보존", en="X-ray retention"),
            Action.SEE_SCAN_RETENTION,
            ("scan_deletion",),
        ),
    ),
    webhook_events={
        "inspection.decided": Text(ko="X-ray 판독 결정", en="A scan was decided on"),
        "inspection.second_look": Text(ko="X-ray 재판독 요청", en="A second look was asked for"),
        "inspection.opened": Text(ko="개장 결과 기록", en="An opening was recorded"),
        "inspection.opening_due": Text(ko="개장 기한 알림", en="An opening is due or overdue"),
    },
    largest_request="pandok.fields.xray.acts.files.limits.largest_request",
    introduction=Introduction(
        Text(ko="X-ray 판독", en="X-ray reading"),
        Text(
            ko="여러 제작사의 X-ray 영상을 하나의 척도로 신고 내용과 나란히 보고, 개장 결과로 판독을 평가합니다.",
            en="Scans of any maker stand on one scale beside their declaration; openings tell how well they were read.",
        ),
    ),
)
