"""Keys: in files of their owner only, wrapped and bound, destroyed for good; hashes that need their key."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from pandok.core.errors import StoreError
from pandok.engines.files.durable import UNFINISHED, erase, write_durably, written_durably
from pandok.engines.vault.ciphers import ChaCha, SealBroken
from pandok.engines.vault.deposit_keys import DepositKeys, KeyDestroyed
from pandok.engines.vault.ledger_key import LedgerKey
from pandok.engines.vault.site_keys import FileSiteKey, secret_file


def test_a_key_file_is_made_once_and_belongs_to_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "site.key"
    assert secret_file(path) == secret_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert [one.name for one in path.parent.iterdir()] == ["site.key"]


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o644])
def test_a_key_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "site.key"
    secret_file(path)
    path.chmod(mode)
    with pytest.raises(StoreError, match=r"site\.key"):
        secret_file(path)


def test_a_cut_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "site.key"
    path.write_bytes(b"short")
    path.chmod(0o400)
    with pytest.raises(StoreError):
        secret_file(path)


def test_a_wrapped_key_opens_with_its_key_cipher_and_place_only(tmp_path: Path) -> None:
    provider = FileSiteKey(tmp_path / "site.key")
    wrapped = provider.wrap(b"k" * 32, b"deposit 1")
    assert provider.unwrap(wrapped, b"deposit 1") == b"k" * 32
    secret_file(tmp_path / "other.key")
    for other, data, bound in (
        (provider, wrapped, b"deposit 2"),
        (provider, wrapped[:-1], b"deposit 1"),
        (provider, wrapped[:-1] + bytes([wrapped[-1] ^ 1]), b"deposit 1"),
        (FileSiteKey(tmp_path / "other.key"), wrapped, b"deposit 1"),
        (FileSiteKey(tmp_path / "site.key", cipher=ChaCha()), wrapped, b"deposit 1"),
    ):
        with pytest.raises(SealBroken):
            other.unwrap(data, bound)


def test_a_key_that_is_gone_is_not_made_anew_for_what_it_sealed(tmp_path: Path) -> None:
    keys = DepositKeys(tmp_path / "keys", FileSiteKey(tmp_path / "site.key"))
    keys.make("d-1")
    kept = (tmp_path / "site.key").read_bytes()
    (tmp_path / "site.key").unlink()
    for asked in (keys.get, keys.make):
        with pytest.raises(StoreError) as error:
            asked("d-2" if asked == keys.make else "d-1")
        assert error.value.error_code == "store.vault_key"
    assert not (tmp_path / "site.key").exists()
    secret_file(tmp_path / "site.key")
    with pytest.raises(StoreError, match="not this vault's"):
        keys.make("d-2")
    assert not keys.path("d-2").exists()
    (tmp_path / "site.key").unlink()
    (tmp_path / "site.key").write_bytes(kept)
    (tmp_path / "site.key").chmod(0o400)
    keys.make("d-2")
    assert keys.get("d-1").key != keys.get("d-2").key


def test_a_destroyed_key_is_gone(tmp_path: Path) -> None:
    keys = DepositKeys(tmp_path / "keys", FileSiteKey(tmp_path / "site.key"))
    keys.make("d-1")
    first = keys.get("d-1").key
    keys.make("d-1")
    assert keys.get("d-1").key == first
    assert (keys.destroy("d-1"), keys.destroy("d-1")) == (True, False)
    with pytest.raises(KeyDestroyed):
        keys.get("d-1")
    keys.make("d-1")
    assert keys.get("d-1").key != first


def test_a_key_of_another_provider_or_form_is_broken(tmp_path: Path) -> None:
    keys = DepositKeys(tmp_path / "keys", FileSiteKey(tmp_path / "site.key"))
    keys.make("d-1")
    with pytest.raises(SealBroken):
        DepositKeys(tmp_path / "keys", FileSiteKey(tmp_path / "site.key", cipher=ChaCha())).get("d-1")
    for content in (b"", b"{}", b'{"provider": 1, "wrapped": "?"}', b"[1]"):
        keys.path("d-2").write_bytes(content)
        with pytest.raises(SealBroken):
            keys.get("d-2")


def test_a_file_is_whole_or_absent(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file"
    with pytest.raises(KeyboardInterrupt):
        _interrupted(path)
    assert list(path.parent.iterdir()) == []
    write_durably(path, b"whole")
    with pytest.raises(FileExistsError):
        write_durably(path, b"other")
    assert path.read_bytes() == b"whole"
    assert (erase(path), erase(path)) == (True, False)


def test_hashes_of_records_need_the_ledgers_key(tmp_path: Path) -> None:
    one, other = LedgerKey(tmp_path / "a.key"), LedgerKey(tmp_path / "b.key")
    assert one.of_record(" 26-1 ") == one.of_record("26-1") != other.of_record("26-1")
    assert one.of_record("a" * 64) != one.of_content("a" * 64)
    with pytest.raises(ValueError, match="sha256"):
        one.of_content("26-1")


def test_a_key_of_the_ledger_that_was_lost_is_not_made_anew(tmp_path: Path) -> None:
    """A fresh key would answer every earlier record as unknown; who asks is told to bring the copy back."""
    stands: list[str] = []
    ledger = LedgerKey(tmp_path / "ledger.key", may_make=lambda: not stands)
    stands.append(ledger.of_record("26-1"))
    assert ledger.of_record("26-1") == stands[0]
    (tmp_path / "ledger.key").rename(tmp_path / "elsewhere")
    with pytest.raises(StoreError) as refused:
        ledger.of_record("26-1")
    assert refused.value.error_code == "store.vault_key"
    assert not (tmp_path / "ledger.key").exists()
    (tmp_path / "elsewhere").rename(tmp_path / "ledger.key")
    assert ledger.of_record("26-1") == stands[0]


def _interrupted(path: Path) -> None:
    with written_durably(path) as file:
        file.write(b"half")
        assert [one.name.startswith(UNFINISHED) for one in path.parent.iterdir()] == [True]
        raise KeyboardInterrupt
