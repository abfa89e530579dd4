"""The copy of a paper that the other side gets: its pages without place, device, author, or what is hidden in it.

Customs and the side that gave a paper get the file as it was sent, which is the evidence. Everybody else gets a
picture made again from its pixels, or a PDF without document information, embedded files and scripts, whose photographs
have lost what the camera wrote into them.
"""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageOps, ImageSequence
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.engines.decoding.pool import DecodingPool
from pandok.readers.designs.photograph import decode

MOST_PAGES = 500
_IN_CATALOG = ("/Metadata", "/AF", "/OpenAction", "/AA", "/PieceInfo", "/Collection", "/Perms", "/DSS", "/SpiderInfo")
_IN_PAGE = ("/Metadata", "/PieceInfo", "/AA", "/AF", "/Thumb", "/LastModified")
_IN_ANNOTATION = ("/T", "/M", "/CreationDate", "/NM", "/AA", "/A")
_MAY_HOLD_MORE = (b"stream", b"/Info", b"/Metadata", b"/Author", b"/Creator", b"/Producer", b"/Title", b"/Encrypt")
_KEPT_IN_JPEG = frozenset({0xE0, 0xEE})
"""Segments for applications that change how the pixels look: JFIF, and Adobe's colour transform."""


def shared_copy(pool: DecodingPool, data: bytes, media_type: str) -> tuple[bytes, str]:
    """The bytes and media type of the copy. Raises RequestError where none can be made, as of an encrypted PDF or one
    that unpacks without end; StoreError `store.busy`."""
    found, [copy] = pool.ask(
        copy_there,
        data,
        what="paper",
        refusal=RequestError,
        too_costly=cannot_be_shared,
        options={"media_type": media_type},
    )
    return copy, found["media_type"]


def copy_there(data: bytes, *, media_type: str) -> tuple[dict[str, Any], list[bytes]]:
    """The duty of a parsing process."""
    try:
        copy, kind = (_pdf(data), media_type) if media_type == "application/pdf" else _picture(data, media_type)
        return {"media_type": kind}, [copy]
    except RequestError:
        raise
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, MemoryError) as error:
        raise cannot_be_shared() from error


def _picture(data: bytes, media_type: str) -> tuple[bytes, str]:
    """Every page in full size; HEIC becomes JPEG, which everybody can open."""
    decode(data, max_bytes=20_000_000, max_megapixels=64)  # the limits of a paper, before anything is decoded in full
    target = io.BytesIO()
    with Image.open(io.BytesIO(data)) as image:
        if media_type == "image/tiff":
            pages = [_pixels(page) for _, page in zip(range(MOST_PAGES), ImageSequence.Iterator(image), strict=False)]
            pages[0].save(target, "TIFF", compression="tiff_deflate", save_all=True, append_images=pages[1:])
            return target.getvalue(), media_type
        if media_type == "image/png":
            _pixels(image).save(target, "PNG")
            return target.getvalue(), media_type
        _pixels(image).save(target, "JPEG", quality=95)
        return target.getvalue(), "image/jpeg"


def _pixels(image: Image.Image) -> Image.Image:
    """Upright, and nothing but pixels: Pillow carries remarks, profiles and tags of the source along otherwise."""
    upright = ImageOps.exif_transpose(image)
    if "A" in upright.getbands() or "transparency" in upright.info:
        seen = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
    plain = upright.convert("L" if upright.mode in ("1", "L") else "RGB")
    return Image.frombytes(plain.mode, plain.size, plain.tobytes())


def _pdf(data: bytes) -> bytes:
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
    except PyPdfError:
        if any(word in data for word in _MAY_HOLD_MORE):
            raise
        return data  # too broken to be read, and too bare to hold anything
    if reader.is_encrypted and not reader.decrypt(""):
        raise cannot_be_shared()
    if len(reader.pages) > MOST_PAGES:
        raise cannot_be_shared()
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    catalog = writer.root_object
    for name in _IN_CATALOG:
        catalog.pop(NameObject(name), None)
    names = catalog.get("/Names")
    if names is not None:
        for name in ("/EmbeddedFiles", "/JavaScript"):
            names.get_object().pop(NameObject(name), None)
    for page in writer.pages:
        for name in _IN_PAGE:
            page.pop(NameObject(name), None)
        _clean_annotations(page)
    for place in range(len(writer._objects)):
        found = writer._objects[place]
        if isinstance(found, DictionaryObject):
            for name in ("/Metadata", "/PieceInfo", "/EF", "/JS"):
                found.pop(NameObject(name), None)
            if isinstance(found, StreamObject) and found.get("/Type") in ("/EmbeddedFile", "/Metadata"):
                found._data = b""
        if isinstance(found, StreamObject) and _is_jpeg(found):
            found._data = without_camera(found._data)
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _clean_annotations(page: DictionaryObject) -> None:
    """Notes lose who wrote them and when; files hung to a page go. Fields of a form keep their names."""
    found = page.get("/Annots")
    annotations = found.get_object() if found is not None else None
    if not isinstance(annotations, ArrayObject):
        return
    kept = ArrayObject()
    for reference in annotations:
        one = reference.get_object() if isinstance(reference, IndirectObject) else reference
        if not isinstance(one, DictionaryObject) or one.get("/Subtype") == "/FileAttachment":
            continue
        if one.get("/Subtype") not in ("/Widget", "/Link"):
            for name in _IN_ANNOTATION:
                one.pop(NameObject(name), None)
        kept.append(reference)
    page[NameObject("/Annots")] = kept


def _is_jpeg(stream: StreamObject) -> bool:
    used = stream.get("/Filter")
    filters = [str(one) for one in used] if isinstance(used, ArrayObject) else [str(used)]
    return filters == ["/DCTDecode"] and stream._data.startswith(b"\xff\xd8")


def without_camera(jpeg: bytes) -> bytes:
    """A JPEG file without what applications wrote beside its picture (EXIF, XMP, IPTC, remarks); the pixels stay."""
    kept = bytearray(jpeg[:2])
    place = 2
    while place + 4 <= len(jpeg) and jpeg[place] == 0xFF:
        mark = jpeg[place + 1]
        if mark == 0xFF:  # padding
            place += 1
            continue
        if mark == 0xDA:  # the picture itself follows
            break
        end = place + 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
        is_for_applications = 0xE0 <= mark <= 0xEF or mark == 0xFE
        if not is_for_applications or mark in _KEPT_IN_JPEG:
            kept += jpeg[place:end]
        place = end
    kept += jpeg[place:]
    return bytes(kept)


def cannot_be_shared() -> RequestError:
    return RequestError(
        Text(
            ko="이 파일은 촬영 위치·기기·작성자 정보를 지울 수 없어 상대방에게 보낼 수 없습니다.",
            en="Place, device and author cannot be taken out of this file, so the other side does not get it.",
        ),
        Text(
            ko="비밀번호가 없는 PDF나 사진으로 다시 받아 공유하십시오.",
            en="Ask for it again as a PDF without a password, or as a picture.",
        ),
        code="document.cannot_be_shared",
    )
