"""Records of the lab, one idea a file."""

from pandok.fields.lab.models.assisted import (
    AssistedAnswer,
    AssistedCase,
    AssistedHelp,
    AssistedOpening,
    AssistedReading,
)
from pandok.fields.lab.models.deposits import (
    Deposit,
    Lineage,
    ObjectKind,
    SharingConfirmation,
    VaultObject,
    VaultRecord,
)
from pandok.fields.lab.models.exports import ExportEvent, ExportFile, ExportRequest, ExportVote, SealedPrints
from pandok.fields.lab.models.grants import Grant, Use, WhatLeft
from pandok.fields.lab.models.partial_uploads import PartialUpload
from pandok.fields.lab.models.problems import LockedRegistration, ProblemPack, SealedPart
from pandok.fields.lab.models.projects import LabProject
from pandok.fields.lab.models.proofs import AcceptanceTest, ProofRecord, TrustedKey
from pandok.fields.lab.models.runs import CaseOutput, Run, RunEvent
from pandok.fields.lab.models.scoring import (
    ComparisonRecord,
    ConfirmOpening,
    LadderBoard,
    ReleaseVote,
    ResultReport,
    ScoreRow,
)
from pandok.fields.lab.models.sealed_cases import KnownCase
from pandok.fields.lab.models.shadow_cases import (
    AuditDraw,
    AuditFinding,
    ShadowCase,
    ShadowCommit,
    ShadowDecision,
    ShadowReveal,
)
from pandok.fields.lab.models.shadow_trials import MonitorLook, ShadowTrial, TrialEvent
from pandok.fields.lab.models.submissions import Submission
from pandok.fields.lab.models.term_looks import TermLook
from pandok.fields.lab.models.vault_deletions import VaultDeletion

__all__ = [
    "AcceptanceTest",
    "AssistedAnswer",
    "AssistedCase",
    "AssistedHelp",
    "AssistedOpening",
    "AssistedReading",
    "AuditDraw",
    "AuditFinding",
    "CaseOutput",
    "ComparisonRecord",
    "ConfirmOpening",
    "Deposit",
    "ExportEvent",
    "ExportFile",
    "ExportRequest",
    "ExportVote",
    "Grant",
    "KnownCase",
    "LabProject",
    "LadderBoard",
    "Lineage",
    "LockedRegistration",
    "MonitorLook",
    "ObjectKind",
    "PartialUpload",
    "ProblemPack",
    "ProofRecord",
    "ReleaseVote",
    "ResultReport",
    "Run",
    "RunEvent",
    "ScoreRow",
    "SealedPart",
    "SealedPrints",
    "ShadowCase",
    "ShadowCommit",
    "ShadowDecision",
    "ShadowReveal",
    "ShadowTrial",
    "SharingConfirmation",
    "Submission",
    "TermLook",
    "TrialEvent",
    "TrustedKey",
    "Use",
    "VaultDeletion",
    "VaultObject",
    "VaultRecord",
    "WhatLeft",
]
