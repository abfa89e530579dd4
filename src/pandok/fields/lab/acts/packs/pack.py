"""A pack that was read and found whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pandok.core.canonical import canonical
from pandok.core.lab.case import CaseRole, ProblemCase
from pandok.core.lab.problem import Part, Problem
from pandok.fields.lab.acts.packs.pack_files import PackFiles


@dataclass(frozen=True, eq=False)
class Pack:
    """`truth`: case_id → true values (none: nothing of the register is right). A register picture's truth is the id of
    what it shows; several pictures may show the same. `practice`: case_id → today's answer, "" where there was none.
    `hashes`: case_id → sha256 of the input's bytes. `cases` are in the order of the file.
    """

    files: PackFiles
    problem: Problem
    cases: Mapping[str, ProblemCase]
    truth: Mapping[str, tuple[str, ...]]
    practice: Mapping[str, str]
    hashes: Mapping[str, str]

    def queries(self, part: Part) -> Iterator[ProblemCase]:
        return (one for one in self.cases.values() if one.role is CaseRole.QUERY and one.part == part)

    @property
    def register(self) -> tuple[ProblemCase, ...]:
        return tuple(one for one in self.cases.values() if one.role is CaseRole.REGISTER)

    def input_bytes(self, case: ProblemCase) -> bytes:
        """A case's input as the bytes that are hashed, sealed and fed."""
        if isinstance(case.inputs, tuple):
            return row_bytes(self.problem.input.columns, case.inputs)
        with self.files.open(case.inputs) as file:
            return file.read()


def row_bytes(columns: tuple[str, ...], row: tuple[str, ...]) -> bytes:
    """A row of a table as bytes.

    >>> row_bytes(("mass", "code"), ("1.50", "0101"))
    b'{"code":"0101","mass":"1.50"}'
    """
    return canonical(dict(zip(columns, row, strict=True)))
