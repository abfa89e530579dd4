"""Taking out who and which: for scans that leave the office.

Plates, containers, declarants, logins and numbers of scans become keyed hashes (HMAC-SHA256 with the key of the site),
so that the same is the same and nobody without the key can try numbers. Times are kept to the hour. Comments and names
of files go. What is burnt into pixels stays: see the remark.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime

from pandok.readers.xray.formats.container_number import plain_number
from pandok.readers.xray.formats.refusals import remark
from pandok.readers.xray.scan import Cargo, Operation, Reference, Scan, Step

LEAST_KEY_BYTES = 16
_MARK = "masked-"
Hide = Callable[[str, str], str]


def masked(scan: Scan, key: bytes) -> Scan:
    """Raises ValueError for a key under 16 bytes. What is masked already stays as it is."""
    if len(key) < LEAST_KEY_BYTES:
        raise ValueError(f"a key of at least {LEAST_KEY_BYTES} bytes")
    facts = scan.facts
    if facts.masked:
        return scan

    def hidden(kind: str, text: str) -> str:
        if not text:
            return ""
        told = f"{kind}\0{plain_number(text)}".encode()
        return _MARK + hmac.new(key, told, hashlib.sha256).hexdigest()[:24]

    def uid(text: str) -> str:
        if not text:
            return ""
        return f"2.25.{int(hmac.new(key, f'uid{text}'.encode(), hashlib.sha256).hexdigest()[:30], 16)}"

    report = facts.report
    if report is not None:

        def unnamed(image: Reference) -> Reference:
            return image.model_copy(update={"instance_uid": uid(image.instance_uid)})

        threats = tuple(one.model_copy(update={"images": tuple(map(unnamed, one.images))}) for one in report.threats)
        report = report.model_copy(
            update={
                "images": tuple(map(unnamed, report.images)),
                "threats": threats,
                "decided_at": _to_the_hour(report.decided_at),
            }
        )
    return scan.with_facts(
        object_id=hidden("object", facts.object_id),
        object_id_issuer="",
        taken_at=_to_the_hour(facts.taken_at),
        taken_local=facts.taken_local[:13] + ":00" if len(facts.taken_local) > 13 else facts.taken_local,
        instance_uid=uid(facts.instance_uid),
        series_uid=uid(facts.series_uid),
        study_uid=uid(facts.study_uid),
        frame_uid=uid(facts.frame_uid),
        cargo=_cargo(facts.cargo, hidden) if facts.cargo else None,
        report=report,
        steps=tuple(Step(what=one.what, program=one.program, at=_to_the_hour(one.at)) for one in facts.steps),
        sha256=hidden("sha256", facts.sha256),
        remarks=(
            *facts.remarks,
            remark(
                "scan.masked",
                "이름과 번호를 가렸습니다. 영상에 새겨진 글자는 남아 있을 수 있습니다.",
                "Names and numbers were masked; letters burnt into the image may remain.",
            ),
        ),
        masked=True,
    )


def _cargo(cargo: Cargo, hidden: Hide) -> Cargo:
    return cargo.model_copy(
        update={
            "scan_number": hidden("scan", cargo.scan_number),
            "containers": tuple(
                one.model_copy(update={"number": hidden("container", one.number)}) for one in cargo.containers
            ),
            "plates": tuple(one.model_copy(update={"number": hidden("plate", one.number)}) for one in cargo.plates),
            "operations": tuple(_operation(one, hidden) for one in cargo.operations),
            "comments": "",
            "files": (),
        }
    )


def _operation(one: Operation, hidden: Hide) -> Operation:
    return one.model_copy(
        update={
            "login": hidden("login", one.login),
            "workstation": hidden("workstation", one.workstation),
            "started_at": _to_the_hour(one.started_at),
            "ended_at": _to_the_hour(one.ended_at),
        }
    )


def _to_the_hour(at: datetime | None) -> datetime | None:
    return None if at is None else at.replace(minute=0, second=0, microsecond=0)
