"""Exports in the browser: from asking to the public register."""

from __future__ import annotations

import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pandok.fields.lab.models import ExportRequest
from tests.fields.lab.web.proof_samples import make_export
from tests.roles import Role
from tests.world import Site

WORDS = {"title": "figures of March", "purpose": "To publish the figures", "legal_basis": "agreement 2026-11"}


def file(name: str = "figures.csv", data: bytes = b"month,share\nMarch,0.71\n") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_the_whole_way_in_pages(site: Site) -> None:
    author = site.client(Role.EVALUATOR, "author")
    page = author.post("/lab/exports/new/", WORDS | {"receiver": ""}, follow=True)
    asked = ExportRequest.objects.get()
    address = f"/lab/exports/{asked.id}/"
    assert page.redirect_chain[-1][0] == address
    author.post(f"{address}files/", {"file": file()})
    assert "figures.csv" in author.post(f"{address}submit/", follow=True).content.decode()
    sums = ExportRequest.objects.get().sums
    for name in ("one", "two"):
        checker = site.client(Role.OUTPUT_CHECKER, name)
        looked = checker.get(f"{address}files/{asked.files.get().id}/")
        assert (looked.status_code, looked.content) == (200, b"month,share\nMarch,0.71\n")
        checker.post(f"{address}vote/", {"choice": "approve", "reason": "looked at all", "sums": sums})
    assert author.get(f"{address}files/{asked.files.get().id}/").status_code == 422
    assert "What left" in english(Client()).get("/lab/register/").content.decode()
    assert "figures of March" not in Client().get("/lab/register/").content.decode()
    site.client(Role.OUTPUT_CHECKER, "two").post(f"{address}release/", {"reason": "two approved"})
    taken = author.get(f"{address}files/{asked.files.get().id}/")
    assert taken.content == b"month,share\nMarch,0.71\n"
    assert "attachment" in taken["Content-Disposition"]
    assert taken["X-Content-Type-Options"] == "nosniff"
    told = json.loads(Client().get("/lab/register.json").content)
    assert told["exports"][0]["sha256"] == asked.files.get().sha256
    assert told["counts"]["files_left"] == 1


def english(client: Client) -> Client:
    client.cookies["pandok_language"] = "en"
    return client


def test_the_register_names_no_person(site: Site) -> None:
    make_export(site, author=site.account(Role.EVALUATOR, "gildong.hong"))
    for address in ("/lab/register/", "/lab/register.json"):
        page = Client().get(address)
        assert page.status_code == 200
        assert "gildong.hong" not in page.content.decode()


def test_what_was_typed_stays_and_findings_must_be_seen(site: Site) -> None:
    author = site.client(Role.FIELD_OWNER)
    page = author.post("/lab/exports/new/", WORDS | {"receiver": "nobody-of-that-name"})
    assert page.status_code == 422
    assert "figures of March" in page.content.decode()
    asked = make_export(site)
    checker = site.client(Role.OUTPUT_CHECKER)
    shown = checker.get(f"/lab/exports/{asked.id}/").content.decode()
    assert "5보다 작은 건수" in shown
    sent = {"choice": "approve", "reason": "looked at all of it", "sums": asked.sums}
    refused = checker.post(f"/lab/exports/{asked.id}/vote/", sent)
    assert (refused.status_code, "looked at all of it" in refused.content.decode()) == (422, True)
    assert checker.post(f"/lab/exports/{asked.id}/vote/", sent | {"findings": "on"}).status_code == 302
    assert checker.post(f"/lab/exports/{asked.id}/vote/", sent | {"choice": "maybe"}).status_code == 422


def test_hostile_uploads_are_told_and_nothing_is_kept(site: Site) -> None:
    asked = make_export(site, author=site.account(Role.EVALUATOR), submitted=False)
    author = site.client(Role.EVALUATOR)
    for name, data in (("a.exe", b"MZ"), ("a.csv", b""), ("../a.html", b"<script>"), ("a.pkl", b"\x80\x04")):
        page = author.post(f"/lab/exports/{asked.id}/files/", {"file": file(name, data)})
        assert page.status_code == 422, name
    assert asked.files.count() == 1
    assert author.post(f"/lab/exports/{asked.id}/files/", {}).status_code == 422


def test_a_form_from_elsewhere_is_refused(site: Site) -> None:
    asked = make_export(site, author=site.account(Role.EVALUATOR), submitted=False)
    strange = site.client(Role.EVALUATOR, enforce_csrf_checks=True)
    for address in (f"/lab/exports/{asked.id}/files/", "/lab/proofs/import/"):
        assert strange.post(address, {"file": file()}).status_code == 403
    assert asked.files.count() == 1
