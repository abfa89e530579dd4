"""A site that changed its key comes back from a backup: what was issued is checked with the key of then, and what the
backup cannot know is said to whoever asks."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.test import Client
from django.utils import timezone

from pandok.common.audit import writing as audit
from pandok.common.people.accounts import ensure_role_groups
from pandok.engines.backup.manifest import Manifest
from pandok.engines.proof_pack.former_keys import former_keys
from pandok.engines.proof_pack.site_key import site_signing_key
from pandok.fields.lab.acts.proofs.own_key import change_own_key
from pandok.fields.programme.acts.certificates.issuing import draft_certificate
from pandok.fields.programme.acts.certificates.withdrawing import propose_withdrawal, settle_withdrawal
from pandok.fields.programme.models import TrialCertificate
from pandok.web.database_tables import bring_up_to_date
from tests.chosen import Choose
from tests.common.cli.test_backup import Store, back_up, restore
from tests.common.cli.test_backup import store as store
from tests.contracts.stores import app_on
from tests.fields.programme.office import WHY, issued, measured, person
from tests.roles import Role

UNKNOWN, HOLDS = "이전 백업을 복원했습니다", "유효하며"


def asked(number: str, code: str) -> str:
    return Client().get("/verify/", {"number": number, "code": code}).content.decode()


def noted(manifest: Manifest) -> None:
    """As `pandok restore` notes it."""
    details = {"entries_then": manifest.audit_sequence, "made_at": manifest.made_at.isoformat()}
    audit.tell("command line", "backup.restored", f"backup:{manifest.id}", "", timezone.now(), details)


def withdrawn(done: TrialCertificate) -> None:
    now = timezone.now()
    propose_withdrawal(done.pk, reason="측정 장치가 뒤바뀜", actor=person(Role.PROGRAMME_OFFICE), now=now)
    settle_withdrawal(done.pk, confirmed=True, reason=WHY, actor=person(Role.PROGRAMME_MANAGER), now=now)


def test_a_changed_key_is_in_the_backup_and_an_older_one_says_what_it_cannot_know(
    store: Store, tmp_path: Path, choose: Choose
) -> None:
    old, older, newer, target = (tmp_path / name for name in ("old", "older", "newer", "backups"))
    old.mkdir()
    choose(home=old)
    start = timezone.now()
    with app_on(store(), old, bring_up_to_date):
        ensure_role_groups()
        kept = measured(start)
        first = issued(draft_certificate(kept.pk, "trial", actor=person(Role.PROGRAMME_OFFICE), now=start),
                       key=site_signing_key(old), now=start)  # fmt: skip
        before = back_up(old, target, now=timezone.now())
        key_then = site_signing_key(old).public
        changed = change_own_key(home=old, reason="해마다 바꿈", actor=None, now=timezone.now())
        withdrawn(first)
        now = timezone.now()
        second = issued(draft_certificate(kept.pk, "trial", actor=person(Role.PROGRAMME_OFFICE), now=now),
                        key=changed, now=now)  # fmt: skip
        after = back_up(old, target, now=timezone.now() + timedelta(seconds=2))

    address = store()
    restore(target, newer, address, backup_id=after.id)
    choose(home=newer)
    with app_on(address, newer, lambda: None):
        assert site_signing_key(newer).public == changed.public
        assert [one.public for one in former_keys(newer)] == [key_then]
        assert "발급이 취소된" in asked(first.number, first.code)
        assert "발급한 것과 다름" not in asked(first.number, first.code)
        assert HOLDS in asked(second.number, second.code)
        assert UNKNOWN not in asked(second.number, second.code)

    address = store()
    restore(target, older, address, backup_id=before.id)
    choose(home=older)
    with app_on(address, older, lambda: None):
        noted(before)
        assert (site_signing_key(older).public, former_keys(older)) == (key_then, ())
        page = asked(first.number, first.code)
        assert HOLDS in page, "so it was when the backup was made"
        assert UNKNOWN in page, "and that it was withdrawn since cannot be known here"
        page = asked(second.number, second.code)
        assert "발급 기관의 사업단에 확인하십시오" in page
        english = Client(headers={"accept-language": "en"}).get("/verify/", {"number": second.number, "code": "x"})
        assert UNKNOWN in page
        assert "restored an older backup" in english.content.decode()
        keys = Client().get("/verify/keys/").content.decode()
        assert UNKNOWN in keys
        assert "An older backup was restored" in keys
        assert changed.public not in keys
        assert UNKNOWN not in Client().get("/verify/").content.decode(), "who asks for nothing is told nothing"
        again = change_own_key(home=older, reason="복원한 뒤 다시 바꿈", actor=None, now=timezone.now())
        now = timezone.now()
        later = issued(draft_certificate(measured(now).pk, "trial", actor=person(Role.PROGRAMME_OFFICE), now=now),
                       key=again, now=now)  # fmt: skip
        page = asked(later.number, later.code)
        assert (HOLDS in page, UNKNOWN in page) == (True, False)
        assert later.number == second.number, "the number is given again; the code tells them apart"
        assert HOLDS not in asked(second.number, second.code)
