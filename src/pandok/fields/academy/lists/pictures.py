"""Which pictures may be shown: their article is in use, nobody retired them, and no veteran took them for composed."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from pandok.fields.academy.kinds import Realism
from pandok.fields.academy.models import Picture, PictureRetirement, RealismReview
from pandok.fields.academy.states import LessonState, RetirementState


def pictures_in_use() -> QuerySet[Picture]:
    """One "fake" of any reviewer rejects a picture."""
    retired = PictureRetirement.objects.filter(picture=OuterRef("pk"), state=RetirementState.RETIRED.value)
    fake = RealismReview.objects.filter(picture=OuterRef("pk"), said=Realism.FAKE.value)
    usable = Q(article=None) | Q(article__state=LessonState.IN_USE.value)
    return Picture.objects.filter(usable, ~Exists(retired), ~Exists(fake))
