"""The mail that tells of a notice: both languages, the reader's first; no photograph, no parcel number, a link."""

from __future__ import annotations

from pandok.core.text import Text
from pandok.desk.notices.content import NoticeContent

_FACTS = (Text(ko="사건번호", en="Case"), Text(ko="담당 세관", en="Customs office"))
_LINK = Text(
    ko="사진과 자세한 내용은 로그인하여 확인하십시오: {address}",
    en="Sign in to see the photographs and the whole notice: {address}",
)
_FOOT = Text(
    ko="이 메일에는 사진을 담지 않습니다. 받으실 분이 아니면 지워 주십시오.",
    en="This mail carries no photographs. If it was not meant for you, please delete it.",
)


def mail_text(content: NoticeContent, language: str) -> str:
    """The body, as plain text: nothing in it can be markup."""
    languages = ("en", "ko") if language == "en" else ("ko", "en")
    return "\n\n―――――\n\n".join(_in_language(content, one) for one in languages) + "\n"


def _in_language(content: NoticeContent, language: str) -> str:
    number, office = (label.in_language(language) for label in _FACTS)
    return "\n\n".join(
        (
            content.title.in_language(language),
            content.party_name,
            *(words.in_language(language) for words in content.lead),
            f"{number}: {content.case_number}\n{office}: {content.office.in_language(language)}",
            _LINK.in_language(language).format(address=content.address),
            _FOOT.in_language(language),
        )
    )
