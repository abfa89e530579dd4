"""Operations of the counterfeit desk in Korean; the English stands where each is written."""

from __future__ import annotations

from pandok.core.text import Text
from pandok.fields.counterfeit.steps import by_step

GROUPS: dict[str, Text] = {
    "cases": Text(ko="사건", en="Cases"),
    "case actions": Text(ko="사건 처리", en="Steps of a case"),
    "confirmed photographs": Text(ko="확인 사진", en="Confirmed photographs"),
    "notices": Text(ko="통지", en="Notices"),
    "answers": Text(ko="회신·의견", en="Answers"),
    "documents": Text(ko="서류", en="Papers"),
    "pictures": Text(ko="사진", en="Pictures"),
    "guides": Text(ko="감별 안내", en="Guides"),
    "law": Text(ko="적용 법령·휴일", en="Law and holidays"),
    "statistics": Text(ko="통계", en="Statistics"),
    "retention": Text(ko="보존·삭제", en="Retention"),
}

OPERATIONS: dict[str, tuple[str, str]] = {
    "list_cases": ("사건 목록(조건 검색, 쪽별)", ""),
    "open_a_case": ("판독에서 사건 접수", "물품 한 점에 사건은 하나이므로 다시 요청해도 같은 사건을 돌려줍니다."),
    "get_case": ("사건 한 건", ""),
    "get_clocks": ("사건의 법정 기한", ""),
    "get_history": ("사건 처리 이력", "세관만 볼 수 있습니다. 담당자가 적은 사유는 당사자에게 보이지 않습니다."),
    "choose": ("관련 권리 선택", "후보 중 하나, 또는 등록부에서 유효한 다른 디자인을 고릅니다."),
    "attach": ("새 판독을 사건에 반영", "같은 사진을 다시 판독한 결과가 사건의 판독을 대신합니다."),
    "record_an_appraisal": (
        "감정 결과 기록",
        "종이로 받은 감정서를 세관이 기록합니다. 당사자는 send-appraisal로 서류와 함께 보냅니다.",
    ),
    "decide_case": ("물품 처분 결정", ""),
    "acknowledge_what_came": ("들어온 회신·의견 확인", ""),
    "add_a_note": ("처리 이력에 메모 추가", ""),
    "name_case_parties": ("사건 당사자 지정", ""),
    "reach_an_importer": (
        "계정이 없는 수입자에게 통지",
        "수입자를 지정하고 통지를 만들어, 그 통지를 여는 링크를 돌려줍니다.",
    ),
    "link_an_importer_again": ("링크 다시 발급", "이전 링크는 더 이상 쓸 수 없습니다."),
    "withdraw_an_importer_link": ("링크 회수", "이미 연 사람에게도 더 이상 보이지 않습니다."),
    "notify": (
        "권리자와 수입자에게 통지",
        "권리자의 기한은 통지가 송달된 때부터 셉니다. 동의한 당사자는 메일이나 화면으로, 그 밖에는 종이로 송달합니다.",
    ),
    "list_case_notices": ("사건의 통지 목록", ""),
    "preview": (
        "지금 통지하면 나갈 내용",
        "아무것도 저장하거나 보내지 않습니다. 통지 전에 `unprintable`과 `delivers`를 확인하십시오.",
    ),
    "record_a_service": (
        "이 시스템 밖에서 송달한 사실 기록",
        "통지의 기한은 그날부터 셉니다. 통지마다 송달은 한 번입니다.",
    ),
    "list_confirmed": ("사건의 확인 사진 목록", "철회한 사진도 보입니다."),
    "confirm_a_photograph": (
        "사진을 다음 판독의 비교에 쓰도록 확인",
        "이 디자인임이 확인되어 종결된 사건의 사진만 됩니다. 언제든지 철회할 수 있습니다.",
    ),
    "withdraw_confirmed": ("확인 사진 철회", ""),
    "list_notices": ("통지 목록(최근순)", "당사자는 자기에게 온 통지를, 세관은 볼 수 있는 사건의 통지를 봅니다."),
    "get_notice": ("통지 한 건", "당사자가 부르면 통지를 연 것으로 기록합니다."),
    "get_notice_pdf": ("통지 PDF", ""),
    "say_electronic": (
        "통지받은 당사자의 전자송달 동의·철회",
        "당사자 본인의 의사입니다. 전에 연 통지는 동의한 때에 송달된 것으로 하며, 그보다 앞서지 않습니다.",
    ),
    "list_answers": ("당사자의 회신과 의견", ""),
    "answer_as_holder": (
        "권리자로서 회신",
        "'우리 권리가 아님'으로 회신하여 더 이상 사건을 볼 수 없게 되면 null을 돌려줍니다.",
    ),
    "request_a_suspension": ("담보를 제공하고 통관보류 요청", ""),
    "request_nothing": (
        "권리자로서 통관보류를 요청하지 않거나 요청 철회",
        "권리자 자신의 의사로 권리자의 기한이 끝납니다.",
    ),
    "make_a_statement": ("수입자로서 의견 진술", ""),
    "send_an_appraisal": ("감정서와 함께 감정 결과 제출", "감정을 의뢰받은 단체, 또는 권리자가 보냅니다."),
    "ask_an_appraisal": ("감정 단체에 감정 의뢰", ""),
    "confirm_a_suit": ("제소 증명 확인", ""),
    "list_documents": ("사건의 서류 목록", ""),
    "send_document": (
        "사건에 서류 제출",
        "PDF, JPEG, PNG, HEIC, TIFF, 20MB까지. 같은 쪽이 같은 파일을 다시 보내면 같은 서류로 봅니다.",
    ),
    "get_document": ("서류 정보", ""),
    "get_document_content": ("서류 파일", ""),
    "share": ("서류를 볼 수 있는 당사자 지정", ""),
    "get_picture": ("사진 한 장", ""),
    "list_design_guides": (
        "권리자의 감별 안내",
        "이 디자인의 안내가 먼저, 권리자의 모든 권리에 대한 안내가 다음입니다.",
    ),
    "list_guides": ("내 감별 안내", ""),
    "write_guide": (
        "감별 안내 작성",
        "사진은 8장까지, 촬영과 같은 방법으로 보냅니다. 보낸 때부터 세관 담당자에게 보입니다.",
    ),
    "change_guide": (
        "감별 안내 고쳐 쓰기",
        "새 안내가 대신하고 이전 안내는 철회된 채로 남습니다. 그대로 둘 사진을 적으십시오.",
    ),
    "withdraw_guide": ("감별 안내 철회", ""),
    "get_guide_picture": ("감별 안내의 사진", ""),
    "add_party": ("당사자 등록", ""),
    "get_party_record": ("당사자에 관한 모든 기록", ""),
    "change_party_facts": ("이름·주소 변경", ""),
    "set_party_active": (
        "당사자 사용 중지·재개",
        "중지된 당사자는 아무것도 볼 수 없고 지정되지 않습니다. 이력은 남습니다.",
    ),
    "set_electronic_service": (
        "서면으로 받은 전자송달 동의·철회 기록",
        "동의한 당사자에게만 메일이나 화면으로 송달합니다(행정절차법 제14조제3항).",
    ),
    "link_holder_name": ("등록부의 권리자 이름과 연결", ""),
    "set_party_member": ("당사자의 담당자 지정", "당사자의 종류에 맞는 역할이 있는 계정이어야 합니다."),
    "find_holders": ("권리자 이름 찾기", ""),
    "get_law": ("적용 법령", ""),
    "list_holidays": ("나중에 정해진 휴일", "처음부터 든 달력 밖에 등록한 날이며, 철회한 날도 보입니다."),
    "enter_holiday": ("휴일 등록", "진행 중인 기한을 다시 세어 이력에 남기고 당사자에게 알립니다."),
    "take_holiday_back": ("휴일 등록 철회", ""),
    "get_statistics": (
        "판독과 업무 통계",
        "담당자는 소속 세관 또는 자기 사건, 그 밖에 통계를 볼 수 있는 역할은 모든 사건입니다.",
    ),
    "list_due_files": ("보존 기간이 끝난 파일", ""),
    "list_deletions": ("삭제 계획(최근순)", ""),
    "plan_deletion": (
        "삭제 제안",
        "오늘 지울 수 있는 모든 파일이 대상입니다. 두 번째 사람이 화면에서 확인하기 전에는 지우지 않습니다.",
    ),
    "get_deletion": ("삭제 한 건", ""),
    "give_up_deletion": ("삭제 제안 철회", ""),
    "list_holds": ("보존 조치 목록", ""),
    "lift_a_hold": ("보존 조치 해제", ""),
    "hold_case": (
        "사건 파일 보존 조치",
        "조치가 있는 동안 사건의 파일을 지우지 않습니다. 이미 있으면 그대로 둡니다.",
    ),
    **{one.id: (one.summary.ko, one.about.ko) for one in by_step()},
}
"""By the operation's id: what it does, and what else is to be known, as in English."""

FIELDS: dict[str, str] = {
    "A translation for reference, for importers: vi, zh-hans": "수입자 통지의 참고용 번역문: vi, zh-hans",
    "Its place in the case, the first is 1": "사건 안의 순서. 첫 사진이 1",
    "What the appraisal found, as the truth that the reading is measured with.": (
        "감정 결과. 판독의 정확도를 재는 정답이 됩니다."
    ),
    "Empty: for all rights of the holder": "비워 두면 권리자의 모든 권리에 대한 안내",
    "Parts of the name, with blanks between": "이름의 일부. 여럿이면 띄어 씁니다.",
    "True: this name is the party; false: it is not, or no longer": (
        "true: 이 이름이 그 당사자임, false: 아니거나 더 이상 아님"
    ),
    "True: the account acts for the party; false: no longer": "true: 이 계정이 당사자의 담당자임, false: 더 이상 아님",
    "A day of the last month; left out: this month": "마지막 달에 든 하루. 비우면 이번 달",
}
"""What is said of a field, by its English."""
