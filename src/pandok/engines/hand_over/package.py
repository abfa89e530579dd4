"""A hand-over package: one zip in one byte form, with the signed statement, the proof and, where given, the reader."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from pandok.core.canonical import canonical
from pandok.core.errors import InputError, RequestError
from pandok.core.programme.hand_over import ANSWER_TYPE, HAND_OVER_TYPE, HandOver, HandOverAnswer
from pandok.core.text import Text
from pandok.engines.proof_pack.keys import SiteKey, sites_of
from pandok.engines.proof_pack.pack_bytes import PackForm, PackRefused
from pandok.engines.proof_pack.signing import SigningKey, opened

STATEMENT, ENVELOPE, PROOF, READER, README = "hand-over.json", "envelope.json", "proof.zip", "reader.onnx", "README.txt"
MOST_READER_BYTES = 200_000_000
MOST_ANSWER_BYTES = 100_000
WITHOUT_READER = PackForm((ENVELOPE, STATEMENT, PROOF, README))
WITH_READER = PackForm(
    (ENVELOPE, STATEMENT, PROOF, READER, README),
    most_file_bytes=MOST_READER_BYTES,
    most_pack_bytes=MOST_READER_BYTES + 50_000_000,
)

V = TypeVar("V", bound=BaseModel)


class PackageRefused(InputError):
    """The file is no hand-over package, does not hold, or nobody vouches for it."""

    code = "hand_over"
    turn = "submitter"


@dataclass(frozen=True)
class Package:
    statement: HandOver
    proof: bytes
    reader: bytes
    signed_by: str


def packed(statement: HandOver, proof: bytes, reader: bytes, key: SigningKey) -> bytes:
    """The same bytes for the same values: Ed25519 signatures are deterministic."""
    text = canonical(statement)
    files = {
        ENVELOPE: canonical(key.sign(text, HAND_OVER_TYPE)),
        STATEMENT: text,
        PROOF: proof,
        README: _readme(statement).encode(),
    }
    if reader:
        return WITH_READER.zipped(files | {READER: reader})
    return WITHOUT_READER.zipped(files)


def unpacked(data: bytes, keys: Sequence[SiteKey]) -> Package:
    """Every part held against the statement, and that against the keys. Raises PackageRefused: hand_over.form, .key,
    .signature, .site, .parts."""
    files = _files(data)
    statement, signed_by = _signed(files[ENVELOPE], HAND_OVER_TYPE, HandOver, keys, lambda one: one.site)
    if canonical(statement) != files[STATEMENT] or files[README] != _readme(statement).encode():
        raise refused("parts")
    reader = files.get(READER, b"")
    parts = (_sha256(files[PROOF]), _sha256(reader) if reader else "")
    if parts != (statement.proof.sha256, statement.reader_sha256):
        raise refused("parts")
    return Package(statement, files[PROOF], reader, signed_by)


def _files(data: bytes) -> dict[str, bytes]:
    try:
        return WITHOUT_READER.unzipped(data)
    except PackRefused:
        try:
            return WITH_READER.unzipped(data)
        except PackRefused as error:
            raise refused("form") from error


def answered(answer: HandOverAnswer, key: SigningKey) -> bytes:
    """answer.json: one DSSE envelope."""
    return canonical(key.sign(canonical(answer), ANSWER_TYPE)) + b"\n"


def answer_in(data: bytes, keys: Sequence[SiteKey]) -> HandOverAnswer:
    """Raises PackageRefused: hand_over.form, .key, .signature, .site."""
    if len(data) > MOST_ANSWER_BYTES:
        raise refused("form")
    return _signed(data, ANSWER_TYPE, HandOverAnswer, keys, lambda one: one.site)[0]


def _signed(
    data: bytes, kind: str, shape: type[V], keys: Sequence[SiteKey], site_named: Callable[[V], str]
) -> tuple[V, str]:
    """What lies in an envelope, read only once a key of the site that it names has vouched for it."""
    try:
        envelope = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise refused("form") from error
    if not isinstance(envelope, Mapping):
        raise refused("form")
    if not keys:
        raise refused("key")
    try:
        payload, by = opened(dict(envelope), kind, keys)
    except RequestError as error:
        raise refused("signature") from error
    try:
        value = shape.model_validate_json(payload)
    except ValidationError as error:
        raise refused("form") from error
    speaks_for = sites_of(keys, by)
    if site_named(value) not in speaks_for and "" not in speaks_for:
        raise refused("site")
    return value, by


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _readme(statement: HandOver) -> str:
    files = [STATEMENT, ENVELOPE, PROOF, *([READER] if statement.reader_sha256 else [])]
    return (
        f"Pandok 인계 묶음 · Hand-over package {statement.number}\n"
        f"{statement.site} · {statement.agreement} {statement.title}\n\n"
        "1. 만든 기관의 공개키를 이 파일과 다른 경로로 받아 지문을 전화로 비교합니다.\n"
        "   Receive the public key of the site over another way, and compare its fingerprint by telephone.\n"
        "2. pandok programme check-hand-over hand-over.zip --key SITE.pub\n"
        "3. 자기 봉인 자료로 검수 시험을 등록하고, 봉인을 열어 한 번 재고, 현업 책임자가 결정합니다.\n"
        "   Register an acceptance test on your own sealed data, measure it once, and let your field owner decide.\n"
        "4. 받았는지, 받지 않았는지 만든 기관에 서명해 알립니다.\n"
        "   Tell the site that made it, signed, whether you accepted it.\n\n"
        f"{', '.join(files)}\n"
    )


_WHAT = {
    "form": (
        Text(ko="인계 묶음이나 그 답이 아니거나, 바뀌었습니다.", en="This is no hand-over, or it was changed."),
        Text(ko="보낸 기관에서 고치지 않은 파일을 다시 받으십시오.", en="Ask the sending site for the file again."),
    ),
    "key": (
        Text(ko="믿는 공개키가 없어 서명을 확인할 수 없습니다.", en="No key is trusted, so no signature counts."),
        Text(
            ko="보낸 기관의 공개키를 다른 경로로 받아 실증랩의 입증서 화면에서 먼저 더하십시오.",
            en="Receive that site's key over another way and add it on the lab's page of proofs first.",
        ),
    ),
    "signature": (
        Text(ko="서명이 맞지 않습니다.", en="The signature does not hold."),
        Text(
            ko="믿는 공개키가 그 기관의 것인지 확인하고, 파일을 다시 받으십시오.",
            en="Check that the trusted key is that site's, and ask for the file again.",
        ),
    ),
    "site": (
        Text(ko="서명한 키가 이 기관의 것이 아닙니다.", en="The key that signed is not that site's."),
        Text(
            ko="파일이 말하는 기관에 물어 확인하십시오. 그대로는 받지 않습니다.",
            en="Ask the site that the file names. It is not taken as it is.",
        ),
    ),
    "parts": (
        Text(ko="묶음 안의 파일이 서명한 내용과 다릅니다.", en="A file in the package is not the one that was signed."),
        Text(ko="보낸 기관에서 묶음을 다시 받으십시오.", en="Ask the sending site for the package again."),
    ),
}


def refused(reason: str) -> PackageRefused:
    return PackageRefused(*_WHAT[reason], code=f"hand_over.{reason}")
