"""`pandok proof report`: check the signed report of a trial with nothing but the file and public keys."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pandok.cli.terminal import console, print_json, say
from pandok.core.text import Text
from pandok.fields.lab.cli.command_files import key_bytes, read_bytes


def report(
    file: Annotated[Path, typer.Argument(help="서명된 보고서 파일 · The file of the signed report.")],
    key: Annotated[list[Path], typer.Option("--key", help="만든 기관의 공개키 파일 · Public key file of the site.")],
    as_json: Annotated[bool, typer.Option("--json", help="보고서를 JSON으로 출력합니다 · Print the report.")] = False,
) -> None:
    """그림자 시험의 서명된 보고서를 오프라인으로 확인합니다 · Check the signed report of a trial offline.

    Signature, and the report's own hash. Exit codes: 0 both hold, 2 one does not, or this is no such file. The figures
    are computed again by `pandok proof verify` from the proof of the trial.
    """
    from pandok.engines.proof_pack.keys import read_keys
    from pandok.engines.proof_pack.signed_report import opened_report

    keys = [public for path in key for public in read_keys(key_bytes(path))]
    found, signer = opened_report(read_bytes(file), keys)
    if as_json:
        print_json({"signed_by": signer, "report": found})
        return
    for name, value in _lines(found):
        console().print(f"{say(name)}: {value}", markup=False, soft_wrap=True)
    holds = Text(ko=f"서명과 해시가 맞습니다. 키 {signer}.", en=f"Signature and hash hold. Key {signer}.")
    console().print(say(holds), style="bold green", markup=False, soft_wrap=True)


def _lines(found: dict[str, Any]) -> list[tuple[Text, str]]:
    from pandok.proof.verdict import Verdict

    registration = found.get("registration") or {}
    title = (registration.get("protocol") or {}).get("title", "")
    verdict = str(found.get("verdict", ""))
    words = say(Verdict(verdict).words) if verdict in set(Verdict) else verdict
    return [
        (Text(ko="시험", en="Trial"), f"{title} ({found.get('trial', '')})"),
        (Text(ko="등록 해시", en="Hash of the registration"), str(found.get("registration_sha256", ""))),
        (Text(ko="판정", en="Verdict"), words),
    ]
