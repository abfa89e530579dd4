"""Filters that a person keeps under a name. They are nobody else's, and name no case, so they are not audited facts
of a case; keeping and forgetting them is audited like every write."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from pydantic import ValidationError

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.lists.case_filter import CaseFilter
from pandok.fields.counterfeit.lists.cases import Tab
from pandok.fields.counterfeit.models import SavedFilter

MOST_FILTERS = 30
LONGEST_NAME = 60


def saved_filters(account: Account) -> list[SavedFilter]:
    return list(SavedFilter.objects.filter(account=account))


def save_filter(*, account: Account, name: str, tab: Tab, chosen: CaseFilter, now: datetime) -> SavedFilter:
    """Keep under a name; the same name is written over. Raises RequestError."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise RequestError(
            Text(ko="필터의 이름이 없거나 너무 깁니다.", en="The name of the filter is missing or too long."),
            Text(ko=f"{LONGEST_NAME}자 이하로 적으십시오.", en=f"Give at most {LONGEST_NAME} characters."),
            code="filter.name",
        )
    with transaction.atomic():
        mine = SavedFilter.objects.filter(account=account)
        if not mine.filter(name=name).exists() and mine.count() >= MOST_FILTERS:
            raise RequestError(
                Text(ko=f"필터를 {MOST_FILTERS}개까지 저장합니다.", en=f"There is room for {MOST_FILTERS} filters."),
                Text(ko="쓰지 않는 필터를 지우십시오.", en="Delete one that is not used."),
                code="filter.too_many",
            )
        kept, _ = SavedFilter.objects.update_or_create(
            account=account, name=name, defaults={"query": {"tab": tab, **chosen.set_fields()}, "saved_at": now}
        )
        _record("filter.saved", account, kept, now)
        return kept


def forget_filter(*, account: Account, filter_id: int, now: datetime) -> bool:
    """False where this person has no such filter."""
    with transaction.atomic():
        kept = SavedFilter.objects.filter(account=account, id=filter_id).first()
        if kept is None:
            return False
        _record("filter.deleted", account, kept, now)
        kept.delete()
        return True


def filter_of(kept: SavedFilter) -> CaseFilter:
    """What was kept; an older version's fields that are not known any more are left out."""
    known = {name: value for name, value in kept.query.items() if name in CaseFilter.model_fields}
    try:
        return CaseFilter.model_validate(known)
    except ValidationError:
        return CaseFilter()


def _record(action: str, account: Account, kept: SavedFilter, now: datetime) -> None:
    audit.tell(account, action, f"filter:{kept.id}", "", now, {"name": kept.name})
