"""`pandok programme questions`, `answer`: what waits for an official answer, and one that is given."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pandok.cli.terminal import console, print_json, say, start_django
from pandok.core.text import Text


def questions(
    in_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """공식 답변을 기다리는 질문, 오래된 것부터 · Questions without an official answer, the oldest first."""
    start_django()
    from pandok.fields.programme.lists.community import open_questions

    rows = [
        {
            "number": one.number,
            "challenge": one.challenge.number if one.challenge else None,
            "made_at": one.made_at.isoformat(),
            "text": one.text,
        }
        for one in open_questions()
    ]
    if in_json:
        print_json(rows)
        return
    for row in rows:
        words = " ".join(str(row["text"]).split())
        line = f"{row['number']}\t{row['challenge'] or '–'}\t{words}"
        console().print(line, soft_wrap=True, markup=False)


def answer(
    number: Annotated[str, typer.Argument(help="질문 번호 · Number of the question.")],
    text: Annotated[
        Path, typer.Option("--text", help="답변 글 파일(UTF-8) · File with the answer.", exists=True, dir_okay=False)
    ],
    by: Annotated[str, typer.Option("--by", help="답하는 사람의 계정 · Account that answers for it.")],
    nothing_sealed: Annotated[
        bool,
        typer.Option("--nothing-sealed", help="봉인 자료에 관한 내용이 없습니다 · Nothing is said of sealed data."),
    ] = False,
) -> None:
    """질문 하나에 공식으로 답합니다 · Answer one question officially; everybody reads it at once."""
    start_django()
    from pandok.common.cli.account_named import account_named
    from pandok.fields.lab.cli.command_files import read_bytes
    from pandok.fields.programme.acts.community import posting
    from pandok.fields.programme.models import CommunityPost
    from pandok.fields.programme.post_refusals import refusal

    found = CommunityPost.objects.filter(number=number.strip()).first()
    if found is None:
        raise refusal("not_there")
    try:
        words = read_bytes(text).decode()
    except UnicodeDecodeError as error:
        raise refusal("text") from error
    made = posting.answer(
        found.pk, words, nothing_sealed=nothing_sealed, actor=account_named(by), now=datetime.now(UTC)
    )
    told = Text(
        ko=f"{found.number}에 {made.number}(으)로 답했습니다.", en=f"{found.number} is answered by {made.number}."
    )
    console().print(say(told), markup=False)
