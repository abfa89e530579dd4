"""A console on which text is text: nothing that came from a file or a person styles it, moves its cursor or hides."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from pandok.core.shown_letters import shown_letters


class PlainConsole(Console):
    """Styles come as arguments alone; what is printed is shown letter by letter, in tables too."""

    def __init__(self, **options: Any):
        super().__init__(highlight=False, markup=False, emoji=False, **options)

    def render_str(self, text: str, **options: Any) -> Text:
        return super().render_str(shown_letters(text, keep="\n\t"), **options)
