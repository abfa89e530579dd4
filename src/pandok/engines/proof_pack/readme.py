"""README.txt of a pack: what it is and how to check it, for whoever opens it in ten years."""

from __future__ import annotations

from pandok.core.lab.proof_pack import Statement

_VERDICTS = {
    "proven": ("입증", "proven"),
    "not_proven": ("미입증", "not proven"),
    "inferior": ("열등", "inferior"),
    "undecidable": ("판단 불가", "undecidable"),
}


def readme(statement: Statement) -> bytes:
    ko, en = _VERDICTS[statement.verdict]
    return f"""입증서 {statement.number}

과제: {statement.title.ko}
모델: {statement.model.name} {statement.model.version}
판정: {ko}
만든 곳: {statement.site}
만든 때: {statement.made_at.isoformat()}
유효 기한: {statement.expires_on.isoformat()}

확인 방법
1. 만든 곳의 공개키 파일을 이 입증서와 다른 경로로 받습니다.
2. 인터넷 없이 다음을 실행합니다: pandok proof verify proof.zip --key 공개키파일
서명, 사전등록, 원장, 구간과 판정이 다시 계산됩니다. 봉인 자료는 들어 있지 않습니다.
유효 기한이 지났거나 모델, 자료, 업무가 바뀌었으면 다시 검증해야 합니다.


Proof {statement.number}

Problem: {statement.title.en}
Model: {statement.model.name} {statement.model.version}
Verdict: {en}
Made at: {statement.site}
Made on: {statement.made_at.isoformat()}
Valid until: {statement.expires_on.isoformat()}

How to check it
1. Get the public key file of the site that made it, over another way than this proof.
2. Without any network, run: pandok proof verify proof.zip --key KEYFILE
Signature, registration, ledger, intervals and verdict are computed again. No sealed data are inside.
After its last day, or when model, data or practice have changed, it must be proven anew.
""".encode()
