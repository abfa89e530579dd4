"""Identification guides: how a holder tells its goods, written by the holder, seen by officers beside a candidate.

A guide is never changed: a new text is a new row, and the old one is withdrawn with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from pandok.common.audit import writing as audit
from pandok.common.decoding import MOST_BYTES, MOST_MEGAPIXELS
from pandok.common.models import Account, Party, PartyMember
from pandok.core.audit import Detail
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.models import IdentificationGuide
from pandok.fields.counterfeit.roles import Action
from pandok.fields.designs.acts.photographs import keep_clean_picture
from pandok.fields.designs.roles import Action as ReadingAction
from pandok.fields.register.models import Design

MOST_PICTURES = 8
MOST_GUIDES = 500
LONGEST_TITLE, LONGEST_TEXT = 200, 8000


def guides_for(design: Design) -> QuerySet[IdentificationGuide]:
    """The guides in force for one design: its own, then those of its holder for all rights. For officers only."""
    of_holder = Q(design=None, party__holder_names__holder=design.holder_id) if design.holder_id else Q(pk__in=[])
    standing = IdentificationGuide.objects.filter(withdrawn_at=None, party__active=True)
    return standing.filter(Q(design=design) | of_holder).select_related("party", "design").distinct()


def holders_of(account: Account) -> QuerySet[Party]:
    """The holders that a person writes guides for."""
    if not account.may(Action.ANSWER_AS_HOLDER):
        return Party.objects.none()
    return Party.objects.filter(kind=Party.HOLDER, active=True, members__account=account).order_by("name")


def own_guides(account: Account) -> QuerySet[IdentificationGuide]:
    return IdentificationGuide.objects.filter(party__in=holders_of(account), withdrawn_at=None).select_related(
        "party", "design"
    )


def rights_of(party: Party) -> QuerySet[Design]:
    return Design.objects.filter(holder__party_link__party=party).order_by("design_id")


def designs_visible_to(account: Account) -> QuerySet[Design]:
    """For customs the whole register, for a holder the rights of its own names, for others none."""
    if account.may(ReadingAction.SEE_OWN_READINGS):
        return Design.objects.all()
    return Design.objects.filter(holder__party_link__party__in=holders_of(account)).distinct()


def may_see_guide(account: Account, guide: IdentificationGuide) -> bool:
    """Officers see every guide in force; a holder its own."""
    if guide.withdrawn_at is None and account.may(ReadingAction.SEE_OWN_READINGS):
        return True
    return holders_of(account).filter(pk=guide.party_id).exists()


def write_guide(
    *,
    party: Party,
    design_id: str,
    title: str,
    text: str,
    pictures: Sequence[tuple[str, bytes]],
    actor: Account,
    now: datetime,
    blobs: FolderBlobs,
    replaces: IdentificationGuide | None = None,
    keep_pictures: Sequence[str] = (),
) -> IdentificationGuide:
    """Write a guide, or a new text in place of `replaces`. `design_id` "" means all rights of the holder.

    `pictures` are name and bytes; `keep_pictures` are sha256 of pictures of `replaces` that stay. Raises RequestError
    or PhotographError; nothing is written then.
    """
    if not PartyMember.objects.filter(account=actor, party=party, party__active=True).exists():
        raise _not_yours()
    title, text = " ".join(title.split()), text.strip()
    if not title or len(title) > LONGEST_TITLE or not text or len(text) > LONGEST_TEXT:
        raise _refused(
            f"제목({LONGEST_TITLE}자까지)과 내용({LONGEST_TEXT}자까지)을 적으십시오.",
            f"Give a title (at most {LONGEST_TITLE} characters) and a text (at most {LONGEST_TEXT}).",
            code="guide.words",
        )
    design = None
    if design_id:
        design = rights_of(party).filter(design_id=design_id).first()
        if design is None:
            raise _refused("이 권리자의 권리가 아닙니다.", "That right is not this holder's.", code="guide.design")
    kept = [one for one in keep_pictures if replaces is not None and one in replaces.pictures]
    if len(kept) + len(pictures) > MOST_PICTURES:
        raise _refused(
            f"그림은 {MOST_PICTURES}장까지입니다.", f"There may be {MOST_PICTURES} pictures.", code="guide.pictures"
        )
    for name, data in pictures:
        photograph = keep_clean_picture(
            data, filename=name, blobs=blobs, max_bytes=MOST_BYTES, max_megapixels=MOST_MEGAPIXELS
        )
        kept.append(photograph.sha256)
    with transaction.atomic():
        if IdentificationGuide.objects.filter(party=party, withdrawn_at=None).count() >= MOST_GUIDES:
            raise _refused("안내가 너무 많습니다.", "There are too many guides.", code="guide.too_many")
        if replaces is not None:
            _withdraw(replaces, actor, "replaced", now)
        guide = IdentificationGuide.objects.create(
            party=party,
            design=design,
            title=title,
            text=text,
            pictures=list(dict.fromkeys(kept)),
            written_by=actor,
            written_at=now,
        )
        _record("guide.written", guide, actor, "", now)
    return guide


def withdraw_guide(*, guide: IdentificationGuide, actor: Account, reason: str, now: datetime) -> None:
    """Take a guide back; officers no longer see it, the row stays."""
    if not PartyMember.objects.filter(account=actor, party=guide.party, party__active=True).exists():
        raise _not_yours()
    with transaction.atomic():
        _withdraw(guide, actor, reason, now)


def _withdraw(guide: IdentificationGuide, actor: Account, reason: str, now: datetime) -> None:
    taken = IdentificationGuide.objects.filter(id=guide.id, withdrawn_at=None).update(withdrawn_at=now)
    if not taken:
        raise _refused(
            "이미 바뀌었거나 철회한 안내입니다.", "It was changed or withdrawn already.", code="guide.withdrawn"
        )
    _record("guide.withdrawn", guide, actor, reason, now)


def _record(action: str, guide: IdentificationGuide, actor: Account, reason: str, now: datetime) -> None:
    details: dict[str, Detail] = {"party": guide.party_id, "design": guide.design.design_id if guide.design else ""}
    audit.tell(actor, action, f"guide:{guide.id}", reason, now, details)


def _not_yours() -> RequestError:
    return _refused("다른 권리자의 안내입니다.", "That is another holder's.", code="guide.not_yours")


def _refused(ko: str, en: str, *, code: str) -> RequestError:
    return RequestError(
        Text(ko=ko, en=en),
        Text(ko="고친 뒤 다시 저장하거나 목록을 새로 여십시오.", en="Correct it and save again, or reload the list."),
        code=code,
    )
