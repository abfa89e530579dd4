"""What is refused of an application to a call, and what to do instead."""

from __future__ import annotations

from pandok.common.refusals import refusals
from pandok.core.text import Text

refusal = refusals(
    "application",
    {
        "not_there": (
            Text(ko="없거나 볼 수 없는 신청입니다.", en="There is no such application, or it is not shown to you."),
            Text(ko="신청 목록에서 다시 고르십시오.", en="Choose it in the list again."),
        ),
        "no_firm": (
            Text(ko="이 계정은 어느 기업에도 속하지 않습니다.", en="This account acts for no firm."),
            Text(ko="관리자에게 기업 연결을 요청하십시오.", en="Ask the administrator to connect it with your firm."),
        ),
        "not_open": (
            Text(
                ko="접수 기간이 아닙니다. 서버의 시계로 잽니다.", en="The call is not open, by the clock of the server."
            ),
            Text(ko="공모의 접수 시작과 마감을 확인하십시오.", en="See when the call opens and closes."),
        ),
        "too_many_files": (
            Text(ko="파일이 이미 10개입니다.", en="There are 10 files already."),
            Text(ko="여러 장을 한 PDF로 합쳐 올리십시오.", en="Join several pages in one PDF."),
        ),
        "no_file": (
            Text(ko="그런 파일이 없습니다.", en="There is no such file."),
            Text(ko="화면을 새로 고치십시오.", en="Reload the page."),
        ),
    },
)
"""`area.reason`: application.not_there and so on."""
