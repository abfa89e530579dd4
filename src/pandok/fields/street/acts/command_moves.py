"""The one way to change a command to a device: pandok.common.records.lifecycle."""

from __future__ import annotations

from typing import Any

from pandok.common.records.lifecycle import Lifecycle
from pandok.core.audit import Detail
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.street.command_states import TABLE, CommandMover, CommandState
from pandok.fields.street.models import DeviceCommand
from pandok.fields.street.refusals import refusal


def locked_command(command_id: Any) -> DeviceCommand:
    """Locked until the end of the transaction. Raises RequestError where there is none."""
    try:
        return COMMANDS.locked(command_id, "pole")
    except DeviceCommand.DoesNotExist:
        raise refusal("no_command") from None


def _facts(command: DeviceCommand, _event: Any) -> dict[str, Detail]:
    return {"pole": command.pole.key, "device": command.device, "number": command.number}


def _no_such_way(_command: DeviceCommand, start: CommandState, to: CommandState) -> RequestError:
    return RequestError(
        Text(
            ko=f"이 명령은 지금 '{start.words.ko}' 상태라 '{to.words.ko}'(으)로 바꿀 수 없습니다.",
            en=f"This command is '{start.words.en}' and cannot become '{to.words.en}' by you now.",
        ),
        Text(ko="화면을 새로 고쳐 지금 상태를 확인하십시오.", en="Reload the page to see where it stands."),
        code="street.no_such_way_of_command",
    )


COMMANDS: Lifecycle[DeviceCommand, CommandState, CommandMover] = Lifecycle(
    model=DeviceCommand,
    table=TABLE,
    name="command",
    action="command",
    no_way=_no_such_way,
    facts=_facts,
    nobody="street",
)
