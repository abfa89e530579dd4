"""What an uploaded paper is, judged by its content, and a name for it that harms nobody."""

from __future__ import annotations

import re
import unicodedata

from pandok.common.decoding import MOST_BYTES, decode_sent
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.readers.designs.file_kind import looks_like, picture_format

LONGEST_NAME = 120
MEDIA_TYPES = {
    "PDF": "application/pdf",
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "HEIF": "image/heic",
    "TIFF": "image/tiff",
}
ENDINGS = {
    "application/pdf": ("pdf",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/heic": ("heic", "heif"),
    "image/tiff": ("tif", "tiff"),
}
_NOT_IN_NAMES = re.compile(r'[<>:"|?*/\\%\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def media_type_of(data: bytes) -> str:
    """PDF, JPEG, PNG, HEIC or TIFF that can be opened. Raises RequestError or PhotographError for anything else."""
    if not data:
        raise RequestError(
            Text(ko="파일이 비어 있습니다.", en="The file is empty."),
            Text(ko="파일을 다시 골라 올리십시오.", en="Choose the file again."),
            code="document.empty",
        )
    if len(data) > MOST_BYTES:
        raise too_large(len(data))
    if data.startswith(b"%PDF-"):
        if b"%%EOF" not in data[-4096:]:
            raise RequestError(
                Text(ko="PDF의 끝부분이 없습니다.", en="The PDF is cut off."),
                Text(ko="파일을 다시 저장해 올리십시오.", en="Save the file again and send it once more."),
                code="document.cut_off",
            )
        return MEDIA_TYPES["PDF"]
    kind = picture_format(data)
    if kind not in MEDIA_TYPES:
        found = looks_like(data) if kind is None else Text(ko=f"{kind} 그림", en=f"a {kind} picture")
        raise RequestError(
            Text(ko=f"받지 않는 파일 형식입니다: {found.ko}.", en=f"This is {found.en}, which is not accepted."),
            Text(
                ko="PDF, JPEG, PNG, HEIC, TIFF 파일로 올리십시오.", en="Send it as a PDF, JPEG, PNG, HEIC or TIFF file."
            ),
            code="document.type",
        )
    decode_sent(data)
    return MEDIA_TYPES[kind]


def too_large(size: int) -> RequestError:
    """Also for the door, where a file need not be read to see that it is too large."""
    return RequestError(
        Text(
            ko=f"파일이 {size / 1e6:.1f} MB입니다. {MOST_BYTES // 1_000_000} MB까지 받습니다.",
            en=f"The file has {size / 1e6:.1f} MB; {MOST_BYTES // 1_000_000} MB are accepted.",
        ),
        Text(ko="나누거나 해상도를 줄여 올리십시오.", en="Split it, or scan it more coarsely."),
        code="document.too_large",
    )


def safe_filename(filename: str, media_type: str) -> str:
    """The last part of the name without control and direction characters, with the ending of its content.

    >>> safe_filename("../../etc/감정서.PDF.exe", "application/pdf")
    '감정서.PDF.exe.pdf'
    """
    name = unicodedata.normalize("NFC", filename).replace("\\", "/").rpartition("/")[2]
    name = "".join(letter for letter in name if unicodedata.category(letter)[0] != "C")
    name = " ".join(_NOT_IN_NAMES.sub("_", name).split()).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if not (dot and ending.lower() in ENDINGS[media_type]):
        stem, ending = name, ENDINGS[media_type][0]
    stem = stem[:LONGEST_NAME].strip(". ") or "document"
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem}.{ending.lower()}"
