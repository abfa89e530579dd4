"""How a pack is cut: the public part as a zip to hand out, the sealed parts as bundles for the vault.

The same pack gives the same bytes. Inputs and truths never share a bundle.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pandok.core.canonical import canonical
from pandok.core.lab.case import CaseRole, Label, ProblemCase
from pandok.core.lab.problem import InputKind, Part
from pandok.fields.lab.acts.packs.pack import Pack
from pandok.fields.lab.acts.packs.pack_reader import CASES, HEAD, PRACTICE, TRUTH

BUNDLE_BYTES = 32 << 20
BUNDLE_CASES = 5000
_DATE = (1980, 1, 1, 0, 0, 0)
_INDEX = "cases.json"
_TEXTS = ("problem.toml", "README.md", "README.ko.md", "LICENSE")


@dataclass(frozen=True)
class Bundle:
    case_ids: tuple[str, ...]
    data: bytes


def public_zip(pack: Pack) -> bytes:
    """What everybody may have: the problem, the register, the public cases with truth and practice."""
    public = [one for one in pack.cases.values() if one.part is Part.PUBLIC]
    queries = [one for one in public if one.role is CaseRole.QUERY]
    table = pack.problem.input.kind is InputKind.TABLE
    groups = [group.column for group in pack.problem.groups]
    columns = list(pack.problem.input.columns) if table else []
    more = list(dict.fromkeys((*groups, *columns)))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in _TEXTS:
            if pack.files.size(name) is not None:
                with pack.files.open(name) as file:
                    _add(archive, name, file.read())
        _add(archive, CASES, _csv([*HEAD, *more], (_line(one, more, columns) for one in public)))
        _add(
            archive,
            TRUTH,
            _csv(["case_id", "truth"], ([one.case_id, ";".join(pack.truth[one.case_id])] for one in public)),
        )
        _add(
            archive,
            PRACTICE,
            _csv(["case_id", "output"], ([one.case_id, pack.practice[one.case_id]] for one in queries)),
        )
        for path in sorted({one.inputs for one in public if isinstance(one.inputs, str)}):
            with pack.files.open(path) as file:
                _add(archive, path, file.read(), compress=False)
    return target.getvalue()


def input_bundles(pack: Pack, part: Part) -> Iterator[Bundle]:
    """The inputs of a part in the order of case_id, in bundles that stay small in memory."""
    ids: list[str] = []
    inputs: list[tuple[ProblemCase, bytes]] = []
    size = 0
    for case in sorted(pack.queries(part), key=lambda one: one.case_id):
        data = pack.input_bytes(case)
        if inputs and (size + len(data) > BUNDLE_BYTES or len(inputs) >= BUNDLE_CASES):
            yield Bundle(tuple(ids), _inputs_zip(inputs))
            ids, inputs, size = [], [], 0
        ids.append(case.case_id)
        inputs.append((case, data))
        size += len(data)
    if inputs:
        yield Bundle(tuple(ids), _inputs_zip(inputs))


def opened_inputs(data: bytes) -> Iterator[tuple[ProblemCase, bytes]]:
    """The cases of a bundle of inputs."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for number, facts in enumerate(json.loads(archive.read(_INDEX))):
            yield _case(facts), archive.read(str(number))


def label_bundle(pack: Pack, part: Part) -> Bundle:
    """Truth, practice, cluster, site and groups of a part; no inputs."""
    cases = sorted(pack.queries(part), key=lambda one: one.case_id)
    lines = [[_facts(one), list(pack.truth[one.case_id]), pack.practice[one.case_id]] for one in cases]
    return Bundle(tuple(one.case_id for one in cases), canonical(lines))


def opened_labels(data: bytes) -> Iterator[Label]:
    return (Label(_case(facts), tuple(truth), practice) for facts, truth, practice in json.loads(data))


def labels_of(pack: Pack) -> Iterator[Label]:
    """The labels of a pack that lies open."""
    return (Label(one, pack.truth[one.case_id], pack.practice.get(one.case_id, "")) for one in pack.cases.values())


def _inputs_zip(inputs: list[tuple[ProblemCase, bytes]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        _add(archive, _INDEX, canonical([_facts(case) for case, _ in inputs]))
        for number, (_, data) in enumerate(inputs):
            _add(archive, str(number), data, compress=False)
    return target.getvalue()


def _facts(case: ProblemCase) -> dict[str, Any]:
    return {
        "case_id": case.case_id,
        "part": case.part,
        "role": case.role,
        "cluster": case.cluster,
        "site": case.site,
        "groups": dict(case.groups),
    }


def _case(facts: dict[str, Any]) -> ProblemCase:
    """Without its inputs: they come beside it."""
    return ProblemCase(
        facts["case_id"],
        Part(facts["part"]),
        CaseRole(facts["role"]),
        facts["cluster"],
        facts["site"],
        facts["groups"],
    )


def _line(case: ProblemCase, more: list[str], columns: list[str]) -> list[str]:
    path = case.inputs if isinstance(case.inputs, str) else ""
    cells = dict(case.groups)
    if isinstance(case.inputs, tuple):
        cells |= dict(zip(columns, case.inputs, strict=True))
    return [case.case_id, case.part, case.role, path, case.cluster, case.site, *(cells[column] for column in more)]


def _csv(head: list[str], lines: Iterable[list[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(lines)
    return text.getvalue().encode()


def _add(archive: zipfile.ZipFile, name: str, data: bytes, *, compress: bool = True) -> None:
    member = zipfile.ZipInfo(name, _DATE)
    member.external_attr = 0o100644 << 16
    member.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    archive.writestr(member, data)
