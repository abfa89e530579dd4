"""Scans for the viewer, and a small server of one page around them: the product's own part, static files, bytes and
Content-Security-Policy, without a database.
"""

from __future__ import annotations

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
from PIL import Image

import pandok
from pandok.readers.xray.physics.spectra import response_from_table
from pandok.readers.xray.planes import packed
from pandok.readers.xray.scan import Energy, Layer, Scan, ScanFacts, ScanImage, ScanKind
from pandok.readers.xray.standard import StandardView
from pandok.readers.xray.standardise import MachineProfile, standardise
from pandok.web.middleware.headers import CONTENT_SECURITY_POLICY

SOURCE = Path(pandok.__file__).parent
STATIC = [SOURCE / "fields/xray/web/static", SOURCE / "web/static"]
PARTS = SOURCE / "fields/xray/web/templates"
PAGE = """<!doctype html>{% load static %}<html lang="{{ language }}" class="no-script"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>X-ray</title>
<link rel="stylesheet" href="/static/vendor/krds/krds_tokens-1.1.0.css">
<link rel="stylesheet" href="/static/pandok/pandok.css">
{% include "pandok/xray/parts/viewer_head.html" %}<script type="module" src="/static/pandok/page.js"></script></head>
<body><main id="main" tabindex="-1"><h1>X-ray</h1><form action="/done" method="get">
{% include "pandok/xray/parts/viewer.html" %}<p><label>{{ remark }} <input name="remark"></label></p></form></main>
</body></html>"""


def told(view: StandardView, address: str, approximate: bool = False) -> dict[str, Any]:
    """What a page is told of a view whose files lie at this address."""
    rows, columns = view.shape
    return {
        "name": view.name,
        "rows": rows,
        "columns": columns,
        "planes": list(view.planes),
        "preview": f"{address}.jpg",
        "planes_url": f"{address}.planes",
        "pitch_mm": view.pitch_mm,
        "approximate": approximate,
        "penetration_limit_t": view.penetration_limit,
        "slices": view.slices,
        "values": view.values,
    }


def drawn_view(
    rows: int = 120,
    columns: int = 200,
    name: str = "A",
    pitch_mm: tuple[float, float] | None = (1.0, 1.0),
    limit: float = 0.002,
) -> StandardView:
    """Every transmission beside every material; noise, edges, places beyond the limit, places that cannot be told."""
    random = np.random.default_rng(7)
    high = np.tile(np.linspace(0, 1.04, columns), (rows, 1)) ** 2
    high *= 1 + 0.03 * random.standard_normal((rows, columns))
    high[rows // 3 : rows // 2, columns // 4 : columns // 2] *= 0.2
    material = np.tile(np.linspace(-1, 7, rows)[:, None] ** 3 / 49, (1, columns))
    material[:: rows // 9] = np.nan
    low = np.clip(high, 0, 1) ** 1.3
    planes = [one.astype(np.float32) for one in (high, low, material)]
    return StandardView(name, *planes, pitch_mm=pitch_mm, penetration_limit=limit)


def bag_view(
    folder: Path, bag: int, machine: str, cut: tuple[slice, slice] = (slice(None), slice(None))
) -> StandardView:
    """A bag of `xray_pairs` on the one scale, or a part of it."""
    images = tuple(
        ScanImage(
            Layer(energy=energy, air_counts=60_000, pitch_mm=(1.5, 1.25) if machine == "A" else (1.6, 1.0)),
            np.asarray(Image.open(folder / f"bag{bag}_{machine}_{energy.value}.png"), np.uint16)[cut],
        )
        for energy in (Energy.LOW, Energy.HIGH)
    )
    table = (folder / "spectrum.csv").read_text(encoding="utf-8")
    profile = MachineProfile(response_from_table(table, f"w_low_{machine}", f"w_high_{machine}"))
    return standardise(Scan(ScanFacts(format="png", kind=ScanKind.COUNTS), images), profile).views[0]


@dataclass
class ScanSite:
    """What the server has: files by path, and how it was asked."""

    address: str
    files: dict[str, tuple[str, bytes, bool]] = field(default_factory=dict)

    def add(self, view: StandardView, approximate: bool = False) -> dict[str, Any]:
        address = f"/scans/{len(self.files)}"
        self.files[f"{address}.jpg"] = ("image/jpeg", view.preview_jpeg(), False)
        self.files[f"{address}.planes"] = ("application/octet-stream", packed(view.levels()), True)
        return told(view, address, approximate)

    def page(self, views: list[dict[str, Any]], language: str = "ko", **more: Any) -> str:
        """Address of a page with these views; more: marks, candidates, past, keys."""
        given = {"views": views, "language": language, **more}
        with override(language):
            engine = Engine(
                dirs=[str(PARTS)],
                libraries={"i18n": "django.templatetags.i18n", "static": "django.templatetags.static"},
            )
            context = {
                "viewer": {"json": json.dumps(given), "views": views},
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
