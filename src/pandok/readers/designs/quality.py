"""Can this photograph be compared at all? Numbers for sharpness, light and size, and the sentences that name them.

Measured at the size at which pictures are compared, not at the size of the camera: a blur that disappears when the
picture is reduced is no fault. Sharpness comes from the width of the strongest edges alone, so that plain goods, line
drawings and marks count as sharp however little there is on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.core.reading import Box, Remark
from pandok.core.text import Text, counted
from pandok.readers.designs.ground import ground

WORKING_SIDE_PX = 256
"""Long side at which sharpness and light are measured; encoders see about as much."""

# Measured on 6,624 undamaged train photographs of packages, produce and garments: lowest
# sharpness 43, light 144, detail 9; register drawings and marks: sharpness 56, detail 9.
LEAST_SHARPNESS = 22.0
"""Edges five pixels wide at 256: the median of the same photographs after Gaussian blur of 5 pixels is 23."""

SOFT_SHARPNESS = 40.0
"""Gaussian blur of 2 pixels at 256 gives 39."""

LEAST_LIGHT = 24.0
"""Photographs darkened to a twentieth, with sensor noise, reach 17; to a tenth 28."""

LEAST_DETAIL = 1.5
"""A covered lens or a bare wall stays below 1, with sensor noise of 8 levels too."""

DARK_BRIGHTNESS = 40.0
MOST_GLARE_SHARE = 0.20
LEAST_SIDE_PX = 24
SMALL_SIDE_PX = 96

_FINE_PX = 0.8
_COARSE_PX = 2.4
_EDGE_SHARE = 0.02
_NOISE_MEDIANS = 4.5
# Median slope of sensor noise of 16 levels; more is a pattern on the goods.
_MOST_NOISE = 6.0


@dataclass(frozen=True)
class Quality:
    """Measurements of the goods in one photograph.

    sharpness: 0 to 100, higher is sharper: 100 / (1 + blur), blur the standard deviation of the sharpest strong
    edges in pixels at 256 pixels long side. brightness: mean grey level. light: grey level that only 0.5 % exceed.
    contrast: span of grey or colour levels, single pixels left out. detail: steepest slope, in grey levels per pixel,
    beyond what noise and smooth shading explain. glare_share: share of clipped white,
    0 on a white ground. short_side_px: of the box, as decoded.
    """

    sharpness: float
    brightness: float
    light: float
    contrast: float
    detail: float
    glare_share: float
    short_side_px: int


def assess(pixels: NDArray[np.uint8], box: Box | None = None) -> Quality:
    """Measure a photograph, or the part of it in `box`. `pixels` (H, W, 3) uint8 RGB."""
    part = pixels if box is None else pixels[max(0, box.y1) : box.y2, max(0, box.x1) : box.x2]
    if part.size == 0:
        return Quality(sharpness=0, brightness=0, light=0, contrast=0, detail=0, glare_share=0, short_side_px=0)
    small = _reduced(part)
    smooth = cv2.GaussianBlur(small, (0, 0), 1.0)
    gray = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    return Quality(
        sharpness=sharpness(gray),
        brightness=float(gray.mean()),
        light=float(np.percentile(_lightest(small), 99.5)),
        contrast=float(max(int(channel.max()) - int(channel.min()) for channel in cv2.split(smooth))),
        detail=_detail(small),
        glare_share=_glare_share(small),
        short_side_px=min(part.shape[:2]),
    )


def remarks(quality: Quality, photograph_index: int) -> tuple[Remark, ...]:
    """What an officer should know. Blocking only where comparing is hopeless; then it is the only remark."""
    for hopeless in (_too_small, _too_dark, _blank, _blurred):
        text = hopeless(quality)
        if text is not None:
            code = "quality." + hopeless.__name__.lstrip("_")
            return (Remark(photograph_index=photograph_index, code=code, text=text, blocking=True),)
    found = ((name, text) for name, text in _hints(quality).items() if text is not None)
    return tuple(Remark(photograph_index=photograph_index, code=f"quality.{name}", text=text) for name, text in found)


def _too_small(quality: Quality) -> Text | None:
    if quality.short_side_px >= LEAST_SIDE_PX:
        return None
    side = quality.short_side_px
    return Text(
        ko=f"물품이 너무 작게 찍혀 비교할 수 없습니다(짧은 변 {side}화소, 최소 {LEAST_SIDE_PX}화소 필요). "
        "가까이에서 다시 촬영하거나 상자를 넓게 그리십시오.",
        en=f"The goods are too small to compare (short side {counted(side, 'pixel')}, at least {LEAST_SIDE_PX} "
        "needed). "
        "Photograph from nearer, or draw a larger box.",
    )


def _too_dark(quality: Quality) -> Text | None:
    if quality.light >= LEAST_LIGHT:
        return None
    return Text(
        ko=f"사진이 너무 어두워 비교할 수 없습니다(밝은 부분 {quality.light:.0f}, 최소 {LEAST_LIGHT:.0f} 필요). "
        "조명을 켜고 다시 촬영하십시오.",
        en=f"This photograph is too dark to compare (brightest part {quality.light:.0f}, at least {LEAST_LIGHT:.0f} "
        "needed). Turn on a light and photograph again.",
    )


def _blank(quality: Quality) -> Text | None:
    if quality.detail >= LEAST_DETAIL:
        return None
    return Text(
        ko=f"사진에 보이는 것이 없습니다(윤곽 {quality.detail:.1f}, 최소 {LEAST_DETAIL:.1f} 필요). "
        "렌즈가 가려지지 않았는지 확인하고 다시 촬영하십시오.",
        en=f"Nothing can be seen in this photograph (detail {quality.detail:.1f}, at least {LEAST_DETAIL:.1f} needed). "
        "Check that the lens is not covered and photograph again.",
    )


def _blurred(quality: Quality) -> Text | None:
    if quality.sharpness >= LEAST_SHARPNESS:
        return None
    return Text(
        ko=f"사진이 너무 흐려 비교할 수 없습니다(선명도 {quality.sharpness:.0f}, 최소 {LEAST_SHARPNESS:.0f} 필요). "
        "물품을 고정하고 초점을 맞추어 다시 촬영하거나 라벨을 따로 촬영하십시오.",
        en=f"This photograph is too blurred to compare (sharpness {quality.sharpness:.0f}, at least "
        f"{LEAST_SHARPNESS:.0f} needed). Hold the article still and focus, or photograph the label separately.",
    )


def _hints(quality: Quality) -> dict[str, Text | None]:
    soft = dark = glare = small = None
    if quality.sharpness < SOFT_SHARPNESS:
        soft = Text(
            ko=f"사진이 조금 흐립니다(선명도 {quality.sharpness:.0f}, {SOFT_SHARPNESS:.0f} 이상이 좋음).",
            en=f"A little blurred (sharpness {quality.sharpness:.0f}, better {SOFT_SHARPNESS:.0f} or more).",
        )
    if quality.brightness < DARK_BRIGHTNESS and quality.light < 3 * DARK_BRIGHTNESS:
        dark = Text(
            ko=f"사진이 조금 어둡습니다(밝기 {quality.brightness:.0f}, {DARK_BRIGHTNESS:.0f} 이상이 좋음).",
            en=f"A little dark (brightness {quality.brightness:.0f}, better {DARK_BRIGHTNESS:.0f} or more).",
        )
    if quality.glare_share > MOST_GLARE_SHARE:
        share, most = 100 * quality.glare_share, 100 * MOST_GLARE_SHARE
        glare = Text(
            ko=f"빛 반사로 하얗게 날아간 부분이 많습니다({share:.0f} %, {most:.0f} % 이하가 좋음).",
            en=f"Much of it is burnt out by glare ({share:.0f} %, better {most:.0f} % or less).",
        )
    if quality.short_side_px < SMALL_SIDE_PX:
        small = Text(
            ko=f"물품이 작게 찍혔습니다(짧은 변 {quality.short_side_px}화소, {SMALL_SIDE_PX}화소 이상이 좋음).",
            en=f"The goods are small (short side {counted(quality.short_side_px, 'pixel')}, better {SMALL_SIDE_PX} "
            "or more).",
        )
    return {"soft": soft, "dark": dark, "glare": glare, "small": small}


def sharpness(gray: NDArray[np.uint8]) -> float:
    """0 to 100 from the blur of the strongest edges of `gray` (H, W).

    A step blurred by b has its steepest slope in proportion to 1 / sqrt(b² + s²) after smoothing by s; two
    smoothings give b whatever the step's height. Source: Zhuo and Sim, "Defocus map estimation from a single image",
    2011 (gradient ratio after re-blurring).
    """
    fine, coarse = _slope(gray, _FINE_PX), _slope(gray, _COARSE_PX)
    if coarse.max() < 0.5:
        return 0.0
    # Edges are chosen where the coarse slope is greatest: noise has none there.
    edges = coarse >= max(float(np.quantile(coarse, 1 - _EDGE_SHARE)), 0.25 * float(coarse.max()))
    peak = cv2.dilate(fine, np.ones((3, 3), np.uint8))
    ratio = float(np.quantile(peak[edges] / coarse[edges], 0.75))
    if ratio <= 1.0:
        return 0.0
    blur = np.sqrt(max(0.0, (_COARSE_PX**2 - ratio**2 * _FINE_PX**2) / (ratio**2 - 1.0)))
    return float(100.0 / (1.0 + blur))


def _detail(small: NDArray[np.uint8]) -> float:
    """Largest over the colour channels. In pure noise the steepest of 65,000 slopes is about 4 medians."""
    slopes = [_slope(channel, _FINE_PX) for channel in cv2.split(small)]
    return max(
        0.0, *(float(slope.max()) - _NOISE_MEDIANS * min(float(np.median(slope)), _MOST_NOISE) for slope in slopes)
    )


def _slope(gray: NDArray[Any], smoothing_px: float) -> NDArray[np.float32]:
    smooth = cv2.GaussianBlur(gray.astype(np.float32), (0, 0), smoothing_px)
    across = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, ksize=1, scale=0.5)
    down = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, ksize=1, scale=0.5)
    return np.asarray(cv2.magnitude(across, down), dtype=np.float32)


def _glare_share(small: NDArray[np.uint8]) -> float:
    on = ground(small)
    if on.plain and min(on.colour) >= 240:
        return 0.0
    red, green, blue = cv2.split(small)
    return float((cv2.min(cv2.min(red, green), blue) >= 250).mean())


def _lightest(small: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The largest channel of each pixel; along the short last axis numpy takes thirty times as long."""
    red, green, blue = cv2.split(small)
    return np.asarray(cv2.max(cv2.max(red, green), blue), dtype=np.uint8)


def _reduced(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    scale = WORKING_SIDE_PX / max(pixels.shape[:2])
    if scale >= 1:
        return pixels
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
