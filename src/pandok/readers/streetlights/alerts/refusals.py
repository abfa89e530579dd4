"""Why a saved state is not taken, with the operator's next step."""

from __future__ import annotations

from pandok.core.errors import StoreError
from pandok.core.text import Text

_ANEW = Text(
    ko="이 등주의 판독기를 새로 시작하거나, 상태를 저장한 판독기 버전을 설치하십시오.",
    en="Begin this pole's reader anew, or install the version of the reader that saved the state.",
)


def damaged(detail: str) -> StoreError:
    return StoreError(
        Text(
            ko=f"저장된 판독기 상태를 읽을 수 없습니다({detail}).",
            en=f"A saved reader state cannot be read ({detail}).",
        ),
        _ANEW,
        code="street.state_damaged",
        detail=detail,
    )


def of_another(part: str, saved: str, here: str) -> StoreError:
    """`part`: what differs (`format`, `reader`, `version`, `pole`, `levels`)."""
    return StoreError(
        Text(
            ko=f"저장된 상태가 다른 판독기의 것입니다({part}: 저장 {saved}, 현재 {here}).",
            en=f"The saved state is of another reader ({part}: saved {saved}, here {here}).",
        ),
        _ANEW,
        code="street.state_of_another",
        part=part,
        saved=saved,
        here=here,
    )
