"""Short secrets sealed for the database: AES-128 in CBC with HMAC (Fernet), keys derived from the site's secret key.

Who only has a copy of the database has no secrets. Every purpose has keys of its own.
"""

from __future__ import annotations

import base64
import hmac
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pandok.core.errors import StoreError
from pandok.core.text import Text


def derived_key(secret_key: str, purpose: str) -> bytes:
    """32 bytes for one purpose (HKDF with SHA-256)."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"pandok {purpose}".encode()).derive(
        secret_key.encode()
    )


def seal(text: str, *, secret_key: str, purpose: str) -> str:
    return _box(secret_key, purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, secret_key: str, purpose: str) -> str:
    """The text that was sealed. Raises StoreError where the secret key is another one or the row was changed."""
    try:
        return _box(secret_key, purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise StoreError(
            Text(
                ko="보관된 비밀값을 열 수 없습니다. 사이트의 비밀 키가 바뀌었을 수 있습니다.",
                en="A kept secret cannot be opened; the secret key of the site may have changed.",
            ),
            Text(
                ko="이전 PANDOK_SECRET_KEY로 되돌리거나, 관리자가 2단계 인증을 초기화하십시오.",
                en="Put the earlier PANDOK_SECRET_KEY back, or have an administrator reset the second step.",
            ),
            code="store.sealed",
        ) from error


def keyed_digest(text: str, *, secret_key: str, purpose: str) -> str:
    """HMAC-SHA256 in hexadecimal: for random codes, which cannot be found by trying without the key."""
    return hmac.new(derived_key(secret_key, purpose), text.encode(), sha256).hexdigest()


def _box(secret_key: str, purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derived_key(secret_key, purpose)))
