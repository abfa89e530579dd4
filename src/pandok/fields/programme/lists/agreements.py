"""Agreements: found by state and words; and what of a locked one is no longer as it was signed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from pydantic import ValidationError

from pandok.common.models import Account, AuditEntry
from pandok.core.programme.lock import Change, Lock, Part, changes
from pandok.fields.programme.acts.agreements.agreement_terms import code_sha256, terms_of, terms_sha256
from pandok.fields.programme.acts.agreements.signing import LOCKED, content_of, signature_value
from pandok.fields.programme.agreement_refusals import refusal
from pandok.fields.programme.agreement_states import AgreementState, Side, VersionState
from pandok.fields.programme.kpi_line import sheet_of
from pandok.fields.programme.models import Agreement, AgreementVersion
from pandok.fields.programme.roles import Action
from pandok.fields.programme.sources.known_sources import SOURCES

MOST_WORDS = 5


def agreements_visible_to(account: Account) -> QuerySet[Agreement]:
    """All of them, or for a field owner those that they are named in."""
    if account.may(Action.SEE_ALL_AGREEMENTS):
        return Agreement.objects.all()
    return Agreement.objects.filter(field_owner=account)


def agreement_for(account: Account, agreement_id: UUID) -> Agreement:
    """Raises RequestError: agreement.not_there."""
    shown = agreements_visible_to(account).select_related("problem", "field_owner", "made_by")
    found: Agreement | None = shown.filter(pk=agreement_id).first()
    if found is None:
        raise refusal("not_there")
    return found


def agreements_among(shown: QuerySet[Agreement], *, words: str = "", state: str = "") -> QuerySet[Agreement]:
    """The newest first."""
    if state in set(AgreementState):
        shown = shown.filter(state=state)
    for word in words.split()[:MOST_WORDS]:
        shown = shown.filter(Q(number=word) | Q(title__icontains=word) | Q(lead__icontains=word))
    return shown.select_related("problem").order_by("-made_at", "-id")


def locked_versions(agreement: Agreement) -> list[AgreementVersion]:
    """The newest first."""
    locked = [one for one in agreement.versions.all() if one.state == VersionState.LOCKED.value]
    return sorted(locked, key=lambda one: one.version, reverse=True)


def with_versions(shown: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Their versions at once, for lists, without what was agreed in them."""
    return shown.prefetch_related(
        Prefetch("versions", AgreementVersion.objects.defer("lock", "lines", "terms").order_by("version"))
    )


def changes_since_lock(agreement: Agreement, now: datetime, *, with_data: bool = True) -> list[Change]:
    """Every way in which the agreement as it stands differs from the newest version that was signed. Empty where there
    is none, and where nothing differs. `with_data` false: without reading the records of its sources."""
    versions = locked_versions(agreement)
    if not versions:
        return []
    version = versions[0]
    promised = _promised(agreement, version)
    try:
        locked = Lock.model_validate(version.lock)
        sheet = sheet_of(agreement.lines)
        if sheet is None or version.locked_at is None:
            raise ValueError("nothing stands in its place")
        found = locked.model_copy(
            update={
                "agreement": agreement.number,
                "version": agreement.version,
                "sheet": sheet,
                "protocol": terms_sha256(agreement),
                "data": {name: _as_it_stood(name, locked.locked_at) for name in locked.data}
                if with_data
                else locked.data,
                "code": code_sha256(),
                "locked_at": version.locked_at,
                "signatures": tuple(
                    signature_value(one) for one in version.signatures.select_related("person") if one.agrees
                ),
                "previous": versions[1].sha256 if len(versions) > 1 else "",
            }
        )
    except (ValidationError, ValueError, KeyError, TypeError) as error:
        return [Change(part=Part.RECORD, at="unreadable", was=promised, now=type(error).__name__)]
    told = changes(locked, found, promised=promised, seen_at=now)
    told += [
        Change(part=Part.PROTOCOL, at=name, was=version.terms.get(name, ""), now=value)
        for name, value in terms_of(agreement).items()
        if version.terms.get(name, "") != value
    ]
    content = content_of(version)
    told += [
        Change(part=Part.SIGNATURES, at=one.person.get_username(), was=one.content, now=content)
        for one in version.signatures.select_related("person")
        if one.content != content
    ]
    return told


def _as_it_stood(source: str, moment: datetime) -> str:
    return SOURCES[source].sha256_at(moment) if source in SOURCES else ""


def _promised(agreement: Agreement, version: AgreementVersion) -> str:
    """The digest of the lock as the audit trail has it."""
    told = AuditEntry.objects.filter(action=LOCKED, object=f"agreement:{agreement.pk}").order_by("-sequence")
    found = (one.details for one in told if one.details.get("sheet_version") == version.version)
    return next((str(one.get("sha256", "")) for one in found), "")


def voted(version: AgreementVersion) -> tuple[int, int]:
    """Votes of the committee for it, and against it."""
    votes = [one.agrees for one in version.signatures.all() if one.side == Side.COMMITTEE.value]
    return votes.count(True), votes.count(False)
