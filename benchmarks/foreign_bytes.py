"""What one file built to cost does to the service: its memory, the time, and how long others wait, for each kind.

Each kind is tried twice in a service process of its own: parsed in that process, as version 0.1 did, and in the pool of
bounded processes. Beside it another thread asks for a small thing every 10 ms; the longest pause between two answers is
what somebody else would have waited. What is parsed where it stands, because its size is capped before and the work
grows with the size alone, is measured at its cap, once.

    python -m benchmarks.foreign_bytes --out benchmarks/results/foreign-bytes.json
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from benchmarks.machine import write_result

PUBLIC = [f"p{one:03d}" for one in range(30)]
LIMIT_S = 180


def picture() -> bytes:
    """64 megapixels of floating gray."""
    target = io.BytesIO()
    Image.fromarray(np.zeros((8000, 8000), np.float32)).save(target, "TIFF", compression="tiff_deflate")
    return target.getvalue()


def samples() -> bytes:
    from tests.fields.lab.acts.submissions.bombs import samples_of_many_lines

    return samples_of_many_lines()


def weights() -> bytes:
    """A model of 500 MB that shrinks by less than a hundred times."""
    from tests.fields.lab.acts.submissions.bombs import deflated
    from tests.fields.lab.acts.submissions.zips import files

    noise = np.random.default_rng(1)
    block = b"".join(noise.bytes(40_000) + bytes(4_000_000) for _ in range(124))
    return deflated(files(model__onnx=block))


def pdf() -> bytes:
    from tests.fields.counterfeit.web.parties.test_shared_papers import object_stream_bomb

    return object_stream_bomb(900_000, 60_000)


def workbook() -> bytes:
    from tests.fields.lab.acts.vault.masking.test_documents import bomb_workbook

    return bomb_workbook()


def proof_pack() -> bytes:
    from pandok.engines.proof_pack.pack_bytes import COMPARISON, zipped
    from tests.engines.proof_pack.samples import proof

    return zipped(proof()[1] | {COMPARISON: b'{"a":[' + b"{}," * 5_000_000 + b"{}]}"})


def model() -> bytes:
    """Eight million nodes of no bytes, 16 MB."""
    from tests.fields.lab.acts.submissions.bombs import _nodes

    return b"\x08\x08\x3a" + _nodes(8_000_000)


def register_names() -> bytes:
    """A namespace of 300 kB, which expat writes out before each of many names."""
    uri = "http://www.wipo.int/standards/XMLSchema/designs"
    inside = f'<p xmlns:x="{"u" * 300_000}">' + "<x:a/>" * 60_000 + "</p>"
    body = f"<DesignTransactionBody><DesignApplication>{inside}</DesignApplication></DesignTransactionBody>"
    return f'<Transaction xmlns="{uri}">{body}</Transaction>'.encode()


def register_product() -> bytes:
    """Many designs, each of which many events are held against."""
    from tests.fields.register.importers.test_standards import event, hague

    events = "".join(event("HagueRenewal", "<d:DesignIdentifier>x</d:DesignIdentifier>") for _ in range(20_000))
    return hague(events, designs=20_000).encode()


def table() -> bytes:
    """Cells of no letters, 20 MB."""
    return ("," * 1000 + "\n").encode() * 20_000


def outgoing_json() -> bytes:
    """Lists of nothing, 30 MB."""
    return b"[" + b"[]," * 10_000_000 + b"[]]"


def pack() -> bytes:
    """A problem.toml with a key of very many parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("problem.toml", "a" + ".a" * 100_000 + " = 1\n")
    return target.getvalue()


def key_set() -> bytes:
    """A hundred keys of one name, each as costly as a provider's key may be, in 1 MB; a token is tried on each."""
    import base64

    def number(value: int, octets: int) -> str:
        return base64.urlsafe_b64encode(value.to_bytes(octets, "big")).rstrip(b"=").decode()

    odd = (1 << 3071) | 1
    keys = [
        {"kty": "RSA", "kid": "k", "n": number(odd + 2 * one, 384), "e": number(odd >> 8, 384)} for one in range(100)
    ]
    return json.dumps({"keys": keys}).encode().ljust(1_000_000)


