"""An evaluation folder: `register.csv`, `queries.csv` and the pictures they name. All that is wrong with it is told.

    register.csv   design_id,holder,article,locarno_class,status,view,path    one row a view
    queries.csv    query_id,path,design_id                                    several ids with ";", empty: not in it

Paths are relative to the folder and stay inside it. UTF-8, UTF-16 or CP949. Rows that can be used are used.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pandok.core.reading import RegisteredDesign, Value
from pandok.fields.designs.evaluation.csv_table import EvaluationTable, FolderProblem

REGISTER_COLUMNS = ("design_id", "holder", "article", "locarno_class", "status", "view", "path")
QUERY_COLUMNS = ("query_id", "path", "design_id")
REGISTER_FILE, QUERY_FILE = "register.csv", "queries.csv"


class RegisterView(Value):
    design: RegisteredDesign
    view: str
    path: str
    line: int


class Query(Value):
    query_id: str
    path: str
    design_ids: tuple[str, ...]
    """True designs; empty when the article is not in the register."""
    line: int

    @property
    def cluster(self) -> str:
        """Queries of one design belong together; what is not in the register stands alone."""
        return ";".join(sorted(self.design_ids)) or f"query {self.query_id}"


@dataclass(frozen=True)
class EvaluationSet:
    folder: Path
    views: tuple[RegisterView, ...]
    queries: tuple[Query, ...]
    problems: tuple[FolderProblem, ...]
    rows_left_out: int

    def read_bytes(self, path: str) -> bytes:
        """Bytes of a picture of the folder; raises OSError."""
        return (self.folder / path).read_bytes()


def load_folder(folder: Path | str) -> EvaluationSet:
    """Parse both tables. Raises ImportRefused when a table is missing, unreadable or lacks a column."""
    root = Path(folder)
    register = _RegisterTable(root)
    register.read()
    queries = _QueryTable(root, {view.design.design_id for view in register.views})
    queries.read()
    return EvaluationSet(
        folder=root,
        views=tuple(register.views),
        queries=tuple(queries.queries),
        problems=(*register.problems, *queries.problems),
        rows_left_out=register.left_out + queries.left_out,
    )


class _RegisterTable(EvaluationTable):
    file, columns = REGISTER_FILE, REGISTER_COLUMNS

    def __init__(self, root: Path):
        super().__init__(root)
        self.views: list[RegisterView] = []
        self._designs: dict[str, RegisteredDesign] = {}
        self._lines: dict[tuple[str, str], int] = {}

    def take(self, line: int, row: dict[str, str]) -> None:
        design_id = row["design_id"]
        if not design_id or ";" in design_id:
            self.leave_out(
                line, "design_id가 비어 있거나 ';'을 포함합니다.", "The design_id is empty or contains a ';'."
            )
            return
        if not (path := self.usable_path(line, row["path"])):
            return
        earlier = self._lines.setdefault((design_id, row["path"]), line)
        if earlier != line:
            self.leave_out(
                line,
                f"{earlier}행과 같은 디자인의 같은 도면입니다.",
                f"Line {earlier} names the same view of the same design.",
            )
            return
        stated = RegisteredDesign(
            design_id=design_id,
            holder=row["holder"],
            article=row["article"],
            locarno_class=row["locarno_class"],
            status=row["status"],
        )
        kept = self._designs.setdefault(design_id, stated)
        if kept != stated:
            self.tell(
                line,
                f"디자인 '{design_id}'의 사항이 앞 행과 다릅니다. 앞 행의 값을 씁니다.",
                f"The facts of design '{design_id}' differ from an earlier line, whose values are used.",
            )
        self.views.append(RegisterView(design=kept, view=row["view"], path=path, line=line))


class _QueryTable(EvaluationTable):
    file, columns = QUERY_FILE, QUERY_COLUMNS

    def __init__(self, root: Path, known: set[str]):
        super().__init__(root)
        self.queries: list[Query] = []
        self._known = known
        self._lines: dict[str, int] = {}

    def take(self, line: int, row: dict[str, str]) -> None:
        query_id = row["query_id"]
        if not query_id:
            self.leave_out(line, "query_id가 비어 있습니다.", "The query_id is empty.")
            return
        if not (path := self.usable_path(line, row["path"])):
            return
        earlier = self._lines.setdefault(query_id, line)
        if earlier != line:
            self.leave_out(
                line,
                f"query_id '{query_id}'가 {earlier}행에 이미 있습니다.",
                f"The query_id '{query_id}' already stands in line {earlier}.",
            )
            return
        named = tuple(dict.fromkeys(part.strip() for part in row["design_id"].split(";") if part.strip()))
        unknown = [design_id for design_id in named if design_id not in self._known]
        if unknown:
            names = ", ".join(unknown)
            ko = f"design_id '{names}'가 {REGISTER_FILE}에 없습니다. 미등록 질의라면 칸을 비우십시오."
            en = f"The design_id '{names}' is not in {REGISTER_FILE}. Leave it empty if it is not in the register."
            if len(unknown) == len(named):
                self.leave_out(line, ko, en)
                return
            self.tell(line, ko, en)
        truth = tuple(design_id for design_id in named if design_id in self._known)
        self.queries.append(Query(query_id=query_id, path=path, design_ids=truth, line=line))
