"""What scanners of containers write beside their pictures: Smiths HCV and CargoVision (`DataForm`), P60 (`manifest`).

Three makers' words for one model (`Cargo`). Traps of real files: UTF-16 with a mark, UTC beside local time, clocks of
two machines, two containers on a trailer, -1 for unknown, a piece of a container number where the plate should stand.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import re
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from pandok.core.foreign_bytes import about_to_parse
from pandok.core.hidden_letters import without_hidden
from pandok.core.text import Text
from pandok.readers.xray.formats import refusals
from pandok.readers.xray.formats.container_number import check_digit_fits, plain_number
from pandok.readers.xray.formats.limits import LIMITS, Limits
from pandok.readers.xray.scan import (
    AutomaticResult,
    Cargo,
    Container,
    Machine,
    Operation,
    Plate,
    Scan,
    ScanFacts,
    ScanKind,
    ScanRemark,
)

MOST_BYTES = 20_000_000
CLOCKS_APART = timedelta(minutes=15)
_SCANNING = "1"
_PLATE = re.compile(r"[A-Z0-9가-힣]{4,10}")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(r"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._\-]+)["'][^>]*\?>""")


def read_vendor_xml(data: bytes, *, limits: Limits = LIMITS) -> Scan:
    """A `REPORT` without pixels, whose `facts.cargo` holds what the file says. Raises ScanError."""
    about_to_parse("scan")
    if len(data) > MOST_BYTES:
        raise refusals.too_many_bytes(len(data), MOST_BYTES)
    root = _root(_text(data).encode(), limits)
    sha256 = hashlib.sha256(data).hexdigest()
    name = _local(root)
    if name == "DataForm":
        return _data_form(root, sha256)
    if name == "manifest" and root.find("accession") is not None:
        return _manifest(root, sha256)
    raise refusals.unknown_format(f"XML {name[:40]}")


