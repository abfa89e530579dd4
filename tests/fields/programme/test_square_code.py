"""The square code of a certificate, read by another's decoder from pixels: on paper and on the page it leads to the
check of just this certificate."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
import typst
from django.test import Client
from PIL import Image

from pandok.engines.proof_pack.site_key import site_signing_key
from pandok.engines.text_and_codes.code_reader import ZxingCodeReader
from pandok.fields.programme.acts.certificates.certificate_pdf import certificate_pdf
from pandok.fields.programme.models import TrialCertificate
from pandok.settings import settings
from tests.fields.programme.office import issued
from tests.roles import Role
from tests.world import Site

PPI = 150
"""Of a paper as an office prints or scans it."""


def read_from(png: bytes) -> list[tuple[str, str]]:
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))
    return [(one.symbology, one.text) for one in ZxingCodeReader().read(pixels)]


def leads_to(read: list[tuple[str, str]], done: TrialCertificate) -> None:
    """One code, with nothing in it but the address of the check, number and code; and the page there says so."""
    [(symbology, text)] = read
    address = urlsplit(text)
    asked = {"number": [done.number], "code": [done.code]}
    assert symbology == "QR Code"
    assert text.startswith(f"{done.content['check_at']}?")
    assert parse_qs(address.query, strict_parsing=True) == asked
    answer = Client().get(f"{address.path}?{address.query}")
    assert answer.status_code == 200
    assert "유효하며" in answer.content.decode()


@pytest.fixture
def done(site: Site) -> TrialCertificate:
    del site
    return issued(key=site_signing_key(settings().home))


def drawn(done: TrialCertificate, language: str, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The pages of the paper as pictures, drawn by what writes the PDF, from the same document."""
    pages: list[bytes] = []
    whole = typst.Compiler

    def also_drawn(*asked: Any, **said: Any) -> Any:
        compiler = whole(*asked, **said)
        found = compiler.compile(format="png", ppi=PPI)
        pages.extend(found if isinstance(found, list) else [found])
        return compiler

    with monkeypatch.context() as drawing:
        drawing.setattr(typst, "Compiler", also_drawn)
        assert certificate_pdf(done.content, done.sha256, language).startswith(b"%PDF")
    return pages


@pytest.mark.parametrize("language", ["ko", "en"])
def test_on_paper(done: TrialCertificate, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    leads_to([one for page in drawn(done, language, monkeypatch) for one in read_from(page)], done)


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm (poppler-utils) is not installed")
def test_in_the_pdf_that_anybody_downloads(done: TrialCertificate, tmp_path: Path) -> None:
    answer = Client().get("/verify/paper/", {"number": done.number, "code": done.code})
    (tmp_path / "paper.pdf").write_bytes(answer.content)
    subprocess.run(["pdftoppm", "-r", str(PPI), "-png", "paper.pdf", "page"], cwd=tmp_path, check=True, timeout=60)
    pages = [one.read_bytes() for one in sorted(tmp_path.glob("page*.png"))]
    leads_to([one for page in pages for one in read_from(page)], done)


@pytest.mark.parametrize("inside", [False, True])
def test_on_the_page(site: Site, done: TrialCertificate, tmp_path: Path, *, inside: bool) -> None:
    if inside:
        answer = site.client(Role.PROGRAMME_OFFICE).get(f"/programme/certificates/{done.pk}/")
    else:
        answer = Client().get("/verify/", {"number": done.number, "code": done.code})
    [svg] = answer.content.decode().split('class="pg-square"')[1].split("</svg>")[:1]
    (tmp_path / "square.svg").write_text(f"<svg{svg.partition('<svg')[2]}</svg>", encoding="utf-8")
    (tmp_path / "page.typ").write_text(
        '#set page(width: 5cm, height: 5cm, margin: 0cm)\n#image("square.svg", width: 5cm)', encoding="utf-8"
    )
    leads_to(read_from(typst.compile(tmp_path / "page.typ", root=tmp_path, format="png", ppi=PPI)), done)
