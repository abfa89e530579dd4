"""What can be found on the map of resources."""

from __future__ import annotations

from enum import StrEnum

from pandok.core.text import Text


class ResourceKind(StrEnum):
    """The last three are not entered here: they appear from the records of other desks."""

    SITE = "site"
    EQUIPMENT = "equipment"
    COORDINATOR = "coordinator"
    TEST_BED = "test_bed"
    PROBLEM_PACK = "problem_pack"
    DATA_SET = "data_set"

    @property
    def words(self) -> Text:
        return _WORDS[self]


ENTERED = (ResourceKind.SITE, ResourceKind.EQUIPMENT, ResourceKind.COORDINATOR)
_WORDS = {
    ResourceKind.SITE: Text(ko="장소", en="Site"),
    ResourceKind.EQUIPMENT: Text(ko="장비", en="Equipment"),
    ResourceKind.COORDINATOR: Text(ko="코디네이터(직위)", en="Coordinator (a post)"),
    ResourceKind.TEST_BED: Text(ko="가로등 시험 구역", en="Test bed of streetlights"),
    ResourceKind.PROBLEM_PACK: Text(ko="실증랩 과제", en="Problem of the lab"),
    ResourceKind.DATA_SET: Text(ko="데이터셋", en="Data set"),
}
