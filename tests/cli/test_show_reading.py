from __future__ import annotations

import io

import numpy as np
import pytest
from rich.console import Console

from pandok.cli.picture import HALF_BLOCK, half_blocks
from pandok.cli.show_reading import OUTCOMES, print_reading
from pandok.core.reading import Candidate, Evidence, Reading, RegisteredDesign


def printed(reading: Reading, language: str) -> str:
    stream = io.StringIO()
    print_reading(reading, Console(file=stream, width=200), language)
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
