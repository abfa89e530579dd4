"""A notice and a question with its official answer in the demonstration, so that the public pages are not empty."""

from __future__ import annotations

from datetime import datetime, timedelta

from pandok.common.models import Account
from pandok.fields.programme.acts.community.noticing import draft_notice, publish_notice
from pandok.fields.programme.acts.community.posting import answer, ask
from pandok.fields.programme.models import CommunityPost, ProgrammeNotice

NOTICE = {
    "title_ko": "침수 공모 설명회 (시연)",
    "title_en": "Meeting on the flood call (demonstration)",
    "text_ko": "시연 알림입니다. 설명회는 온라인으로 열고, 나온 질문과 답은 이 화면에 남깁니다.",
    "text_en": "A notice of the demonstration. The meeting is online; its questions and answers stand here.",
}
QUESTION = "수위계가 없는 지하차도도 신청할 수 있습니까? (시연)"
ANSWER = "예. 이동식 수위계 3대를 실증 자원에서 예약해 쓸 수 있습니다. (시연)"


def ensure_demo_discussion(*, office: Account, asker: Account, reason: str, now: datetime) -> None:
    """Written once, and left as it is afterwards, whoever hid or withdrew it."""
    if not ProgrammeNotice.objects.filter(title_ko=NOTICE["title_ko"]).exists():
        made = draft_notice(NOTICE, actor=office, now=now - timedelta(hours=4))
        publish_notice(made.pk, reason=reason, actor=office, now=now - timedelta(hours=3))
    if not CommunityPost.objects.filter(text=QUESTION).exists():
        asked = ask(QUESTION, challenge=None, nothing_sealed=True, actor=asker, now=now - timedelta(hours=2))
        answer(asked.pk, ANSWER, nothing_sealed=True, actor=office, now=now - timedelta(hours=1))
