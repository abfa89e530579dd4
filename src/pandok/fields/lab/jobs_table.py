"""The modules of the lab that do background work."""

from __future__ import annotations

LAB_HANDLER_MODULES: list[str] = [
    "pandok.fields.lab.acts.runs.job",
    "pandok.fields.lab.acts.shadow.jobs",
    "pandok.fields.lab.acts.submissions.partial",
    "pandok.fields.lab.acts.vault.keeping",
    "pandok.fields.lab.acts.vault.masked_copies",
]
