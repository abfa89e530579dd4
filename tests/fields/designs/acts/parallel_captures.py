"""Run by test_captures.py in a process of its own: threads with their own connections to one database."""

from __future__ import annotations

import json
import threading
from uuid import UUID, uuid4

import django

THREADS, CAPTURES = 4, 5


def main() -> None:
    django.setup()
    from django.db import connection

    from pandok.common.audit import writing as audit
    from pandok.common.models import Account
    from pandok.core.declaration import Declaration
    from pandok.engines.files.blobs import FolderBlobs
    from pandok.fields.designs.acts.captures import read_capture, receive_capture
    from pandok.fields.designs.acts.photographs import keep_photograph
    from pandok.fields.designs.models import Capture, ReadingRecord, Signal
    from pandok.fields.designs.photograph_reader import ReadingFilters
    from pandok.settings import settings
    from pandok.web.database_tables import bring_up_to_date
    from tests.fields.designs.fakes import NOON, FakeDesk, drawing, photograph, reading

    bring_up_to_date()
    blobs = FolderBlobs(settings().home / "blobs")
    desk = FakeDesk(reading([blobs.put(drawing(100))]))
    officer = Account.objects.create_user("officer")
    kept = [keep_photograph(photograph(), filename="", blobs=blobs, max_bytes=10**7, max_megapixels=64)]
    together = threading.Barrier(THREADS)
    new: list[UUID] = []
    faults: list[str] = []

    def send(number: UUID) -> None:
        together.wait()
        try:
            capture, created = receive_capture(
                capture_id=number,
                photographs=kept,
                declaration=Declaration(),
                filters=ReadingFilters(),
                actor=officer,
                now=NOON,
            )
            if created:
                new.append(capture.id)
            read_capture(capture=capture, actor=officer, now=NOON, desk=lambda: desk, blobs=blobs)
        except Exception as error:
            faults.append(repr(error))
        finally:
            connection.close()

    for _ in range(CAPTURES):
        number = uuid4()
        threads = [threading.Thread(target=send, args=(number,)) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    found = {
        "captures": Capture.objects.count(),
        "signals": Signal.objects.count(),
        "readings": ReadingRecord.objects.count(),
        "new": len(new),
        "faults": faults,
        "chain": audit.verify(),
    }
    print(json.dumps(found, default=str))


if __name__ == "__main__":
    main()
