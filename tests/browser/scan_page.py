"""Scans for the viewer: bytes made with numpy by the contract of planes, and a small server of one page around them.

The page is the product's own part with the product's own static files and Content-Security-Policy.
"""

from __future__ import annotations

import gzip
import io
import json
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
from django.template import Context, Engine
from django.utils.translation import override
from numpy.typing import NDArray
from PIL import Image

import pandok
from pandok.readers.xray.colour.standard import pseudo_colour
from pandok.web.middleware.headers import CONTENT_SECURITY_POLICY

SOURCE = Path(pandok.__file__).parent
STATIC = [SOURCE / "fields/xray/web/static", SOURCE / "web/static"]
PARTS = SOURCE / "fields/xray/web/templates"
MOST_T = 1.05
PAGE = """<!doctype html>{% load static %}<html lang="{{ language }}" class="no-script"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>X-ray</title>
<link rel="stylesheet" href="/static/vendor/krds/krds_tokens-1.1.0.css">
<link rel="stylesheet" href="/static/pandok/pandok.css">
<script type="module" src="/static/pandok/page.js"></script>{% include "pandok/xray/parts/viewer_head.html" %}</head>
<body><main id="main" tabindex="-1"><h1>X-ray</h1><form action="/done" method="get">
{% include "pandok/xray/parts/viewer.html" %}<p><label>{{ remark }} <input name="remark"></label></p></form></main>
</body></html>"""


def values_of(transmission: NDArray[np.floating[Any]]) -> NDArray[np.uint16]:
    return np.rint(np.clip(transmission, 0, MOST_T) / MOST_T * 65535).astype(np.uint16)


def values_of_material(material: NDArray[np.floating[Any]]) -> NDArray[np.uint16]:
    """0 where f is NaN."""
    told = np.rint(1 + (np.clip(np.nan_to_num(material), -1, 7) + 1) / 8 * 65534)
    return np.where(np.isnan(material), 0, told).astype(np.uint16)


def packed(planes: list[NDArray[np.uint16]]) -> bytes:
    """As the page gets them: row-wise differences, little endian, planar, gzip."""
    parts = []
    for plane in planes:
        before = np.zeros_like(plane)
        before[:, 1:] = plane[:, :-1]
        parts.append((plane - before).astype("<u2").tobytes())
    return gzip.compress(b"".join(parts), compresslevel=6)


@dataclass(frozen=True, eq=False)
class ScanOnPage:
    """`planes`: by name low, high, material; (rows, columns) uint16, in the order in which they are sent."""

    name: str
    planes: dict[str, NDArray[np.uint16]]
    pitch_mm: tuple[float, float] | None = (1.0, 1.0)
    limit_t: float = 0.002
    approximate: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        rows, columns = self.planes["high"].shape
        return int(rows), int(columns)

    def transmission(self) -> NDArray[np.float32]:
        return (self.planes["high"] * np.float32(MOST_T / 65535)).astype(np.float32)

    def material(self) -> NDArray[np.float32] | None:
        if "material" not in self.planes:
            return None
        values = self.planes["material"].astype(np.float32)
        return np.where(values == 0, np.float32("nan"), -1 + (values - 1) / 65534 * 8).astype(np.float32)

    def preview(self) -> bytes:
        file = io.BytesIO()
        Image.fromarray(pseudo_colour(self.transmission(), self.material())).save(file, "PNG", compress_level=4)
        return file.getvalue()

    def told(self, address: str) -> dict[str, Any]:
        rows, columns = self.shape
        return {
            "name": self.name,
            "rows": rows,
            "columns": columns,
            "planes": list(self.planes),
            "preview": f"{address}.png",
            "planes_url": f"{address}.planes",
            "pitch_mm": self.pitch_mm,
            "approximate": self.approximate,
            "penetration_limit_t": self.limit_t,
        }


