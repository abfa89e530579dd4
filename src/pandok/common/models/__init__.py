"""Records that all fields share: people, parties, audit, jobs, messages; one idea a file."""

from pandok.common.models.account_changes import AccountChange
from pandok.common.models.account_resets import AccountReset
from pandok.common.models.accounts import Account, SignInFailure
from pandok.common.models.api_calls import ApiCall
from pandok.common.models.audit import AuditEntry
from pandok.common.models.checkpoints import ChainCheck
from pandok.common.models.consents import ServiceConsent
from pandok.common.models.deliveries import Delivery, DeliveryState
from pandok.common.models.forms_taken import FormTaken
from pandok.common.models.invitations import Invitation
from pandok.common.models.jobs import Job, JobState
from pandok.common.models.kept_forms import KeptForm
from pandok.common.models.number_series import NumberSeries
from pandok.common.models.openid import OpenIdLink
from pandok.common.models.parties import Party, PartyMember, Site, SiteMember
from pandok.common.models.passkeys import Passkey, PasskeyChallenge, PasskeyOwner
from pandok.common.models.second_step import RecoveryCode, SecondStep
from pandok.common.models.sessions import PersonSession
from pandok.common.models.tokens import ApiToken, SystemAccount
from pandok.common.models.webhooks import WebhookDelivery, WebhookEndpoint

__all__ = [
    "Account",
    "AccountChange",
    "AccountReset",
    "ApiCall",
    "ApiToken",
    "AuditEntry",
    "ChainCheck",
    "Delivery",
    "DeliveryState",
    "FormTaken",
    "Invitation",
    "Job",
    "JobState",
    "KeptForm",
    "NumberSeries",
    "OpenIdLink",
    "Party",
    "PartyMember",
    "Passkey",
    "PasskeyChallenge",
    "PasskeyOwner",
    "PersonSession",
    "RecoveryCode",
    "SecondStep",
    "ServiceConsent",
    "SignInFailure",
    "Site",
    "SiteMember",
    "SystemAccount",
    "WebhookDelivery",
    "WebhookEndpoint",
]
