"""Yes or no from a short text: ridge regression on how often four kinds of letters follow one another."""

from __future__ import annotations

import string

import numpy as np

from pandok.core.lab.problem import Part
from pandok.demo.packs.simple.fitting import ridge
from pandok.demo.packs.simple.simple_model import SimpleModel, graph_of, sheet_of
from pandok.engines.personal_data.korean_names import SURNAMES
from pandok.fields.lab.acts.packs.pack import Pack

LENGTH, KINDS, IN_A_ROW = 64, 16, 4
PENALTY = 30.0
_NOTHING, _OTHER = 0, 15
_LETTERS = {
    1: string.digits, 2: string.ascii_letters, 3: "@", 4: "-", 5: ".", 6: ":", 7: ",", 8: " ", 9: "/()[]", 10: "+_",
    11: "".join(one for one in SURNAMES if len(one) == 1 and one not in "님씨로길동구시"),
    12: "님씨", 13: "로길동구시호",
}  # fmt: skip
ALPHABET = "".join(_LETTERS.values())


def fit_letters(pack: Pack) -> SimpleModel:
    cases = list(pack.queries(Part.PUBLIC))
    rows = np.stack([_counts(pack.input_bytes(one).decode()) for one in cases])
    seen = np.flatnonzero(rows.any(axis=0))
    answers = np.array([[1.0 if pack.truth[one.case_id] == ("1",) else -1.0] for one in cases])
    found, start = ridge(rows[:, seen], answers, PENALTY)
    weights = np.zeros(KINDS**IN_A_ROW)
    weights[seen] = found[:, 0]
    preprocess = [{"step": "tokens", "alphabet": ALPHABET, "length": LENGTH, "unknown": len(ALPHABET) + 1}]
    sheet = sheet_of(pack.problem, preprocess, input_type="int64", threshold=0.0)
    return SimpleModel(_graph(weights, float(start[0])), sheet)


def _kinds() -> np.ndarray:
    """The kind of a token: nothing, the letters of the alphabet, all others."""
    of_letters = [kind for kind, letters in _LETTERS.items() for _ in letters]
    return np.array([_NOTHING, *of_letters, _OTHER], np.int64)


def _counts(text: str) -> np.ndarray:
    places = {letter: place for place, letter in reversed(list(enumerate(ALPHABET, 1)))}
    tokens = np.zeros(LENGTH, np.int64)
    for at, letter in enumerate(text[:LENGTH]):
        tokens[at] = places.get(letter, len(ALPHABET) + 1)
    kinds = _kinds()[tokens]
    runs = sum(kinds[at : LENGTH - IN_A_ROW + 1 + at] * KINDS**at for at in range(IN_A_ROW))
    counts = np.bincount(np.asarray(runs), minlength=KINDS**IN_A_ROW).astype(np.float64)
    counts[0] = 0.0  # the rest of a short text
    return counts


def _graph(weights: np.ndarray, start: float) -> bytes:
    from onnx import helper

    whole = LENGTH - IN_A_ROW + 1
    nodes = [helper.make_node("Gather", ["kinds", "input"], ["kind"], axis=0)]
    constants: dict[str, np.ndarray] = {
        "kinds": _kinds(),
        "weights": weights.astype(np.float32),
        "start": np.array([[start]], np.float32),
        "axis": np.array([1], np.int64),
    }
    for at in range(IN_A_ROW):
        constants |= {
            f"from_{at}": np.array([at]),
            f"to_{at}": np.array([at + whole]),
            f"times_{at}": np.array([KINDS**at]),
        }
        nodes += [
            helper.make_node("Slice", ["kind", f"from_{at}", f"to_{at}", "axis"], [f"part_{at}"]),
            helper.make_node("Mul", [f"part_{at}", f"times_{at}"], [f"run_{at}" if at else "runs_0"]),
        ]
        if at:
            nodes.append(helper.make_node("Add", [f"runs_{at - 1}", f"run_{at}"], [f"runs_{at}"]))
    nodes += [
        helper.make_node("Gather", ["weights", f"runs_{IN_A_ROW - 1}"], ["terms"], axis=0),
        helper.make_node("ReduceSum", ["terms", "axis"], ["sum"], keepdims=1),
        helper.make_node("Add", ["sum", "start"], ["output"]),
    ]
    return graph_of(nodes, [1, LENGTH], [1, 1], constants, integers=True)
