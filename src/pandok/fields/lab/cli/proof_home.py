"""`pandok proof trust`, `import`, `list` and `change-key`: proofs of other sites in the home of this one, and its own
key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pandok.cli.terminal import console, language, print_json, say, start_django
from pandok.common.cli.account_named import account_named
from pandok.core.errors import RequestError
from pandok.core.text import Text

if TYPE_CHECKING:
    pass

By = Annotated[str, typer.Option("--by", help="책임지는 계정 · Account that answers for it.")]


def trust(
    key: Annotated[Path, typer.Argument(help="만든 기관의 공개키 파일 · Public key file of the site.")],
    site: Annotated[str, typer.Option("--site", help="기관 이름 · Name of the site.")],
    reason: Annotated[str, typer.Option("--reason", help="어떻게 받아 대조했는지 · How it was received and compared.")],
    by: By,
) -> None:
    """다른 기관의 공개키를 등록합니다. 입증서와 다른 경로로 받으십시오 · Trust the key of another site."""
    data = _bytes_of(key)
    start_django()
    from django.utils import timezone

    from pandok.fields.lab.acts.proofs.importing import add_key

    kept = add_key(data=data, site=site, reason=reason, actor=account_named(by), now=timezone.now())
    typer.echo(f"{kept.key_id} {kept.site}")


def change_key(
    reason: Annotated[str, typer.Option("--reason", help="사유 · Why.")],
) -> None:
    """이 기관의 서명 키를 바꿉니다. 이전 공개키는 쓴 기간과 함께 남습니다 · Sign with another key from now on."""
    start_django()
    from django.utils import timezone

    from pandok.engines.proof_pack.keys import key_file
    from pandok.fields.lab.acts.proofs.own_key import change_own_key
    from pandok.settings import settings

    chosen = settings()
    made = change_own_key(home=chosen.home, reason=reason, actor=None, now=timezone.now())
    typer.echo(key_file(made.public, site=chosen.site_name), nl=False)


def bring_in(
    pack: Annotated[Path, typer.Argument(help="proof.zip")],
    by: By,
) -> None:
    """다른 기관의 입증서를 확인하고 등록합니다 · Check a proof of another site and keep it."""
    data = _bytes_of(pack)
    start_django()
    from django.utils import timezone

    from pandok.engines.files.blobs import FolderBlobs
    from pandok.fields.lab.acts.proofs.importing import import_proof
    from pandok.settings import settings

    blobs = FolderBlobs(settings().home / "blobs")
    kept = import_proof(data=data, actor=account_named(by), now=timezone.now(), blobs=blobs)
    console().print(
        say(
            Text(
                ko=f"{kept.number}: {kept.site}의 입증서를 등록했습니다. 유효 기한 {kept.expires_on.isoformat()}.",
                en=f"{kept.number}: a proof of {kept.site} was taken in. Valid until {kept.expires_on.isoformat()}.",
            )
        ),
        markup=False,
        soft_wrap=True,
    )


def listed(
    as_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """이 기관이 만들거나 등록한 입증서 · Proofs that this site has made or taken in."""
    start_django()
    from django.utils import timezone

    from pandok.core.terms.zone import OFFICE_ZONE
    from pandok.fields.lab.acts.proofs.proof_standing import standing_of
    from pandok.fields.lab.models import ProofRecord

    today = timezone.now().astimezone(OFFICE_ZONE).date()
    rows = [(one, standing_of(one, today)) for one in ProofRecord.objects.select_related("kept_by").order_by("kept_at")]
    if as_json:
        told = [
            {
                "number": one.number,
                "title": one.statement.title.model_dump(),
                "verdict": one.verdict,
                "origin": one.origin,
                "proved_by": one.site,
                "signed_by": one.signed_by,
                "kept_by": one.kept_by.get_username(),
                "kept_at": one.kept_at.isoformat(),
                "expires_on": one.expires_on.isoformat(),
                "standing": standing.value,
            }
            for one, standing in rows
        ]
        print_json(told)
        return
    for one, standing in rows:
        words = (one.statement.title, standing.words)
        title, stands = (text.in_language(language()) for text in words)
        console().print(f"{one.number} · {one.site} · {title} · {stands}", markup=False, soft_wrap=True)


def _bytes_of(path: Path) -> bytes:
    from pandok.engines.proof_pack.pack_bytes import MOST_PACK_BYTES

    try:
        with path.open("rb") as file:
            return file.read(MOST_PACK_BYTES + 1)
    except OSError as error:
        raise RequestError(
            Text(ko=f"파일 '{path}'을(를) 읽을 수 없습니다.", en=f"The file '{path}' cannot be read."),
            Text(ko="경로를 확인하십시오.", en="Check the path."),
            code="proof.unreadable",
        ) from error
