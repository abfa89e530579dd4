"""Errors keep what they say on their way out of another process."""

from __future__ import annotations

import pickle

import pytest

from pandok.core.errors import ModelError, PandokError
from pandok.core.text import Text
from pandok.engines.sandbox.codes import SandboxCode, SandboxError

MODEL = ModelError(Text(ko="가", en="a"), Text(ko="나", en="b"), code="model.open", model="x")


@pytest.mark.parametrize("made", [MODEL, SandboxError(SandboxCode.CRASHED, case=3)])
def test_an_error_comes_whole_out_of_another_process(made: PandokError) -> None:
    again = pickle.loads(pickle.dumps(made))
    assert type(again) is type(made)
    assert again.__dict__ == made.__dict__
    assert str(again) == str(made)
