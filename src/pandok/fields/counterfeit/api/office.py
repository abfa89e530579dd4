"""What issuing notices needs of this site."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings as django_settings

from pandok.fields.counterfeit.acts.notices.office import Office, open_office
from pandok.settings import settings


def office() -> Office:
    return open_office(settings(), Path(django_settings.HOME))
