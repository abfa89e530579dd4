"""Pictures: only by sha256, only one's own, never as anything but a picture."""

from __future__ import annotations

import io

from django.test import Client
from PIL import Image

from pandok.common.models import AuditEntry
from pandok.fields.register.models import View
from tests.fields.counterfeit.web.test_capture import upload
from tests.fields.designs.fakes import encoded, photograph
from tests.roles import Role
from tests.web.access_samples import make_reading
from tests.world import Site


def test_a_registered_view_is_shown_privately(site: Site, officer: Client) -> None:
    answer = officer.get(f"/pictures/{site.views[0]}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"].startswith("private")
    assert answer["Content-Security-Policy"] == "default-src 'none'"


def test_a_blob_that_belongs_to_nothing_is_not_shown(site: Site, officer: Client) -> None:
    assert officer.get(f"/pictures/{site.blobs.put(photograph())}").status_code == 404


def test_a_name_that_is_no_sha256_is_not_shown(officer: Client) -> None:
    for name in ("secret-key", "0" * 63, "A" * 64, "0" * 64):
        assert officer.get(f"/pictures/{name}").status_code == 404


def test_a_pending_photograph_is_shown_to_its_session_only(site: Site, officer: Client) -> None:
    answer = officer.post("/", {"photographs": [upload(photograph())], "add": "1"})
    sha256 = answer.context["pending"][0].sha256
    assert officer.get(f"/pictures/{sha256}").status_code == 200
    assert site.client(Role.SUPERVISOR).get(f"/pictures/{sha256}").status_code == 404


def test_a_sheet_that_browsers_do_not_show_comes_as_png(site: Site, officer: Client) -> None:
    sheet = site.blobs.put(encoded(Image.new("1", (60, 80), 1), "TIFF", compression="group4"))
    View.objects.filter(sha256=site.views[0]).update(sha256=sheet)
    answer = officer.get(f"/pictures/{sheet}")
    assert answer["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(answer.content)).size == (60, 80)


def test_a_registered_file_that_is_no_picture_is_not_shown(site: Site, officer: Client) -> None:
    page = site.blobs.put(b"<html><script>alert(1)</script></html>")
    View.objects.filter(sha256=site.views[0]).update(sha256=page)
    assert officer.get(f"/pictures/{page}").status_code == 404


def test_a_stamp_is_small(site: Site, officer: Client) -> None:
    answer = officer.get(f"/pictures/{site.views[0]}?small")
    assert max(Image.open(io.BytesIO(answer.content)).size) == 144
    assert len(answer.content) < 20_000


def looks(sha256: str) -> list[tuple[str, str]]:
    found = AuditEntry.objects.filter(object=f"picture:{sha256}", action="photograph.viewed")
    return list(found.values_list("actor", "details__in"))


def test_looking_at_a_photograph_is_recorded_and_kept_by_no_browser(site: Site) -> None:
    record = make_reading(site)
    sha256 = record.signal.photographs.get().sha256
    auditor = site.client(Role.AUDITOR)
    for _ in range(2):
        answer = auditor.get(f"/pictures/{sha256}")
        assert answer["Cache-Control"] == "private, no-store"
    assert looks(sha256) == [("auditor", f"reading:{record.id}")]


def test_a_refused_look_and_a_public_view_leave_no_event(site: Site, officer: Client) -> None:
    sha256 = make_reading(site).signal.photographs.get().sha256
    assert officer.get(f"/pictures/{sha256}").status_code == 404
    assert "immutable" in officer.get(f"/pictures/{site.views[0]}")["Cache-Control"]
    assert looks(sha256) == looks(site.views[0]) == []


def test_a_white_mark_on_a_transparent_ground_is_seen_on_a_white_page(site: Site, officer: Client) -> None:
    mark = Image.new("RGBA", (200, 160), (255, 255, 255, 0))
    mark.paste((255, 255, 255, 255), (40, 40, 160, 120))
    sheet = site.blobs.put(encoded(mark, "PNG"))
    View.objects.filter(sha256=site.views[0]).update(sha256=sheet)
    for query in ("", "?small"):
        shown = Image.open(io.BytesIO(officer.get(f"/pictures/{sheet}{query}").content))
        assert shown.mode == "RGB"
        assert shown.convert("L").getextrema() == (0, 255)
