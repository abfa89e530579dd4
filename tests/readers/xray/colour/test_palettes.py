"""Makers' colours go back to intervals that hold the truth; an unknown palette is refused."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from pandok.core.errors import InputError
from pandok.readers.xray.colour.inversion import invert
from pandok.readers.xray.colour.palette import MOST_F, Palette, palette_of_picture, palette_of_table
from pandok.readers.xray.colour.recognising import recognised
from pandok.readers.xray.colour.standard import pseudo_colour
from tests.readers.xray.colour.standard_palette import standard_palette


def read(path: Path) -> np.ndarray:
    return cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)


def jpeg(picture: np.ndarray, quality: int) -> np.ndarray:
    _, coded = cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cv2.cvtColor(cv2.imdecode(coded, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def table_of(kind: str) -> np.ndarray:
    """Two palettes of our own: three hard bands, and a hue that runs with a brightness of its own."""
    f, root = np.meshgrid(np.linspace(0, MOST_F, 256), np.linspace(0, 1, 256))
    if kind == "bands":
        hue, saturation, light = np.select([f < 0.22, f < 0.9], [28.0, 105.0], 232.0), 0.9, 0.04 + 0.96 * root
    else:
        hue, saturation, light = 330 - f / MOST_F * 300, 0.55, root**1.4
    hls = np.stack([hue, light, np.full_like(f, saturation)], axis=-1).astype(np.float32)
    return np.rint(255 * cv2.cvtColor(hls, cv2.COLOR_HLS2RGB)).astype(np.uint8)


@pytest.fixture(scope="module")
def scene() -> tuple[np.ndarray, np.ndarray]:
    """Indices of material and √T of something like a bag: even parts of any material, steps, and air around."""
    random = np.random.default_rng(11)
    material, root = np.zeros((200, 300), np.intp), np.full((200, 300), 252)
    for _ in range(40):
        y, x, h, w = random.integers(0, 150), random.integers(0, 240), random.integers(20, 60), random.integers(20, 80)
        material[y : y + h, x : x + w] = random.choice([10, 15, 20, 50, 80, 170, 213, 255])
        root[y : y + h, x : x + w] = random.integers(60, 235)
    return material, root


def checked(picture: np.ndarray, palette: Palette, f: np.ndarray, t: np.ndarray, compressed: bool = False) -> float:
    """Share of goods whose f lies in its interval; the point is no worse than the interval's middle by more than
    .01."""
    found = invert(picture, palette, compressed)
    goods = (t < 0.94) & ~found.rejected
    middle = np.abs((found.f_low + found.f_high) / 2 - f)[goods]
    assert np.median(np.abs(found.f - f)[goods]) <= np.median(middle) + 0.01
    assert ((found.t >= found.t_low) & (found.t <= found.t_high))[goods].mean() > 0.99
    assert found.confidence[goods].min() >= 0
    assert found.confidence.max() <= 1
    return float(((f >= found.f_low - 1e-6) & (f <= found.f_high + 1e-6))[goods].mean())


@pytest.mark.shared_data
@pytest.mark.parametrize("name", list("ABCDE"))
def test_intervals_hold_the_truth_of_shared_palettes(shared: Path, name: str) -> None:
    data = shared / "data"
    palettes = {
        key: palette_of_picture(
            read(data / ("xray_phantom" if key in "ABC" else "xray_pairs") / f"palette_{key}_lut.png"), key
        )
        for key in "ABCDE"
    }
    table = read(data / ("xray_phantom" if name in "ABC" else "xray_pairs") / f"palette_{name}_lut.png")
    for bag in ("bag", "true"):
        material, root = (
            cv2.imread(str(data / "xray_phantom" / f"palette_index_{kind}_{bag}.png"), -1)
            for kind in ("material", "thigh")
        )
        picture = table[root, material]
        f, t = material / 255 * MOST_F, (root / 255) ** 2
        assert checked(picture, palettes[name], f, t) >= 0.999
        assert checked(jpeg(picture, 85), palettes[name], f, t, compressed=True) >= 0.94
        assert recognised(picture, list(palettes.values())).palette.name == name
        assert recognised(jpeg(picture, 85), list(palettes.values()), compressed=True).palette.name == name
        with pytest.raises(InputError) as refused:
            recognised(picture, [one for key, one in palettes.items() if key != name])
        assert refused.value.error_code == "xray.palette_unknown"


@pytest.mark.parametrize("kind", ["bands", "running"])
def test_intervals_hold_the_truth_of_palettes_of_our_own(scene: tuple[np.ndarray, np.ndarray], kind: str) -> None:
    material, root = scene
    table = table_of(kind)
    palette = palette_of_picture(table, kind)
    picture = table[root, material]
    f, t = material / 255 * MOST_F, (root / 255) ** 2
    assert checked(picture, palette, f, t) == 1
    assert checked(jpeg(picture, 85), palette, f, t, compressed=True) >= 0.93
    known = [palette, standard_palette()]
    assert recognised(picture, known).palette == palette
    with pytest.raises(InputError):
        recognised(picture, known[1:])


def test_bands_leave_wide_intervals_and_low_confidence(scene: tuple[np.ndarray, np.ndarray]) -> None:
    material, root = scene
    goods = root < 240
    wide = invert(table_of("bands")[root, material], palette_of_picture(table_of("bands"), "bands"))
    narrow = invert(table_of("running")[root, material], palette_of_picture(table_of("running"), "running"))
    assert np.median((wide.f_high - wide.f_low)[goods]) > 0.2
    assert np.median((narrow.f_high - narrow.f_low)[goods]) < 0.02
    assert np.median(wide.confidence[goods]) < np.median(narrow.confidence[goods])


def test_marks_drawn_into_the_picture_are_rejected(scene: tuple[np.ndarray, np.ndarray]) -> None:
    material, root = scene
    picture = table_of("bands")[root, material]
    picture[50:60, 20:120] = (255, 0, 255)
    found = invert(picture, palette_of_picture(table_of("bands"), "bands"))
    assert found.rejected[50:60, 20:120].all()
    assert np.isnan(found.f[50:60, 20:120]).all()
    assert (found.confidence[50:60, 20:120] == 0).all()
    assert found.rejected.sum() == 1000


def test_mostly_air_does_not_make_a_palette_known(scene: tuple[np.ndarray, np.ndarray]) -> None:
    material, root = scene
    wide = np.full((1000, 1500), 255)
    everything = np.zeros((1000, 1500), np.intp)
    wide[:200, :300], everything[:200, :300] = root, material
    with pytest.raises(InputError):
        recognised(table_of("running")[wide, everything], [standard_palette()])


def test_a_palette_may_be_a_table(scene: tuple[np.ndarray, np.ndarray]) -> None:
    material, root = scene
    table = table_of("running")[::5, ::5]
    steps = np.linspace(0, MOST_F, table.shape[1]), np.linspace(0, 1, table.shape[0])
    lines = ["f,sqrt_t,r,g,b"]
    for row, s in zip(table, steps[1], strict=True):
        lines += [f"{f:.6f},{s:.6f},{r},{g},{b}" for f, (r, g, b) in zip(steps[0], row, strict=True)]
    palette = palette_of_table("\n".join(lines), "table")
    found = invert(table_of("running")[root, material], palette)
    goods = (root < 240) & ~found.rejected
    assert goods.sum() > 0.95 * (root < 240).sum()
    f = material / 255 * MOST_F
    assert ((f >= found.f_low) & (f <= found.f_high))[goods].mean() > 0.94


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "xray.palette_table"),
        ("f,sqrt_t,r,g\n0,0,1,2\n", "xray.palette_table"),
        ("f,sqrt_t,r,g,b\n" + "0,0,1,2,999\n" * 9, "xray.palette_table"),
        ("f,sqrt_t,r,g,b\n" + "0,0,1,2,x\n" * 9, "xray.palette_table"),
        ("f,sqrt_t,r,g,b\n" + "0,0,1,2,3\n" * 9, "xray.palette_colours"),
    ],
)
def test_a_table_that_is_no_palette_is_refused(text: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        palette_of_table(text, "wrong")
    assert refused.value.error_code == code


def test_pictures_that_tell_nothing_are_refused() -> None:
    grey = np.full((100, 100, 3), 128, np.uint8)
    with pytest.raises(InputError) as refused:
        recognised(grey, [standard_palette()])
    assert refused.value.error_code == "xray.picture_without_colour"
    with pytest.raises(InputError):
        invert(grey[..., 0], standard_palette())
    with pytest.raises(InputError):
        palette_of_picture(grey, "grey")
    with pytest.raises(InputError):
        palette_of_picture(grey[..., 0], "grey")


def test_the_standard_colours_read_back() -> None:
    f, t = np.meshgrid(np.linspace(0, MOST_F, 60), np.linspace(0.02, 0.9, 50))
    found = invert(pseudo_colour(np.float32(t), np.float32(f)), standard_palette())
    goods = ~found.rejected
    assert goods.all()
    assert ((f >= found.f_low - 0.01) & (f <= found.f_high + 0.01)).mean() > 0.97
    assert np.abs(found.t - t).max() < 0.03
