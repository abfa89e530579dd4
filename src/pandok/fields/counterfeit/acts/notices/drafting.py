"""What a notice will say: the wording filled from a case, with only what its reader may see.

Never in a notice: remarks and reasons of officers, papers of the other side, the reader's scores.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pandok.common.models import Party
from pandok.common.parties.electronic import served_on_its_page
from pandok.core.terms.business_days import due_at
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases.clocks import REQUEST_CLOCK, REVIEW_CLOCK, SUIT_CLOCK
from pandok.fields.counterfeit.acts.notices import notice_phrases as words
from pandok.fields.counterfeit.acts.notices import senders
from pandok.fields.counterfeit.acts.notices.content import Fact, NoticeContent, Section, ShownEvidence, StoredPicture
from pandok.fields.counterfeit.acts.notices.wordings import fill, fill_all, newest_version, wordings
from pandok.fields.counterfeit.law.holidays import office_days
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.outcomes import Disposition, Finding
from pandok.fields.counterfeit.states import State, Turn
from pandok.fields.register.models import View
from pandok.fields.register.right_standing import is_recorded

_LABELS: dict[str, Text] = {
    "number": Text(ko="사건번호", en="Case"),
    "office": Text(ko="담당 세관", en="Customs office"),
    "article": Text(ko="등록 물품", en="Registered article"),
    "registration": Text(ko="등록번호", en="Registration"),
    "locarno": Text(ko="로카르노 분류", en="Locarno class"),
    "recorded": Text(ko="지식재산권 세관 신고", en="Recorded with customs"),
    "holder": Text(ko="권리자", en="Right holder"),
    "item": Text(ko="신고 품명", en="Declared item"),
    "hs": Text(ko="HS 부호", en="HS code"),
    "parcel": Text(ko="우편·송장 번호", en="Parcel number"),
    "bl": Text(ko="B/L 번호", en="B/L number"),
    "clock": Text(ko="기한", en="Term"),
    "due": Text(ko="회신 기한", en="Last day"),
    "disposition": Text(ko="처분", en="Outcome"),
    "reason": Text(ko="사유", en="Reason"),
    "finding": Text(ko="감정 결과", en="Appraisal"),
    "was": Text(ko="종전 기한", en="Before"),
    "served": Text(ko="송달일", en="Served on"),
    "way": Text(ko="송달 방법", en="Served by"),
}
_LEFT_OUT_WHERE_EMPTY = frozenset(
    {"item", "hs", "parcel", "bl", "locarno", "due", "holder", "reason", "finding", "was", "served", "way"}
)
_CUSTOMS = Text(ko="세관", en="Customs")
_APPEAL = Text(ko="불복 방법", en="Remedies")
APPRAISED_BY: dict[str, Text] = {
    Turn.HOLDER.value: Text(ko="권리자가 보낸 감정", en="appraisal sent by the right holder"),
    Turn.APPRAISER.value: Text(ko="감정 단체의 감정", en="appraisal by the association"),
    Turn.OFFICER.value: Text(ko="세관이 기록한 감정", en="appraisal recorded by customs"),
}
"""Whose word a finding is, by who recorded it."""
TELLS_ONLY = frozenset({"reminder", "term_started", "goods_request"})
"""Notices that decide nothing and begin no term."""
MOST_DRAWINGS = 7
"""Views of a design that a notice shows: perspective and six sides."""


@dataclass(frozen=True)
class Draft:
    """A notice that is not issued yet; `content.address` already leads to the page it will have."""

    id: uuid.UUID
    party: Party
    content: NoticeContent


def draft(
    *,
    case: Case,
    party: Party,
    template: str,
    now: datetime,
    address: str,
    due: datetime | None = None,
    extra: Mapping[str, Text] | None = None,
) -> Draft:
    """Word one notice. `address` is where the desk is reached; `extra` are values that the case does not hold."""
    version = newest_version()
    wording = wordings()[version][template]
    values = _values(case, due, now) | dict(extra or {})
    if due is None and not served_on_its_page(party):
        values["until"] = words.UNTIL_SERVED
    law = law_version(case.law_version)
    notice_id = uuid.uuid4()
    return Draft(
        notice_id,
        party,
        NoticeContent(
            template=template,
            version=version,
            case_number=case.number,
            office=values["office"],
            party_name=party.name,
            issued_at=now,
            due_at=due,
            address=f"{address.rstrip('/')}/notices/{notice_id}/",
            subject=fill(wording.subject, values),
            title=fill(wording.title, values),
            lead=(*fill_all(wording.lead, values), *_on_paper(template, party)),
            facts=tuple(
                Fact(label=_LABELS[name], value=values[name])
                for name in wording.facts
                if values[name] != words.NOTHING or name not in _LEFT_OUT_WHERE_EMPTY
            ),
            sections=tuple(
                section.model_copy(
                    update={
                        "title": fill(section.title, values),
                        "paragraphs": fill_all(section.paragraphs, values),
                        "items": fill_all(section.items, values),
                    }
                )
                for section in wording.sections
            ),
            photographs=_photographs(case) if "photographs" in wording.shows else (),
            evidence=_evidence(case) if "evidence" in wording.shows else None,
            source=words.source(law),
            sender=senders.sender_of(case.site),
            contact=senders.contact_of(case),
            appeal=Section(title=_APPEAL, paragraphs=(*law.appeal, words.cited(law.appeal_sources)))
            if "appeal" in wording.shows
            else None,
            drawings=_drawings(case) if "drawings" in wording.shows else (),
        ),
    )


def _on_paper(template: str, party: Party) -> tuple[Text, ...]:
    """What a party that has not agreed to electronic service is told of how it is served."""
    return () if template in TELLS_ONLY or served_on_its_page(party) else (words.ON_PAPER,)


def request_due(case: Case, now: datetime) -> datetime:
    """When the holder's term ends if the notice is issued now."""
    law = law_version(case.law_version)
    rule = law.clock(REQUEST_CLOCK)
    days = rule.length_days(recorded=_recorded(case, now))
    return due_at(now, days, rule.kind, office_days(law), OFFICE_ZONE)


