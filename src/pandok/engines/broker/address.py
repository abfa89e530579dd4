"""The one setting of a broker: `mqtts://user:password@host:8883?ca=FILE&certificate=FILE&key=FILE`."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.core.wrong_setting import wrong_setting

SETTING = "PANDOK_STREET_BROKER"


@dataclass(frozen=True)
class BrokerAddress:
    host: str
    port: int
    tls: bool
    user: str = ""
    password: str = ""
    ca: str = ""
    certificate: str = ""
    key: str = ""


def broker_address(text: str) -> BrokerAddress:
    """Raises RequestError for what is no address.

    >>> broker_address("mqtts://pandok:a%2Fb@broker.example?ca=/etc/ca.pem").port
    8883
    """
    try:
        url = urlsplit(text)
        port = url.port
        options = parse_qs(url.query, strict_parsing=bool(url.query))
    except ValueError as error:
        raise _wrong(str(error)) from error
    if url.scheme not in ("mqtt", "mqtts") or not url.hostname:
        raise _wrong("mqtts://user:password@host:8883")
    if unknown := set(options) - {"ca", "certificate", "key"}:
        raise _wrong(", ".join(sorted(unknown)))
    tls = url.scheme == "mqtts"
    files = {name: values[-1] for name, values in options.items()}
    return BrokerAddress(
        url.hostname,
        port or (8883 if tls else 1883),
        tls,
        unquote(url.username or ""),
        unquote(url.password or ""),
        **files,
    )


def _wrong(why: str) -> RequestError:
    return wrong_setting(
        Text(ko=f"{SETTING} 값을 쓸 수 없습니다: {why}", en=f"{SETTING} cannot be used: {why}"),
        Text(
            ko="mqtts://사용자:비밀번호@주소:8883 모양으로 적으십시오.",
            en="Write it as mqtts://user:password@host:8883.",
        ),
        setting=SETTING,
    )
