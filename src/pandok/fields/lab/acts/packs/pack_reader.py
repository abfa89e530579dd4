"""Read a pack from a folder that a stranger may have made: all faults at once, or a pack that is whole."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from pandok.core.lab.case import CaseRole, ProblemCase
from pandok.core.lab.problem import InputKind, Part, Problem, Task
from pandok.engines.files.damaged_zip import DAMAGED_ZIP
from pandok.fields.lab.acts.packs.cell_checks import practice_fault, truth_fault, truths
from pandok.fields.lab.acts.packs.pack import Pack, row_bytes
from pandok.fields.lab.acts.packs.pack_faults import Faults
from pandok.fields.lab.acts.packs.pack_files import FolderFiles, PackFiles, ZipFiles, shown
from pandok.fields.lab.acts.packs.problem_file import read_problem
from pandok.fields.lab.acts.packs.strict_csv import rows

CASES, TRUTH, PRACTICE = "cases.csv", "truth.csv", "practice.csv"
HEAD = ("case_id", "part", "role", "path", "cluster", "site")
_CASE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_LONGEST_CELL = 10_000
_PARTS, _ROLES = frozenset(Part), frozenset(CaseRole)


def read_pack(source: Path | IO[bytes] | bytes, *, whole: bool = True) -> Pack:
    """The pack in a folder, or in a zip (a file or its bytes). Raises PackRefused with every fault, its file and line.

    `whole` False: the public part as it is handed out, where the sealed parts are missing.
    """
    faults = Faults()
    files = FolderFiles(source, faults) if isinstance(source, Path) else ZipFiles(source, faults)
    problem = read_problem(files, faults)
    if problem is None:
        faults.refuse_if_any()
        raise AssertionError("a problem that is not read leaves a fault")
    lines: dict[str, int] = {}
    cases = _read_cases(files, problem, faults, lines, whole=whole)
    shows = _read_truth(files, problem, cases, faults)
    practice = _read_practice(files, problem, cases, shows, faults)
    faults.refuse_if_any()
    hashes = _hashes(files, problem, cases, faults, lines)
    faults.refuse_if_any()
    return Pack(files, problem, cases, shows, practice, hashes)


def _read_cases(
    files: PackFiles, problem: Problem, faults: Faults, lines: dict[str, int], *, whole: bool
) -> dict[str, ProblemCase]:
    table = problem.input.kind is InputKind.TABLE
    columns = problem.input.columns if table else ()
    groups = tuple(group.column for group in problem.groups)
    cases: dict[str, ProblemCase] = {}
    used: set[str] = set()
    for line, row in rows(files, CASES, (*HEAD, *dict.fromkeys((*groups, *columns))), faults, others=True):
        case_id, path = row["case_id"], unicodedata.normalize("NFC", row["path"])
        if not _CASE_ID.fullmatch(case_id):
            faults.add(CASES, line, f"case_id를 쓸 수 없습니다: {case_id[:40]!r}.", f"Not a case_id: {case_id[:40]!r}.")
            continue
        if case_id in cases:
            faults.add(CASES, line, f"case_id가 두 번 나옵니다: {case_id}.", f"The case_id stands twice: {case_id}.")
            continue
        if row["part"] not in _PARTS or row["role"] not in _ROLES:
            faults.add(
                CASES,
                line,
                "part는 public·feedback·confirm, role은 query·register 가운데 하나입니다.",
                "part is public, feedback or confirm; role is query or register.",
            )
            continue
        role = CaseRole(row["role"])
        _check_place(problem, row, role, line, faults)
        if table:
            if path:
                faults.add(
                    CASES, line, "표 과제에는 path를 비워 두십시오.", "Leave path empty where the input is a table."
                )
        elif path not in files.inputs:
            faults.add(CASES, line, f"파일이 없습니다: {shown(path)!r}.", f"There is no such file: {shown(path)!r}.")
        if any(len(cell) > _LONGEST_CELL for cell in row.values()):
            faults.add(CASES, line, "칸이 10,000자를 넘습니다.", "A cell is longer than 10,000 characters.")
            continue
        used.add(path)
        lines[case_id] = line
        cases[case_id] = ProblemCase(
            case_id,
            Part(row["part"]),
            role,
            row["cluster"],
            row["site"],
            {column: row[column] for column in groups},
            tuple(row[column] for column in columns) if table else path,
        )
    for path in sorted(files.inputs - used):
        faults.add(shown(path), 0, "cases.csv에 없는 파일입니다.", "No line of cases.csv names this file.")
    _check_parts(problem, cases, faults, whole=whole)
    return cases


def _check_place(problem: Problem, row: Mapping[str, str], role: CaseRole, line: int, faults: Faults) -> None:
    if role is CaseRole.REGISTER and problem.output.task is not Task.EMBEDDING:
        faults.add(CASES, line, "등록부는 embedding 과제에만 있습니다.", "Only embedding tasks have a register.")
    if role is CaseRole.REGISTER and row["part"] != Part.PUBLIC:
        faults.add(CASES, line, "등록부의 part는 public입니다.", "The part of a register picture is public.")
    if problem.clustered and role is CaseRole.QUERY and not row["cluster"]:
        faults.add(CASES, line, "cluster가 비어 있습니다.", "The cluster is empty.")


def _check_parts(problem: Problem, cases: Mapping[str, ProblemCase], faults: Faults, *, whole: bool) -> None:
    counts = dict.fromkeys(Part, 0)
    for case in cases.values():
        if case.role is CaseRole.QUERY:
            counts[case.part] += 1
    for part, count in counts.items():
        if not count and not faults.count and (whole or part is Part.PUBLIC):
            faults.add(CASES, 0, f"{part} 부분에 사례가 없습니다.", f"The part {part} has no case.")
    if problem.output.task is Task.EMBEDDING and all(one.role is CaseRole.QUERY for one in cases.values()):
        faults.add(CASES, 0, "등록부(role=register)가 없습니다.", "There is no register (role=register).")


def _read_truth(
    files: PackFiles, problem: Problem, cases: Mapping[str, ProblemCase], faults: Faults
) -> dict[str, tuple[str, ...]]:
    """A register picture without a line stands for itself."""
    found: dict[str, tuple[str, ...]] = {}
    lines: dict[str, int] = {}
    for line, row in rows(files, TRUTH, ("case_id", "truth"), faults):
        if _is_new(row["case_id"], cases, found, TRUTH, line, faults):
            found[row["case_id"]], lines[row["case_id"]] = truths(row["truth"]), line
    for case in cases.values():
        if case.role is CaseRole.REGISTER:
            if len(found.setdefault(case.case_id, (case.case_id,))) != 1:
                faults.add(
                    TRUTH,
                    lines[case.case_id],
                    "등록부 사진은 하나만 가리킵니다.",
                    "A register picture shows one thing.",
                )
        elif case.case_id not in found:
            faults.add(TRUTH, 0, f"정답이 없습니다: {case.case_id}.", f"No truth for {case.case_id}.")
    known = shown_ids(cases, found)
    for case_id, line in lines.items():
        if cases[case_id].role is CaseRole.QUERY and (fault := truth_fault(found[case_id], problem.output, known)):
            faults.add(TRUTH, line, fault.ko, fault.en)
    return found


def _read_practice(
    files: PackFiles,
    problem: Problem,
    cases: Mapping[str, ProblemCase],
    truth: Mapping[str, tuple[str, ...]],
    faults: Faults,
) -> dict[str, str]:
    found: dict[str, str] = {}
    known = shown_ids(cases, truth)
    for line, row in rows(files, PRACTICE, ("case_id", "output"), faults):
        case_id, output = row["case_id"], row["output"].strip()
        if not _is_new(case_id, cases, found, PRACTICE, line, faults):
            continue
        if cases[case_id].role is CaseRole.REGISTER:
            faults.add(
                PRACTICE, line, "등록부에는 현행 결과가 없습니다.", "Practice does not answer register pictures."
            )
        elif fault := practice_fault(output, problem.output, known):
            faults.add(PRACTICE, line, fault.ko, fault.en)
        found[case_id] = output
    for case in cases.values():
        if case.role is CaseRole.QUERY and case.case_id not in found:
            faults.add(
                PRACTICE, 0, f"현행 결과가 없습니다: {case.case_id}.", f"No answer of practice for {case.case_id}."
            )
    return found


def shown_ids(cases: Mapping[str, ProblemCase], truth: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """The ids of what the register shows."""
    return frozenset(
        one for case in cases.values() if case.role is CaseRole.REGISTER for one in truth.get(case.case_id, ())
    )


def _is_new(
    case_id: str, cases: Mapping[str, ProblemCase], found: Mapping[str, object], file: str, line: int, faults: Faults
) -> bool:
    if case_id not in cases:
        faults.add(file, line, f"cases.csv에 없는 사례입니다: {case_id[:80]!r}.", f"No such case: {case_id[:80]!r}.")
        return False
    if case_id in found:
        faults.add(file, line, f"사례가 두 번 나옵니다: {case_id}.", f"The case stands twice: {case_id}.")
        return False
    return True


def _hashes(
    files: PackFiles, problem: Problem, cases: Mapping[str, ProblemCase], faults: Faults, lines: Mapping[str, int]
) -> dict[str, str]:
    """sha256 of every input. The same input in a public and a sealed part would give the seal away."""
    hashes: dict[str, str] = {}
    seen: dict[str, tuple[Part, str]] = {}
    for case in cases.values():
        if isinstance(case.inputs, tuple):
            sha256 = hashlib.sha256(row_bytes(problem.input.columns, case.inputs)).hexdigest()
        else:
            found = _file_sha256(files, case.inputs)
            if found is None:
                faults.add(shown(case.inputs), 0, "파일이 손상되어 읽을 수 없습니다.", "The file is damaged.")
                continue
            sha256 = found
        hashes[case.case_id] = sha256
        if case.role is CaseRole.REGISTER:
            continue
        part, first = seen.setdefault(sha256, (case.part, case.case_id))
        if part is not case.part:
            faults.add(
                CASES,
                lines[case.case_id],
                f"같은 입력이 두 부분에 있습니다: {first}({part}), {case.case_id}({case.part}).",
                f"The same input stands in two parts: {first} ({part}), {case.case_id} ({case.part}).",
            )
    return hashes


def _file_sha256(files: PackFiles, name: str) -> str | None:
    digest = hashlib.sha256()
    try:
        with files.open(name) as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    except DAMAGED_ZIP:
        return None
    return digest.hexdigest()
