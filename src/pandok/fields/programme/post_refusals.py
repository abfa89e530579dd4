"""What is refused of posts and notices, and what to do instead."""

from __future__ import annotations

from pandok.common.refusals import refusals
from pandok.core.text import Text

refusal = refusals(
    "post",
    {
        "not_there": (
            Text(ko="없거나 볼 수 없는 글입니다.", en="There is no such post, or it is not shown to you."),
            Text(ko="토론 화면에서 다시 고르십시오.", en="Choose it in the discussion again."),
        ),
        "text": (
            Text(
                ko="글이 비었거나, 뜻을 알 수 없을 만큼 짧거나, 너무 깁니다.",
                en="Nothing is written, too little to be understood, or too much.",
            ),
            Text(
                ko="2,000자(정정은 두 언어 각각 4,000자)까지의 글로 적으십시오.",
                en="Write words, up to 2,000 characters (4,000 in each language for a correction).",
            ),
        ),
        "sealed": (
            Text(
                ko="봉인 자료에 관한 내용이 없다는 확인이 없습니다.",
                en="It was not confirmed that nothing is said about sealed data.",
            ),
            Text(
                ko="봉인 자료의 내용을 적지 않았는지 살피고, 확인 칸에 표시하십시오.",
                en="Make sure that nothing of them stands in it, and tick the box.",
            ),
        ),
        "near": (
            Text(
                ko="이 과제나 봉인 자료, 경진에 관여한 사람은 공식 답변만 쓸 수 있습니다.",
                en="Whoever had to do with the problem, its sealed data or the challenge writes only official answers.",
            ),
            Text(
                ko="사업단이나 과제를 가져온 사람이면 질문에 공식 답변을 쓰십시오. 아니면 사업단에 맡기십시오.",
                en="As the office, or as who brought the problem in, answer officially; else leave it to the office.",
            ),
        ),
        "not_official": (
            Text(
                ko="공식 답변은 사업단과, 경진의 과제를 가져온 사람만 쓸 수 있습니다.",
                en="Official answers are given by the programme office, and by who brought the problem in.",
            ),
            Text(ko="참가자의 답으로 쓰십시오.", en="Write it as the reply of a participant."),
        ),
        "closed": (
            Text(
                ko="이 경진은 예고 전이거나 취소되어 토론이 없습니다.",
                en="This challenge is not announced, or was withdrawn: it is not discussed.",
            ),
            Text(ko="일반 질문으로 쓰십시오.", en="Ask in general instead."),
        ),
        "no_question": (
            Text(
                ko="답할 질문이 없거나, 거두었거나 숨긴 질문입니다.",
                en="There is no such question, or it was taken back or hidden.",
            ),
            Text(ko="화면을 새로 고치고 다른 질문을 고르십시오.", en="Reload the page, and choose another."),
        ),
        "answered_already": (
            Text(
                ko="이 질문에는 이미 공식 답변이 있습니다.",
                en="This question has an official answer already.",
            ),
            Text(
                ko="그 답변을 읽으십시오. 바꾸려면 그것을 거두거나 숨긴 뒤에 쓰십시오.",
                en="Read it. To put another in its place, take it back or hide it first.",
            ),
        ),
        "too_many": (
            Text(ko="24시간 동안 쓸 수 있는 글 수를 넘었습니다.", en="That is more than one account writes in a day."),
            Text(ko="내일 다시 쓰십시오.", en="Write again tomorrow."),
        ),
        "said_already": (
            Text(ko="같은 글을 이미 썼습니다.", en="You have written the same here already."),
            Text(ko="토론 화면에서 확인하십시오.", en="It stands in the discussion."),
        ),
        "not_yours": (
            Text(ko="글쓴이만 거둘 수 있습니다.", en="Only its author takes a post back."),
            Text(ko="문제가 있는 글이면 사업단에 알리십시오.", en="Tell the office where something is wrong with it."),
        ),
        "correction_stands": (
            Text(
                ko="규칙 정정은 모든 팀에 알렸으므로 거두거나 숨길 수 없습니다.",
                en="All teams were told of a correction: it is neither taken back nor hidden.",
            ),
            Text(ko="잘못되었으면 새 정정을 쓰십시오.", en="Where it is wrong, write another one."),
        ),
    },
)
"""`area.reason`: post.not_there and so on."""

notice_refusal = refusals(
    "programme_notice",
    {
        "not_there": (
            Text(ko="없는 알림입니다.", en="There is no such notice."),
            Text(ko="알림 목록에서 다시 고르십시오.", en="Choose it in the list again."),
        ),
        "words": (
            Text(
                ko="제목과 내용이 한국어와 영어로 모두 있어야 하고, 너무 길지 않아야 합니다.",
                en="Title and text are needed in Korean and English, and not too long.",
            ),
            Text(ko="빈 칸을 채우고 너무 긴 글을 줄이십시오.", en="Fill what is empty, and shorten what is too long."),
        ),
    },
)
