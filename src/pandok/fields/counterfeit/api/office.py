"""What issuing notices needs of this site."""

from __future__ import annotations

from pandok.fields.counterfeit.acts.notices.office import Office, open_office
from pandok.settings import settings


def office() -> Office:
    return open_office(settings(), settings().home)
