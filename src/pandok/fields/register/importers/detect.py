"""Which importer reads a source: decided by what is in it, not by what it is called."""

from __future__ import annotations

from pathlib import Path

from pandok.core.errors import ImportRefused
from pandok.core.natural_order import natural_key
from pandok.core.text import Text
from pandok.fields.register.importers.csv_folder import CsvFolder, looks_like_table
from pandok.fields.register.importers.designview_table import DesignViewTable, looks_like_designview
from pandok.fields.register.importers.service_answer import heard_in_json
from pandok.fields.register.importers.xml_folder import XmlFiles, kind_of
from pandok.fields.register.importers.xml_stream import root_of
from pandok.fields.register.records import Importer
from pandok.fields.register.spelling import names_in

TABLES = (".csv", ".tsv", ".txt")
"""Suffixes of tables as spreadsheets write them; Excel calls its tabbed "Unicode text" .txt."""


def _refused(ko: str, en: str, next_ko: str, next_en: str, source: Path, *, code: str) -> ImportRefused:
    return ImportRefused(Text(ko=ko, en=en), Text(ko=next_ko, en=next_en), code=code, source=source.name)


def detect(source: Path) -> Importer:
    """The importer for a folder with `register.csv`, a folder of XML files (also in `xml/`), or one such file.

    Raises ImportRefused where there is nothing that can be read.
    """
    if source.is_dir():
        return _folder(source)
    if not source.is_file():
        raise _refused(
            f"‘{source.name}’을(를) 찾을 수 없습니다.",
            f"“{source.name}” is not there.",
            "경로를 확인하십시오.",
            "Check the path.",
            source,
            code="import.absent",
        )
    with source.open("rb") as file:
        start = file.read(4096)
    if start.startswith(b"PK\x03\x04") and source.suffix.casefold() in (".xlsx", ".xlsm", ".xlsb", ".ods"):
        raise _refused(
            "엑셀 파일은 바로 가져오지 않습니다.",
            "A spreadsheet is not imported as it is.",
            "번호 열을 텍스트 형식으로 둔 뒤 ‘CSV UTF-8’로 저장하여 지정하십시오.",
            "Format the columns of numbers as text, save it as “CSV UTF-8” and name that file.",
            source,
            code="import.spreadsheet",
        )
    if start.startswith(b"PK\x03\x04"):
        raise _refused(
            "압축 파일은 바로 가져오지 않습니다.",
            "A zip archive is not imported as it is.",
            "압축을 푼 뒤 그 폴더를 지정하십시오.",
            "Unpack it and name the folder.",
            source,
            code="import.zip",
        )
    if start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
        return _xml(source)
    refused = heard_in_json(source) if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else None
    if refused is not None:
        raise _refused(
            refused.text.ko,
            refused.text.en,
            "이 파일은 가져오지 않았습니다.",
            "Nothing of this file was imported.",
            source,
            code="import.service",
        )
    if looks_like_designview(start):
        return DesignViewTable(source)
    if source.suffix.casefold() in TABLES[:2] or looks_like_table(start):
        return CsvFolder(source)
    raise _unknown(source)


def _folder(source: Path) -> Importer:
    tables = [name for suffix in TABLES for name in names_in(str(source)).like(f"register{suffix}")]
    table = next((source / name for name in tables if (source / name).is_file()), None)
    if table is not None:
        return CsvFolder(table)
    for folder in (source, source / "xml"):
        found = (file for file in folder.glob("*.[xX][mM][lL]") if file.is_file())
        files = sorted(found, key=lambda file: natural_key(file.name))
        if files:
            return XmlFiles(files) if len(files) > 1 else _xml(files[0])
    raise _unknown(source)


def _xml(file: Path) -> Importer:
    if root_of(file) is not None and kind_of(file) is None:
        raise _unknown(file)
    return XmlFiles([file])


def _unknown(source: Path) -> ImportRefused:
    return _refused(
        f"‘{source.name}’은(는) 등록 자료로 읽을 수 있는 형식이 아닙니다.",
        f"“{source.name}” is no register source that can be read.",
        "register.csv가 든 폴더나 KIPRISPlus, WIPO ST.96·ST.86, USPTO XML, DesignView 표를 지정하십시오.",
        "Name a folder with register.csv, KIPRISPlus, WIPO ST.96 or ST.86, or USPTO XML, or a table of DesignView.",
        source,
        code="import.unknown",
    )
