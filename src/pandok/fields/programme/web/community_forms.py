"""What is sent of posts and notices."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pandok.fields.programme.models import ProgrammeNotice
from pandok.fields.programme.post_text import CORRECTION, NOTICE, NOTICE_TITLE, POST
from pandok.web.sent_fields import Written


class PostForm(forms.Form):
    text = Written(pgettext_lazy("community", "What everybody will read"), room=POST, rows=4, must=True)
    nothing_sealed = forms.BooleanField(
        label=_("It says nothing about sealed data: no case, no answer, no count of theirs"), required=False
    )


class CorrectionForm(forms.Form):
    text_ko = Written(_("Correction in Korean"), room=CORRECTION, rows=4, must=True)
    text_en = Written(_("Correction in English"), room=CORRECTION, rows=4, must=True)


class NoticeForm(forms.Form):
    title_ko = Written(pgettext_lazy("notice", "Title in Korean"), room=NOTICE_TITLE, must=True)
    title_en = Written(pgettext_lazy("notice", "Title in English"), room=NOTICE_TITLE, must=True)
    text_ko = Written(pgettext_lazy("notice", "Text in Korean"), room=NOTICE, rows=6, must=True)
    text_en = Written(pgettext_lazy("notice", "Text in English"), room=NOTICE, rows=6, must=True)

    @classmethod
    def of(cls, notice: ProgrammeNotice) -> NoticeForm:
        return cls(initial={name: getattr(notice, name) for name in cls.base_fields}, auto_id="alter_%s")
