"""Records of the lab, one idea a file."""

from pandok.lab.models.assisted import AssistedAnswer, AssistedCase, AssistedHelp, AssistedOpening, AssistedReading
from pandok.lab.models.deposits import Deposit, Lineage, ObjectKind, SharingConfirmation, VaultObject, VaultRecord
from pandok.lab.models.exports import ExportEvent, ExportFile, ExportRequest, ExportVote, SealedPrints
from pandok.lab.models.grants import Grant, Use, WhatLeft
from pandok.lab.models.partial_uploads import PartialUpload
from pandok.lab.models.problems import LockedRegistration, ProblemPack, SealedPart
from pandok.lab.models.projects import LabProject
from pandok.lab.models.proofs import AcceptanceState, AcceptanceTest, ProofRecord, TrustedKey
from pandok.lab.models.runs import CaseOutput, Run, RunEvent
from pandok.lab.models.scoring import (
    ComparisonRecord,
    ConfirmOpening,
    LadderBoard,
    ReleaseVote,
    ResultReport,
    ScoreRow,
)
from pandok.lab.models.sealed_cases import KnownCase
from pandok.lab.models.shadow_cases import (
    AuditDraw,
    AuditFinding,
    ShadowCase,
    ShadowCommit,
    ShadowDecision,
    ShadowReveal,
)
from pandok.lab.models.shadow_trials import MonitorLook, ShadowTrial, TrialEvent
from pandok.lab.models.submissions import Submission
from pandok.lab.models.term_looks import TermLook
from pandok.lab.models.vault_deletions import VaultDeletion

__all__ = [
    "AcceptanceState",
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
