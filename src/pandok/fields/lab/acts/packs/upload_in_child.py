"""A pack that came by the page, read first in a process with bounds: its tables and its problem.toml may be built to
cost. What passes there costs no more when it is read here."""

from __future__ import annotations

import io
from typing import IO, Any

from pandok.core.errors import InputError
from pandok.core.text import Text
from pandok.engines.decoding.pool import DecodingPool
from pandok.fields.lab.acts.packs.pack import Pack
from pandok.fields.lab.acts.packs.pack_faults import Fault, Faults, PackRefused
from pandok.fields.lab.acts.packs.pack_reader import read_pack

MOST_SECONDS = 180.0


def read_upload(pool: DecodingPool, upload: IO[bytes], size: int) -> Pack:
    """As read_pack of a zip of `size` bytes. Raises PackRefused, also for what costs too much; StoreError
    `store.busy`."""
    upload.seek(0)
    found, _ = pool.ask(
        look_there,
        upload,  # type: ignore[arg-type]  # an uploaded file is read as any other
        size=size,
        what="zip",
        refusal=InputError,
        too_costly=_too_costly,
        options={},
        seconds=MOST_SECONDS,
    )
    if found["count"]:
        raise PackRefused(tuple(_fault(one) for one in found["faults"]), found["count"])
    upload.seek(0)
    return read_pack(upload)


def look_there(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The duty of a parsing process."""
    try:
        read_pack(io.BytesIO(data))
    except PackRefused as refused:
        return {"faults": [one.as_dict() for one in refused.faults], "count": refused.count}, []
    return {"faults": [], "count": 0}, []


def _fault(said: dict[str, Any]) -> Fault:
    return Fault(said["file"], said["line"], Text(**said["what"]))


def _too_costly() -> PackRefused:
    faults = Faults()
    faults.add(
        ".",
        0,
        "읽는 데 너무 많은 시간이나 메모리가 듭니다. 큰 묶음은 서버에서 `pandok lab problems import`로 넣으십시오.",
        "Reading it takes too much time or memory. Bring a large pack in with `pandok lab problems import` on the "
        "server.",
    )
    return PackRefused(tuple(faults.found), faults.count)
