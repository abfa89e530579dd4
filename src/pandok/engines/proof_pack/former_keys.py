"""Public keys that a site signed with before, each with the time in which it did. They stand beside the key in use,
readable by everybody; the private half of a key is gone once another is in use."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter, ValidationError

from pandok.core.canonical import canonical
from pandok.core.errors import StoreError
from pandok.core.text import Text
from pandok.engines.files.disk_faults import disk_fault
from pandok.engines.files.durable import move_durably, write_durably
from pandok.engines.proof_pack.signing import SigningKey
from pandok.engines.proof_pack.site_key import signing_key_file, site_signing_key

FORMER = "former-public-keys.json"


class FormerKey(BaseModel):
    """`since` None: from the beginning. It signed before `until`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    public: str
    since: AwareDatetime | None
    until: AwareDatetime

    def was_used(self, at: datetime) -> bool:
        return (self.since is None or self.since <= at) and at < self.until


_KEYS = TypeAdapter(tuple[FormerKey, ...])


def former_keys(home: Path) -> tuple[FormerKey, ...]:
    """The oldest first. Raises StoreError."""
    try:
        return _KEYS.validate_json((signing_key_file(home).parent / FORMER).read_bytes())
    except FileNotFoundError:
        return ()
    except (OSError, ValidationError) as error:
        raise StoreError(
            Text(ko="이전 공개키 목록을 읽을 수 없습니다.", en="The list of former public keys cannot be read."),
            Text(
                ko=f"홈 폴더의 keys/{FORMER} 파일을 백업에서 되돌리십시오.",
                en=f"Restore keys/{FORMER} of the home folder from a backup.",
            ),
            code="store.former_keys",
        ) from error


def public_keys_at(home: Path, at: datetime | None) -> list[str]:
    """Those that may have signed at that moment: the key in use, and the former one of that time."""
    now = site_signing_key(home).public
    return [now, *(one.public for one in former_keys(home) if at is not None and one.was_used(at))]


def next_key(home: Path) -> SigningKey:
    """That will be in use once the key is changed; made at the first call. Raises StoreError."""
    return SigningKey.at(_next_key_file(home))


def change_key(home: Path, *, now: datetime) -> SigningKey:
    """Another key (`next_key`) is in use from now on. Where it stops half way, the key before stays in use and is said
    to be a former one; done again it comes to its end. Raises StoreError."""
    file, before = signing_key_file(home), site_signing_key(home)
    known = [one for one in former_keys(home) if one.public != before.public]
    ended = FormerKey(public=before.public, since=known[-1].until if known else None, until=now)
    made = next_key(home)
    kept = canonical([one.model_dump(mode="json") for one in (*known, ended)])
    try:
        write_durably(file.parent / FORMER, kept, overwrite=True)
        move_durably(_next_key_file(home), file)
    except OSError as error:
        raise disk_fault(error) from error
    return made


def _next_key_file(home: Path) -> Path:
    return signing_key_file(home).with_name("next-signing-key")