def call() -> bytes:
    """Lists of nothing."""
    return b'{"a":[' + b"[]," * 330_000 + b"[]]}"


def passkey() -> bytes:
    """A browser's answer at its cap: CBOR nested without end."""
    import base64

    def text(data: bytes) -> str:
        return base64.urlsafe_b64encode(data).decode().rstrip("=")

    client = text(b'{"type":"webauthn.create","challenge":"AA","origin":"https://a.test"}')
    response = {"clientDataJSON": client, "attestationObject": text(b"\x81" * 14_000)}
    return json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": response}).encode()


def _picture(data: bytes, there: bool) -> None:
    from pandok.engines.decoding.browser_pictures import show_there, shown_picture
    from pandok.engines.decoding.pool import decoding_pool

    if there:
        shown_picture(decoding_pool(), data)
    else:
        show_there(data, side_px=None)


def _submission(data: bytes, there: bool) -> None:
    from pandok.engines.decoding.pool import decoding_pool
    from pandok.fields.lab.acts.submissions.upload_in_child import open_there, opened

    if there:
        opened(decoding_pool(), io.BytesIO(data), len(data), problem="parcels", public=PUBLIC)
    else:
        open_there(data, problem="parcels", public=PUBLIC)


def _paper(data: bytes, there: bool) -> None:
    from pandok.engines.decoding.pool import decoding_pool
    from pandok.engines.documents.shared_copy import copy_there, shared_copy

    if there:
        shared_copy(decoding_pool(), data, "application/pdf")
    else:
        copy_there(data, media_type="application/pdf")


def _document(data: bytes, there: bool) -> None:
    from pandok.engines.documents.parser import read_document, read_there
    from pandok.engines.documents.values import XLSX

    if there:
        read_document(data, XLSX)
    else:
        read_there(data, media_type=XLSX)


def _proof(data: bytes, there: bool) -> None:
    from pandok.engines.decoding.pool import decoding_pool
    from pandok.engines.proof_pack.elsewhere import check_elsewhere, check_there

    if there:
        check_elsewhere(decoding_pool(), data, [])
    else:
        check_there(data, keys=[])


def _model(data: bytes, there: bool) -> None:
    from pandok.engines.onnx_gate.gate import check_model
    from pandok.engines.sandbox.sandbox import open_sandbox

    if there:
        open_sandbox().check(data)
    else:
        check_model(data)


def _register(data: bytes, there: bool) -> None:
    from pandok.fields.register.acts.source_in_child import open_source
    from pandok.fields.register.importers.detect import detect

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.xml"
        source.write_bytes(data)
        for _ in open_source(source).items if there else detect(source).read():
            pass


def _table(data: bytes, there: bool) -> None:
    from pandok.fields.lab.acts.vault.tables_in_child import ids_in, table_ids

    (table_ids if there else ids_in)(data)


def _outgoing(data: bytes, there: bool) -> None:
    from pandok.fields.lab.acts.exports.json_in_child import _is_json, is_json

    (is_json if there else _is_json)(data)


def _pack(data: bytes, there: bool) -> None:
    from pandok.engines.decoding.pool import decoding_pool
    from pandok.fields.lab.acts.packs.pack_reader import read_pack
    from pandok.fields.lab.acts.packs.upload_in_child import read_upload

    if there:
        read_upload(decoding_pool(), io.BytesIO(data), len(data))
    else:
        read_pack(data)


def _key_set(data: bytes, there: bool) -> None:  # noqa: ARG001
    from pandok.engines.sign_in.openid_keys import ProviderKeys

    token = "eyJhbGciOiJSUzI1NiIsImtpZCI6ImsifQ.e30." + "A" * 512
    ProviderKeys(json.loads(data)).claims(token, {"alg": "RS256", "kid": "k"})


