"""Types of containers as people write them."""

from __future__ import annotations

from pandok.core.errors import InputError
from pandok.core.text import Text
from pandok.readers.xray.containers.kinds import ContainerKind, kind_of


def kind_named(code: str) -> ContainerKind:
    """Raises InputError xray.container_type."""
    try:
        return kind_of(code)
    except ValueError as error:
        raise InputError(
            Text(ko=f"컨테이너 형식을 알 수 없습니다: {code}", en=f"No type of container is known as {code}."),
            Text(
                ko="ISO 6346 형식 부호 네 글자를 적으십시오(예: 22G1, 45R1).",
                en="Give the four characters of ISO 6346, as 22G1 or 45R1.",
            ),
            code="xray.container_type",
        ) from error


def no_container() -> InputError:
    return InputError(
        Text(
            ko="영상에서 컨테이너의 네 변을 찾지 못했습니다.",
            en="The four edges of a container were not found in the scan.",
        ),
        Text(
            ko="컨테이너 한 대가 공기에 둘러싸여 모두 보이는 영상을 쓰십시오.",
            en="Use a scan that shows one container whole, with air around it.",
        ),
        code="xray.container_not_found",
    )
