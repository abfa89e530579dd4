"""A hand-over as values, with a key to sign it."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pandok.core.programme.hand_over import HandOver, HandOverAnswer
from pandok.engines.proof_pack.keys import SiteKey
from pandok.engines.proof_pack.signing import SigningKey

KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
SITE = "광주 북구청"
TRUSTED = [SiteKey(KEY.public, site=SITE)]
PROOF, READER = b"a proof", b"a reader"
CONDITIONS = {"devices": "초음파 수위계 3곳", "season": "6월부터 9월, 밤낮", "prevalence": "한 해 침수 3회"}
VALUES: dict[str, Any] = {
    "number": "2026-HO-000001",
    "site": SITE,
    "region": "honam",
    "made_at": datetime(2026, 10, 2, 3, tzinfo=UTC),
    "agreement": "2026-AG-000001",
    "title": "지하차도 침수 조기 경보 실증",
    "lead": "가온센서",
    "lock": "a" * 64,
    "measurement": "2026-KM-000001",
    "problem": {
        "number": "2026-FP-000001", "title": "비가 오면 지하차도가 잠긴다", "topic": "disasters", "region": "honam",
        "who_suffers": "운전자", "how_often": "한 해 세 번", "decision": "언제 막을지",
    },
    "kpis": [
        {
            "key": "false_share", "name": "헛경보 비율", "unit": "비율", "direction": "lower", "baseline": 0.4,
            "baseline_on": date(2026, 1, 15), "target": 0.2, "value": 0.1, "interval": (0.05, 0.18),
            "verdict": "proven",
        }
    ],
    "proof": {
        "number": "2026-P-000001", "site": SITE, "sha256": hashlib.sha256(PROOF).hexdigest(), "problem_id": "floods",
        "metrics": ["auroc"], "verdict": "proven", "model_sha256": "b" * 64, "expires_on": date(2027, 10, 2),
    },
    "sheet": {
        "operated_by": "재난상황팀장", "paid_by": "북구청 안전총괄과", "conditions": CONDITIONS,
        "cautions": "결빙에는 시험하지 않음",
    },
}  # fmt: skip


def statement(**other: Any) -> HandOver:
    return HandOver.model_validate(VALUES | other)


def with_reader() -> HandOver:
    return statement(reader_sha256=hashlib.sha256(READER).hexdigest())


def answer(**other: Any) -> HandOverAnswer:
    said = {
        "hand_over": "2026-HO-000001", "made_by": SITE, "site": "부산 동구청", "region": "yeongnam",
        "became": "accepted", "verdict": "proven", "registration": "c" * 64, "cases": 120,
        "here": CONDITIONS | {"devices": "레이더 수위계"}, "decided_on": date(2026, 11, 20), "reason": "같은 수준",
        "answered_at": datetime(2026, 11, 20, 3, tzinfo=UTC),
    }  # fmt: skip
    return HandOverAnswer.model_validate(said | other)
