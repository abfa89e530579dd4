"""KIPRISPlus responses of the design service (`designInfoSearchService`): lists, details and six-view images.

Elements as the service documents them: `item` (or `DesignInfo`) with `applicationNumber`, `designNumber`,
`registrationNumber`, `applicationStatus`, `applicantName`, `articleName`, `designMainClassification`, dates as
YYYYMMDD, `imagePath`, `imagePathLarge`; in the six-view response `number`, `imageName`, `largePath`, `smallPath`.
The service gives web addresses of pictures; nothing is downloaded here. Pictures are looked for beside the XML: by
the relative path where one is written, else as `<applicationNumber>*.jpg` (also in a folder of that name or `images`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pandok.register.classification import locarno_classes
from pandok.register.findings import finding
from pandok.register.importers.nearby import pictures_named
from pandok.register.importers.service_answer import GATEWAY
from pandok.register.importers.xml_stream import Node
from pandok.register.records import Finding, RawRecord, RawView

NAME = "kipris"
RECORDS = frozenset({"item", "DesignInfo", "designInfo"})
_PICTURE = ("largePath", "imagePathLarge", "imagePath", "smallPath")  # largest first; one of them is enough
_FACTS = {
    "holder": ("rightHolderName", "rightHolder", "regPrivilegeName", "applicantName"),
    "article": ("articleName",),
    "status": ("registrationStatus", "applicationStatus"),
    "registration_number": ("registrationNumber",),
    "registered_on": ("registrationDate",),
    "filed_on": ("applicationDate",),
    "published_on": ("publicationDate", "openDate"),
    "expires_on": ("expirationDate", "expiryDate"),
    "korean_class_version": ("designClassificationVersion",),
    "locarno_edition": ("locarnoVersion", "locarnoEdition"),
}


def is_mine(element: Node, *, is_root: bool) -> bool:
    return is_root and (element.name == GATEWAY or (element.name in {"response", "items"} and element.namespace == ""))


def read_node(node: Node, file: Path, done: int) -> Iterator[RawRecord | Finding]:
    number = node.value("applicationNumber")
    part = node.value("designNumber").strip("0")
    design_id = f"{number}-{node.value('designNumber')}" if number and part else number
    facts = {fact: node.value(*names).replace("|", "; ") for fact, names in _FACTS.items()}
    facts["application_number"] = number
    facts.update(_classes(node))
    views: list[RawView] = []
    pictures = [each for each in node.all("designImageInfo") if _written(each)] or [node]
    for index, picture in enumerate(pictures, 1):
        written = _written(picture)
        if written is None:
            continue
        name = _view_name(picture, index, len(pictures))
        if "://" not in written.text:
            views.append(RawView(name, written.text.strip(), file.parent, written.line))
            continue
        found = pictures_named(file.parent, number) if number else []
        views.extend(RawView(_stem_name(each, number), each.name, file.parent, written.line, each) for each in found)
        if not found:
            hint = f"{number or 'applicationNumber'}-1.jpg"
            yield finding("path.url", file.name, written.line, design_id, hint=hint)
        break  # every picture beside the XML has been taken at once
    yield RawRecord(design_id, facts, file.name, node.line, tuple(views), done=done)


def _written(picture: Node) -> Node | None:
    return next((node for name in _PICTURE for node in picture.all(name) if node.text.strip()), None)


def _view_name(picture: Node, index: int, count: int) -> str:
    number = picture.value("number") if picture.name != "item" or picture.value("largePath", "imageName") else ""
    return picture.value("imageTitle", "viewName") or number or (str(index) if count > 1 else "representative")


def _stem_name(picture: Path, number: str) -> str:
    return PurePosixPath(picture.name).stem.removeprefix(number).strip("-_. ") or "representative"


def _classes(node: Node) -> dict[str, str]:
    """Since 2014 the service writes the Locarno class where it wrote the Korean one; the form tells them apart."""
    classes: dict[str, str] = {}
    written = node.value("locarnoCode", "locarnoClassification", "locarnoClass")
    if written:
        classes["locarno_class"] = written
    codes = [code.strip() for code in node.value("designMainClassification", "classificationCode").split("|")]
    locarno = [code for code in codes if locarno_classes(code).codes]
    others = [code for code in codes if code and code not in locarno]
    if locarno:
        classes.setdefault("locarno_class", "; ".join(locarno))
    if others:
        classes["korean_class"] = others[0]
    return classes
