"""Of what field a problem is, and where: the six regions in which regional programmes are planned."""

from __future__ import annotations

from enum import StrEnum

from pandok.core.text import Text


class Topic(StrEnum):
    COUNTERFEITS = "counterfeits"
    SCREENING = "screening"
    CLEARANCE = "clearance"
    STREETS = "streets"
    DISASTERS = "disasters"
    ENERGY = "energy"
    MANUFACTURING = "manufacturing"
    LOGISTICS = "logistics"
    HEALTH = "health"
    FARMING = "farming"
    TOURISM = "tourism"
    MEDIA = "media"
    WELFARE = "welfare"
    OTHER = "other"

    @property
    def words(self) -> Text:
        return _TOPICS[self]


class KoreanRegion(StrEnum):
    """The six regions (6대 권역) of regional AI plans, and none in particular."""

    CAPITAL = "capital"
    CHUNGCHEONG = "chungcheong"
    HONAM = "honam"
    YEONGNAM = "yeongnam"
    GANGWON = "gangwon"
    JEJU = "jeju"
    EVERYWHERE = "everywhere"

    @property
    def words(self) -> Text:
        return _REGIONS[self]


_TOPICS = {
    Topic.COUNTERFEITS: Text(ko="지식재산·위조물품", en="Counterfeit goods"),
    Topic.SCREENING: Text(ko="X-ray 검색·보안", en="X-ray screening and security"),
    Topic.CLEARANCE: Text(ko="통관·신고", en="Clearance and declarations"),
    Topic.STREETS: Text(ko="도로·가로등", en="Streets and streetlights"),
    Topic.DISASTERS: Text(ko="재난·안전", en="Disasters and safety"),
    Topic.ENERGY: Text(ko="에너지", en="Energy"),
    Topic.MANUFACTURING: Text(ko="제조", en="Manufacturing"),
    Topic.LOGISTICS: Text(ko="물류", en="Logistics"),
    Topic.HEALTH: Text(ko="보건·의료", en="Health"),
    Topic.FARMING: Text(ko="농수산", en="Farming and fishing"),
    Topic.TOURISM: Text(ko="관광", en="Tourism"),
    Topic.MEDIA: Text(ko="미디어·콘텐츠", en="Media"),
    Topic.WELFARE: Text(ko="복지·민원", en="Welfare and public services"),
    Topic.OTHER: Text(ko="기타", en="Other"),
}
_REGIONS = {
    KoreanRegion.CAPITAL: Text(ko="수도권", en="Capital region"),
    KoreanRegion.CHUNGCHEONG: Text(ko="충청권", en="Chungcheong"),
    KoreanRegion.HONAM: Text(ko="호남권", en="Honam"),
    KoreanRegion.YEONGNAM: Text(ko="영남권", en="Yeongnam"),
    KoreanRegion.GANGWON: Text(ko="강원권", en="Gangwon"),
    KoreanRegion.JEJU: Text(ko="제주권", en="Jeju"),
    KoreanRegion.EVERYWHERE: Text(ko="전국", en="All regions"),
}