def _text(data: bytes) -> str:
    """By the mark at its beginning, else by what it declares, else UTF-8; the declaration is taken off."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    body = data[len(next((mark for mark, _ in _MARKS if data.startswith(mark)), b"")) :]
    try:
        if not encoding:
            declared = _DECLARED.match(body[:200].decode("ascii", "replace"))
            encoding = declared[1] if declared else "utf-8"
        text = body.decode("cp949" if encoding.lower() in ("euc-kr", "ks_c_5601-1987") else encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise refusals.damaged(Text(ko="글자를 읽을 수 없습니다", en="its letters cannot be read")) from error
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _root(data: bytes, limits: Limits) -> Element:
    depth = elements = 0
    root: Element | None = None
    try:
        for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            elements += 1
            if depth > limits.depth:
                raise refusals.too_deep(limits.depth)
            if elements > limits.elements:
                raise refusals.too_costly()
            root = element if root is None else root
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise refusals.damaged(
            Text(ko="XML이 중간에 끊겼거나 맞지 않습니다", en="the XML is cut off or not well formed")
        ) from error
    if root is None:
        raise refusals.empty()
    for element in root.iter():
        element.tag = _local(element)
    return root


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _data_form(root: Element, sha256: str) -> Scan:
    remarks: list[ScanRemark] = []
    operations = tuple(_operation(one) for one in root.iterfind("Operations/Operation"))
    scanned = next((one for one in operations if one.kind == _SCANNING), None)
    taken_at = _taken_at(_moment(root.findtext("Date")), scanned.started_at if scanned else None, remarks)
    local = (root.findtext("BeginOfCargo/StartTime") or "").strip()
    _check_local(local, scanned.started_at if scanned else None, remarks)
    plates = [_plate(root.find("AdminData/Vehicle"), 0)]
    containers: list[Container] = []
    for number, trailer in enumerate(root.iterfind("AdminData/Vehicle/Trailers/Trailer"), 1):
        plates.append(_plate(trailer, number))
        containers += _containers(trailer, number, remarks)
    known_plates = tuple(one for one in plates if one is not None)
    _remark_fragments(known_plates, remarks)
    site = _said(root.findtext("Site"))
    cargo = Cargo(
        scan_number=_said(root.findtext("TruckId")),
        schema_version=_said(root.findtext("Version")),
        containers=tuple(containers),
        plates=known_plates,
        operations=operations,
        automatic=tuple(_automatic(one) for one in root.iterfind("Operations/Operation/ATR_Results/ATR")),
        declared_empty=_yes(root.findtext("ProcessInstructions/IsContainerEmpty")),
        in_training=_yes(root.findtext("InTraining")),
        in_reference=_yes(root.findtext("InReference")),
        x_rayed=bool(scanned),
        kind_letter=_said(root.findtext("AdminData/Custom1")),
        comments=_said(root.findtext("AdminData/Comments")),
        speed=_number(root.findtext("ProcessInstructions/Speed")),
        files=tuple(
            (one.get("Type", ""), (one.text or "").strip())
            for one in root.iterfind("Operations/Operation/Resources/Resource")
            if "true" not in (one.get("IsDeleted"), one.get("IsPreview")) and (one.text or "").strip()
        ),
    )
    is_cargo_vision = root.find("BeginOfCargo") is not None
    facts = ScanFacts(
        format="CargoVision XML" if is_cargo_vision else "HCV XML",
        kind=ScanKind.REPORT,
        sha256=sha256,
        machine=Machine(
            maker="Smiths",
            model=_said(root.findtext("Operations/Operation/System")) or ("CargoVision" if is_cargo_vision else "HCV"),
        ),
        site=site,
        taken_at=taken_at,
        taken_local=local,
        object_type="CARGO",
        cargo=cargo,
        remarks=tuple(remarks),
    )
    return Scan(facts)


def _manifest(root: Element, sha256: str) -> Scan:
    remarks: list[ScanRemark] = []
    said = {one.get("name", ""): (one.text or "").strip() for one in root.iterfind("attributes/attribute")}
    containers = [_container(said[name], None, 0, remarks) for name in ("Container1", "Container2") if said.get(name)]
    plates = tuple(Plate(number=said[name], whole=_is_plate(said[name])) for name in ("ANPR",) if said.get(name))
    _remark_fragments(plates, remarks)
    cargo = Cargo(
        scan_number=_said(root.findtext("accession")),
        containers=tuple(containers),
        plates=plates,
        x_rayed=_yes(root.findtext("xraydone")),
        inspected=_yes(root.findtext("inspectdone")),
        suspicious=_yes(root.findtext("inspectionsuspicious")),
        searched=_yes(root.findtext("searchdone")),
        found=_yes(root.findtext("searchfound")),
        comments=_said(said.get("Comments")),
        files=tuple(
            (one.get("type", ""), (one.text or "").strip())
            for one in root.iterfind("files/file")
            if (one.text or "").strip()
        ),
    )
    facts = ScanFacts(
        format="P60 XML",
        kind=ScanKind.REPORT,
        sha256=sha256,
        machine=Machine(model="P60", station=_said(root.findtext("system"))),
        taken_at=_moment(root.findtext("createdate")),
        object_type="CARGO",
        cargo=cargo,
        remarks=tuple(remarks),
    )
    return Scan(facts)


def _operation(one: Element) -> Operation:
    verdict = _number(one.findtext("Verdict"))
    return Operation(
        kind=one.get("Type", ""),
        started_at=_moment(one.findtext("Start")),
        ended_at=_moment(one.findtext("End")),
        login=_said(one.findtext("Login")),
        workstation=_said(one.findtext("Workstation")),
        site=_said(one.findtext("Site")),
        verdict=int(verdict) if verdict is not None and verdict == int(verdict) else None,
    )


def _automatic(one: Element) -> AutomaticResult:
    result = _said(one.findtext("Result"))
    return AutomaticResult(
        program=one.get("ATRType", ""),
        ended=_said(one.findtext("Status")),
        result="" if result == "None" else result,
        version=_said(one.findtext("Version")),
        threshold=_number(one.findtext("Threshold")),
    )


def _plate(holder: Element | None, trailer: int) -> Plate | None:
    number = _said(holder.findtext("PlateNumber")) if holder is not None else ""
    if holder is None or not number:
        return None
    return Plate(number=number, whole=_is_plate(number), read_share=_share(holder.findtext("OCR")), trailer=trailer)


def _is_plate(number: str) -> bool:
    plain = plain_number(number)
    return bool(_PLATE.fullmatch(plain)) and any(one.isdigit() for one in plain) and not plain.isdigit()


def _containers(trailer: Element, number: int, remarks: list[ScanRemark]) -> list[Container]:
    found = []
    for one in trailer.iterfind("Containers/Container"):
        said = _said(one.findtext("ContainerId"))
        if said:
            found.append(_container(said, _share(one.findtext("OCR")), number, remarks))
    return found


def _container(said: str, share: float | None, trailer: int, remarks: list[ScanRemark]) -> Container:
    fits = check_digit_fits(plain_number(said))
    if not fits:
        _add(
            remarks,
            "scan.container_number",
            "컨테이너 번호의 검사숫자가 맞지 않습니다.",
            "A container number fails its check digit.",
        )
    return Container(number=said, check_digit_fits=fits, read_share=share, trailer=trailer)


def _remark_fragments(plates: tuple[Plate, ...], remarks: list[ScanRemark]) -> None:
    if any(not one.whole for one in plates):
        _add(
            remarks,
            "scan.plate_fragment",
            "번호판 칸에 번호판이 아닌 글자가 있습니다.",
            "The plate holds letters that are no plate.",
        )


def _taken_at(form: datetime | None, scan: datetime | None, remarks: list[ScanRemark]) -> datetime | None:
    """The start of the scan; the time of the form where the two clocks differ: one server keeps it for all machines."""
    if form is None or scan is None:
        return form or scan
    if abs(form - scan) > CLOCKS_APART:
        _add(remarks, "scan.clocks_apart", "두 장비의 시각이 서로 다릅니다.", "The clocks of two machines differ.")
        return form
    return scan


def _check_local(local: str, scan: datetime | None, remarks: list[ScanRemark]) -> None:
    """Local time and UTC lie a multiple of a quarter of an hour apart, or one of them is wrong."""
    try:
        here = datetime.fromisoformat(local).replace(tzinfo=UTC) if local else None
    except ValueError:
        here = None
    if here is None or scan is None:
        return
    quarter = timedelta(minutes=15)
    off = (scan - here) % quarter
    if min(off, quarter - off) > timedelta(seconds=90) or abs(scan - here) > timedelta(hours=15):
        _add(remarks, "scan.clocks_apart", "두 장비의 시각이 서로 다릅니다.", "The clocks of two machines differ.")


def _add(remarks: list[ScanRemark], name: str, ko: str, en: str) -> None:
    if all(one.code != name for one in remarks):
        remarks.append(refusals.remark(name, ko, en))


def _moment(text: str | None) -> datetime | None:
    """A time that says UTC; one that does not is local, and no moment."""
    try:
        found = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else None


def _said(text: str | None) -> str:
    plain = without_hidden(text or "").strip()[:2_000]
    return "" if plain == "-1" else plain


def _number(text: str | None) -> float | None:
    try:
        found = float((text or "").strip())
    except ValueError:
        return None
    return found if -1e12 < found < 1e12 and found != -1 else None


def _share(text: str | None) -> float | None:
    found = _number(text)
    return found / 100 if found is not None and 0 <= found <= 100 else None


def _yes(text: str | None) -> bool | None:
    return {"0": False, "1": True, "false": False, "true": True}.get((text or "").strip().lower())
