"""The JSON file beside pixels: what they are, of which size, and the check sum of the file that it stands beside.

Pandok writes it beside its TIFF; a person writes it beside a raw file. docs/look-up/xray-formats.md lists its entries.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pandok.core.canonical import digest
from pandok.core.text import Text
from pandok.readers.xray.formats import refusals
from pandok.readers.xray.scan import Layer, Scan, ScanFacts, ScanImage, ScanKind

MOST_BYTES = 20_000_000
MOST_DEPTH = 24


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RawShape(_Strict):
    """`header_bytes`: before the first value. Planes (one a layer) follow each other, or are `interleaved` by value."""

    rows: int = Field(ge=1, le=1_000_000)
    columns: int = Field(ge=1, le=1_000_000)
    bits: Literal[8, 16] = 16
    byte_order: Literal["little", "big"] = "little"
    header_bytes: int = Field(default=0, ge=0)
    interleaved: bool = False


class Palette(_Strict):
    first: int
    bits: Literal[8, 16]
    colours: tuple[tuple[int, int, int], ...]


class Sidecar(_Strict):
    """`sha256`: of the file beside it, "" where nobody knows. `seal`: of this file's other entries."""

    pandok_scan: Literal[1]
    kind: ScanKind = ScanKind.COUNTS
    raw: RawShape | None = None
    layers: tuple[dict[str, Any], ...] = ()
    facts: dict[str, Any] = {}
    palettes: tuple[Palette | None, ...] = ()
    slices: int = 0
    sha256: str = ""
    seal: str = ""


def read_sidecar(data: bytes) -> Sidecar:
    """Raises ScanError scan.sidecar_wrong, scan.checksum."""
    if len(data) > MOST_BYTES:
        raise refusals.too_many_bytes(len(data), MOST_BYTES)
    if _depth(data) > MOST_DEPTH:
        raise refusals.too_deep(MOST_DEPTH)
    try:
        plain = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
        found = Sidecar.model_validate(plain)
    except ValidationError as error:
        first = error.errors()[0]
        raise _wrong_entry(".".join(str(one) for one in first["loc"]) or "pandok_scan") from error
    except (ValueError, RecursionError) as error:
        raise refusals.sidecar_wrong(Text(ko="JSON이 아닙니다", en="it is no JSON")) from error
    if found.seal and digest({name: value for name, value in plain.items() if name != "seal"}) != found.seal:
        raise refusals.checksum()
    return found


def sealed(sidecar: Sidecar) -> bytes:
    plain = sidecar.model_dump(mode="json", exclude={"seal"}, exclude_defaults=True) | {"pandok_scan": 1}
    return json.dumps({**plain, "seal": digest(plain)}, ensure_ascii=False, indent=1).encode()


def layers_of(sidecar: Sidecar, number: int) -> tuple[Layer, ...]:
    """One a plane; plain ones where the file says none. Raises ScanError scan.sidecar_wrong, scan.shape_disagrees."""
    if sidecar.layers and len(sidecar.layers) != number:
        raise refusals.shape_disagrees(f"{len(sidecar.layers)}", f"{number}")
    return tuple(_made(Layer, one, "layers") for one in sidecar.layers) or tuple(Layer() for _ in range(number))


def facts_of(sidecar: Sidecar, form: str, sha256: str) -> ScanFacts:
    """Raises ScanError scan.sidecar_wrong, also for a time without a zone."""
    found: ScanFacts = _made(ScanFacts, {"format": form, "kind": sidecar.kind, **sidecar.facts}, "facts")
    if found.taken_at is not None and found.taken_at.tzinfo is None:
        raise _wrong_entry("facts.taken_at")
    return found.model_copy(update={"format": found.format or form, "kind": sidecar.kind, "sha256": sha256})


def with_sidecar(scan: Scan, sidecar: Sidecar) -> Scan:
    """What was read of a raster, with what stands beside it. Raises ScanError."""
    if sidecar.slices and (len(scan.images) != 1 or scan.images[0].pixels.shape[0] != sidecar.slices):
        raise refusals.shape_disagrees(f"{sidecar.slices}", f"{len(scan.images)}")
    layers = layers_of(sidecar, len(scan.images))
    if sidecar.palettes and len(sidecar.palettes) != len(scan.images):
        raise refusals.shape_disagrees(f"{len(sidecar.palettes)}", f"{len(scan.images)}")
    facts = facts_of(sidecar, scan.facts.format, scan.facts.sha256)
    images = []
    for number, (image, layer) in enumerate(zip(scan.images, layers, strict=True)):
        if not sidecar.layers:
            layer = image.layer
        if layer.bits > 8 * image.pixels.dtype.itemsize:
            raise _wrong_entry(f"layers.{number}.bits")
        palette = sidecar.palettes[number] if sidecar.palettes else None
        images.append(_painted(layer, image, palette))
    remarks = tuple(dict.fromkeys((*facts.remarks, *scan.facts.remarks)))
    return Scan(facts.model_copy(update={"remarks": remarks}), tuple(images), scan.masks)


def read_facts(data: bytes) -> Scan:
    """What Pandok wrote of a scan without pixels. Raises ScanError scan.unknown_format for any other JSON."""
    found = read_sidecar(data)
    if found.kind != ScanKind.REPORT or not found.seal:
        raise refusals.unknown_format("JSON")
    return Scan(facts_of(found, "", hashlib.sha256(data).hexdigest()))


def _painted(layer: Layer, image: ScanImage, palette: Palette | None) -> ScanImage:
    if palette is None:
        return ScanImage(layer, image.pixels)
    import numpy as np

    return ScanImage(layer, image.pixels, np.array(palette.colours, np.uint16), palette.first, palette.bits)


def _made(kind: type[Any], entries: dict[str, Any], where: str) -> Any:
    unknown = sorted(set(entries) - set(kind.model_fields))
    if unknown:
        raise _wrong_entry(f"{where}.{unknown[0]}")
    try:
        return kind.model_validate(entries)
    except ValidationError as error:
        raise _wrong_entry(f"{where}." + ".".join(str(one) for one in error.errors()[0]["loc"])) from error


def _wrong_entry(name: str) -> Exception:
    shown = name[:80]
    return refusals.sidecar_wrong(
        Text(ko=f"항목 {shown!r}이(가) 맞지 않습니다", en=f"the entry {shown!r} does not fit")
    )


def _no_number(text: str) -> float:
    raise ValueError(text)


def _depth(data: bytes) -> int:
    """How deep brackets nest; those inside texts counted too, which only refuses more."""
    deep = most = 0
    for one in data.translate(None, bytes(set(range(256)) - set(b"[]{}"))):
        deep += 1 if one in b"[{" else -1
        most = max(most, deep)
    return most
