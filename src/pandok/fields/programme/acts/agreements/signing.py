"""A version is signed by manager and field owner, voted on by the committee where it is an amendment, and locked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.common.people.two_persons import must_be_another
from pandok.common.people.votes import must_vote_freely
from pandok.common.reasons import checked_reason
from pandok.core.canonical import digest
from pandok.core.programme.lock import Lock, Signature
from pandok.core.terms.months import months_later
from pandok.core.two_persons import VOTES_NEEDED
from pandok.fields.programme.acts.agreements.agreement_moves import CYCLE, locked_agreement
from pandok.fields.programme.acts.agreements.agreement_terms import code_sha256, terms_of, terms_sha256
from pandok.fields.programme.acts.agreements.drafting import COLUMNS, with_line
from pandok.fields.programme.agreement_refusals import refusal
from pandok.fields.programme.agreement_states import AgreementMover, AgreementState, Side, VersionState
from pandok.fields.programme.kpi_line import indicator_of, sheet_of
from pandok.fields.programme.models import Agreement, AgreementSignature, AgreementVersion, Remeasurement
from pandok.fields.programme.roles import Action
from pandok.fields.programme.sources.known_sources import SOURCES

LOCKED, SIGNED, AMENDED, REFUSED = "agreement.locked", "agreement.signed", "agreement.amended", "agreement.refused"
AFTER_MONTHS = (12, 24)
PROGRAMME_BODY = "실증사업단"
COMMITTEE_BODY = "사업추진위원회"


def offered_version(agreement: Agreement) -> AgreementVersion | None:
    found: AgreementVersion | None = agreement.versions.filter(state=VersionState.OFFERED.value).first()
    return found


def side_of(account: Account, agreement: Agreement, version: AgreementVersion) -> Side | None:
    """For whom somebody could sign it; None: it is not theirs."""
    if agreement.field_owner_id == account.pk and account.may(Action.SIGN_FOR_FIELD):
        return Side.FIELD
    if account.may(Action.SIGN_FOR_PROGRAMME):
        return Side.PROGRAMME
    if version.version > 1 and account.may(Action.VOTE_ON_AMENDMENTS):
        return Side.COMMITTEE
    return None


def content_of(version: AgreementVersion) -> str:
    """What somebody signs: the sheet, the terms, and of which agreement and version they are."""
    sheet = sheet_of(version.lines)
    return digest(
        {
            "agreement": version.agreement.number,
            "version": version.version,
            "sheet": sheet.sha256 if sheet else "",
            "terms": digest(version.terms),
        }
    )


def amend(agreement_id: UUID, written: Mapping[str, Any], *, reason: str, actor: Account, now: datetime) -> Agreement:
    """One KPI is changed or added after the lock: a version of its own, to be signed and voted on. Raises as
    `indicator_of`, and RequestError: request.reason, agreement.offered_already, agreement.no_such_way."""
    reason, line = checked_reason(reason), indicator_of(written, COLUMNS).model_dump(mode="json")
    with transaction.atomic():
        agreement = locked_agreement(agreement_id, AgreementState.RUNNING)
        if offered_version(agreement) is not None:
            raise refusal("offered_already")
        AgreementVersion.objects.create(
            agreement=agreement,
            version=agreement.version + 1,
            state=VersionState.OFFERED.value,
            lines=with_line(agreement.lines, line),
            terms=terms_of(agreement),
            reason=reason,
            offered_by=actor,
            offered_at=now,
        )
        _told(agreement, AMENDED, reason, actor, now)
    return agreement


def sign(agreement_id: UUID, *, agrees: bool, reason: str, actor: Account, now: datetime) -> AgreementSignature:
    """With the last one that is needed the version is locked, with it the agreement runs. Raises RequestError:
    request.reason, request.votes_paused, agreement.nothing_offered, .not_signer, .signed_already."""
    reason = checked_reason(reason)
    now = now.astimezone(UTC)  # as the database gives it back: the lock holds it in writing
    with transaction.atomic():
        agreement = locked_agreement(agreement_id, AgreementState.OFFERED, AgreementState.RUNNING)
        version = offered_version(agreement)
        if version is None:
            raise refusal("nothing_offered")
        side = side_of(actor, agreement, version)
        if side is None or (side is not Side.COMMITTEE and not agrees):
            raise refusal("not_signer")
        must_be_another(actor, version.offered_by_id, refused=refusal("not_signer"))
        must_vote_freely(actor, now)
        if version.signatures.filter(person=actor).exists() or (
            side is not Side.COMMITTEE and version.signatures.filter(side=side.value).exists()
        ):
            raise refusal("signed_already")
        post, body = _as_whom(side, agreement, actor)
        made: AgreementSignature = AgreementSignature.objects.create(
            version=version, side=side.value, post=post, body=body, person=actor, agrees=agrees, reason=reason,
            content=content_of(version), signed_at=now,
        )  # fmt: skip
        _told(agreement, SIGNED if agrees else REFUSED, reason, actor, now)
        _settle(agreement, version, actor, now)
    return made


def _as_whom(side: Side, agreement: Agreement, actor: Account) -> tuple[str, str]:
    if side is Side.FIELD:
        return agreement.field_owner_post, agreement.problem.body_name or "현업"
    if side is Side.PROGRAMME:
        return "사업 책임자", PROGRAMME_BODY
    return f"위원 {actor.get_username()}", COMMITTEE_BODY


def _settle(agreement: Agreement, version: AgreementVersion, actor: Account, now: datetime) -> None:
    given = list(version.signatures.select_related("person"))
    sides = {one.side for one in given if one.agrees}
    of_committee = [one for one in given if one.side == Side.COMMITTEE.value]
    if sum(not one.agrees for one in of_committee) >= VOTES_NEEDED:
        version.state = VersionState.REJECTED.value
        version.save(update_fields=["state"])
        return
    voted = version.version == 1 or sum(one.agrees for one in of_committee) >= VOTES_NEEDED
    if voted and {Side.PROGRAMME.value, Side.FIELD.value} <= sides:
        _lock(agreement, version, [one for one in given if one.agrees], actor, now)


def _lock(
    agreement: Agreement, version: AgreementVersion, given: list[AgreementSignature], actor: Account, now: datetime
) -> None:
    sheet = sheet_of(version.lines)
    assert sheet is not None  # nothing is offered without one
    before = agreement.versions.filter(state=VersionState.LOCKED.value).order_by("-version").first()
    lock = Lock(
        agreement=agreement.number,
        version=version.version,
        sheet=sheet,
        protocol=terms_sha256(agreement),
        data={one.source: SOURCES[one.source].sha256_at(now) for one in sheet.indicators},
        code=code_sha256(),
        locked_at=now,
        signatures=tuple(signature_value(one) for one in given),
        previous=before.sha256 if before else "",
    )
    version.lock, version.sha256, version.locked_at = lock.model_dump(mode="json"), lock.sha256, now
    version.state = VersionState.LOCKED.value
    version.save()
    agreement.lines, agreement.version = version.lines, version.version
    if AgreementState(agreement.state) is AgreementState.OFFERED:
        CYCLE.move(agreement, AgreementState.RUNNING, by=AgreementMover.SIGNATURES, actor=actor, reason="", now=now)
        _schedule(agreement, max(one.measured_on for one in sheet.indicators), now)
    else:
        agreement.save()
    CYCLE.happened(
        agreement, actor=actor, reason="", now=now, action=LOCKED, columns={"what": "locked"},
        details={"sha256": lock.sha256, "sheet_version": version.version},
    )  # fmt: skip


def signature_value(one: AgreementSignature) -> Signature:
    return Signature(post=one.post, body=one.body, person=one.person.get_username(), signed_at=one.signed_at)


def _schedule(agreement: Agreement, measured_on: date, now: datetime) -> None:
    for months in AFTER_MONTHS:
        Remeasurement.objects.create(
            agreement=agreement,
            months=months,
            due_on=months_later(measured_on, months),
            post=agreement.remeasurement_post,
            scheduled_at=now,
        )


def _told(agreement: Agreement, action: str, reason: str, actor: Account, now: datetime) -> None:
    CYCLE.happened(
        agreement, actor=actor, reason=reason, now=now, action=action, columns={"what": action.split(".")[1]}
    )
