"""The records of the register. Rights change; their history is only ever added to."""

from pandok.fields.register.models.history import ClassChange, FactChange, KeptField, StatusChange
from pandok.fields.register.models.imports import ImportedRecord, ImportFinding, ImportRun
from pandok.fields.register.models.outbox import RegisterChange
from pandok.fields.register.models.party_holders import PartyHolder
from pandok.fields.register.models.rights import Citation, Design, Holder, View, ViewOrigin

__all__ = [
    "Citation",
    "ClassChange",
    "Design",
    "FactChange",
    "Holder",
    "ImportFinding",
    "ImportRun",
    "ImportedRecord",
    "KeptField",
    "PartyHolder",
    "RegisterChange",
    "StatusChange",
    "View",
    "ViewOrigin",
]
