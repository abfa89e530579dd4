"""An import with a progress bar, and its report in words."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pandok.cli.terminal import console, language, progress, say
from pandok.core.text import Text

if TYPE_CHECKING:
    from pandok.fields.register.acts.importing import ImportReport


def import_with_progress(source: Path) -> ImportReport:
    """Import `source` into the register of this site. Django must be ready."""
    from django.utils import timezone

    from pandok.engines.files.blobs import FolderBlobs
    from pandok.fields.register.acts.importing import import_source
    from pandok.settings import settings

    with progress(Text(ko="등록디자인 가져오기", en="Importing designs")) as moved:
        return import_source(
            source,
            actor=_actor(),
            now=timezone.now(),
            blobs=FolderBlobs(settings().home / "blobs"),
            progress=lambda done, total, _current: moved(done, total),
        )


def _actor() -> str:
    """Who imports, for the audit log: the account of the operating system."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):  # an account without a name
        return "cli"


def print_report(report: ImportReport) -> None:
    """Counts, then every bad row with file and line."""

    from pandok.fields.register.lists.queries import findings

    screen = console()
    counts = " · ".join(f"{name} {count:,}" for name, count in sorted(report.counts.items()))
    screen.print(counts or say(Text(ko="새로운 것이 없습니다.", en="Nothing new.")))
    if report.unread:
        screen.print(
            say(
                Text(
                    ko="아래 항목은 읽는 이름이 아니어서 원래 이름으로 디자인에 함께 보관했습니다.",
                    en="Kept with the designs under their own names, because no fact is read from these fields:",
                )
            )
        )
        for name, seen in sorted(report.unread.items()):
            screen.print(f"  {name} × {seen['count']:,}  {seen['file']}:{seen['line']}  {seen['value']}")
    for finding in findings(report.run_id):
        where = f"{finding.file}:{finding.line}" if finding.line else finding.file
        screen.print(f"{where} {finding.text.in_language(language())}", style="yellow")


def report_as_dict(report: ImportReport) -> dict[str, Any]:
    """The report as JSON types, with every bad row."""
    from pandok.fields.register.lists.queries import findings

    return {
        "run": report.run_id,
        "importer": report.importer,
        "counts": dict(report.counts),
        "unread": report.unread,
        "findings": [
            {
                "code": finding.code,
                "file": finding.file,
                "line": finding.line,
                "design_id": finding.design_id,
                "text": finding.text.model_dump(),
            }
            for finding in findings(report.run_id)
        ],
    }
