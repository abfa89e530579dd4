"""Who may photograph and see readings. Roles of the fields above are granted this where they are declared."""

from __future__ import annotations

from pandok.common.roles import AnyAction, AnyRole
from pandok.common.roles import Role as CommonRole


class Action(AnyAction):
    READ_PHOTOGRAPHS = "read photographs", "사진을 보내 판독"
    SEE_OWN_READINGS = "see own readings", "자신의 판독 보기"
    SEE_ALL_READINGS = "see all readings", "모든 판독 보기"


MAY: dict[AnyAction, frozenset[AnyRole]] = {
    Action.READ_PHOTOGRAPHS: frozenset({CommonRole.ADMINISTRATOR}),
    Action.SEE_OWN_READINGS: frozenset({CommonRole.AUDITOR, CommonRole.ADMINISTRATOR}),
    Action.SEE_ALL_READINGS: frozenset({CommonRole.AUDITOR, CommonRole.ADMINISTRATOR}),
}
