"""What the reader program had said of a case's photograph, in words: shown after a trainee's own answer."""

from __future__ import annotations

from pandok.core.text import Text
from pandok.fields.academy.models import DesignLesson
from pandok.fields.register.models import Design


def program_words(lesson: DesignLesson) -> Text | None:
    """None where the case was never read."""
    said = lesson.program_said
    if not said:
        return None
    known = dict(Design.objects.filter(pk__in=lesson.choices).values_list("design_id", "pk"))
    numbers = [str(1 + lesson.choices.index(known[one])) for one in said.get("named", ()) if one in known]
    if not said.get("named"):
        return Text(ko="판독 프로그램: 유사 디자인 없음", en="The reader program: nothing close")
    if not numbers:
        return Text(
            ko="판독 프로그램: 보기에 없는 등록디자인을 가리킴",
            en="The reader program named an entry that is no choice",
        )
    share = said.get("probability")
    sure_ko, sure_en = (f"(확률 {share:.2f})", f" (probability {share:.2f})") if share is not None else ("", "")
    shown = ", ".join(numbers)
    return Text(ko=f"판독 프로그램: 보기 {shown}{sure_ko}", en=f"The reader program: choice {shown}{sure_en}")
