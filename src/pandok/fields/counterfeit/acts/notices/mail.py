"""The mail that tells of a notice: both languages, the reader's first; the design, who sends it and whom to ask, and a
link. No photograph, no parcel number."""

from __future__ import annotations

from pandok.common.languages import FurtherLanguage, further_languages
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.notices.content import NoticeContent

_FACTS = (Text(ko="사건번호", en="Case"), Text(ko="담당 세관", en="Customs office"))
_NUMBER = Text(ko="문서번호", en="Document")
_NAMED = (Text(ko="등록 물품", en="Registered article"), Text(ko="등록번호", en="Registration"))
_DRAWING = Text(ko="붙임: 등록디자인 도면", en="Attached: a registered view of the design")
_LINK = Text(
    ko="사진과 자세한 내용은 로그인하여 확인하십시오: {address}",
    en="Sign in to see the photographs and the whole notice: {address}",
)
_FOOT = Text(
    ko="이 메일에는 사진을 담지 않습니다. 받으실 분이 아니면 지워 주십시오.",
    en="This mail carries no photographs. If it was not meant for you, please delete it.",
)


def mail_text(content: NoticeContent, language: str, *, further: bool = False) -> str:
    """The body, as plain text: nothing in it can be markup. `further`: in short, it stands in the further languages of
    the site too, each with its mark and with the address where the whole is read in it."""
    languages = ("en", "ko") if language == "en" else ("ko", "en")
    parts = [_in_language(content, one) for one in languages]
    parts += [_in_short(content, one) for one in further_languages().values()] if further else []
    return "\n\n―――――\n\n".join(parts) + "\n"


def _in_short(content: NoticeContent, further: FurtherLanguage) -> str:
    def say(text: Text) -> str:
        return text.in_language(further.code)

    rows = f"{say(_FACTS[0])}: {content.case_number}\n{say(_FACTS[1])}: {say(content.office)}"
    link = say(_LINK).format(address=f"{content.address}?lang={further.code}")
    return "\n\n".join(
        (further.name, further.mark.ko, say(further.mark), say(content.title), *map(say, content.lead), rows, link)
    )


def _in_language(content: NoticeContent, language: str) -> str:
    def say(text: Text) -> str:
        return text.in_language(language)

    facts = [(_NUMBER, content.document_number)] if content.document_number else []
    rows = [f"{say(label)}: {value}" for label, value in facts]
    rows += [f"{say(_FACTS[0])}: {content.case_number}", f"{say(_FACTS[1])}: {say(content.office)}"]
    rows += [f"{say(fact.label)}: {say(fact.value)}" for fact in content.facts if fact.label in _NAMED]
    asked = "\n".join(f"{say(fact.label)}: {say(fact.value)}" for fact in content.contact)
    appeal = [say(content.appeal.title), *map(say, content.appeal.paragraphs)] if content.appeal else []
    parts = (
        say(content.title),
        content.party_name,
        *(say(words) for words in content.lead),
        "\n".join(rows),
        *appeal,
        say(_LINK).format(address=content.address),
        say(content.source),
        f"{say(content.sender)}\n{asked}".strip() if content.sender else asked,
        say(_DRAWING) if content.drawings else "",
        say(_FOOT),
    )
    return "\n\n".join(part for part in parts if part)
