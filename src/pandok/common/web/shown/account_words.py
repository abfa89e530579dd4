"""Words for what the audit log says of an account."""

from __future__ import annotations

from pandok.core.text import Text

ACCOUNT_ACTIONS: dict[str, Text] = {
    "account.created": Text(ko="계정 생성", en="Account created"),
    "account.invited": Text(ko="초대 링크 발급", en="Invitation made"),
    "account.password_set": Text(ko="비밀번호 설정", en="Password set"),
    "account.password_changed": Text(ko="비밀번호 변경", en="Password changed"),
    "account.profile": Text(ko="성명·연락처 변경", en="Name or contact changed"),
    "account.password_link": Text(ko="비밀번호 재설정 링크 발송", en="Link for a new password sent"),
    "account.reset_asked": Text(ko="로그인 수단 초기화 요청", en="Reset of the sign-in asked for"),
    "account.reset_agreed": Text(ko="로그인 수단 초기화 동의", en="Reset of the sign-in agreed to"),
    "account.confirmed": Text(ko="변경 확인 (의결 허용)", en="Changes confirmed: votes again"),
    "account.roles": Text(ko="역할 변경", en="Roles changed"),
    "account.suspended": Text(ko="계정 정지", en="Account suspended"),
    "account.reactivated": Text(ko="정지 해제", en="Suspension ended"),
    "second_step.set_up": Text(ko="2단계 인증 설정", en="Second step set up"),
    "second_step.recovery_code_used": Text(ko="복구 코드 사용", en="Recovery code used"),
    "second_step.recovery_codes_made": Text(ko="복구 코드 재발급", en="New recovery codes made"),
    "second_step.reset": Text(ko="2단계 인증 초기화", en="Second step reset"),
    "passkey.added": Text(ko="패스키 등록", en="Passkey added"),
    "passkey.removed": Text(ko="패스키 삭제", en="Passkey removed"),
    "passkey.copied": Text(ko="복제 의심 패스키 거부", en="Passkey that may be a copy refused"),
    "sign_in.done": Text(ko="로그인", en="Signed in"),
    "sign_in.refused": Text(ko="로그인 거부", en="Sign-in refused"),
    "sign_in.locked": Text(ko="로그인 잠김", en="Sign-in locked"),
    "session.ended": Text(ko="세션 종료", en="Session ended"),
}
_REASONS: dict[str, Text] = {
    "idle": Text(ko="사용하지 않음", en="not used"),
    "clock": Text(ko="서버 시각이 바로잡힘", en="the server's clock was set right"),
    "shift": Text(ko="10시간 경과", en="10 hours are over"),
    "signed out": Text(ko="로그아웃", en="signed out"),
    "signed in again": Text(ko="다시 로그인함", en="signed in again"),
    "ended by the person": Text(ko="본인이 종료", en="ended by the person"),
    "changed by the person": Text(ko="본인이 변경", en="changed by the person"),
    "password changed": Text(ko="비밀번호 변경", en="password changed"),
    "password set": Text(ko="비밀번호 설정", en="password set"),
    "roles changed": Text(ko="역할 변경", en="roles changed"),
    "suspended": Text(ko="계정 정지", en="account suspended"),
    "second step reset": Text(ko="2단계 인증 초기화", en="second step reset"),
    "passkey removed": Text(ko="패스키 삭제", en="passkey removed"),
    "came back": Text(ko="잠긴 화면에서 다시 들어옴", en="came back after a pause"),
    "asked at the sign-in page": Text(ko="로그인 화면에서 요청", en="asked at the sign-in page"),
    "invitation": Text(ko="초대 링크", en="by invitation"),
    "set up by the person": Text(ko="당사자가 등록", en="set up by the person"),
    "openid": Text(ko="기관 로그인", en="through the organisation"),
    "groups at the identity provider": Text(ko="기관의 그룹 변경", en="groups at the organisation"),
}


def action_words(action: str) -> Text:
    """What happened; an action of another area keeps its name."""
    return ACCOUNT_ACTIONS.get(action, Text(ko=action, en=action))


def reason_words(reason: str) -> Text:
    """Reasons that the program gave are translated; what a person wrote stays as it is."""
    return _REASONS.get(reason, Text(ko=reason, en=reason))
