"""What is drawn on a transparent ground is seen: on white, or where it would vanish on another ground."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pandok.readers.designs.photograph import decode
from pandok.readers.designs.transparency import BLACK, GREY, WHITE, ground_for

CLEAR = (0, 0, 0, 0)


def mark(fill, *, ground=CLEAR, dot=None, outline=None, size=(400, 300)):
    image = Image.new("RGBA", size, ground)
    draw = ImageDraw.Draw(image)
    draw.ellipse((100, 60, 300, 240), fill=fill, outline=outline, width=8)
    draw.rectangle((150, 100, 250, 200), fill=CLEAR)
    if dot:
        draw.ellipse((10, 10, 50, 50), fill=dot)
    return image


def encoded(image, form="PNG", **options):
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


@pytest.mark.parametrize(
    ("image", "tone"),
    [
        (mark((0, 0, 0, 255)), WHITE),
        (mark((255, 255, 0, 255)), WHITE),
        (mark((200, 200, 200, 255)), WHITE),
        (mark((255, 255, 255, 255), outline=(0, 0, 0, 255)), WHITE),
        (mark((255, 255, 255, 255)), BLACK),
        (mark((255, 255, 255, 255), ground=(255, 255, 255, 0)), BLACK),
        (mark((250, 245, 235, 255)), BLACK),
        (mark((255, 255, 255, 120)), BLACK),
        (mark((255, 255, 255, 255), dot=(255, 0, 0, 255)), BLACK),
        (mark((255, 255, 255, 255), dot=(0, 0, 0, 255)), GREY),
        (mark((255, 255, 255, 255), size=(4000, 3000)), BLACK),
        (Image.new("RGBA", (64, 64), CLEAR), WHITE),
        (Image.new("RGBA", (64, 64), (255, 255, 255, 255)), WHITE),
    ],
)
def test_the_ground_on_which_it_is_seen(image, tone):
    assert ground_for(image) == tone


@pytest.mark.parametrize("shade", [255, 248, 0])
@pytest.mark.parametrize("form", ["RGBA", "LA", "P", "WEBP"])
def test_a_mark_of_any_shade_has_contrast_to_the_reader(shade, form):
    image = mark((shade, shade, shade, 255))
    if form == "P":
        data = encoded(image.convert("RGBA").quantize(8))
    elif form == "WEBP":
        data = encoded(image, "WEBP", lossless=True)
    else:
        data = encoded(image.convert(form))
    pixels = decode(data).pixels
    assert pixels.std() > 50
    if shade == 255:
        black = decode(encoded(mark((0, 0, 0, 255)))).pixels
        assert np.abs((255 - pixels).astype(int) - black).mean() < 2, "the negative of the same mark in black"
