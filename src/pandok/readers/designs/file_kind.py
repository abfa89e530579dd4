"""What a file is, judged by its first bytes: never by its name."""

from __future__ import annotations

import codecs

from pandok.core.text import Text

PICTURE_SUFFIXES = {
    "JPEG": {"jpg", "jpeg", "jpe", "jfif", "mpo"},
    "PNG": {"png", "apng"},
    "WEBP": {"webp"},
    "HEIF": {"heic", "heif", "hif"},
    "AVIF": {"avif"},
    "TIFF": {"tif", "tiff"},
    "GIF": {"gif"},
    "BMP": {"bmp", "dib"},
}
"""Accepted formats and the file name endings that belong to them."""

_BRANDS = {
    b"avif": "AVIF",
    b"avis": "AVIF",
    b"heic": "HEIF",
    b"heix": "HEIF",
    b"heim": "HEIF",
    b"heis": "HEIF",
    b"hevc": "HEIF",
    b"hevx": "HEIF",
    b"mif1": "HEIF",
    b"msf1": "HEIF",
}
_PICTURES = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"MM\x00+", "TIFF"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
)
_OTHERS = (
    (b"%PDF", Text(ko="PDF 문서", en="a PDF document")),
    (b"PK\x03\x04", Text(ko="압축 파일 또는 오피스 문서", en="a zip archive or an office document")),
    (b"Rar!", Text(ko="압축 파일", en="an archive")),
    (b"7z\xbc\xaf", Text(ko="압축 파일", en="an archive")),
    (b"\x1f\x8b", Text(ko="압축 파일", en="an archive")),
    (b"\xd0\xcf\x11\xe0", Text(ko="한글 또는 오피스 문서", en="a Hangul or office document")),
    (b"MZ", Text(ko="실행 파일", en="a program")),
    (b"\x7fELF", Text(ko="실행 파일", en="a program")),
    (b"8BPS", Text(ko="포토샵 파일", en="a Photoshop file")),
    (b"\xff\x0a", Text(ko="JPEG XL 그림", en="a JPEG XL picture")),
    (b"\x00\x00\x00\x0cJXL ", Text(ko="JPEG XL 그림", en="a JPEG XL picture")),
    (b"\x1a\x45\xdf\xa3", Text(ko="동영상", en="a video")),
)
_UNKNOWN = Text(ko="알 수 없는 형식", en="an unknown kind of file")


def picture_format(data: bytes) -> str | None:
    """The accepted picture format that `data` starts like (a key of PICTURE_SUFFIXES), or None."""
    for magic, name in _PICTURES:
        if data.startswith(magic):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        brands = [data[8:12], *(data[at : at + 4] for at in range(16, min(len(data), 64), 4))]
        return next((_BRANDS[brand] for brand in brands if brand in _BRANDS), None)
    return None


def looks_like(data: bytes) -> Text:
    """What a file that is no accepted picture appears to be, in words for a person."""
    for magic, name in _OTHERS:
        if data.startswith(magic):
            return name
    if data[4:8] == b"ftyp" or data[:4] == b"RIFF":
        return Text(ko="동영상 또는 소리", en="a video or a sound")
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in head:
        return Text(ko="SVG 벡터 그림", en="an SVG vector drawing")
    if head.startswith((b"<!doctype html", b"<html")):
        return Text(ko="웹 페이지", en="a web page")
    if head.startswith(b"<?xml"):
        return Text(ko="XML 문서", en="an XML document")
    if _is_text(data[:2048]):
        return Text(ko="글 파일", en="a text file")
    return _UNKNOWN


def suffix_disagrees(filename: str, picture: str) -> bool:
    """True where the name promises another accepted format than the content has."""
    suffix = filename.rpartition(".")[2].lower() if "." in filename else ""
    return bool(suffix) and suffix not in PICTURE_SUFFIXES[picture]


def _is_text(head: bytes) -> bool:
    if any(byte < 9 or 13 < byte < 32 for byte in head):
        return False
    for encoding in ("utf-8", "cp949"):
        try:
            # Not final: the sample may end within a character.
            codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        return True
    return False
