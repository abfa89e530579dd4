"""Closed cases as labelled pairs, and as an evaluation folder that `pandok designs evaluate` reads.

A photograph that was erased, or whose term is over, is left out; so is one that two cases label differently. Names of
queries come from the photographs' sha256: no case number leaves the house.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pandok.common.audit import writing as audit
from pandok.core.errors import RequestError
from pandok.core.retention import RetentionPolicy
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.acts.retention.owners import terms_over
from pandok.fields.counterfeit.models import CaseFigure
from pandok.fields.counterfeit.truth import Verdict
from pandok.fields.designs.acts.photographs import pixels_as_read
from pandok.fields.designs.evaluation.folder import QUERY_COLUMNS, QUERY_FILE, REGISTER_COLUMNS, REGISTER_FILE
from pandok.fields.designs.models import ReadingRecord, SignalPhotograph
from pandok.fields.register.models import Design, View
from pandok.fields.register.right_standing import standing

PICTURES = "pictures"
SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/tiff": ".tif", "image/webp": ".webp"}
LABELLED = (Verdict.RIGHT_DESIGN.value, Verdict.NOT_IN_REGISTER.value)


@dataclass(frozen=True)
class Label:
    """The photographs of one case and what they show; `design_id` is "" where it is in no registered design."""

    photographs: tuple[str, ...]
    design_id: str
    source: str
    rank: int | None
    month: date


@dataclass(frozen=True)
class Exported:
    pairs: int
    designs: int
    views: int
    left_out: dict[str, int]
    """Photographs that were left out, by reason: erased, term_over, contradictory, missing."""


def labels(*, since: date | None = None) -> Iterator[Label]:
    """Every labelled closed case, in the order of months."""
    figures = CaseFigure.objects.filter(truth__in=LABELLED).select_related("design").order_by("month", "case_id")
    if since is not None:
        figures = figures.filter(month__gte=since)
    for figure in figures.prefetch_related("case__signal__photographs").iterator(chunk_size=500):
        photographs = tuple(one.sha256 for one in figure.case.signal.photographs.all())
        design_id = figure.design.design_id if figure.design else ""
        yield Label(photographs, design_id, figure.truth_source, figure.rank, figure.month)


def export_folder(
    *,
    folder: Path,
    actor: str,
    now: datetime,
    blobs: FolderBlobs,
    policy: RetentionPolicy,
    since: date | None = None,
    whole_register: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Exported:
    """Write `register.csv`, `queries.csv`, `labels.json` and the pictures; `folder` must be new or empty.

    The register holds the designs that are true and those that readers took for them, or all (`whole_register`): with
    few designs the task is easier than at the border. Raises RequestError for a folder in use and for no label at all.
    """
    if folder.exists() and any(folder.iterdir()):
        raise _in_use(folder)
    chosen = list(labels(since=since))
    truth, left_out = _truth_of_photographs(chosen)
    over = terms_over(truth, policy=policy, today=now.astimezone(OFFICE_ZONE).date())
    queries = []
    for sha256, design_id in truth.items():
        if sha256 in over:
            left_out["term_over"] += 1
        elif sha256 not in blobs:
            left_out["erased"] += 1
        else:
            queries.append((sha256, design_id))
    if not queries:
        raise _no_labels()
    (folder / PICTURES).mkdir(parents=True)
    designs, views = _write_register(
        folder, blobs, None if whole_register else _wanted(queries), progress, now.astimezone(OFFICE_ZONE).date()
    )
    known = [(sha256, design_id) for sha256, design_id in queries if not design_id or design_id in designs]
    left_out["missing"] = len(queries) - len(known)
    rows = [
        {"query_id": sha256[:16], "path": _as_read(folder, blobs, sha256), "design_id": design_id}
        for sha256, design_id in known
    ]
    _write(folder / QUERY_FILE, QUERY_COLUMNS, rows)
    done = Exported(len(rows), len(designs), views, left_out)
    _describe(folder, chosen, done, now)
    audit.tell(
        actor,
        "labels.exported",
        "labels:all",
        "",
        now,
        {"pairs": done.pairs, "designs": done.designs, "since": since.isoformat() if since else ""},
    )
    return done


def _truth_of_photographs(chosen: Iterable[Label]) -> tuple[dict[str, str], dict[str, int]]:
    said: dict[str, set[str]] = {}
    for label in chosen:
        for sha256 in label.photographs:
            said.setdefault(sha256, set()).add(label.design_id)
    agreed = {sha256: next(iter(ids)) for sha256, ids in said.items() if len(ids) == 1}
    return agreed, {"erased": 0, "term_over": 0, "contradictory": len(said) - len(agreed), "missing": 0}


def _wanted(queries: Sequence[tuple[str, str]]) -> set[str]:
    """The true designs and everything that a reading of these photographs offered instead."""
    wanted = {design_id for _, design_id in queries if design_id}
    hashes = [sha256 for sha256, _ in queries]
    for start in range(0, len(hashes), 500):
        part = hashes[start : start + 500]
        records = ReadingRecord.objects.filter(signal__photographs__sha256__in=part).distinct()
        for record in records.iterator(chunk_size=100):
            wanted |= {one.design.design_id for one in record.reading.candidates}
    return wanted


def _write_register(
    folder: Path,
    blobs: FolderBlobs,
    wanted: set[str] | None,
    progress: Callable[[int, int], None] | None,
    on: date,
) -> tuple[set[str], int]:
    views = View.objects.filter(withdrawn_at=None).select_related("design__holder").order_by("view_key")
    if wanted is not None:
        ids = list(Design.objects.filter(design_id__in=wanted).values_list("id", flat=True))
        views = views.filter(design_id__in=ids)
    total = views.count()
    designs: set[str] = set()
    rows: list[dict[str, str]] = []
    seen: set[tuple[str, str]] = set()
    for done, view in enumerate(views.iterator(chunk_size=1000), start=1):
        key = (view.design.design_id, view.sha256)
        if view.sha256 in blobs and key not in seen:
            seen.add(key)
            designs.add(view.design.design_id)
            rows.append(
                _register_row(view, _copy(folder, blobs, view.sha256, SUFFIXES.get(view.media_type, ".bin")), on)
            )
        if progress is not None:
            progress(done, total)
    _write(folder / REGISTER_FILE, REGISTER_COLUMNS, rows)
    return designs, len(rows)


def _register_row(view: View, path: str, on: date) -> dict[str, str]:
    design = view.design
    return {
        "design_id": design.design_id,
        "holder": design.holder.name if design.holder else "",
        "article": design.article,
        "locarno_class": design.locarno_class,
        "status": standing(design, on).status.value,
        "view": view.name,
        "path": path,
    }


def _as_read(folder: Path, blobs: FolderBlobs, sha256: str) -> str:
    """The pixels that the desk read, so that a measurement on the folder reads the same; nothing of place or device."""
    photograph = SignalPhotograph.objects.filter(sha256=sha256).order_by("-original_sha256")[0]
    if photograph.original_sha256 not in blobs:
        return _copy(folder, blobs, sha256, ".jpg")
    path = f"{PICTURES}/{sha256}.png"
    (folder / path).write_bytes(pixels_as_read(photograph, blobs))
    return path


def _copy(folder: Path, blobs: FolderBlobs, sha256: str, suffix: str) -> str:
    path = f"{PICTURES}/{sha256}{suffix}"
    (folder / path).write_bytes(blobs.get(sha256))
    return path


def _write(path: Path, columns: Sequence[str], rows: Iterable[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def _describe(folder: Path, chosen: Sequence[Label], done: Exported, now: datetime) -> None:
    sources: dict[str, int] = {}
    for label in chosen:
        sources[label.source] = sources.get(label.source, 0) + 1
    content = {
        "made_at": now.isoformat(timespec="seconds"),
        "pairs": done.pairs,
        "designs": done.designs,
        "views": done.views,
        "left_out": done.left_out,
        "cases_by_source_of_truth": sources,
        "note": "These photographs are outside the retention periods of the desk: erase the folder after use.",
    }
    (folder / "labels.json").write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _in_use(folder: Path) -> RequestError:
    return RequestError(
        Text(ko=f"폴더 '{folder}'이(가) 비어 있지 않습니다.", en=f"The folder '{folder}' is not empty."),
        Text(ko="새 폴더를 지정하십시오.", en="Name a new folder."),
        code="request.folder_in_use",
    )


def _no_labels() -> RequestError:
    return RequestError(
        Text(ko="정답이 확인된 종결 사건이 아직 없습니다.", en="No closed case has a known truth yet."),
        Text(
            ko="감정 결과나 권리자 회신이 있는 사건이 종결되면 다시 실행하십시오.",
            en="Run it again when cases with an appraisal or a holder's answer have been closed.",
        ),
        code="request.no_labels",
    )
