"""Public keys as files: one base64 line a key, notes behind `#`."""

from __future__ import annotations

import base64
import binascii

from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.engines.signing import key_id

MOST_KEY_FILE_BYTES = 65_536
PUBLIC_BYTES = 32


def key_file(public: str, *, site: str) -> str:
    """What another site is given, over another way than the proofs.

    >>> print(key_file("A" * 43 + "=", site="Busan"), end="")
    # Pandok site: Busan
    # sha256: 66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    """
    return f"# Pandok site: {' '.join(site.split())}\n# sha256: {key_id(public)}\n{public}\n"


def read_keys(data: bytes) -> list[str]:
    """The keys of a key file. Raises RequestError where it holds none, or anything else."""
    try:
        lines = data[:MOST_KEY_FILE_BYTES].decode("utf-8-sig").splitlines()
        keys = [line.partition("#")[0].strip() for line in lines]
        keys = [key for key in keys if key]
        sizes = {len(base64.b64decode(key, validate=True)) for key in keys}
    except (UnicodeDecodeError, binascii.Error, ValueError) as error:
        raise _no_key() from error
    if sizes != {PUBLIC_BYTES}:
        raise _no_key()
    return keys


def _no_key() -> RequestError:
    return RequestError(
        Text(ko="공개키 파일이 아닙니다.", en="This is no file of public keys."),
        Text(
            ko="입증서를 만든 기관에 `pandok proof keys`의 출력을 요청하십시오.",
            en="Ask the site that made the proof for what `pandok proof keys` prints there.",
        ),
        code="proof.key_file",
    )
