"""Files of the store that records of the programme name, for the retention of the desk: a case may hold the same."""

from __future__ import annotations

from collections.abc import Iterator

from pandok.fields.counterfeit.acts.retention.owners import Owner
from pandok.fields.programme.models import ApplicationFile, Outcome

FILE_COLUMNS = frozenset({"programme.ApplicationFile.sha256", "programme.Outcome.sha256"})


def files_in_use(hashes: set[str]) -> Iterator[Owner]:
    bids = ApplicationFile.objects.filter(sha256__in=hashes).values_list("sha256", "application__number")
    outcomes = Outcome.objects.filter(sha256__in=hashes).values_list("sha256", "number")
    for sha256, number in (*bids, *outcomes):
        yield Owner(sha256, "", None, number)
