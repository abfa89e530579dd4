"""What the other side gets of a paper: its pages, and nothing that the camera or the program wrote beside them."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from PIL import Image, PngImagePlugin
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

from pandok.common.models import Account
from pandok.core.errors import RequestError
from pandok.fields.counterfeit.acts.cases.documents import keep_document, share_document
from pandok.fields.counterfeit.models import CaseDocument
from tests.fields.counterfeit.notices_fixtures import NoticeWorld
from tests.fields.designs.fakes import NOON
from tests.memory import growth

SECRETS = (b"SecretPhone X9", b"kim the clerk", b"warehouse 7")
EXIF_PLACE = 0x8825


def exif() -> Image.Exif:
    said = Image.Exif()
    said[0x010F], said[0x0110], said[0x013B] = "SecretPhone", "SecretPhone X9", "kim the clerk"
    said.get_ifd(EXIF_PLACE)[1], said.get_ifd(EXIF_PLACE)[2] = "N", (37.0, 27.0, 36.5)
    return said


def picture(kind: str, mode: str = "RGB") -> bytes:
    image = Image.linear_gradient("L").resize((320, 240)).convert(mode)
    target = io.BytesIO()
    if kind == "PNG":
        said = PngImagePlugin.PngInfo()
        said.add_text("Author", "kim the clerk")
        said.add_itxt("XML:com.adobe.xmp", "<x>warehouse 7</x>")
        image.save(target, "PNG", pnginfo=said, exif=exif())
    elif kind == "TIFF":
        second = image.rotate(180)
        image.save(target, "TIFF", exif=exif(), save_all=True, append_images=[second], description="warehouse 7")
    elif kind == "HEIF":
        import pillow_heif

        pillow_heif.from_pillow(image).save(target, exif=exif().tobytes())
    else:
        image.save(target, "JPEG", exif=exif(), comment=b"warehouse 7", xmp=b"<x>kim the clerk</x>")
    return target.getvalue()


def pdf(photograph: bytes, *, password: str = "") -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    drawn = StreamObject()
    drawn._data = photograph
    for name, value in (("/Type", "/XObject"), ("/Subtype", "/Image"), ("/Filter", "/DCTDecode")):
        drawn[NameObject(name)] = NameObject(value)
    resources = page[NameObject("/Resources")] = DictionaryObject()
    resources[NameObject("/XObject")] = DictionaryObject({NameObject("/Im0"): writer._add_object(drawn)})
    xmp = StreamObject()
    xmp._data = b"<x>kim the clerk</x>"
    writer.root_object[NameObject("/Metadata")] = writer._add_object(xmp)
    page[NameObject("/PieceInfo")] = DictionaryObject({NameObject("/By"): TextStringObject("warehouse 7")})
    writer.add_metadata({"/Author": "kim the clerk", "/Creator": "SecretPhone X9"})
    writer.add_attachment("list.txt", b"warehouse 7")
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("alert('warehouse 7')")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    if password:
        writer.encrypt(password)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "photograph.jpg": lambda: picture("JPEG"),
    "scan.png": lambda: picture("PNG"),
    "grey.png": lambda: picture("PNG", "LA"),
    "pages.tif": lambda: picture("TIFF"),
    "phone.heic": lambda: picture("HEIF"),
    "paper.pdf": lambda: pdf(picture("JPEG")),
}


def given_by_importer(notices: NoticeWorld, data: bytes, filename: str) -> CaseDocument:
    case = notices.notified()
    return keep_document(
        case=case,
        data=data,
        filename=filename,
        kind="other",
        actor=notices.importer,
        now=NOON,
        blobs=notices.office.blobs,
        party=notices.world.importer,
    )


def said_in(data: bytes) -> list[bytes]:
    """What of the secrets can be found in a file, also in what a reader of it would decode."""
    found = [secret for secret in SECRETS if secret in data]
    if data.startswith(b"%PDF-"):
        reader = PdfReader(io.BytesIO(data))
        inside = str(reader.metadata) + str(reader.attachments) + str(reader.xmp_metadata)
        inside += "".join(str(one) for one in reader.trailer["/Root"].values())
        return found + [secret for secret in SECRETS if secret.decode() in inside]
    with Image.open(io.BytesIO(data)) as image:
        for page in range(getattr(image, "n_frames", 1)):
            image.seek(page)
            known = image.getexif()
            tags: dict[int, Any] = dict(known) | dict(known.get_ifd(EXIF_PLACE))
            assert not {0x010F, 0x0110, 0x013B, EXIF_PLACE} & set(tags)
            found += [secret for secret in SECRETS if secret.decode() in str(tags) + str(image.info)]
    return found


@pytest.mark.parametrize("name", FILES)
def test_place_device_and_author_never_reach_the_other_side(
    notices: NoticeWorld, client_of: Callable[[Account], Client], name: str
) -> None:
    sent = FILES[name]()
    document = given_by_importer(notices, sent, name)
    officer = notices.world.officer
    share_document(
        document=document, kinds=["holder"], actor=officer, reason="asked for", now=NOON, blobs=notices.office.blobs
    )
    for path in (
        f"/notices/papers/{document.id}/",
        f"/documents/{document.id}/",
        f"/api/v1/documents/{document.id}/content",
    ):
        got = client_of(notices.holder).get(path)
        if got.status_code == 404 and path.startswith("/documents"):
            continue
        assert got.status_code == 200, path
        assert said_in(got.content) == []
        assert client_of(notices.importer).get(path).content == sent, "the side that gave it gets another file"
        assert client_of(officer).get(path.replace("/notices/papers/", "/documents/")).status_code in (200, 403, 404)
    copy = client_of(notices.holder).get(f"/notices/papers/{document.id}/")
    if name == "pages.tif":
        with Image.open(io.BytesIO(copy.content)) as image:
            assert image.n_frames == 2
    elif name == "phone.heic":
        assert (copy["Content-Type"], copy.content[:2]) == ("image/jpeg", b"\xff\xd8")
        assert ".jpg" in copy["Content-Disposition"]
    elif name == "paper.pdf":
        assert len(PdfReader(io.BytesIO(copy.content)).pages) == 1
    else:
        with Image.open(io.BytesIO(copy.content)) as image:
            assert image.size == (320, 240)


@pytest.mark.parametrize(
    "data",
    [pdf(picture("JPEG"), password="open"), b"%PDF-1.7 /Author (kim the clerk)\n%%EOF"],
    ids=["locked", "broken"],
)
def test_what_cannot_be_cleaned_is_not_shared_and_the_officer_is_told(
    notices: NoticeWorld, client_of: Callable[[Account], Client], data: bytes
) -> None:
    document = given_by_importer(notices, data, "paper.pdf")
    with pytest.raises(RequestError) as refused:
        share_document(
            document=document,
            kinds=["holder"],
            actor=notices.world.officer,
            reason="asked for",
            now=NOON,
            blobs=notices.office.blobs,
        )
    assert refused.value.error_code == "document.cannot_be_shared"
    document.shared_with = ["holder"]  # as an earlier version may have done
    document.save()
    answer = client_of(notices.holder).get(f"/notices/papers/{document.id}/")
    assert answer.status_code == 422
    assert data not in answer.content


def object_stream_bomb(count: int = 200_000, kept: int = 20_000) -> bytes:
    """The names of its catalogue stand in an object stream of many small arrays in arrays."""
    index = b" ".join(b"%d %d" % (number, 60 * place) for place, number in enumerate(range(10, 10 + count)))
    body = (b"[" + b"[" * 20 + b"]" * 20 + b"]").ljust(60) * count
    packed = zlib.compress(index + b"\n" + body, 9)
    first = len(index) + 1
    head = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/Names 12 0 R>>endobj\n"
    head += b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    head += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    at = len(head)
    head += b"4 0 obj<</Type/ObjStm/N %d/First %d/Length %d/Filter/FlateDecode>>stream\n" % (count, first, len(packed))
    head += packed + b"\nendstream endobj\n"
    places = {number: head.index(b"%d 0 obj" % number) for number in (1, 2, 3)} | {4: at}
    rows = b"\x00\x00\x00\x00\x00\x00"
    rows += b"".join(b"\x01" + places[number].to_bytes(4, "big") + b"\x00" for number in (1, 2, 3, 4))
    rows += b"".join(b"\x02" + (4).to_bytes(4, "big") + bytes([place % 256]) for place in range(kept))
    table = zlib.compress(rows)
    start = len(head)
    said = b"5 0 obj<</Type/XRef/Size %d/Index[0 5 10 %d]/W[1 4 1]/Root 1 0 R/Length %d/Filter/FlateDecode>>stream\n"
    return head + said % (10 + kept, kept, len(table)) + table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF" % start


def test_a_pdf_built_to_cost_is_not_shared_and_takes_no_memory_of_the_service(notices: NoticeWorld) -> None:
    """Its catalogue leads into an object stream without end; copied in this process it took what it wanted."""
    harmless = given_by_importer(notices, pdf(picture("JPEG")), "paper.pdf")
    sharing = {"kinds": ["holder"], "reason": "asked for", "now": NOON, "blobs": notices.office.blobs}
    share_document(document=harmless, actor=notices.world.officer, **sharing)  # type: ignore[arg-type]
    bomb = keep_document(
        case=harmless.case,
        data=object_stream_bomb(),
        filename="bomb.pdf",
        kind="other",
        actor=notices.importer,
        now=NOON,
        blobs=notices.office.blobs,
        party=notices.world.importer,
    )
    with growth() as grown, pytest.raises(RequestError) as refused:
        share_document(document=bomb, actor=notices.world.officer, **sharing)  # type: ignore[arg-type]
    assert grown.most_bytes < 60_000_000
    assert refused.value.error_code == "document.cannot_be_shared"