def _recorded(case: Case, now: datetime) -> bool:
    return is_recorded(case.design, now.astimezone(OFFICE_ZONE).date())


def _values(case: Case, due: datetime | None, now: datetime) -> dict[str, Text]:
    law, design, recorded = law_version(case.law_version), case.design, _recorded(case, now)

    def given(text: str) -> Text:
        return words.same(text) if text.strip() else words.NOTHING

    return {
        "number": words.same(case.number),
        "office": Text(ko=case.site.name_ko, en=case.site.name_en) if case.site else _CUSTOMS,
        "article": given((design.article or design.design_id) if design else ""),
        "registration": given((design.registration_number or design.design_id) if design else ""),
        "locarno": given(design.locarno_class if design else ""),
        "recorded": Text(ko="신고 완료", en="yes") if recorded else Text(ko="신고되지 않음", en="no"),
        "holder": given(case.holder.name if case.holder else ""),
        "item": given(case.item_name),
        "hs": given(case.hs_code),
        "parcel": given(case.parcel_number),
        "bl": given(case.bl_number),
        "due": words.last_day(due) if due else words.from_service(law.clock(REQUEST_CLOCK), recorded=recorded),
        "until": words.until(due),
        "suit_extension": words.days(law.clock(SUIT_CLOCK).extension_days),
        "reason": words.NOTHING,
        "was": words.NOTHING,
        "served": words.NOTHING,
        "way": words.NOTHING,
        "finding": _finding(case),
        "request_term": words.term(law.clock(REQUEST_CLOCK), recorded=recorded),
        "suit_term": words.term(law.clock(SUIT_CLOCK), recorded=recorded),
        "review_term": words.term(law.clock(REVIEW_CLOCK), recorded=recorded),
        "percent": words.percent(law.security_percent, law.security_percent_small),
        "disposition": Disposition(case.disposition).words if case.disposition else words.NOTHING,
    }


def _finding(case: Case) -> Text:
    """What the appraisal found, and who made or recorded it."""
    if not case.finding:
        return words.NOTHING
    found = Finding(case.finding).words
    event = case.events.filter(kind=State.APPRAISED.value).order_by("-sequence").first()
    by = APPRAISED_BY.get(event.by) if event is not None else None
    return Text(ko=f"{found.ko}({by.ko})", en=f"{found.en} ({by.en})") if by else found


def _photographs(case: Case) -> tuple[StoredPicture, ...]:
    return tuple(
        StoredPicture(sha256=one.sha256, width_px=one.width_px, height_px=one.height_px)
        for one in case.signal.photographs.all()
    )


def _drawings(case: Case) -> tuple[StoredPicture, ...]:
    """The registered views of the chosen design, which anybody may see."""
    if case.design is None:
        return ()
    views = View.objects.filter(design=case.design, withdrawn_at=None).order_by("order", "view_key")[:MOST_DRAWINGS]
    return tuple(StoredPicture(sha256=one.sha256, width_px=one.width, height_px=one.height) for one in views)


def _evidence(case: Case) -> ShownEvidence | None:
    """The evidence of the chosen design, where the reading has some and its registered view is stored."""
    if case.reading is None or case.design is None:
        return None
    chosen = (one for one in case.reading.reading.candidates if one.design.design_id == case.design.design_id)
    candidate = next(chosen, None)
    photographs = _photographs(case)
    if candidate is None or candidate.evidence.photograph_index >= len(photographs):
        return None
    evidence = candidate.evidence
    view = View.objects.filter(sha256=evidence.view_sha256, design=case.design, withdrawn_at=None).first()
    if view is None:
        return None
    return ShownEvidence(
        photograph=photographs[evidence.photograph_index],
        view=StoredPicture(sha256=view.sha256, width_px=view.width, height_px=view.height),
        view_name=evidence.view,
        regions=evidence.regions,
    )
