"""Records of cases, notices, papers and what is counted of them, one idea a file."""

from pandok.fields.counterfeit.models.cases import Case, CaseClock, CaseEvent, ClockReminder
from pandok.fields.counterfeit.models.confirmed_views import ConfirmedView
from pandok.fields.counterfeit.models.documents import CaseDocument, IdentificationGuide
from pandok.fields.counterfeit.models.holidays import DatedHoliday
from pandok.fields.counterfeit.models.notice_links import NoticeLink
from pandok.fields.counterfeit.models.notices import HolderAnswer, ImporterStatement, Notice, NoticeOpening
from pandok.fields.counterfeit.models.retention import Deletion, DeletionItem, ErasedFile, LegalHold
from pandok.fields.counterfeit.models.saved_filters import SavedFilter
from pandok.fields.counterfeit.models.services import NoticeService
from pandok.fields.counterfeit.models.statistics import CaseFigure, FigureMark, FigureTally, LaterFinding

__all__ = [
    "Case",
    "CaseClock",
    "CaseDocument",
    "CaseEvent",
    "CaseFigure",
    "ClockReminder",
    "ConfirmedView",
    "DatedHoliday",
    "Deletion",
    "DeletionItem",
    "ErasedFile",
    "FigureMark",
    "FigureTally",
    "HolderAnswer",
    "IdentificationGuide",
    "ImporterStatement",
    "LaterFinding",
    "LegalHold",
    "Notice",
    "NoticeLink",
    "NoticeOpening",
    "NoticeService",
    "SavedFilter",
]
