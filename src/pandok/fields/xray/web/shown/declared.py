"""The declaration as it stands beside a scan: label and value, what was not declared said so once."""

from __future__ import annotations

from dataclasses import dataclass

from pandok.core.text import Text
from pandok.fields.xray.models import Inspection

LABELS: dict[str, Text] = {
    "goods": Text(ko="품명", en="Goods"),
    "hs_code": Text(ko="HS 부호", en="HS code"),
    "origin": Text(ko="원산지", en="Origin"),
    "quantity": Text(ko="수량", en="Quantity"),
    "mass_g": Text(ko="중량", en="Gross mass"),
    "value_krw": Text(ko="신고 가격", en="Declared value"),
    "consignment": Text(ko="화물번호", en="Consignment"),
    "container_type": Text(ko="컨테이너 형식(ISO 6346)", en="Container type (ISO 6346)"),
}


@dataclass(frozen=True)
class Declared:
    rows: list[tuple[Text, str]]
    missing: list[Text]


def declared_of(inspection: Inspection) -> Declared:
    rows, missing = [], []
    for name, label in LABELS.items():
        shown = _shown(name, getattr(inspection, name))
        if shown:
            rows.append((label, shown))
        elif name != "container_type":  # of containers alone
            missing.append(label)
    return Declared(rows, missing)


def _shown(name: str, value: object) -> str:
    if value in ("", None):
        return ""
    if name == "mass_g":
        assert isinstance(value, int)
        return f"{value / 1000:,.3f} kg" if value >= 1000 else f"{value} g"
    if name == "value_krw":
        return f"₩{int(str(value)):,}"
    if name == "quantity":
        return f"{int(str(value)):,}"
    return str(value)
