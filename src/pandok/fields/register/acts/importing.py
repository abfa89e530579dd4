"""The use case: a source of registered designs comes into the register.

May be killed at any moment and started again: what is in is passed by. A second run of the same source changes
nothing. What is wrong is reported row by row; everything that is right goes in. See docs/algorithms/import.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pandok.core.audit import AuditEvent
from pandok.fields.register.acts.merging import merged
from pandok.fields.register.acts.preparing import Blobs, Located, locate, prepare
from pandok.fields.register.acts.source_in_child import open_source
from pandok.fields.register.acts.storing import store
from pandok.fields.register.lists.designs_of_run import Seen
from pandok.fields.register.models import ImportedRecord, ImportFinding, ImportRun
from pandok.fields.register.records import RawRecord, SourceFinding

Progress = Callable[[int, int, str], None]
"""Called with rows or bytes done, their (estimated) total, and the design that is being read."""

SHOWN_FINDINGS = 1000
SHOWN_UNREAD = 300


def _silent(done: int, total: int, current: str) -> None:
    pass


@dataclass
class ImportReport:
    """What an import did. `findings` holds the first 1,000; `queries.findings(run_id)` gives all of them."""

    run_id: int
    importer: str
    counts: Counter[str] = field(default_factory=Counter)
    findings: list[SourceFinding] = field(default_factory=list)
    unread: dict[str, dict[str, str | int]] = field(default_factory=dict)
    """By the source's own name: what was kept without being read; `count` records, the first `file`, `line`,
    `value`."""

    @property
    def finding_count(self) -> int:
        return self.counts["findings"]

    @property
    def changed(self) -> bool:
        """Whether the register is different from before."""
        return any(count for name, count in self.counts.items() if name not in ("records", "skipped", "findings"))


def import_source(
    source: Path,
    *,
    actor: str,
    now: datetime,
    blobs: Blobs,
    progress: Progress = _silent,
    batch: int = 500,
    reason: str = "",
) -> ImportReport:
    """Import a folder or file; its kind is found out from its content.

    `now` (with time zone) is written wherever a time is recorded. Records are stored `batch` designs at a time, each
    batch in one transaction with one audit entry. Raises ImportRefused where nothing of the source can be read.
    """
    opened = open_source(source)
    run = _start(source, opened.importer, actor, now)
    event = AuditEvent(actor, "register.import", f"import-run:{run.pk}", reason or f"import of {source.name}", now)
    report = ImportReport(run.pk, opened.importer)
    label = f"{opened.importer}:{source.name}"[:300]
    total, finished = opened.total, False
    try:
        with Seen() as seen, closing(opened.items):
            for records, findings in _batches(merged(opened.items, seen), batch):
                new = _unread([locate(record) for record in records])
                report.counts.update(records=len(records), skipped=len(records) - len(new))
                _count_unread(records, report)
                if new:
                    with blobs.together() as files:
                        prepared = prepare(
                            new, files, lambda one: progress(one.record.done, total, one.record.design_id)
                        )
                    findings.extend(finding for one in prepared for finding in one.findings)
                    report.counts.update(store(prepared, event=event, source=label))
                _keep(run, findings, report)
                if records:
                    progress(records[-1].done, total, records[-1].design_id)
        finished = True
    finally:
        run.state = "finished" if finished else "interrupted"
        run.counts, run.unread = dict(report.counts), report.unread
        run.save(update_fields=["state", "counts", "unread"])
    progress(total, total, "")
    return report


def _start(source: Path, importer: str, actor: str, now: datetime) -> ImportRun:
    name = source.name[:300]
    ImportRun.objects.filter(source=name, state="running").update(state="interrupted")
    return ImportRun.objects.create(started_at=now, actor=actor, source=name, importer=importer)


def _batches(
    items: Iterator[RawRecord | SourceFinding], size: int
) -> Iterator[tuple[list[RawRecord], list[SourceFinding]]]:
    """Records with different design ids, at most `size`, and the findings between them."""
    records: list[RawRecord] = []
    findings: list[SourceFinding] = []
    ids: set[str] = set()
    for item in items:
        if isinstance(item, SourceFinding):
            findings.append(item)
            full = len(findings) >= size
        else:
            if item.design_id in ids:
                yield records, findings
                records, findings, ids = [], [], set()
            records.append(item)
            ids.add(item.design_id)
            full = len(records) >= size
        if full:
            yield records, findings
            records, findings, ids = [], [], set()
    if records or findings:
        yield records, findings


def _unread(located: Sequence[Located]) -> list[Located]:
    """Those records that are not yet in the register as they stand here."""
    ids = [each.record.design_id for each in located]
    rows = ImportedRecord.objects.filter(design__design_id__in=ids)
    known = {
        (name, part): print_ for name, part, print_ in rows.values_list("design__design_id", "part", "fingerprint")
    }
    return [
        each
        for each in located
        if not each.fingerprint or known.get((each.record.design_id, each.part)) != each.fingerprint
    ]


def _count_unread(records: Sequence[RawRecord], report: ImportReport) -> None:
    for record in records:
        for name, value in record.unread.items():
            known = report.unread.get(name)
            if known is not None:
                known["count"] = int(known["count"]) + 1
            elif len(report.unread) < SHOWN_UNREAD:
                first: dict[str, str | int] = {"count": 1, "file": record.file, "line": record.line}
                report.unread[name] = {**first, "value": value[:80]}


def _keep(run: ImportRun, findings: list[SourceFinding], report: ImportReport) -> None:
    report.counts["findings"] += len(findings)
    report.findings.extend(findings[: max(0, SHOWN_FINDINGS - len(report.findings))])
    ImportFinding.objects.bulk_create(
        ImportFinding(
            run=run,
            code=each.code,
            file=each.file[:500],
            line=each.line,
            design_id=each.design_id[:100],
            ko=each.text.ko,
            en=each.text.en,
        )
        for each in findings
    )