def drawn_scan(rows: int = 120, columns: int = 200, seed: int = 7, name: str = "A", **more: Any) -> ScanOnPage:
    """Every transmission beside every material; noise, edges, places beyond the limit, places that cannot be told."""
    random = np.random.default_rng(seed)
    high = np.tile(np.linspace(0, 1.04, columns), (rows, 1)) ** 2
    high *= 1 + 0.03 * random.standard_normal((rows, columns))
    high[rows // 3 : rows // 2, columns // 4 : columns // 2] *= 0.2
    material = np.tile(np.linspace(-1, 7, rows)[:, None] ** 3 / 49, (1, columns))
    material[:: rows // 9] = np.nan
    low = np.clip(high, 0, 1) ** 1.3
    planes = {"low": values_of(low), "high": values_of(high), "material": values_of_material(material)}
    return ScanOnPage(name, planes, **more)


def bag_scan(
    folder: Path, bag: int, machine: str, name: str = "", cut: tuple[slice, slice] = (slice(None), slice(None))
) -> ScanOnPage:
    """A bag of `xray_pairs`: f by Newton on all pixels at once, good enough to look at."""
    low, high = (
        np.asarray(Image.open(folder / f"bag{bag}_{machine}_{energy}.png"), np.float64)[cut] / 60000
        for energy in ("low", "high")
    )
    table = np.genfromtxt(folder / "spectrum.csv", delimiter=",", names=True)
    bases = np.stack([table["mu_rho_polyethylene"], table["mu_rho_Al"]])
    thick = np.stack([np.clip(-np.log(np.clip(high, 1e-5, 1)) / 0.18, 0, None), np.zeros_like(high)])
    kept = slice(None, None, 6)
    weights = [table[f"w_{energy}_{machine}"][kept] for energy in ("low", "high")]
    weights = [one / one.sum() for one in weights]
    bases = bases[:, kept]
    aims = [np.log(np.clip(one, 1e-5, 1.05)) for one in (low, high)]
    for _ in range(10):
        rests, slopes = [], []
        for aim, weight in zip(aims, weights, strict=True):
            through = weight[:, None, None] * np.exp(-np.tensordot(bases.T, thick, 1))
            whole = through.sum(0)
            rests.append(aim - np.log(whole))
            slopes.append([-np.tensordot(base, through, 1) / whole for base in bases])
        (a, b), (c, d) = slopes
        across = a * d - b * c
        steps = np.stack([(d * rests[0] - b * rests[1]) / across, (a * rests[1] - c * rests[0]) / across])
        thick += np.clip(steps, -2, 2)
    told = (high > 0.004) & (high < 0.97) & (np.abs(rests[0]) + np.abs(rests[1]) < 0.01)
    material = np.where(told, thick[1] / np.where(np.abs(thick.sum(0)) < 1e-6, np.nan, thick.sum(0)), np.nan)
    planes = {"low": values_of(low), "high": values_of(high), "material": values_of_material(material)}
    pitch = (1.5, 1.25) if machine == "A" else (1.6, 1.0)
    return ScanOnPage(name or f"{bag}{machine}", planes, pitch_mm=pitch, limit_t=0.006)


@dataclass
class ScanSite:
    """What the server has: files by path, and how it was asked."""

    address: str
    files: dict[str, tuple[str, bytes, bool]] = field(default_factory=dict)

    def add(self, scan: ScanOnPage) -> dict[str, Any]:
        address = f"/scans/{len(self.files)}"
        self.files[f"{address}.png"] = ("image/png", scan.preview(), False)
        self.files[f"{address}.planes"] = ("application/octet-stream", packed(list(scan.planes.values())), True)
        return scan.told(address)

    def page(self, views: list[dict[str, Any]], language: str = "ko", **more: Any) -> str:
        """Address of a page with these views; more: marks, candidates, past, keys."""
        told = {"views": views, "language": language, **more}
        with override(language):
            engine = Engine(
                dirs=[str(PARTS)],
                libraries={"i18n": "django.templatetags.i18n", "static": "django.templatetags.static"},
            )
            context = {
                "viewer": {"json": json.dumps(told), "views": views},
                "language": language,
                "remark": "비고" if language == "ko" else "Remark",
            }
            text = engine.from_string(PAGE).render(Context(context))
        path = f"/pages/{len(self.files)}"
        self.files[path] = ("text/html; charset=utf-8", text.encode(), False)
        return self.address + path


@contextmanager
def scan_site(port: int = 0) -> Iterator[ScanSite]:
    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            kind, body, zipped = site.files.get(path) or _static(path)
            self.send_response(200 if kind else 404)
            self.send_header("Content-Type", kind or "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
            kept = "public, max-age=31536000, immutable" if path.startswith("/static/") else "private, no-store"
            self.send_header("Cache-Control", kept)
            if zipped:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", port), Answer)
    site = ScanSite(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _static(path: str) -> tuple[str, bytes, bool]:
    for folder in STATIC if path.startswith("/static/") else []:
        file = folder / path.removeprefix("/static/")
        if file.is_file():
            return mimetypes.guess_type(file.name)[0] or "application/octet-stream", file.read_bytes(), False
    return "", b"", False
