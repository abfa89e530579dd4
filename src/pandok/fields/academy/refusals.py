"""What is refused in the academy, and what to do instead."""

from __future__ import annotations

from pandok.common.refusals import refusals
from pandok.core.errors import RequestError
from pandok.core.text import Text

refusal = refusals(
    "academy",
    {
        "not_there": (
            Text(ko="없거나 볼 수 없는 항목입니다.", en="There is no such thing, or it is not shown to you."),
            Text(ko="아카데미 첫 화면에서 다시 고르십시오.", en="Choose it on the first page of the academy again."),
        ),
        "course_closed": (
            Text(ko="없거나 끝난 과정입니다.", en="There is no such course, or it is closed."),
            Text(ko="목록에서 다른 과정을 고르십시오.", en="Choose another course."),
        ),
        "sitting_open": (
            Text(ko="이미 진행 중인 학습이 있습니다.", en="You have begun to train already."),
            Text(ko="그것을 이어서 하거나 마친 뒤 시작하십시오.", en="Go on with that, or end it first."),
        ),
        "no_pictures": (
            Text(ko="지금 보여 줄 영상이 없습니다.", en="There is no picture to show now."),
            Text(
                ko="본 영상은 14일 뒤에 다시 나옵니다. 교관에게 영상을 늘려 달라고 요청하십시오.",
                en="What you saw comes back after 14 days. Ask a trainer for more pictures.",
            ),
        ),
        "no_unseen_form": (
            Text(
                ko="본 적 없는 영상으로 된 시험지가 없습니다.",
                en="There is no test of pictures that you have never seen.",
            ),
            Text(ko="교관에게 새 시험지를 요청하십시오.", en="Ask a trainer to draw a new one."),
        ),
        "no_certificate": (
            Text(ko="이 과정은 자격증을 주지 않습니다.", en="This course gives no certificate."),
            Text(ko="학습이나 측정을 고르십시오.", en="Choose training or measuring."),
        ),
        "pretest_taken": (
            Text(ko="이 과정의 사전 시험은 이미 보았습니다.", en="You have taken the test before this course."),
            Text(ko="학습을 하거나, 끝났으면 사후 시험을 보십시오.", en="Train, or take the test after it."),
        ),
        "no_pretest": (
            Text(ko="사전 시험을 먼저 보아야 합니다.", en="The test before the course comes first."),
            Text(ko="사전 시험을 보고 학습한 뒤 다시 오십시오.", en="Take it, train, and come back."),
        ),
        "posttest_taken": (
            Text(ko="이 과정의 사후 시험은 이미 보았습니다.", en="You have taken the test after this course."),
            Text(ko="결과 화면에서 향상을 확인하십시오.", en="See the gain on your results."),
        ),
        "paused": (
            Text(ko="학습이 멈춰 있습니다.", en="The sitting is paused."),
            Text(ko="이어서 하기를 누르십시오.", en="Press go on."),
        ),
        "picture_open": (
            Text(ko="영상이 화면에 있는 동안에는 멈출 수 없습니다.", en="It cannot pause while a picture is shown."),
            Text(ko="이 영상에 답한 뒤 멈추십시오.", en="Answer this picture, then pause."),
        ),
        "bad_confidence": (
            Text(ko="확신 정도는 1에서 5까지입니다.", en="Confidence is a number from 1 to 5."),
            Text(ko="1, 2, 3, 4, 5 가운데 하나를 누르십시오.", en="Press one of 1, 2, 3, 4, 5."),
        ),
        "bad_course": (
            Text(
                ko="과정에 쓸 수 없는 값이 있습니다.",
                en="A value of the course cannot be used.",
            ),
            Text(
                ko="두 언어 이름, 3–60초, 5–60분, 위협 비율 0.2–0.8, 시험 영상 20–400장으로 적으십시오.",
                en="Give both names, 3 to 60 s, 5 to 60 min, a threat share of .2 to .8, and 20 to 400 test pictures.",
            ),
        ),
        "own_form": (
            Text(ko="자신이 추첨한 시험지는 확인하지 못합니다.", en="Nobody confirms a test that they drew."),
            Text(ko="다른 교관이나 판독 책임자에게 맡기십시오.", en="Another trainer or supervisor does it."),
        ),
        "looked_at": (
            Text(ko="이미 확인이 끝난 시험지입니다.", en="This test was looked at already."),
            Text(ko="목록에서 다른 시험지를 고르십시오.", en="Choose another one from the list."),
        ),
        "form_waits": (
            Text(
                ko="시험지가 아직 두 번째 사람의 확인을 받지 않았습니다.",
                en="The test still waits for a second person's look.",
            ),
            Text(ko="교관에게 확인을 요청하십시오.", en="Ask a trainer to have it looked at."),
        ),
        "nothing_said": (
            Text(ko="아직 아무 영상도 승인하거나 거부하지 않았습니다.", en="No picture was accepted or rejected yet."),
            Text(ko="살펴본 영상마다 고른 뒤 누르십시오.", en="Choose for each picture you looked at, then press."),
        ),
        "own_picture": (
            Text(ko="자신이 만든 영상은 확인하지 못합니다.", en="Nobody confirms a picture that they made."),
            Text(ko="다른 교관이나 판독 책임자에게 맡기십시오.", en="Another trainer or supervisor does it."),
        ),
        "picture_looked_at": (
            Text(ko="다른 사람이 이미 확인한 영상이 있습니다.", en="Somebody else has looked at one of these already."),
            Text(ko="화면을 새로 고쳐 남은 영상을 보십시오.", en="Reload the page to see what is left."),
        ),
        "set_waits": (
            Text(
                ko="두 번째 사람의 확인을 받은 영상이 모자랍니다.",
                en="Too few pictures have had a second person's look.",
            ),
            Text(
                ko="교관에게 측정용 묶음의 확인을 요청하십시오.",
                en="Ask a trainer to have the sets to measure with looked at.",
            ),
        ),
        "few_sealed": (
            Text(ko="봉인된 영상이 시험지보다 적습니다.", en="There are fewer sealed pictures than the test asks for."),
            Text(ko="영상을 늘리거나 시험 영상 수를 줄이십시오.", en="Add pictures, or ask for a shorter test."),
        ),
    },
)
"""`area.reason`: academy.not_there and so on."""


def pictures_left(left: int) -> RequestError:
    """Of a test that somebody would accept without having looked at all of it."""
    return RequestError(
        Text(ko=f"아직 보지 않은 영상이 {left}장 있습니다.", en=f"Pictures that you have not looked at yet: {left}."),
        Text(ko="시험지의 영상을 끝까지 살펴본 뒤 누르십시오.", en="Look through to the last picture, then press."),
        code="academy.not_looked_at",
        left=left,
    )


def unseen_of_set(left: int) -> RequestError:
    """Of pictures that somebody would accept without having looked at them."""
    return RequestError(
        Text(ko=f"아직 보지 않은 영상이 {left}장 있습니다.", en=f"Pictures that you have not looked at yet: {left}."),
        Text(ko="묶음 화면에서 영상을 본 뒤 승인하십시오.", en="Look at them on the set's page, then accept them."),
        code="academy.set_unseen",
        left=left,
    )
