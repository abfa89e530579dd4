"""Scans in words and in JSON, for the command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pandok.core.errors import RequestError
from pandok.core.text import Text

if TYPE_CHECKING:
    from pandok.common.models import Site
    from pandok.core.errors import ScanError
    from pandok.engines.decoding.pool import DecodingPool
    from pandok.fields.xray.acts.files.gathering import Together
    from pandok.readers.xray.scan import Scan

KINDS = {
    "counts": Text(ko="계수(미보정)", en="counts, not calibrated"),
    "transmission": Text(ko="투과율", en="transmission"),
    "palette": Text(ko="색표 번호", en="indices of a palette"),
    "picture": Text(ko="화면 그림(측정값 아님)", en="picture of a console, no measurement"),
    "volume": Text(ko="단층 영상", en="volume of slices"),
    "report": Text(ko="보고서(화소 없음)", en="report without pixels"),
}
READING = Text(ko="영상 읽기", en="Reading scans")
CONVERTING = Text(ko="영상 변환", en="Converting scans")


@contextmanager
def decoding(processes: int = 1) -> Iterator[DecodingPool]:
    from pandok.engines.scans.there import scan_pool

    pool = scan_pool(processes)
    try:
        yield pool
    finally:
        pool.close()


def as_json(together: Together, scan: Scan | None, refused: ScanError | None) -> dict[str, Any]:
    said: dict[str, Any] = {"name": together.name, "files": [one.name for one in together.paths]}
    if refused is not None:
        said["refused"] = refused.as_dict()
    if scan is not None:
        said["facts"] = scan.facts.model_dump(mode="json", exclude_defaults=True)
        said["images"] = [
            {
                "shape": list(one.pixels.shape),
                "dtype": one.pixels.dtype.name,
                "lowest": one.pixels.min().item(),
                "highest": one.pixels.max().item(),
                **one.layer.model_dump(mode="json", exclude_defaults=True),
            }
            for one in scan.images
        ]
    return said


def lines_of(scan: Scan) -> Iterator[tuple[Text, str]]:
    """Label and value, in the order in which people ask; what is not known is left out."""
    facts = scan.facts
    machine = " ".join(filter(None, (facts.machine.maker, facts.machine.model, facts.machine.serial)))
    rows: list[tuple[Text, object]] = [
        (Text(ko="형식", en="Format"), facts.format),
        (Text(ko="장비", en="Machine"), machine),
        (Text(ko="장소", en="Site"), facts.site),
        (Text(ko="촬영(UTC)", en="Taken (UTC)"), facts.taken_at and facts.taken_at.isoformat()),
        (Text(ko="촬영(현지)", en="Taken (local)"), facts.taken_local),
        (Text(ko="검사 대상", en="Object"), " ".join(filter(None, (facts.object_type, facts.object_id)))),
    ]
    for one in scan.images:
        layer = one.layer
        shape = " x ".join(map(str, one.pixels.shape))
        values = f"{shape}, {layer.bits} bit, {one.pixels.min()} … {one.pixels.max()}"
        more = [
            f"{layer.kv:g} kV" if layer.kv else "",
            f"{layer.pitch_mm[0]:g} x {layer.pitch_mm[1]:g} mm" if layer.pitch_mm else "",
        ]
        rows.append((Text(ko="영상", en="Image"), ", ".join(filter(None, (layer.energy.value, values, *more)))))
    if facts.cargo is not None:
        rows.append((Text(ko="컨테이너", en="Containers"), ", ".join(one.number for one in facts.cargo.containers)))
        rows.append((Text(ko="번호판", en="Plates"), ", ".join(one.number for one in facts.cargo.plates if one.whole)))
    if facts.report is not None:
        rows.append((Text(ko="판정", en="Decision"), facts.report.decision))
        for threat in facts.report.threats:
            said = "; ".join(f"{one.flag} {one.category} {one.description}".strip() for one in threat.assessments)
            rows.append((Text(ko="물체", en="Object"), f"{threat.object_id}: {said}"))
    return ((label, str(value)) for label, value in rows if value)


def site_of_code(code: str) -> Site | None:
    """None for no code. Raises RequestError where no customs office has it."""
    from pandok.common.models import Site

    if not code:
        return None
    found = Site.objects.filter(code=code).first()
    if found is None:
        raise RequestError(
            Text(ko=f"세관 {code}이(가) 없습니다.", en=f"There is no customs office {code}."),
            Text(ko="당사자 화면의 세관 목록에서 부호를 확인하십시오.", en="See the list of sites for its code."),
            code="xray.no_site",
        )
    return found
