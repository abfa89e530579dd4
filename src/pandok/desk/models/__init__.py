"""Records of the desk, one idea a file."""

from pandok.desk.models.account_changes import AccountChange
from pandok.desk.models.account_resets import AccountReset
from pandok.desk.models.accounts import Account, SignInFailure
from pandok.desk.models.api_calls import ApiCall
from pandok.desk.models.captures import Capture, CaptureState
from pandok.desk.models.cases import Case, CaseClock, CaseEvent, ClockReminder
from pandok.desk.models.checkpoints import ChainCheck
from pandok.desk.models.consents import ServiceConsent
from pandok.desk.models.deliveries import Delivery, DeliveryState
from pandok.desk.models.documents import CaseDocument, IdentificationGuide
from pandok.desk.models.forms_taken import FormTaken
from pandok.desk.models.holidays import DatedHoliday
from pandok.desk.models.invitations import Invitation
from pandok.desk.models.jobs import Job, JobState
from pandok.desk.models.kept_forms import KeptForm
from pandok.desk.models.notice_links import NoticeLink
from pandok.desk.models.notices import HolderAnswer, ImporterStatement, Notice, NoticeOpening
from pandok.desk.models.number_series import NumberSeries
from pandok.desk.models.openid import OpenIdLink
from pandok.desk.models.parties import Party, PartyHolder, PartyMember, Site, SiteMember
from pandok.desk.models.passkeys import Passkey, PasskeyChallenge, PasskeyOwner
from pandok.desk.models.retention import Deletion, DeletionItem, DeletionState, ErasedFile, LegalHold
from pandok.desk.models.saved_filters import SavedFilter
from pandok.desk.models.second_step import RecoveryCode, SecondStep
from pandok.desk.models.services import NoticeService
from pandok.desk.models.sessions import PersonSession
from pandok.desk.models.signals import ReadingMarks, ReadingRecord, Signal, SignalPhotograph
from pandok.desk.models.statistics import CaseFigure, FigureMark, FigureTally, LaterFinding
from pandok.desk.models.tokens import ApiToken, SystemAccount
from pandok.desk.models.webhooks import WebhookDelivery, WebhookEndpoint

__all__ = [
    "Account",
    "AccountChange",
    "AccountReset",
    "ApiCall",
    "ApiToken",
    "Capture",
    "CaptureState",
    "Case",
    "CaseClock",
    "CaseDocument",
    "CaseEvent",
    "CaseFigure",
    "ChainCheck",
    "ClockReminder",
    "DatedHoliday",
    "Deletion",
    "DeletionItem",
    "DeletionState",
    "Delivery",
    "DeliveryState",
    "ErasedFile",
    "FigureMark",
    "FigureTally",
    "FormTaken",
    "HolderAnswer",
    "IdentificationGuide",
    "ImporterStatement",
    "Invitation",
    "Job",
    "JobState",
    "KeptForm",
    "LaterFinding",
    "LegalHold",
    "Notice",
    "NoticeLink",
    "NoticeOpening",
    "NoticeService",
    "NumberSeries",
    "OpenIdLink",
    "Party",
    "PartyHolder",
    "PartyMember",
    "Passkey",
    "PasskeyChallenge",
    "PasskeyOwner",
    "PersonSession",
    "ReadingMarks",
    "ReadingRecord",
    "RecoveryCode",
    "SavedFilter",
    "SecondStep",
    "ServiceConsent",
    "SignInFailure",
    "Signal",
    "SignalPhotograph",
    "Site",
    "SiteMember",
    "SystemAccount",
    "WebhookDelivery",
    "WebhookEndpoint",
]
