"""Why a picture cannot be decoded, each with the officer's next step."""

from __future__ import annotations

from pandok.core.errors import PhotographError
from pandok.core.text import Text

_SEND_AGAIN = Text(
    ko="원본 사진을 다시 올리거나 새로 촬영하십시오.", en="Upload the original photograph again, or take a new one."
)


def empty() -> PhotographError:
    return PhotographError(
        Text(ko="사진 파일이 비어 있습니다.", en="The photograph file is empty."), _SEND_AGAIN, code="photograph.empty"
    )


def too_many_bytes(size_bytes: int, max_bytes: int) -> PhotographError:
    size, most = size_bytes / 1e6, max_bytes / 1e6
    return PhotographError(
        Text(
            ko=f"사진 파일이 너무 큽니다({size:.1f} MB, 최대 {most:.1f} MB).",
            en=f"The photograph file is too large ({size:.1f} MB, at most {most:.1f} MB).",
        ),
        Text(
            ko="휴대전화에서 크기를 줄여 보내거나 JPEG로 저장해 다시 올리십시오.",
            en="Send it in a smaller size from the phone, or save it as JPEG and upload it again.",
        ),
        code="photograph.too_many_bytes",
        size_bytes=size_bytes,
        max_bytes=max_bytes,
    )


def too_many_pixels(width: int, height: int, max_megapixels: float) -> PhotographError:
    """`width` and `height` 0 where the file hides them."""
    size = f"{width} x {height}, " if width else ""
    return PhotographError(
        Text(
            ko=f"사진의 화소가 너무 많습니다({size}최대 {max_megapixels:g} 메가픽셀).",
            en=f"The photograph has too many pixels ({size}at most {max_megapixels:g} megapixels).",
        ),
        Text(
            ko="더 낮은 해상도로 촬영하거나 크기를 줄여 다시 올리십시오.",
            en="Photograph at a lower resolution, or reduce the picture and upload it again.",
        ),
        code="photograph.too_many_pixels",
        width=width,
        height=height,
        max_megapixels=max_megapixels,
    )


def too_small(width: int, height: int, least_px: int) -> PhotographError:
    return PhotographError(
        Text(
            ko=f"사진이 너무 작습니다({width} x {height} 화소, 짧은 변 최소 {least_px} 화소).",
            en=f"The photograph is too small ({width} x {height} pixels, short side at least {least_px}).",
        ),
        Text(
            ko="미리보기가 아닌 원본 사진을 올리십시오.",
            en="Upload the original photograph instead of its thumbnail.",
        ),
        code="photograph.too_small",
        width=width,
        height=height,
        least_px=least_px,
    )


def too_costly() -> PhotographError:
    return PhotographError(
        Text(
            ko="이 사진을 여는 데 너무 많은 시간이나 메모리가 들어 열지 않았습니다.",
            en="Opening this picture takes too much time or memory, so it was not opened.",
        ),
        Text(
            ko="JPEG로 저장하거나 크기를 줄여 다시 올리십시오.",
            en="Save it as JPEG or in a smaller size, and upload it again.",
        ),
        code="photograph.too_costly",
    )


def damaged(picture: str) -> PhotographError:
    return PhotographError(
        Text(
            ko=f"{picture} 사진 파일이 중간에 끊겼거나 손상되었습니다.",
            en=f"The {picture} photograph file is cut off or damaged.",
        ),
        _SEND_AGAIN,
        code="photograph.truncated",
        format=picture,
    )


def unsupported(picture: str, mode: str) -> PhotographError:
    return PhotographError(
        Text(
            ko=f"이 {picture} 사진의 색 방식({mode})은 읽을 수 없습니다.",
            en=f"The colours of this {picture} photograph are stored in a way that cannot be read ({mode}).",
        ),
        Text(ko="JPEG 또는 PNG로 저장해 다시 올리십시오.", en="Save it as JPEG or PNG and upload it again."),
        code="photograph.unsupported",
        format=picture,
        mode=mode,
    )


def not_a_picture(looks: Text) -> PhotographError:
    return PhotographError(
        Text(
            ko=f"사진 파일이 아닙니다(내용: {looks.ko}).",
            en=f"This is not a photograph: it looks like {looks.en}.",
        ),
        Text(
            ko="JPEG, PNG, WebP 또는 HEIC 사진을 올리십시오. 문서 속 사진은 그림으로 저장해 올리십시오.",
            en="Upload a JPEG, PNG, WebP or HEIC photograph. Save a picture inside a document as an image first.",
        ),
        code="photograph.not_a_picture",
        looks_like=looks.en,
    )
