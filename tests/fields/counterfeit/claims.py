"""Every sentence of a notice that says who did, said or decided something, with what must stand on record for it.

Deny by default: a leading sentence of the newest wording that is neither here nor among those that claim nothing of the
case fails `tests/fields/counterfeit/web/cases/test_closed_cases.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pandok.fields.counterfeit.models import CaseEvent, Notice

Record = Sequence[CaseEvent]
Claim = Callable[[Record, Notice], bool]


def happened(*kinds: str, by: str = "", **data: str) -> Claim:
    """An event of one of these kinds stands on the record, by this side, with this data."""

    def holds(record: Record, notice: Notice) -> bool:  # noqa: ARG001
        return any(
            event.kind in kinds
            and by in ("", event.by)
            and all(event.data.get(name) == value for name, value in data.items())
            for event in record
        )

    return holds


def undertaken(record: Record, notice: Notice) -> bool:  # noqa: ARG001
    """The holder requested and named the security that it gives."""
    return any(
        one.kind == "suspension_requested" and one.by == "holder" and one.data.get("security_krw") for one in record
    )


def over(*rules: str) -> Claim:
    """A term ended by the clock, on the day that the notice says."""

    def holds(record: Record, notice: Notice) -> bool:
        ends = [one for one in record if one.kind == "clock_expired" and one.data["rule"] in rules]
        return any(notice.due_at is not None and one.data["due_at"] == notice.due_at.isoformat() for one in ends)

    return holds


def reason_told(*kinds: str, by: str) -> Claim:
    """The reason in the notice is the one that was recorded with the event, by who may give it."""

    def holds(record: Record, notice: Notice) -> bool:
        told = str(notice.content)
        given = [one for one in record if one.kind in kinds and one.by == by]
        return any(one.reason.partition(" · ")[0] in told for one in given)

    return holds


def both(*claims: Claim) -> Claim:
    return lambda record, notice: all(claim(record, notice) for claim in claims)


def either(*claims: Claim) -> Claim:
    return lambda record, notice: any(claim(record, notice) for claim in claims)


MOVED = ("term_extended", "term_recounted", "term_reopened", "mail_left_later")
CLAIMS: dict[str, tuple[Claim, ...]] = {
    "holder_notice": (happened("candidate_chosen", by="officer"), happened("candidate_chosen", by="officer")),
    "importer_notice": (happened("notified", by="officer"), happened("notified", by="officer")),
    "clock_expired": (over("holder_request"),),
    "suspension_over": (both(over("suit"), happened("suspended", by="officer")),),
    "clock_over": (over("release_review", "suspension_decision"),),
    "goods_request": (happened("holder_answered", by="holder", answer="need_the_goods"),),
    "suspension": (undertaken,),
    "appraisal_request": (happened("appraisal_asked", by="officer"),),
    "outcome_holder": (happened("decided", by="officer"), reason_told("decided", by="officer")),
    "outcome_importer": (happened("decided", by="officer"), reason_told("decided", by="officer")),
    "choice_withdrawn": (
        either(
            happened("choice_reopened", "withdrawn", by="officer"),
            happened("holder_answered", by="holder", answer="not_my_right"),
        ),
    ),
    "suspension_holder": (both(undertaken, happened("suspended", by="officer")),),
    "suspension_importer": (
        both(undertaken, happened("suspended", by="officer")),
        reason_told("suspended", by="officer"),
    ),
    "suspension_refused": (
        both(undertaken, happened("suspension_refused", by="officer")),
        reason_told("suspension_refused", by="officer"),
    ),
    "release_refused": (
        both(happened("release_asked", by="importer"), happened("release_refused", by="officer")),
        reason_told("release_refused", by="officer"),
    ),
    "release_asked": (happened("release_asked", by="importer"),),
    "no_request": (happened("suspension_declined", by="holder"),),
    "request_withdrawn": (both(undertaken, happened("request_withdrawn", by="holder")),),
    "went_on": (
        both(
            happened("went_on", by="officer"),
            either(
                happened("holder_answered", by="holder", answer="genuine"),
                happened("appraised", by="holder", finding="does_not_infringe"),
            ),
        ),
    ),
    "suit_confirmed": (
        both(happened("document_added", by="holder", kind="suit"), happened("suit_confirmed", by="officer")),
    ),
    "term_moved": (
        happened(*MOVED),
        either(reason_told(*MOVED, by="officer"), reason_told(*MOVED, by="system")),
    ),
    "term_started": (happened("notice_served", by="officer"),),
    "reminder": (happened("notice_served"),),
}
"""By template, one for each leading sentence that claims something, in their order."""
CLAIMS_NOTHING: dict[str, int] = {
    "reminder": 1,
    "clock_expired": 1,
    "suspension_over": 1,
    "goods_request": 1,
    "suspension": 1,
    "choice_withdrawn": 1,
    "suspension_holder": 2,
    "suspension_importer": 1,
    "release_asked": 1,
}
"""How many leading sentences after those say only what the law gives or what the reader may do."""
