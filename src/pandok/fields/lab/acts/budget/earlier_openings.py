"""How many confirm cases of a pack were opened before, and in which other sealed parts its cases stand.

A case was opened before where another pack handed it out (public part), or where a run of any organisation opened the
sealed part of another pack in which it stands: under another problem, version or margin, or in another file. Why an
opened case confirms nothing: docs/adr/0007-one-opening-of-a-sealed-case.md.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from pandok.core.lab.problem import Part
from pandok.core.lab.registration import OpenedBefore
from pandok.fields.lab.models import KnownCase, ProblemPack, Run
from pandok.fields.lab.states.run_states import RunState

_PAST_THE_SEAL = (
    RunState.RUNNING,
    RunState.SCORING,
    RunState.AWAITING_RELEASE,
    RunState.RELEASED,
    RunState.WITHHELD,
)


def opened_before(pack: ProblemPack) -> OpenedBefore:
    """Of the confirm part, as things stand now; runs on the pack itself do not count."""
    own = list(_cases(pack, Part.CONFIRM).values_list("identity", "how"))
    seen = _elsewhere(pack, Part.CONFIRM).filter(Q(part=Part.PUBLIC.value) | _in(_opened_parts(pack)))
    known = set(seen.values_list("identity", flat=True))
    found = [how for identity, how in own if identity in known]
    return OpenedBefore(
        opened=len(found),
        alike=sum(how == KnownCase.ALIKE for how in found),
        of=max(len(own), pack.manifest.cases.get(Part.CONFIRM, 0)),
    )


def sharing(pack: ProblemPack, part: Part) -> set[tuple[str, str]]:
    """(pack, part) of the other packs' sealed parts that hold a case of this part."""
    found = _elsewhere(pack, part).exclude(part=Part.PUBLIC.value)
    return {(str(other), name) for other, name in found.values_list("pack_id", "part").distinct()}


def runs_on(pairs: set[tuple[str, str]]) -> Q:
    """Runs on one of these sealed parts."""
    wanted = Q(pk__in=[])
    for pack, part in pairs:
        wanted |= Q(registration__pack_id=pack, part=part)
    return wanted


def _cases(pack: ProblemPack, part: Part) -> QuerySet[KnownCase]:
    return KnownCase.objects.filter(pack=pack, part=part.value)


def _elsewhere(pack: ProblemPack, part: Part) -> QuerySet[KnownCase]:
    own = _cases(pack, part).values("identity")
    return KnownCase.objects.exclude(pack=pack).filter(identity__in=own)


def _opened_parts(pack: ProblemPack) -> set[tuple[str, str]]:
    past = Q(checked_at__isnull=False) | Q(state__in=[state.value for state in _PAST_THE_SEAL])
    opened = Run.objects.exclude(registration__pack=pack).filter(past)
    return {(str(one), part) for one, part in opened.values_list("registration__pack_id", "part").distinct()}


def _in(pairs: set[tuple[str, str]]) -> Q:
    wanted = Q(pk__in=[])
    for pack, part in pairs:
        wanted |= Q(pack_id=pack, part=part)
    return wanted
