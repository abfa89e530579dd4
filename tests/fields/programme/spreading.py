"""Hand-overs as they stand in the tables, without a lab behind them."""

from __future__ import annotations

from django.utils import timezone

from pandok.common import house
from pandok.core.programme.hand_over import HandOver
from pandok.engines.hand_over.package import answered, packed
from pandok.fields.programme.models import HandOverMade, HandOverTaken, SpreadAnswer
from tests.engines.hand_over.packages import CONDITIONS, KEY, OTHER, PROOF, SITE, answer, statement
from tests.fields.programme.office import drafted, person
from tests.roles import Role


def handed_over() -> HandOverMade:
    said = statement()
    made: HandOverMade = HandOverMade.objects.create(
        number=said.number, agreement=drafted(), proof_number=said.proof.number, values=said.model_dump(mode="json"),
        package=_kept(said), made_at=timezone.now(), made_by=person(Role.PROGRAMME_OFFICE),
    )  # fmt: skip
    return made


def taken_hand_over() -> HandOverTaken:
    said = statement()
    taken: HandOverTaken = HandOverTaken.objects.create(
        number=said.number, site=SITE, values=said.model_dump(mode="json"), package=_kept(said), signed_by=KEY.key_id,
        region="yeongnam", here=CONDITIONS | {"devices": "레이더 수위계"}, taken_at=timezone.now(),
        taken_by=person(Role.PROGRAMME_OFFICE),
    )  # fmt: skip
    return taken


def answered_hand_over() -> HandOverTaken:
    taken, said = taken_hand_over(), answer()
    SpreadAnswer.objects.create(
        taken=taken, site=said.site, region=said.region, became=said.became.value, values=said.model_dump(mode="json"),
        envelope=answered(said, OTHER).decode(), kept_at=timezone.now(), kept_by=person(Role.PROGRAMME_MANAGER),
    )  # fmt: skip
    return taken


def _kept(said: HandOver) -> str:
    return house.blobs().put(packed(said, PROOF, b"", KEY))
