"""What a device says of itself: the resources that are shown beside its pole and change nothing in what was registered.

Source: object 3 of LwM2M 1.1 (OMA-TS-LightweightM2M_Core, appendix E.4) and the registry's 3410 (Device Extension 2.0)
and 3417 (Luminaire asset 1.0). Text comes as `vs`, numbers as `v`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pandok.core.text import Text
from pandok.fields.street.lwm2m.senml import SenmlRecord, named

MOST_LETTERS = 200
MOST_INSTANCES = 16
"""Of one object on a pole: a pole that numbers on and on is not what it says."""


@dataclass(frozen=True)
class Attribute:
    """`in_registry`: the name there."""

    in_registry: str
    words: Text
    unit: str = ""


_MADE = {
    (3, 0): Attribute("Manufacturer", Text(ko="제조사", en="Maker")),
    (3, 1): Attribute("Model Number", Text(ko="모델", en="Model")),
    (3, 2): Attribute("Serial Number", Text(ko="일련번호", en="Serial number")),
    (3, 3): Attribute("Firmware Version", Text(ko="펌웨어", en="Firmware")),
    (3, 17): Attribute("Device Type", Text(ko="장치 종류", en="Kind of device")),
    (3, 18): Attribute("Hardware Version", Text(ko="하드웨어 판", en="Hardware version")),
    (3, 19): Attribute("Software Version", Text(ko="소프트웨어 판", en="Software version")),
    (3410, 1): Attribute("GTIN model number", Text(ko="국제거래단품번호(GTIN)", en="GTIN")),
    (3410, 2): Attribute("Manufacturer identifier", Text(ko="제조사 식별자", en="Maker's identifier")),
    (3410, 4): Attribute("Asset identifier", Text(ko="자산 번호", en="Asset identifier")),
    (3410, 10): Attribute("Additional firmware information", Text(ko="그 밖의 펌웨어", en="Further firmware")),
}
_LUMINAIRE = {
    (3417, 1): Attribute("Asset GTIN", Text(ko="등기구 GTIN", en="Luminaire: GTIN")),
    (3417, 2): Attribute("Year of manufacture", Text(ko="등기구 제조 연도", en="Luminaire: year made")),
    (3417, 4): Attribute("Nominal light output", Text(ko="등기구 정격 광속", en="Luminaire: light output"), "lm"),
    (3417, 7): Attribute("Nominal input power", Text(ko="등기구 정격 전력", en="Luminaire: rated power"), "W"),
    (3417, 8): Attribute("Power at minimum dim level", Text(ko="최소 조광 전력", en="Luminaire: least power"), "W"),
    (3417, 9): Attribute(
        "Nominal max AC mains voltage", Text(ko="최고 정격 전압", en="Luminaire: highest voltage"), "V"
    ),
    (3417, 10): Attribute(
        "Nominal min AC mains voltage", Text(ko="최저 정격 전압", en="Luminaire: least voltage"), "V"
    ),
    (3417, 11): Attribute("CRI", Text(ko="연색지수", en="Luminaire: colour rendering (CRI)")),
    (3417, 12): Attribute("CCT value", Text(ko="색온도", en="Luminaire: colour temperature"), "K"),
}
ATTRIBUTES: Mapping[tuple[int, int], Attribute] = _MADE | _LUMINAIRE


def said_of(records: Sequence[SenmlRecord]) -> dict[str, str]:
    """By path: the last word of a pack. What is no attribute, empty, or of too many instances is left out."""
    found: dict[str, str] = {}
    for numbers, one in named(records):
        if numbers is None or (numbers[0], numbers[2]) not in ATTRIBUTES or numbers[1] >= MOST_INSTANCES:
            continue
        text = one.vs if isinstance(one.vs, str) else f"{one.v:g}" if one.v is not None else ""
        text = "".join(letter for letter in " ".join(text.split()) if letter.isprintable())[:MOST_LETTERS]
        if text:
            found[f"/{numbers[0]}/{numbers[1]}/{numbers[2]}"] = text
    return found


def attribute_at(path: str) -> tuple[Attribute, int] | None:
    """The attribute at a path that is kept, and its instance."""
    number, instance, resource = (int(one) for one in path.strip("/").split("/"))
    known = ATTRIBUTES.get((number, resource))
    return (known, instance) if known else None
