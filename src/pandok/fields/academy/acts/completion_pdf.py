"""The certificate of completion of an open course on paper. The same certificate gives the same bytes."""

from __future__ import annotations

from pandok.common.papers import certificates
from pandok.common.papers.certificates import breakable, in_words
from pandok.core.text import Text
from pandok.fields.academy.models import CourseCompletion

_TITLE = Text(ko="수료증 {number}", en="Certificate of completion {number}")
_HEADER = (
    Text(ko="단계", en="Step"),
    Text(ko="물음", en="Question"),
    Text(ko="답", en="Answer"),
    Text(ko="단위", en="Unit"),
    Text(ko="확인", en="Checked"),
)
_RIGHT = Text(ko="맞음", en="right")
_SAYS = Text(
    ko="이 과정의 물음에 답하고 모델을 제출했음을 확인합니다. 모델의 성능을 말하지 않습니다.",
    en="Its holder answered the questions and handed a model in. It says nothing of how good the model is.",
)


def completion_pdf(kept: CourseCompletion, language: str) -> bytes:
    return certificates.certificate_pdf(
        title=_TITLE.in_language(language).format(number=kept.number),
        facts=[
            (Text(ko="성명", en="Name"), kept.name),
            (Text(ko="과정", en="Course"), kept.title.in_language(language)),
            (Text(ko="수료", en="Completed"), in_words(kept.completed_at.isoformat(), language)),
            (Text(ko="제출물", en="Submission"), breakable(kept.submission.upload_sha256)),
            (Text(ko="뜻", en="What it says"), _SAYS.in_language(language)),
        ],
        header=_HEADER,
        rows=[
            (str(at), one[language], f"{one['answer']:g}", one["unit"], _RIGHT.in_language(language))
            for at, one in enumerate(kept.answers, start=1)
        ],
        at=kept.completed_at,
        language=language,
    )
