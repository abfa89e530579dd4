"""What a site chooses stands in one place: `pandok.settings`. Django's settings hold Django's own, and no copies."""

from __future__ import annotations

import pytest
from django.conf import settings as django_settings

from pandok.settings import Settings, settings
from tests.chosen import Choose, changed

OF_DJANGO = {"DEBUG", "SECRET_KEY", "ALLOWED_HOSTS"}
"""Names that Django itself asks for."""


def test_django_holds_no_copy_of_a_setting() -> None:
    own = {name.upper() for name in Settings.model_fields} - OF_DJANGO
    assert own & set(dir(django_settings)) == set()


def test_a_test_chooses_field_by_field_and_the_house_sees_it(choose: Choose) -> None:
    before = settings()
    choose(contact="통관지원과")
    assert (settings().contact, settings().home) == ("통관지원과", before.home)


def test_what_was_chosen_ends_with_the_test_and_stays_checked() -> None:
    assert settings().contact == ""
    with pytest.raises(AssertionError, match="no such settings"):
        changed(contakt="x")
    with pytest.raises(ValueError, match="two_step"):
        changed(two_step="perhaps")
