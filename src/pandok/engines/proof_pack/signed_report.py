"""The report of a trial under the site's signature: one file, checked with the public key alone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pandok.core.canonical import canonical, digest
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.engines.proof_pack.signing import SigningKey, opened

PAYLOAD_TYPE = "application/vnd.pandok.shadow-trial+json"


def signed_report(report: dict[str, Any], report_sha256: str, key: SigningKey) -> bytes:
    """The bytes of the file."""
    return canonical(key.sign(canonical({"report": report, "report_sha256": report_sha256}), PAYLOAD_TYPE))


def opened_report(data: bytes, public_keys: Iterable[str]) -> tuple[dict[str, Any], str]:
    """The report and the id of the key that signed it. Raises RequestError where form, signature or hash does not
    hold; only the given keys count."""
    try:
        envelope = json.loads(data)
        payload, key = opened(envelope, PAYLOAD_TYPE, public_keys)
        content = json.loads(payload)
        report, stated = content["report"], content["report_sha256"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _no_report() from error
    if not isinstance(report, dict):
        raise _no_report()
    if digest(report) != stated:
        raise report_differs()
    return report, key


def report_differs() -> RequestError:
    return RequestError(
        Text(ko="보고서가 기록에서 계산한 값과 다릅니다.", en="The report is not what its rows give."),
        Text(ko="감사 기록을 확인한 뒤 인계하십시오.", en="Look at the audit trail before you hand it over."),
        code="trial.report_differs",
    )


def _no_report() -> RequestError:
    return RequestError(
        Text(ko="서명된 그림자 시험 보고서가 아닙니다.", en="This is no signed report of a trial."),
        Text(ko="보낸 기관에서 파일을 다시 받으십시오.", en="Ask the sending agency for the file again."),
        code="trial.no_signed_report",
    )
