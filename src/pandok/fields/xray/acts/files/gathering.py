"""Which files of a folder are one scan: two energies, a JSON file beside, a scanner's XML with its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pandok.core.errors import ScanError
from pandok.core.text import Text
from pandok.readers.xray.formats import refusals
from pandok.readers.xray.formats.limits import LIMITS
from pandok.readers.xray.formats.reading import NamedBytes, energy_in_name
from pandok.readers.xray.scan import Energy

_ENERGY_WORD = re.compile(r"[_\-. ]?(?<![a-z0-9])(?:low|high|le|he|lo|hi)(?![a-z0-9])", re.I)
_BESIDE = re.compile(r"(?:\.quality\.json|(?:_view\d+)?\.png)$")
_PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".dcs", ".dcm", ".raw")
_OF_X_RAYS = ("img", "xray", "xrayjpeg")
RECORD, QUALITY = "converted.jsonl", ".quality.json"


@dataclass(frozen=True)
class Together:
    """Files of one scan; `name` without the ending and the word of the energy, below the folder that was asked for."""

    name: str
    paths: tuple[Path, ...]

    def read(self) -> list[NamedBytes]:
        """Raises ScanError scan.too_many_bytes, scan.unreadable."""
        size = 0
        found = []
        for path in self.paths:
            try:
                size += path.stat().st_size
                if size > LIMITS.bytes:
                    raise refusals.too_many_bytes(size, LIMITS.bytes)
                found.append(NamedBytes(path.name, path.read_bytes()))
            except OSError as error:
                raise unreadable(path) from error
        return found


def unreadable(path: Path) -> ScanError:
    return ScanError(
        Text(ko=f"파일을 읽을 수 없습니다: {path.name}", en=f"The file cannot be read: {path.name}"),
        Text(ko="이름과 읽기 권한을 확인하십시오.", en="Check its name and whether you may read it."),
        code="scan.unreadable",
    )


def files_below(sources: Sequence[Path]) -> list[tuple[Path, Path]]:
    """Every file with the folder that it was found below, in the order of names; hidden ones are passed by.

    Raises ScanError scan.unreadable for a source that is not there.
    """
    found: list[tuple[Path, Path]] = []
    for source in sources:
        if source.is_dir():
            found += [(source, one) for one in sorted(_visible(source))]
        elif source.is_file():
            found.append((source.parent, source))
        else:
            raise unreadable(source)
    return found


def _visible(folder: Path) -> Iterator[Path]:
    for one in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in one.relative_to(folder).parts)
        if one.is_file() and not hidden and one.name != RECORD:
            yield one


def gathered(
    files: Sequence[tuple[Path, Path]], named_by_xml: Mapping[Path, Sequence[tuple[str, str]]]
) -> list[Together]:
    """`named_by_xml`: of each XML file that could be read, kinds and names of the files that it names.

    Photographs of vehicles that an XML names are left out: they are no scan. So are the pictures and reports that stand
    beside scans on the one scale.
    """
    there = {path: root for root, path in files}
    taken = _beside_standard_scans(set(there))
    found: list[Together] = []
    for xml, names in named_by_xml.items():
        mine = [xml.with_name(name) for kind, name in names if kind.lower() in _OF_X_RAYS]
        pictures = [one for one in mine if one in there and one.suffix.lower() in _PICTURES][:1]
        others = {xml.with_name(name) for _, name in names} & set(there)
        taken |= {xml, *others}
        found.append(Together(_name(there[xml], xml, energy=False), (*pictures, xml)))
    left = [path for path in there if path not in taken]
    sidecars = {path.with_suffix(""): path for path in left if path.suffix.lower() == ".json"}
    groups: dict[tuple[Path, str, str], list[Path]] = {}
    for path in left:
        if path.suffix.lower() == ".json":
            continue
        stem = _ENERGY_WORD.sub("", path.stem) if energy_in_name(path.name) is not Energy.UNKNOWN else path.stem
        groups.setdefault((path.parent, stem, path.suffix.lower()), []).append(path)
    used: set[Path] = set()
    for paths in groups.values():
        energies = {energy_in_name(one.name) for one in paths}
        together = len(paths) == 2 and energies == {Energy.LOW, Energy.HIGH}
        for some in [paths] if together else [[one] for one in paths]:
            beside = [sidecars[one.with_suffix("")] for one in some if one.with_suffix("") in sidecars]
            used |= set(beside)
            found.append(Together(_name(there[some[0]], some[0], energy=not together), (*some, *beside)))
    found += [Together(_name(there[one], one, energy=True), (one,)) for one in sidecars.values() if one not in used]
    return _told_apart(sorted(found, key=lambda one: one.name))


def _beside_standard_scans(there: set[Path]) -> set[Path]:
    """`NAME.quality.json`, and its `NAME.png` or `NAME_view2.png`, of every `NAME.tif` that it reports on."""
    beside: set[Path] = set()
    for one in there:
        name = _BESIDE.sub("", one.name)
        if name != one.name and {one.with_name(f"{name}{QUALITY}"), one.with_name(f"{name}.tif")} <= there:
            beside.add(one)
    return beside


def _name(root: Path, path: Path, *, energy: bool) -> str:
    stem = path.stem if energy else _ENERGY_WORD.sub("", path.stem) or path.stem
    return (path.relative_to(root).parent / stem).as_posix()


def _told_apart(found: list[Together]) -> list[Together]:
    """Two of one name get their ending, then a number, into theirs."""
    seen: dict[str, int] = {}
    apart = []
    for one in found:
        name = one.name
        if name in seen:
            name = f"{name}-{one.paths[0].suffix.lstrip('.').lower()}"
        while name in seen:
            seen[one.name] += 1
            name = f"{one.name}-{seen[one.name]}"
        seen[name] = 1
        apart.append(Together(name, one.paths))
    return apart
