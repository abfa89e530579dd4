"""Public keys as files: one base64 line a key, notes behind `#`."""

from __future__ import annotations

import base64
import binascii
import unicodedata
from collections.abc import Iterable
from typing import Any

from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.engines.proof_pack.signing import key_id

MOST_KEY_FILE_BYTES = 65_536
PUBLIC_BYTES = 32
_SITE = "# Pandok site:"


class SiteKey(str):
    """A public key (base64) and the site whose it is, "" where nobody said. Equal to its text.

    >>> SiteKey("AAAA", site="Busan").site
    'Busan'
    """

    site: str

    def __new__(cls, public: str, *, site: str = "") -> SiteKey:
        key = super().__new__(cls, public)
        key.site = plain_site(site)
        return key


def plain_site(name: str) -> str:
    """A site's name in one form, so that two writings of it are one name."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def sites_of(public_keys: Iterable[str], named: str) -> list[str]:
    """The sites that the key of this id belongs to, as it was given; "" among them: it may speak for any."""
    return [getattr(one, "site", "") for one in public_keys if key_id(one) == named]


def key_file(public: str, *, site: str) -> str:
    """What another site is given, over another way than the proofs.

    >>> print(key_file("A" * 43 + "=", site="Busan"), end="")
    # Pandok site: Busan
    # sha256: 66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    """
    return f"# Pandok site: {' '.join(site.split())}\n# sha256: {key_id(public)}\n{public}\n"


def read_keys(data: bytes) -> list[SiteKey]:
    """The keys of a key file, each with the site that the note above it names. Raises RequestError where it holds
    none, or anything else."""
    keys: list[SiteKey] = []
    site = ""
    try:
        for line in data[:MOST_KEY_FILE_BYTES].decode("utf-8-sig").splitlines():
            if line.startswith(_SITE):
                site = line.removeprefix(_SITE)
            elif key := line.partition("#")[0].strip():
                keys.append(SiteKey(key, site=site))
        sizes = {len(base64.b64decode(key, validate=True)) for key in keys}
    except (UnicodeDecodeError, binascii.Error, ValueError) as error:
        raise _no_key() from error
    if sizes != {PUBLIC_BYTES}:
        raise _no_key()
    return keys


def _no_key() -> RequestError:
    return no_key_file(
        Text(ko="공개키 파일이 아닙니다.", en="This is not a file of public keys."),
        Text(
            ko="입증서를 만든 기관에 `pandok proof keys`의 출력을 요청하십시오.",
            en="Ask the site that made the proof for what `pandok proof keys` prints there.",
        ),
    )


def no_key_file(what: Text, next_step: Text, **fields: Any) -> RequestError:
    """A file of public keys is none, or cannot be read."""
    return RequestError(what, next_step, code="proof.key_file", **fields)
