"""What is refused of hand-overs to other sites, and what to do instead."""

from __future__ import annotations

from pandok.common.refusals import refusals
from pandok.core.text import Text

refusal = refusals(
    "spread",
    {
        "not_there": (
            Text(ko="없거나 볼 수 없는 인계입니다.", en="There is no such hand-over, or it is not shown to you."),
            Text(ko="확산 화면에서 다시 고르십시오.", en="Choose it on the page of spread again."),
        ),
        "role": (
            Text(ko="이 계정의 역할로는 할 수 없습니다.", en="This account's role may not do that."),
            Text(ko="사업단 담당자나 사업 책임자가 하십시오.", en="Let the programme's office or its manager do it."),
        ),
        "not_measured": (
            Text(
                ko="최종 측정이 없는 협약은 넘기지 않습니다.", en="Without a final measurement nothing is handed over."
            ),
            Text(
                ko="측정일이 지난 뒤 성과지표를 측정하십시오.",
                en="Measure the KPIs once their measuring days are over.",
            ),
        ),
        "no_proof": (
            Text(ko="넘길 입증서가 아닙니다.", en="This proof cannot be handed over."),
            Text(
                ko="이 기관이 만들었고 기한 안인 입증서를 고르십시오.",
                en="Choose a proof that this site made and that is in force.",
            ),
        ),
        "other_reader": (
            Text(ko="판독기 파일이 입증서의 모델이 아닙니다.", en="The reader's file is not the model of the proof."),
            Text(ko="입증받은 그 모델 파일을 다시 고르십시오.", en="Choose the very file that was proven."),
        ),
        "bad_sheet": (
            Text(
                ko="운영서에 빈 칸이나 쓸 수 없는 값이 있습니다.",
                en="The operating sheet has an empty or unusable field.",
            ),
            Text(
                ko="운영하는 곳, 비용, 장비, 계절, 빈도를 모두 적으십시오.",
                en="Say who runs and pays for it, with which devices, in which season, and how often it occurs.",
            ),
        ),
        "no_file": (
            Text(ko="파일이 없습니다.", en="No file was sent."),
            Text(ko="파일을 골라 다시 보내십시오.", en="Choose the file and send it again."),
        ),
        "own": (
            Text(ko="이 기관이 만든 인계 묶음입니다.", en="This site made that package itself."),
            Text(ko="다른 기관에서 받은 묶음을 고르십시오.", en="Choose a package that came from another site."),
        ),
        "taken": (
            Text(ko="이미 받은 인계 묶음입니다.", en="That package was taken in already."),
            Text(ko="확산 화면에서 그 번호를 여십시오.", en="Open its number on the page of spread."),
        ),
        "undecided": (
            Text(ko="검수 시험의 결정이 아직 없습니다.", en="The acceptance test is not decided yet."),
            Text(
                ko="실증랩에서 시험을 등록해 재고, 현업 책임자가 결정한 뒤 답하십시오.",
                en="Register and measure it in the lab, let the field owner decide, then answer.",
            ),
        ),
        "answered": (
            Text(ko="이미 답했습니다.", en="It was answered already."),
            Text(ko="그 답을 내려받아 보내십시오.", en="Download that answer and send it."),
        ),
        "other_answer": (
            Text(ko="이 기관이 넘긴 것에 대한 답이 아닙니다.", en="It answers nothing that this site handed over."),
            Text(
                ko="보낸 기관에 인계 번호를 확인하십시오.", en="Ask the sending site for the number of the hand-over."
            ),
        ),
    },
)
"""`area.reason`: spread.not_there and so on."""
