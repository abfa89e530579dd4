"""KIPRISPlus responses of the design service (`designInfoSearchService`): lists, details and six-view images.

Elements as the service documents them: `item` (or `DesignInfo`) with `applicationNumber`, `designNumber`,
`registrationNumber`, `applicationStatus`, `applicantName`, `articleName`, `designMainClassification`, dates as
YYYYMMDD, `imagePath`, `imagePathLarge`; in the six-view response `number`, `imageName`, `largePath`, `smallPath`. The
detail nests them in groups (`biblioSummaryInfo`, `applicantInfo`, `classificationCodeInfo`); the operations for classes
(`DesignLocarnoClasscodeInfo`, `DesignClasscodeInfo`) give one class a record. Designs of other offices come as
`searchResult` with `countryCode`, `registerNo`, `rightHolder`, `locarnoCode`.
The service gives web addresses of pictures; nothing is downloaded here. Pictures are looked for beside the XML: by
the relative path where one is written, else as `<applicationNumber>*.jpg` (also in a folder of that name or `images`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pandok.fields.register.classification import locarno_classes
from pandok.fields.register.import_findings import finding
from pandok.fields.register.importers.nearby import pictures_named
from pandok.fields.register.importers.service_answer import GATEWAY
from pandok.fields.register.importers.unread import unread_of
from pandok.fields.register.importers.xml_stream import Node
from pandok.fields.register.records import RawRecord, RawView, SourceFinding

NAME = "kipris"
STANDARD = "KIPRISPlus, designInfoSearchService, ForeignDesignAdvencedSearchService, trademarkInfoSearchService"
RECORDS = frozenset(
    {
        "item",
        "DesignInfo",
        "designInfo",
        "DesignClasscodeInfo",
        "designClasscodeInfo",
        "DesignLocarnoClasscodeInfo",
        "designLocarnoClasscodeInfo",
        "searchResult",
        "TradeMarkInfo",
    }
)
_PICTURE = ("largePath", "imagePathLarge", "imagePath", "smallPath", "thumbnailPath")
"""The largest first; one of them is enough."""
FACTS = {
    "holder": ("rightHolderName", "rightHolder", "regPrivilegeName", "applicantName", "applicant"),
    "article": ("articleName", "articleNameKR"),
    "word_mark": ("title",),
    "status": ("registrationStatus", "rgstTpcdDscr", "applicationStatus", "admstStat", "lastDispositionDescription"),
    "application_number": ("applicationNumber", "applicationNo"),
    "registration_number": ("registrationNumber", "registerNo"),
    "international_number": ("internationalRegisterNumber", "internationalRegistrationNumber"),
    "registered_on": ("registrationDate", "registerDate", "internationalRegisterDate"),
    "filed_on": ("applicationDate",),
    "published_on": ("publicationDate", "pubDate", "openDate"),
    "expires_on": ("expirationDate", "expiryDate"),
    "korean_class_version": ("designClassificationVersion",),
    "locarno_edition": ("locarnoVersion", "locarnoEdition"),
    "locarno_class": ("locarnoCode", "locarnoClassification", "locarnoClass", "LocarnoClasscode"),
    "korean_class": ("designMainClassification", "classificationCode", "DesignClasscode"),
}
DESIGN_NUMBER = ("designNumber", "designSerialnumber", "designSeq")
_SECONDARY = "S14002"
"""Code of a class beside the main one (DesignClassificationTypeCode)."""
_VIEWS = ("number", "imageName", "imageTitle", "viewName")
_KNOWN = frozenset(
    name.casefold()
    for names in (*FACTS.values(), DESIGN_NUMBER, _PICTURE, _VIEWS, ("countryCode", "ltrtno"))
    for name in names
) | {"designclassificationtypecode"}
PASSED = frozenset(
    {
        "inventorInfoArray",
        "agentInfoArray",
        "applicantAddress",
        "inventorAddress",
        "inventorName",
        "creator",
        "inventorCode",
        "applicantCode",
        "agentAddress",
        "agentCode",
        "agentName",
        "agents",
    }
)
"""Persons and addresses, of which the desk needs none."""


def is_mine(element: Node, *, is_root: bool) -> bool:
    return is_root and (element.name == GATEWAY or (element.name in {"response", "items"} and element.namespace == ""))


def read_node(node: Node, file: Path, done: int) -> Iterator[RawRecord | SourceFinding]:
    said = _Said(node)
    number = said.value(*FACTS["application_number"])
    foreign = said.value("countryCode") if node.name == "searchResult" else ""
    if foreign:
        number = f"{foreign}{said.value(*FACTS['registration_number'], 'ltrtno') or number}"
    part = said.value(*DESIGN_NUMBER)
    design_id = f"{number}-{part}" if number and part.strip("0") and not foreign else number
    facts = {fact: said.value(*names).replace("|", "; ") for fact, names in FACTS.items() if fact not in _CLASSES}
    facts["holder"] = said.all_values(*FACTS["holder"])
    is_mark = bool(facts["word_mark"]) and not facts["article"]
    if not is_mark:
        facts.update(_classes(said))
    unread = {name: text for name, text in unread_of([node], (), PASSED).items() if name.casefold() not in _KNOWN}
    if is_mark:  # classes of goods (Nice) are no classes of designs
        unread |= {"classificationCode": said.all_values("classificationCode", "GoodClassificationCode")}
    if said.value("DesignClassificationTypeCode") == _SECONDARY:
        unread["DesignClasscode"] = facts.pop("korean_class", "")
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
    yield RawRecord(
        design_id,
        facts,
        file.name,
        node.line,
        tuple(views),
        done=done,
        unread={name: text for name, text in unread.items() if text},
        joined=frozenset({"locarno_class"}),
    )


class _Said:
    """What a record says, by names without regard to case: the service writes `applicationNumber` in one operation
    and `Applicationnumber` in another."""

    def __init__(self, node: Node):
        self._texts: dict[str, list[str]] = {}
        for each in node.walk():
            if each.text.strip() and not each.children:
                self._texts.setdefault(each.name.casefold(), []).append(each.text.strip())

    def value(self, *names: str) -> str:
        """The first text, by preference of `names`."""
        return next((self._texts[name.casefold()][0] for name in names if name.casefold() in self._texts), "")

    def all_values(self, *names: str) -> str:
        """All texts under the first of `names` that is used, each once; the detail lists several applicants."""
        found = next((self._texts[name.casefold()] for name in names if name.casefold() in self._texts), [])
        parts = [part.strip() for text in found for part in text.split("|")]
        return "; ".join(dict.fromkeys(part for part in parts if part))


_CLASSES = ("holder", "locarno_class", "korean_class")


def _written(picture: Node) -> Node | None:
    return next((node for name in _PICTURE for node in picture.all(name) if node.text.strip()), None)


def _view_name(picture: Node, index: int, count: int) -> str:
    number = picture.value("number") if picture.name != "item" or picture.value("largePath", "imageName") else ""
    return picture.value("imageTitle", "viewName") or number or (str(index) if count > 1 else "representative")


def _stem_name(picture: Path, number: str) -> str:
    return PurePosixPath(picture.name).stem.removeprefix(number).strip("-_. ") or "representative"


def _classes(said: _Said) -> dict[str, str]:
    """Since 2014 the service writes the Locarno class where it wrote the Korean one; the form tells them apart."""
    classes: dict[str, str] = {}
    written = said.all_values(*FACTS["locarno_class"])
    if written:
        classes["locarno_class"] = written
    codes = said.all_values(*FACTS["korean_class"]).split("; ")
    locarno = [code for code in codes if locarno_classes(code).codes]
    others = [code for code in codes if code and code not in locarno]
    if locarno:
        classes.setdefault("locarno_class", "; ".join(locarno))
    if others:
        classes["korean_class"] = others[0]
    return classes
