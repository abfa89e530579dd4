"""What is refused where lessons are made, reviewed and taken away, and what to do instead."""

from __future__ import annotations

from pandok.common.refusals import refusals
from pandok.core.text import Text

_RELOAD = Text(ko="화면을 새로 고치십시오.", en="Reload the page.")

refusal = refusals(
    "lesson",
    {
        "not_there": (
            Text(ko="그 자료가 없거나 볼 수 없습니다.", en="There is no such lesson, or it is not shown to you."),
            Text(ko="목록에서 다시 고르십시오.", en="Choose it from the list again."),
        ),
        "own_work": (
            Text(ko="자신이 만든 자료는 검토하지 못합니다.", en="Nobody reviews what they made."),
            Text(ko="다른 교관이나 판독 책임자에게 맡기십시오.", en="Another trainer or supervisor does it."),
        ),
        "same_person": (
            Text(ko="제안한 사람은 확인하지 못합니다.", en="Who proposed it does not confirm it."),
            Text(ko="다른 사람에게 맡기십시오.", en="Somebody else does it."),
        ),
        "no_find": (
            Text(
                ko="개장 결과에 적발 물품과 그 자리가 없습니다.",
                en="The opening recorded no find, or not where it lay.",
            ),
            Text(ko="자리를 표시한 적발을 고르십시오.", en="Choose a find whose place is marked."),
        ),
        "made_already": (
            Text(ko="이 적발은 이미 학습 자료입니다.", en="This find is a lesson already."),
            Text(ko="학습 자료 목록에서 여십시오.", en="Open it from the list of lessons."),
        ),
        "name_missing": (
            Text(ko="물품의 이름이 없습니다.", en="The article has no name."),
            Text(ko="한국어와 영어 이름을 적으십시오.", en="Write its name in Korean and in English."),
        ),
        "no_threat": (
            Text(ko="적발 물품의 종류를 골라야 합니다.", en="The kind of the find has to be chosen."),
            Text(ko="정상 물품이 아닌 종류를 고르십시오.", en="Choose a kind that is not harmless goods."),
        ),
        "no_kind": (
            Text(ko="물품의 종류를 골라야 합니다.", en="The kind of the article has to be chosen."),
            Text(ko="종류를 고르고 다시 보내십시오.", en="Choose the kind and send it again."),
        ),
        "no_bags": (
            Text(
                ko="같은 종류 검색기의 정상 가방 영상이 아직 없습니다.",
                en="There is no picture of a harmless bag of such a machine yet.",
            ),
            Text(
                ko="`pandok academy fill`로 영상을 만들거나, 영상 전체를 교재로 쓰십시오.",
                en="Make pictures with `pandok academy fill`, or make the whole scan a lesson.",
            ),
        ),
        "no_preview": (
            Text(ko="미리보기를 하나 이상 골라야 합니다.", en="At least one preview has to be chosen."),
            Text(ko="쓸 영상을 고르고 다시 누르십시오.", en="Choose the pictures to be used, and press again."),
        ),
        "one_energy": (
            Text(
                ko="두 에너지 영상이 아니거나 장비 스펙트럼을 몰라 오릴 수 없습니다.",
                en="It cannot be cut: there are not two energies, or the spectra of the machine are not known.",
            ),
            Text(ko="영상 전체를 교재로 쓰십시오.", en="Make the whole scan a lesson."),
        ),
        "no_image": (
            Text(ko="영상이 아니라 장비의 보고 파일입니다.", en="That is a report of a machine, not a scan."),
            Text(ko="물품을 따로 찍은 영상 파일을 올리십시오.", en="Send the files of the scan itself."),
        ),
        "machine_unknown": (
            Text(ko="영상 파일에 장비 이름이 없습니다.", en="The files do not say which machine took the scan."),
            Text(
                ko="장비 이름이 든 파일을 올리거나, 곁의 .json 파일에 적으십시오.",
                en="Send files that name it, or write it into the .json file beside them.",
            ),
        ),
        "scan_known": (
            Text(ko="이 영상은 이미 학습 물품입니다.", en="This scan is an article already."),
            Text(ko="학습 자료 목록에서 여십시오.", en="Open it from the list of lessons."),
        ),
        "erased": (
            Text(ko="영상이 보존 기간이 지나 삭제되었습니다.", en="The images were deleted after their term."),
            Text(ko="다른 적발을 고르십시오.", en="Choose another find."),
        ),
        "not_reviewed": (
            Text(ko="아직 모든 영상을 살펴보지 않았습니다.", en="Not every picture was looked at yet."),
            Text(ko="영상마다 진짜 같은지 고르십시오.", en="Say of each picture whether it looks real."),
        ),
        "why_fake": (
            Text(ko="가짜로 본 사유가 없습니다.", en="It is not said what gave it away."),
            Text(ko="무엇이 드러났는지 적으십시오.", en="Write what gave it away."),
        ),
        "all_fake": (
            Text(ko="모든 영상이 가짜로 보여 쓸 수 없습니다.", en="Every picture looks composed: none can be used."),
            Text(ko="만든 사람에게 돌려보내십시오.", en="Send it back to who made it."),
        ),
        "reviewed": (
            Text(ko="이미 평가한 영상입니다.", en="You have judged this image already."),
            Text(ko="다음 영상을 여십시오.", en="Go on to the next one."),
        ),
        "retiring": (
            Text(ko="이미 사용 중지를 제안했거나 중지한 영상입니다.", en="Its retirement was proposed already."),
            _RELOAD,
        ),
        "case_not_closed": (
            Text(
                ko="정답이 확인된 종결 사건이 아닙니다.",
                en="The case is not closed, or what is true of it is not known.",
            ),
            Text(ko="목록에 있는 사건을 고르십시오.", en="Choose a case from the list."),
        ),
        "no_photograph": (
            Text(ko="사건의 사진이 삭제되었거나 쓸 수 없습니다.", en="The photograph of the case is gone."),
            Text(ko="다른 사건을 고르십시오.", en="Choose another case."),
        ),
        "few_choices": (
            Text(
                ko="보기로 쓸 등록디자인 다섯 건이 없습니다.",
                en="There are not five registered designs to choose from.",
            ),
            Text(ko="후보가 더 많은 사건을 고르십시오.", en="Choose a case with more candidates."),
        ),
        "not_a_choice": (
            Text(ko="보기에 없는 답입니다.", en="That is none of the choices."),
            Text(ko="보기 가운데 하나를 고르십시오.", en="Choose one of them."),
        ),
        "answered": (
            Text(ko="이미 답한 문제입니다.", en="You have answered it already."),
            Text(ko="다음 문제를 여십시오.", en="Go on to the next one."),
        ),
        "group_name": (
            Text(ko="학습반 이름이 없습니다.", en="The group has no name."),
            Text(ko="이름을 적으십시오.", en="Write one."),
        ),
        "member_there": (
            Text(ko="이미 이 학습반에 있습니다.", en="This person is in the group already."),
            _RELOAD,
        ),
        "no_trainee": (
            Text(
                ko="그 계정이 없거나 아카데미에서 학습할 수 없습니다.",
                en="There is no such account, or it does not train in the academy.",
            ),
            Text(ko="로그인 이름을 확인하십시오.", en="Check the sign-in name."),
        ),
        "group_closed": (
            Text(ko="닫힌 학습반입니다.", en="The group is closed."),
            Text(ko="새 학습반을 만드십시오.", en="Make another one."),
        ),
        "course_closed": (
            Text(ko="닫힌 과정입니다.", en="The course is closed."),
            Text(ko="열린 과정을 고르십시오.", en="Choose an open one."),
        ),
        "due_past": (
            Text(ko="마감일이 지난 날입니다.", en="The day lies in the past."),
            Text(ko="오늘 이후의 날을 고르십시오.", en="Choose today or a later day."),
        ),
    },
)
