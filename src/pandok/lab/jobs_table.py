"""The modules of the lab that do background work."""

from __future__ import annotations

LAB_HANDLER_MODULES: list[str] = [
    "pandok.lab.runs.job",
    "pandok.lab.shadow.jobs",
    "pandok.lab.submissions.partial",
    "pandok.lab.vault.keeping",
    "pandok.lab.vault.masked_copies",
]
