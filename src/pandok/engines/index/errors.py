"""What can go wrong with an index, said to the operator."""

from __future__ import annotations

from pathlib import Path

from pandok.core.errors import StoreError
from pandok.core.text import Text

_BUILD_AGAIN = Text(
    ko="색인 폴더를 다른 곳으로 옮기고 등록부에서 색인을 다시 만드십시오. 등록부 자료는 그대로입니다.",
    en="Move the index folder away and build the index again from the register; the register itself is untouched.",
)


def corrupt(path: Path, why: str) -> StoreError:
    return StoreError(
        Text(
            ko=f"색인 파일 {path.name}이(가) 손상되었습니다({why}).", en=f"Index file {path.name} is damaged ({why})."
        ),
        _BUILD_AGAIN,
        code="store.index_corrupt",
        path=str(path),
        why=why,
    )


def wrong_dimension(expected: int, got: int) -> StoreError:
    return StoreError(
        Text(
            ko=f"벡터 차원이 맞지 않습니다. 색인은 {expected}, 받은 값은 {got}입니다.",
            en=f"The vectors do not fit: the index holds dimension {expected}, got {got}.",
        ),
        Text(
            ko="색인을 만든 모델로 설정을 되돌리거나 새 모델로 색인을 다시 만드십시오.",
            en="Go back to the model that built the index, or build the index again with the new model.",
        ),
        code="store.index_dimension",
        expected=expected,
        got=got,
    )


def wrong_rows(why_ko: str, why_en: str) -> StoreError:
    return StoreError(
        Text(ko=f"색인에 넣을 수 없는 값입니다: {why_ko}.", en=f"These rows cannot go into the index: {why_en}."),
        Text(
            ko="모델 출력과 가져오기 프로그램을 확인하십시오. 색인은 바뀌지 않았습니다.",
            en="Check the model's output and the importer. The index was not changed.",
        ),
        code="store.index_rows",
    )


def absent_keys(missing: list[int]) -> StoreError:
    return StoreError(
        Text(ko=f"색인에 없는 도면입니다: {missing[:5]}", en=f"Not in the index: {missing[:5]}"),
        Text(ko="등록부에서 해당 도면을 다시 색인하십시오.", en="Index these views again from the register."),
        code="store.index_key",
        missing=missing[:100],
    )


def busy(what: str) -> StoreError:
    return StoreError(
        Text(ko="다른 프로그램이 색인을 바꾸고 있습니다.", en="Another process is changing the index."),
        Text(ko="끝난 뒤 다시 시도하십시오.", en="Try again when it has finished."),
        code="store.index_busy",
        lock=what,
    )


def disk(error: OSError, path: Path) -> StoreError:
    return StoreError(
        Text(
            ko=f"색인을 디스크에서 읽거나 쓰지 못했습니다: {error}", en=f"Reading or writing the index failed: {error}"
        ),
        Text(ko="디스크 공간과 권한을 확인하십시오.", en="Check disk space and permissions."),
        code="store.index_disk",
        path=str(path),
    )


def closed() -> StoreError:
    return StoreError(
        Text(ko="이미 닫힌 색인입니다.", en="The index is closed."),
        Text(ko="색인을 다시 여십시오.", en="Open the index again."),
        code="store.index_closed",
    )