def _call(data: bytes, there: bool) -> None:  # noqa: ARG001
    from pandok.web.api.parsing import _texts, is_storable

    [text for text in _texts(json.loads(data)) if not is_storable(text)]


def _passkey(data: bytes, there: bool) -> None:  # noqa: ARG001
    from pandok.engines.sign_in.passkeys import Place, check_new

    check_new(Place("https://a.test", "a.test"), challenge=bytes(32), answer=json.loads(data))


KINDS: dict[str, tuple[Callable[[], bytes], Callable[[bytes, bool], None]]] = {
    "picture for a page (TIFF)": (picture, _picture),
    "submission: samples of many lines": (samples, _submission),
    "submission: 500 MB of weights": (weights, _submission),
    "paper (PDF object stream)": (pdf, _paper),
    "document (XLSX of a huge sheet)": (workbook, _document),
    "proof of another site (JSON)": (proof_pack, _proof),
    "model (ONNX of empty nodes)": (model, _model),
    "register (XML, one long namespace)": (register_names, _register),
    "register (XML, designs times events)": (register_product, _register),
    "deposit (CSV of empty cells)": (table, _table),
    "export (JSON of empty lists)": (outgoing_json, _outgoing),
    "problem pack (TOML key of many parts)": (pack, _pack),
}
WHERE_IT_STANDS: dict[str, tuple[Callable[[], bytes], Callable[[bytes, bool], None]]] = {
    "key set of a provider, 1 MB": (key_set, _key_set),
    "body of an API call, 1 MB": (call, _call),
    "answer of a passkey, 20 kB": (passkey, _passkey),
}


def _ready() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.django_settings")
    import django

    django.setup()


def measure(kind: str, there: bool) -> dict[str, Any]:
    """Of this process, which does nothing else."""
    _ready()
    make, do = (KINDS | WHERE_IT_STANDS)[kind]
    data = make()
    if there:
        with contextlib.suppress(Exception):
            do(make_small(kind), there)
    over, pauses = threading.Event(), [0.0]
    start_bytes, most = _resident(), [0]

    def others() -> None:
        last = time.perf_counter()
        while not over.wait(0.01):
            now = time.perf_counter()
            pauses.append(now - last - 0.01)
            most[0] = max(most[0], _resident() - start_bytes)
            last = time.perf_counter()

    beside = threading.Thread(target=others)
    beside.start()
    began, said = time.perf_counter(), "read"
    try:
        do(data, there)
    except Exception as error:
        said = getattr(error, "error_code", "") or str(error) or type(error).__name__
    took = time.perf_counter() - began
    over.set()
    beside.join()
    return {
        "file_bytes": len(data),
        "service_mb": round(most[0] / 1e6),
        "seconds": round(took, 2),
        "longest_wait_of_others_s": round(max(pauses), 2),
        "end": said[:120],
    }


def make_small(kind: str) -> bytes:
    """A first file of no weight, so that starting the process is not measured: whatever it is, it is refused."""
    return b"PK\x05\x06" + bytes(18) if "submission" in kind or "pack" in kind else b"%PDF-1.4\n%%EOF"


def _resident() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--out", type=Path, default=Path("benchmarks/results/foreign-bytes.json"))
    arguments.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.one[0], asked.one[1] == "there")))
        return
    found: dict[str, Any] = {}
    for kind in KINDS:
        found[kind] = {where: _in_own_process(kind, where) for where in ("here", "there")}
        print(kind, found[kind], flush=True)
    for kind in WHERE_IT_STANDS:
        found[kind] = {"here": _in_own_process(kind, "here")}
        print(kind, found[kind], flush=True)
    question = "What does one file built to cost do to the service, parsed in it and in bounded processes?"
    write_result(asked.out, question, 1, {"kinds": found})


def _in_own_process(kind: str, where: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.foreign_bytes", "--one", kind, where]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    except subprocess.TimeoutExpired:
        return {"end": f"not done after {LIMIT_S} s"}
    return json.loads(done.stdout) if done.returncode == 0 else {"end": f"the service died: {done.returncode}"}


if __name__ == "__main__":
    main()
