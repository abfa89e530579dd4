from __future__ import annotations

import io

import numpy as np
import pytest

from pandok.cli.plain_console import PlainConsole
from pandok.core.reading import Candidate, Evidence, LookAlikes, Reading, RegisteredDesign
from pandok.fields.designs.cli.picture import HALF_BLOCK, half_blocks
from pandok.fields.designs.cli.show_reading import OUTCOMES, print_reading


def printed(reading: Reading, language: str) -> str:
    stream = io.StringIO()
    print_reading(reading, PlainConsole(file=stream, width=200), language)
    return stream.getvalue()


def reading(outcome: str) -> Reading:
    design = RegisteredDesign(design_id="30-1", holder="[bold]Holder[/bold]", article="Bottle", status="in force")
    candidate = Candidate(
        rank=1, design=design, probability=0.83, score=1.5, evidence=Evidence(photograph_index=0, view="front")
    )
    shown = () if outcome == "unreadable" else (candidate,)
    return Reading.model_validate({"outcome": outcome, "candidates": shown, "probability_in_register": 0.9})


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("outcome", sorted(OUTCOMES))
def test_every_outcome_is_said_in_words(outcome: str, language: str) -> None:
    text = printed(reading(outcome), language)
    assert OUTCOMES[outcome].in_language(language) in text
    assert ("83%" in text) == (outcome != "unreadable")


def test_words_of_the_register_are_printed_as_they_are() -> None:
    assert "[bold]Holder[/bold]" in printed(reading("candidates"), "en")


def test_a_picture_becomes_half_blocks() -> None:
    picture = np.zeros((40, 80, 3), np.uint8)
    picture[:20] = (255, 0, 0)
    lines = half_blocks(picture, 16).plain.splitlines()
    assert [len(line) for line in lines] == [16] * 4
    assert set("".join(lines)) == {HALF_BLOCK}
    upper = half_blocks(picture, 16).spans[0].style
    assert "#ff0000" in str(upper)


def test_look_alikes_are_said_together_and_nothing_is_named_where_nothing_can_be() -> None:
    one = reading("candidates").candidates[0]
    chances = (0.4, 0.3)
    candidates = tuple(
        one.model_copy(update={"rank": rank, "probability": chance}) for rank, chance in enumerate(chances, 1)
    )
    unnamed = reading("candidates").model_copy(update={"candidates": candidates})
    assert "어느 것인지는 가려지지 않았습니다" in printed(unnamed, "ko")
    together = unnamed.model_copy(update={"look_alikes": (LookAlikes(ranks=(1, 2), probability=0.7),)})
    assert "one of 2 registered look-alikes (ranks 1, 2, 70% together)" in printed(together, "en")
    assert "2건 중 하나로 보입니다" in printed(together, "ko")
