"""The picture of the evidence: photograph and registered view side by side, agreeing regions drawn over both."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pandok.core.errors import RequestError
from pandok.core.reading import Reading
from pandok.core.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def write_evidence(files: list[bytes], reading: Reading, target: Path, language: str) -> None:
    """Write the evidence of the first candidate as PNG. Raises RequestError where there is none or no such folder."""
    picture = evidence_picture(files, reading, language)
    if picture is None:
        raise RequestError(
            Text(ko="근거를 그릴 후보가 없습니다.", en="There is no candidate whose evidence could be drawn."),
            Text(ko="사진을 다시 찍거나 검색 조건을 넓히십시오.", en="Take the photograph again or widen the search."),
            code="request.no_evidence",
        )
    save_png(picture, target)


def evidence_picture(files: list[bytes], reading: Reading, language: str) -> NDArray[np.uint8] | None:
    """RGB picture (H, W, 3) of the first candidate's evidence, or None without a candidate."""
    if not reading.candidates:
        return None
    from pandok.engines.files.blobs import FolderBlobs
    from pandok.readers.designs.evidence import draw
    from pandok.readers.designs.photograph import decode
    from pandok.settings import settings

    evidence = reading.candidates[0].evidence
    photograph = decode(files[evidence.photograph_index]).pixels
    # Regions are in pixels of the stored picture, however large the sheet is.
    stored = FolderBlobs(settings().home / "blobs").get(evidence.view_sha256)
    view = decode(stored, longest_side_px=20_000).pixels
    return draw(photograph, view, evidence.regions, language=language)


def save_png(picture: NDArray[np.uint8], target: Path) -> None:
    """Write `picture` as PNG. Raises RequestError where the folder does not take it."""
    from PIL import Image

    try:
        Image.fromarray(picture).save(target, format="PNG")
    except OSError as error:
        raise RequestError(
            Text(ko=f"{target}에 저장할 수 없습니다.", en=f"{target} cannot be written."),
            Text(ko="폴더와 쓰기 권한을 확인하십시오.", en="Check the folder and its permissions."),
            code="request.evidence_file",
            path=str(target),
        ) from error
