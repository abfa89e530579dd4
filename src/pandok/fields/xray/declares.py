"""What X-ray declares."""

from __future__ import annotations

from pandok.common.declared import Declares
from pandok.fields.xray.roles import MAY, Action, Role
from pandok.fields.xray.states import TABLE

DECLARES = Declares(
    roles=Role,
    actions=Action,
    may=MAY,
    states=(TABLE,),
)
