"""Proofs in the browser: bringing one in, its checks, acceptance, and what changed."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from pandok.engines.proof_pack.keys import key_file, read_keys
from pandok.engines.proof_pack.pack_bytes import COMPARISON, zipped
from pandok.fields.lab.acts.proofs.proof_standing import Standing, standing_of
from pandok.fields.lab.models import AcceptanceTest, ProofRecord, TrustedKey
from tests.engines.proof_pack.samples import KEY, SITE, proof
from tests.fields.designs.fakes import NOON
from tests.fields.lab.web.proof_samples import make_acceptance, make_proof
from tests.memory import growth
from tests.roles import Role
from tests.world import Site

PACK = zipped(proof()[1])


def sent(data: bytes = PACK) -> SimpleUploadedFile:
    return SimpleUploadedFile("proof.zip", data)


def test_a_proof_is_brought_in_after_its_key(site: Site) -> None:
    client = site.client(Role.EVALUATOR)
    early = client.post("/lab/proofs/import/", {"pack": sent()})
    assert (early.status_code, ProofRecord.objects.count()) == (422, 0)
    key = SimpleUploadedFile("busan.pub", key_file(KEY.public, site=SITE).encode())
    added = client.post("/lab/proofs/keys/", {"site": SITE, "key": key, "reason": "read out by telephone"})
    assert (added.status_code, TrustedKey.objects.get().key_id) == (302, KEY.key_id)
    page = client.post("/lab/proofs/import/", {"pack": sent()}, follow=True)
    found = ProofRecord.objects.get()
    shown = page.content.decode()
    assert page.redirect_chain[-1][0] == f"/lab/proofs/{found.id}/"
    assert (shown.count("✓"), shown.count("✗")) == (14, 0)
    assert client.get(f"/lab/proofs/{found.id}/proof.zip").content == PACK
    again = client.post("/lab/proofs/import/", {"pack": sent()})
    assert (again.status_code, ProofRecord.objects.count()) == (422, 1)


def test_changed_and_hostile_files_are_not_taken(site: Site) -> None:
    make_proof(site)
    ProofRecord.objects.all().delete()
    client = site.client(Role.EVALUATOR)
    changed = bytearray(PACK)
    changed[PACK.index(b"only_model") + 14] ^= 1
    for data in (bytes(changed), b"", b"PK\x03\x04 hello", PACK[:-1], PACK + b"x"):
        page = client.post("/lab/proofs/import/", {"pack": sent(data)})
        assert page.status_code == 422
        assert 'role="alert"' in page.content.decode()
    assert not ProofRecord.objects.exists()


def test_a_key_that_is_none_keeps_what_was_typed(site: Site) -> None:
    client = site.client(Role.EVALUATOR)
    page = client.post("/lab/proofs/keys/", {"site": "Incheon", "line": "hello", "reason": "came by post"})
    assert page.status_code == 422
    assert "came by post" in page.content.decode()
    assert read_keys(client.get("/lab/proofs/site.pub").content)


def test_the_field_owner_decides_with_a_reason(site: Site) -> None:
    test = make_acceptance(site)
    address = f"/lab/proofs/acceptance/{test.id}/decide/"
    owner = site.client(Role.FIELD_OWNER)
    assert owner.post(address, {"answer": "accept", "reason": ""}).status_code == 422
    assert owner.post(address, {"answer": "perhaps", "reason": "good enough here"}).status_code == 422
    page = owner.post(address, {"answer": "refuse", "reason": "too few of our goods"}, follow=True)
    assert "too few of our goods" in page.content.decode()
    test = AcceptanceTest.objects.get()
    assert (test.state, test.decided_by) == ("refused", site.account(Role.FIELD_OWNER))
    assert standing_of(test.proof, NOON.date()) is Standing.REFUSED
    assert owner.post(address, {"answer": "accept", "reason": "changed my mind"}).status_code == 422


def test_what_changed_is_said_on_the_page(site: Site) -> None:
    found = make_proof(site)
    owner = site.client(Role.FIELD_OWNER)
    page = owner.post(f"/lab/proofs/{found.id}/renew/", {"reason": "new packaging since May"}, follow=True)
    assert "재검증 필요" in page.content.decode()
    assert "new packaging since May" in page.content.decode()


def test_a_proof_that_has_expired_says_so_on_its_page_and_in_the_list(site: Site) -> None:
    found = make_proof(site)
    ProofRecord.objects.filter(pk=found.pk).update(expires_on="2026-02-04")
    client = site.client(Role.EVALUATOR)
    page = client.get(f"/lab/proofs/{found.id}/").content.decode()
    assert "재검증 필요(기한 지남)" in page
    assert "2026-02-04" in page
    assert "이 입증서를 근거로 쓰지 마십시오" in page
    assert "재검증 필요(기한 지남)" in client.get("/lab/proofs/").content.decode()


def test_a_proof_under_another_sites_name_is_not_taken_on_the_page(site: Site) -> None:
    client = site.client(Role.EVALUATOR)
    line = {"site": "Incheon", "line": KEY.public, "reason": "read out by telephone"}
    assert client.post("/lab/proofs/keys/", line).status_code == 302
    answer = client.post("/lab/proofs/import/", {"pack": sent()})
    assert (answer.status_code, ProofRecord.objects.count()) == (422, 0)
    assert "다른 기관의 것으로 등록되어" in answer.content.decode()


def test_a_proof_built_to_cost_takes_no_memory_of_the_service(site: Site) -> None:
    """Sixteen megabytes of small objects; parsed in this process they took a gigabyte."""
    client = site.client(Role.EVALUATOR)
    data = zipped(proof()[1] | {COMPARISON: b'{"a":[' + b"{}," * 5_000_000 + b"{}]}"})
    client.post("/lab/proofs/import/", {"pack": sent()})  # the parsing process is there
    with growth() as grown:
        page = client.post("/lab/proofs/import/", {"pack": sent(data)})
    assert page.status_code == 422
    assert grown.most_bytes < 120_000_000
    assert ProofRecord.objects.count() == 0
