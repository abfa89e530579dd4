"""The records of the register. Rights change; their history is only ever added to."""

from pandok.register.models.audit import AuditEntry
from pandok.register.models.history import ClassChange, FactChange, KeptField, StatusChange
from pandok.register.models.imports import ImportedRecord, ImportFinding, ImportRun
from pandok.register.models.outbox import RegisterChange
from pandok.register.models.rights import Citation, Design, Holder, View

__all__ = [
    "AuditEntry",
    "Citation",
    "ClassChange",
    "Design",
    "FactChange",
    "Holder",
    "ImportFinding",
    "ImportRun",
    "ImportedRecord",
    "KeptField",
    "RegisterChange",
    "StatusChange",
    "View",
]
