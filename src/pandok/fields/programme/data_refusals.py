"""What is refused of a data set, and what to do instead."""

from __future__ import annotations

from pandok.common.refusals import refusals
from pandok.core.text import Text

refusal = refusals(
    "data_set",
    {
        "not_there": (
            Text(ko="없거나 볼 수 없는 데이터셋입니다.", en="There is no such data set, or it is not shown to you."),
            Text(ko="목록에서 다시 고르십시오.", en="Choose it in the list again."),
        ),
        "words": (
            Text(
                ko="이름, 목적, 이용조건, 소유기관 가운데 빈 것이 있거나 너무 깁니다.",
                en="Title, purpose, licence or owner is empty or too long.",
            ),
            Text(ko="고쳐서 다시 보내십시오.", en="Correct it, and send it again."),
        ),
        "no_agreement": (
            Text(ko="그런 번호의 협약이 없습니다.", en="There is no agreement of that number."),
            Text(ko="협약 번호를 확인하거나 비워 두십시오.", en="Check the number, or leave it empty."),
        ),
        "no_deposit": (
            Text(ko="실증랩에 그런 기탁 자료가 없습니다.", en="There is no such deposit in the lab."),
            Text(ko="목록에서 고르거나 비워 두십시오.", en="Choose one, or leave it empty."),
        ),
        "no_steward": (
            Text(
                ko="기탁 자료는 데이터 관리자만 검사할 수 있습니다.",
                en="Only a data steward has a deposit looked through.",
            ),
            Text(ko="데이터 관리자에게 요청하십시오.", en="Ask a data steward."),
        ),
        "no_table": (
            Text(ko="표 파일이 없거나 여럿입니다.", en="There is no table among the files, or there are several."),
            Text(ko="표(CSV)의 이름을 적으십시오.", en="Give the name of the table (CSV)."),
        ),
        "no_upload": (
            Text(ko="파일을 고르지 않았습니다.", en="No file was chosen."),
            Text(ko="CSV나 ZIP 파일을 고르십시오.", en="Choose a CSV or a ZIP."),
        ),
        "too_much": (
            Text(
                ko="기탁 자료가 한 번에 검사하기에 너무 많습니다.",
                en="The deposit holds more than is looked through at once.",
            ),
            Text(
                ko="서버에서 `pandok programme data-quality`를 쓰십시오.",
                en="Use `pandok programme data-quality` on the server.",
            ),
        ),
        "too_costly": (
            Text(
                ko="파일을 읽는 데 너무 많은 시간이나 메모리가 듭니다.",
                en="Reading them takes too much time or memory.",
            ),
            Text(ko="나누어 올리십시오.", en="Send them in parts."),
        ),
        "runs_already": (
            Text(ko="이 데이터셋은 지금 검사하고 있습니다.", en="This data set is being looked through already."),
            Text(ko="끝나기를 기다리십시오.", en="Wait until that is done."),
        ),
        "own": (
            Text(ko="공개를 요청한 사람은 공개를 결정할 수 없습니다.", en="Who offers a data set does not publish it."),
            Text(ko="다른 사업 책임자에게 맡기십시오.", en="Leave it to another programme manager."),
        ),
        "other_plan": (
            Text(
                ko="데이터셋에 등록된 계획과 다른 계획입니다.",
                en="The catalogue has another plan for it.",
            ),
            Text(ko="같은 계획을 쓰거나 새 판을 만드십시오.", en="Use that plan, or make a new version first."),
        ),
        "plan_unmet": (
            Text(
                ko="이 마일스톤의 데이터셋은 자료 계획을 지킨 품질 보고서가 없습니다.",
                en="No report on this milestone's data set meets its plan.",
            ),
            Text(
                ko="데이터셋의 품질 보고서에서 미달인 목표를 고친 뒤 다시 검사하십시오.",
                en="Mend what its report shows as not met, and have it looked through again.",
            ),
        ),
    },
)
"""`area.reason`: data_set.not_there and so on."""
