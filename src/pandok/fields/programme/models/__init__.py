"""Records of the programme desk, one idea a file."""

from pandok.fields.programme.models.afterwards import AskedAgain, UseAnswer
from pandok.fields.programme.models.agreements import (
    Agreement,
    AgreementEvent,
    AgreementSignature,
    AgreementVersion,
    Milestone,
    Remeasurement,
)
from pandok.fields.programme.models.applications import ApplicationEvent, ApplicationFile, CallApplication
from pandok.fields.programme.models.calls import Call, CallEvent
from pandok.fields.programme.models.certificates import TrialCertificate, TrialCertificateEvent
from pandok.fields.programme.models.challenges import (
    Challenge,
    ChallengeEvent,
    ChallengeJoinWord,
    ChallengeMember,
    ChallengePhase,
    ChallengeTeam,
)
from pandok.fields.programme.models.community import (
    CommunityPost,
    CommunityPostEvent,
    ProgrammeNotice,
    ProgrammeNoticeEvent,
)
from pandok.fields.programme.models.data_sets import DataSet, DataSetEvent, DataSetVersion, QualityReport, QualityRun
from pandok.fields.programme.models.evidence import Measurement
from pandok.fields.programme.models.firm_cards import FirmCard, FirmCardEvent
from pandok.fields.programme.models.outcomes import Outcome, OutcomeCheck
from pandok.fields.programme.models.problems import FieldProblem, ProblemEvent, ProblemShare
from pandok.fields.programme.models.resources import ResourceBooking, ResourceBookingCancelled, TrialResource
from pandok.fields.programme.models.reviews import (
    ApplicationReview,
    FirmBehind,
    ReviewerTie,
    Selection,
    SelectionVote,
)
from pandok.fields.programme.models.spread import HandOverMade, HandOverTaken, SpreadAnswer

__all__ = [
    "Agreement",
    "AgreementEvent",
    "AgreementSignature",
    "AgreementVersion",
    "ApplicationEvent",
    "ApplicationFile",
    "ApplicationReview",
    "AskedAgain",
    "Call",
    "CallApplication",
    "CallEvent",
    "Challenge",
    "ChallengeEvent",
    "ChallengeJoinWord",
    "ChallengeMember",
    "ChallengePhase",
    "ChallengeTeam",
    "CommunityPost",
    "CommunityPostEvent",
    "DataSet",
    "DataSetEvent",
    "DataSetVersion",
    "FieldProblem",
    "FirmBehind",
    "FirmCard",
    "FirmCardEvent",
    "HandOverMade",
    "HandOverTaken",
    "Measurement",
    "Milestone",
    "Outcome",
    "OutcomeCheck",
    "ProblemEvent",
    "ProblemShare",
    "ProgrammeNotice",
    "ProgrammeNoticeEvent",
    "QualityReport",
    "QualityRun",
    "Remeasurement",
    "ResourceBooking",
    "ResourceBookingCancelled",
    "ReviewerTie",
    "Selection",
    "SelectionVote",
    "SpreadAnswer",
    "TrialCertificate",
    "TrialCertificateEvent",
    "TrialResource",
    "UseAnswer",
]
