"""From uploaded bytes to a kept photograph: the original as it came, and a clean picture of it to show.

Read are the pixels of the original, so that page, API and command say the same of one file. Shown, to whomever, is only
the clean picture: upright, without place, device or owner. The original never leaves by a page, a notice or the API.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from pandok.common.decoding import decode_sent
from pandok.core.errors import PhotographError, RequestError
from pandok.core.reading import Box, Remark
from pandok.core.text import Text, counted
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.designs.models import SignalPhotograph
from pandok.readers.designs.photograph import clean_jpeg, clean_png
from pandok.settings import Settings

MOST_PHOTOGRAPHS = 7
"""As many as the EU's design search takes; more do not help and slow the phone."""

WHOLE_SIDE = 10_000
"""A box that comes with a photograph is in shares of its sides: the phone does not know the size that is kept."""

LEAST_BOX_PX = 16

MOST_BYTES, MOST_MEGAPIXELS = 500_000_000, 178
"""Of an original that was once accepted: a limit that was lowered since must not make it unreadable."""


def largest_request(chosen: Settings) -> int:
    """Bytes of a capture, with room to tell in the form which photograph is too large, instead of cutting it off."""
    return 2 * MOST_PHOTOGRAPHS * chosen.max_upload_mb * 1_000_000


class KeptPhotograph(BaseModel):
    """A photograph in the blobs. `sha256` names the JPEG that is shown, of at most 1600 pixels a side;
    `original_sha256` the file as it came, which is read ("" where only the JPEG was kept, as before version 0.2)."""

    model_config = ConfigDict(frozen=True)

    sha256: str
    original_sha256: str = ""
    width_px: int
    height_px: int
    remarks: tuple[Remark, ...] = ()
    box: Box | None = None
    """The part that holds the article, where a person drew it; in pixels of this photograph."""

    def with_box(self, shares: tuple[int, int, int, int] | None) -> KeptPhotograph:
        """The same photograph with a box in ten-thousandths of its sides; one that is too small counts as none."""
        if shares is None:
            return self
        x1, y1, x2, y2 = (min(max(share, 0), WHOLE_SIDE) for share in shares)
        box = Box(
            x1=x1 * self.width_px // WHOLE_SIDE,
            y1=y1 * self.height_px // WHOLE_SIDE,
            x2=-(-x2 * self.width_px // WHOLE_SIDE),
            y2=-(-y2 * self.height_px // WHOLE_SIDE),
        )
        usable = box.width >= LEAST_BOX_PX and box.height >= LEAST_BOX_PX
        return self.model_copy(update={"box": box if usable else None})

    def reduced_by_sender(self) -> KeptPhotograph:
        """The same with a remark that what came, and was read, is smaller than what was taken."""
        return self.model_copy(update={"remarks": (*self.remarks, _reduced_by_sender())})


def _reduced_by_sender() -> Remark:
    return Remark(
        photograph_index=0,
        code="photograph.reduced",
        text=Text(
            ko="통신이 느려 휴대전화에서 줄여 보낸 사진을 판독했습니다. 원본을 판독하면 결과가 다를 수 있습니다.",
            en="The phone made this photograph smaller for a slow network, and that was read. "
            "The original may read differently.",
        ),
    )


def keep_photograph(
    data: bytes, *, filename: str, blobs: FolderBlobs, max_bytes: int, max_megapixels: float
) -> KeptPhotograph:
    """Check and keep one uploaded file that is to be read. `filename` only serves remarks, never a path.

    Raises PhotographError where the file is no usable picture; nothing is kept then.
    """
    photograph = decode_sent(data, max_bytes=max_bytes, max_megapixels=max_megapixels, filename=filename)
    height, width = photograph.pixels.shape[:2]
    return KeptPhotograph(
        original_sha256=blobs.put(data),
        sha256=blobs.put(clean_jpeg(photograph)),
        width_px=width,
        height_px=height,
        remarks=photograph.remarks,
    )


def keep_clean_picture(
    data: bytes, *, filename: str, blobs: FolderBlobs, max_bytes: int, max_megapixels: float
) -> KeptPhotograph:
    """Check and keep a picture that is only shown: its pixels, nothing else of the file. Raises PhotographError."""
    photograph = decode_sent(data, max_bytes=max_bytes, max_megapixels=max_megapixels, filename=filename)
    height, width = photograph.pixels.shape[:2]
    return KeptPhotograph(
        sha256=blobs.put(clean_jpeg(photograph)), width_px=width, height_px=height, remarks=photograph.remarks
    )


def pixels_as_read(photograph: SignalPhotograph, blobs: FolderBlobs) -> bytes:
    """A file to be read elsewhere: the same pixels as were read here, without place, device or owner. PNG, or the kept
    JPEG where no original is left. Raises StoreError, PhotographError."""
    if not photograph.original_sha256:
        return blobs.get(photograph.sha256)
    return clean_png(
        decode_sent(blobs.get(photograph.original_sha256), max_bytes=MOST_BYTES, max_megapixels=MOST_MEGAPIXELS)
    )


def too_many_photographs(count: int) -> RequestError:
    return too_many(
        Text(
            ko=f"사진이 {count}장입니다. 한 물품에 {MOST_PHOTOGRAPHS}장까지 판독합니다.",
            en=f"{counted(count, 'photograph')} came; at most {MOST_PHOTOGRAPHS} of one article are read.",
        ),
        Text(
            ko=f"앞의 {MOST_PHOTOGRAPHS}장을 남겼습니다. 그대로 판독하거나 바꾸십시오.",
            en=f"The first {MOST_PHOTOGRAPHS} were kept. Read them, or exchange some.",
        ),
        count=count,
    )


def no_photograph() -> PhotographError:
    return PhotographError(
        Text(ko="사진이 없습니다.", en="There is no photograph."),
        Text(ko="물품을 촬영하거나 사진을 고르십시오.", en="Take a photograph of the article, or choose one."),
        code="photograph.none",
    )


def too_many(what: Text, next_step: Text, **fields: Any) -> RequestError:
    """More photographs of one article than are read."""
    return RequestError(what, next_step, code="request.too_many_photographs", **fields)
