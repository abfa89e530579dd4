"""What is refused of challenges and their teams, and what to do instead."""

from __future__ import annotations

from pandok.common.refusals import refusals
from pandok.core.text import Text

refusal = refusals(
    "challenge",
    {
        "not_there": (
            Text(ko="없거나 볼 수 없는 경진입니다.", en="There is no such challenge, or it is not shown to you."),
            Text(ko="경진 목록에서 다시 고르십시오.", en="Choose it in the list again."),
        ),
        "words": (
            Text(
                ko="이름과 내용이 한국어와 영어로 모두 있어야 하고, 너무 길지 않아야 합니다.",
                en="Title and text are needed in Korean and English, and not too long.",
            ),
            Text(ko="빈 칸을 채우고 너무 긴 글을 줄이십시오.", en="Fill what is empty, and shorten what is too long."),
        ),
        "problem": (
            Text(
                ko="실증랩에서 계획이 잠긴 과제가 아닙니다.",
                en="That is no problem of the lab whose protocol is locked.",
            ),
            Text(
                ko="잠긴 과제를 고르거나, 평가기관이 계획을 등록할 때까지 기다리십시오.",
                en="Choose one that is locked, or wait until an evaluator has registered its protocol.",
            ),
        ),
        "phases": (
            Text(
                ko="단계를 읽을 수 없거나, 단계의 시각이 순서에 맞지 않습니다.",
                en="The phases cannot be read, or their times are not in order.",
            ),
            Text(
                ko="한 줄에 하나씩 '한국어 이름 | 영어 이름 | 시작 | 끝'으로, 겹치지 않게 적으십시오.",
                en="Write one a line, as 'name in Korean | name in English | begins | ends', none over another.",
            ),
        ),
        "over": (
            Text(ko="마지막 단계가 이미 끝났습니다.", en="Its last phase is over already."),
            Text(ko="사업단이 단계를 고친 뒤 예고할 수 있습니다.", en="The office corrects the phases first."),
        ),
        "not_now": (
            Text(
                ko="첫 단계가 시작된 뒤부터 마지막 단계가 끝나기 전까지만 열 수 있습니다.",
                en="It opens between the beginning of its first phase and the end of its last.",
            ),
            Text(ko="단계의 시각을 확인하십시오.", en="Look at the times of its phases."),
        ),
        "still_runs": (
            Text(ko="마지막 단계가 아직 끝나지 않았습니다.", en="Its last phase has not ended yet."),
            Text(ko="끝난 뒤에 마감하십시오.", en="Close it when that is over."),
        ),
        "no_teams_now": (
            Text(
                ko="예고되었거나 진행 중인 경진에서, 마지막 단계가 시작되기 전까지만 팀을 바꿀 수 있습니다.",
                en="Teams change while a challenge is announced or open, until its last phase begins.",
            ),
            Text(ko="사업단에 문의하십시오.", en="Ask the programme office."),
        ),
        "team_name": (
            Text(
                ko="팀 이름이 비었거나 너무 길거나, 이미 쓰는 이름입니다.",
                en="The team has no name, one that is too long, or one that another team bears.",
            ),
            Text(ko="다른 이름을 적으십시오.", en="Write another one."),
        ),
        "in_a_team": (
            Text(
                ko="이미 이 경진의 팀에 있습니다. 한 사람은 한 팀에만 있습니다.",
                en="You are in a team of this challenge already: one person, one team.",
            ),
            Text(ko="옮기려면 먼저 그 팀에서 나가십시오.", en="To change, leave that team first."),
        ),
        "organisation": (
            Text(
                ko="같은 기관의 사람이 이 경진의 다른 팀에 있습니다. 점수는 기관마다 하나입니다.",
                en="Somebody of your organisation is in another team: scores are counted by organisation.",
            ),
            Text(ko="그 팀의 초대말을 받아 들어가십시오.", en="Ask that team for a join word."),
        ),
        "too_close": (
            Text(
                ko="이 과제나 봉인 자료, 경진에 관여한 사람은 팀에 들어갈 수 없습니다.",
                en="Whoever had to do with the problem, its sealed data or the challenge cannot be in a team.",
            ),
            Text(ko="다른 팀원에게 맡기십시오.", en="Leave it to others of your organisation."),
        ),
        "join_word": (
            Text(
                ko="초대말이 맞지 않거나 이미 쓰였습니다. 한 번만 쓸 수 있습니다.",
                en="That join word is wrong, or was used: each serves once.",
            ),
            Text(ko="팀원에게 새 초대말을 받으십시오.", en="Ask a member for a new one."),
        ),
        "no_team": (
            Text(ko="없거나 당신의 팀이 아닙니다.", en="There is no such team, or it is not yours."),
            Text(ko="경진 화면에서 팀을 확인하십시오.", en="Look at the page of the challenge."),
        ),
    },
)
"""`area.reason`: challenge.not_there and so on."""
