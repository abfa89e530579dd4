"""Why something about an export is refused, with the next step."""

from __future__ import annotations

from pandok.common.refusals import SHARED, Reason, refusals
from pandok.core.text import Text

_REASONS: dict[str, Reason] = {
    "not_author": (
        Text(ko="신청한 사람만 할 수 있습니다.", en="Only the author may do that."),
        Text(ko="신청자에게 알리십시오.", en="Tell the author."),
    ),
    "own": (
        Text(ko="자신의 신청은 심사할 수 없습니다.", en="Nobody reviews their own request."),
        Text(ko="다른 반출심사자가 심사해야 합니다.", en="Another output checker must review it."),
    ),
    "receiver_votes": (
        Text(ko="받을 사람은 심사할 수 없습니다.", en="Whoever receives the files does not review them."),
        Text(ko="다른 반출심사자가 심사해야 합니다.", en="Another output checker must review it."),
    ),
    "voted": (
        Text(ko="이 파일들에 이미 답했습니다.", en="You have voted on these files already."),
        Text(ko="다른 반출심사자를 기다리십시오.", en="Wait for another output checker."),
    ),
    "changed": (
        Text(ko="본 뒤에 파일이 바뀌었습니다.", en="The files changed after you saw them."),
        Text(ko="다시 보고 답하십시오.", en="Look at them again, then answer."),
    ),
    "findings": (
        Text(ko="자동 점검이 찾은 것을 확인하지 않았습니다.", en="The findings of the checks were not looked at."),
        Text(
            ko="찾은 것을 모두 보고 확인 표시를 하거나, 보완을 요청하십시오.",
            en="Look at each and tick the box, or return the request.",
        ),
    ),
    "models": (
        Text(
            ko="모델 파일은 따로 결정해야 합니다. 학습한 기록이 들어 있을 수 있습니다.",
            en="Model files need a decision of their own: they may hold records that they were trained on.",
        ),
        Text(
            ko="모델 파일도 나가도 되는지 표시하거나, 보완을 요청하십시오.",
            en="Tick that the models may go too, or return the request.",
        ),
    ),
    "empty": (
        Text(ko="파일이 하나도 없습니다.", en="There is no file."),
        Text(ko="반출할 파일을 올리십시오.", en="Add the files that should leave."),
    ),
    "many": (
        Text(ko="파일이 너무 많거나 합쳐서 너무 큽니다.", en="The files are too many, or too large together."),
        Text(ko="나누어 신청하십시오.", en="Ask for them in parts."),
    ),
    "name": (
        Text(ko="같은 이름의 파일이 이미 있습니다.", en="There is a file of that name already."),
        Text(ko="이름을 바꾸거나 먼저 것을 빼십시오.", en="Rename it, or take the other one out first."),
    ),
    "type": (
        Text(
            ko="받지 않는 형식입니다. 내용을 확인할 수 없기 때문입니다.",
            en="This type is not accepted, since it cannot be looked into.",
        ),
        Text(
            ko="CSV, TXT, MD, JSON, PNG, JPEG, PDF, 이들의 ZIP, 또는 ONNX 모델로 올리십시오.",
            en="Send CSV, TXT, MD, JSON, PNG, JPEG, PDF, a ZIP of these, or an ONNX model.",
        ),
    ),
    "words": (
        Text(ko="제목, 목적, 법적 근거를 적어야 합니다.", en="Title, purpose and legal basis are needed."),
        Text(
            ko="제목 2자, 목적 10자, 법적 근거 5자 이상으로 적으십시오. 공개 대장에 실립니다.",
            en="Give at least 2, 10 and 5 characters; they appear in the public register.",
        ),
    ),
    "not_approved": (
        Text(
            ko="이 파일들에 대한 서로 다른 두 사람의 승인이 없습니다.",
            en="Two other persons have not approved exactly these files.",
        ),
        Text(ko="심사를 마친 뒤 반출하십시오.", en="Finish the review first."),
    ),
    "broken": (
        Text(
            ko="보관된 파일이 승인된 것과 다릅니다. 반출하지 않았습니다.",
            en="A kept file is not the one that was approved. Nothing was released.",
        ),
        Text(ko="관리자에게 알리고 다시 신청하십시오.", en="Tell the administrator, and ask for the export again."),
    ),
    "receiver": (
        Text(ko="받을 사람의 계정이 없거나 실증랩에 들어오지 못합니다.", en="The receiver has no account in the lab."),
        Text(ko="사용자 이름을 확인하거나 비워 두십시오.", en="Check the user name, or leave it empty."),
    ),
}


refused = refusals("export", {**SHARED, **_REASONS})
