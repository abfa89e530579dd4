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

_CODINGS = {
    b"avif": "AVIF",
    b"avis": "AVIF",
    b"MA1A": "AVIF",
    b"MA1B": "AVIF",
    b"heic": "HEIF",
    b"heix": "HEIF",
    b"heim": "HEIF",
    b"heis": "HEIF",
    b"hevc": "HEIF",
    b"hevx": "HEIF",
    b"hevm": "HEIF",
    b"hevs": "HEIF",
}
"""Brands that say how the pictures of a file are coded, wherever they stand among its brands."""

_CONTAINERS = (b"mif1", b"mif2", b"msf1", b"miaf", b"miif", b"1pic")
"""Brands that say "pictures" and nothing of their coding. Source: ISO/IEC 23008-12, 23000-22."""

_MOST_BRANDS_BYTES = 1024
_DECODERS_FIRST = tuple(brand for brand in _CODINGS if not brand.startswith(b"MA1"))
"""First brands by which the decoders choose."""
_USUAL = {"AVIF": b"avif", "HEIF": b"heic"}
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
    brands = _brands(data)
    coded = next((_CODINGS[brand] for brand in brands if brand in _CODINGS), None)
    if coded is None and any(brand in _CONTAINERS for brand in brands):
        return _item_coding(data)
    return coded


def _brands(data: bytes) -> list[bytes]:
    """The first brand of an ISO media file and those it is compatible with; empty for other files."""
    if data[4:8] != b"ftyp":
        return []
    size = int.from_bytes(data[:4], "big")
    # 0: up to the end of the file, 1: the size follows in 64 bits.
    head = 24 if size == 1 else 16
    end = min(len(data), _MOST_BRANDS_BYTES, int.from_bytes(data[8:16], "big") if size == 1 else size or len(data))
    return [data[head - 8 : head - 4], *(data[at : at + 4] for at in range(head, end - 3, 4))]


def _item_coding(data: bytes) -> str:
    """The coding of a file whose brands do not tell it: the type of its first item or sample, AV1 or HEVC."""
    kinds = ((b"av01", "AVIF"), (b"hvc1", "HEIF"), (b"hev1", "HEIF"))
    places = [(data.find(kind), coding) for kind, coding in kinds]
    return min((one for one in places if one[0] >= 0), default=(0, "HEIF"))[1]


def under_decoders_brands(data: bytes, picture: str) -> bytes:
    """The same file with brands by which the decoders of `picture` choose: they look at fewer than there are."""
    brands = _brands(data)
    if picture not in _USUAL or data[8:12] in _DECODERS_FIRST or len(brands) < 2 or data[:4] == b"\0\0\0\1":
        return data
    own = (brand for brand in brands if brand in _DECODERS_FIRST and _CODINGS[brand] == picture)
    wanted = next(own, _USUAL[picture])
    others = brands[1:]
    told = [wanted, b"mif1"] if len(others) > 1 else [b"mif1"]
    return data[:8] + wanted + data[12:16] + b"".join([*told, *others[len(told) :]]) + data[16 + 4 * len(others) :]


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
