"""`pandok street ingest`, `pole`, `register`, `password`, `broker-files`: from a pole to the records."""

from __future__ import annotations

import getpass
import signal
import time
from pathlib import Path
from typing import Annotated

import typer

from pandok.cli.terminal import console, say, start_django
from pandok.core.text import Text

_stop = False


def _end(*_: object) -> None:
    global _stop
    _stop = True


def _until_told() -> None:
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)


def ingest() -> None:
    """등주 메시지를 받아 저장하고 확인을 보냅니다 · Take messages of poles, keep them, then acknowledge."""
    start_django()
    from datetime import UTC, datetime

    from pandok.engines.broker.address import broker_address
    from pandok.engines.broker.client import BrokerClient
    from pandok.fields.street.acts.serving_poles import Counts, serve_once
    from pandok.fields.street.hazards_of_site import readers_of_site
    from pandok.fields.street.messages import TREE
    from pandok.fields.street.readers_in_memory import in_memory
    from pandok.fields.street.refusals import refusal
    from pandok.settings import settings

    if not settings().street_broker:
        raise refusal("no_broker")
    client = BrokerClient(broker_address(settings().street_broker), name="", topics=[f"{TREE}/+/up"])
    counts = Counts()
    hazards = in_memory(readers_of_site())
    _until_told()
    client.start()
    console().print(say(Text(ko="등주 메시지를 기다립니다.", en="Waiting for messages of poles.")))
    while not _stop:
        serve_once(client, hazards=hazards, clock=lambda: datetime.now(UTC), counts=counts)
    client.stop()
    said = Text(
        ko=f"받은 메시지 {counts.taken}건, 읽을 수 없는 것 {counts.unreadable}건.",
        en=f"Messages taken: {counts.taken:,}; unreadable: {counts.unreadable:,}.",
    )
    console().print(say(said))


def pole(
    key: Annotated[str, typer.Argument(help="등주 번호 · Key of the pole.")],
    broker: Annotated[str, typer.Option("--broker", help="중개기 주소 · Address of the broker.")],
    spool: Annotated[Path, typer.Option("--spool", help="보관 파일 · File of the spool.")],
    depths: Annotated[str, typer.Option("--depths", help="보낼 수심(cm) · Depths to send, in cm.")] = "0",
    every_s: Annotated[float, typer.Option("--every", min=0.0, help="간격(초) · Seconds between.")] = 1.0,
    resend_s: Annotated[float, typer.Option("--resend", min=0.05, help="재전송(초) · Seconds to resend.")] = 2.0,
    acting: Annotated[str, typer.Option("--acting", help="장치 · Devices: lamp,sign,siren,barrier.")] = "",
    leave: Annotated[bool, typer.Option("--leave", help="모두 확인되면 끝냅니다 · End once all is kept.")] = False,
) -> None:
    """등주를 흉내 냅니다 · A simulated pole: keeps what it measures on disk until it is acknowledged."""
    from pandok.engines.broker.address import broker_address
    from pandok.engines.broker.client import BrokerClient
    from pandok.fields.street.messages import topic_of
    from pandok.fields.street.orders import DeviceKind, Order, order_words
    from pandok.fields.street.pole_devices import OrderMemory, PoleDevices
    from pandok.fields.street.pole_end import PoleEnd
    from pandok.fields.street.spool import PoleSpool

    kept = PoleSpool(spool)
    client = BrokerClient(broker_address(broker), name="", topics=[topic_of(key, "ack"), topic_of(key, "do")])

    def shown(order: Order, own_rule: bool) -> None:
        words = order_words(order)
        own = Text(ko=f"{words.ko} (등주 자체 규칙)", en=f"{words.en} (the pole's own rule)")
        console().print(say(own if own_rule else words), markup=False)

    memory = OrderMemory(spool.with_name(spool.name + ".orders"))
    devices = PoleDevices(key, [DeviceKind(one) for one in acting.split(",") if one], memory, client, shown)
    end = PoleEnd(
        key, kept, client, resend_s=resend_s, others=lambda one: devices.ordered(one.payload, time.monotonic())
    )
    values = [float(one) for one in depths.split(",")]
    _until_told()
    client.start()
    next_at = time.monotonic()
    while not _stop:
        # What is measured is numbered by the spool: started again, it goes on behind the last one that is on disk.
        if kept.last < len(values) and time.monotonic() >= next_at:
            devices.measured(values[kept.last])
            end.measured("level-1", "depth_cm", "cm", values[kept.last], round(time.time() * 1000))
            next_at += every_s
        devices.turn(time.monotonic())
        end.turn(time.monotonic(), round(time.time() * 1000), wait_s=0.05)
        if leave and kept.last >= len(values) and not kept.waiting(1):
            break
    client.stop()
    kept.close()
    memory.close()


def register(
    bed: Annotated[str, typer.Argument(help="시험 구역 · Test bed.")],
    key: Annotated[str, typer.Argument(help="등주 번호 · Key of the pole.")],
    sensors: Annotated[
        list[str], typer.Option("--sensor", help="감지기:항목 · SENSOR:PROPERTY, as level-1:depth_cm.")
    ] = [],  # noqa: B006
    feeder: Annotated[str, typer.Option("--feeder", help="선로 · Feeder.")] = "",
    place: Annotated[str, typer.Option("--place", help="설치 장소 · Where it stands.")] = "",
    latitude: Annotated[float | None, typer.Option("--latitude", help="위도 · Latitude.")] = None,
    longitude: Annotated[float | None, typer.Option("--longitude", help="경도 · Longitude.")] = None,
    acting: Annotated[
        list[str], typer.Option("--acting", help="장치 · Device that can be told: lamp, sign, siren, barrier.")
    ] = [],  # noqa: B006
) -> None:
    """등주를 등록합니다 · Register a pole with its sensors."""
    start_django()
    from datetime import UTC, datetime

    from pandok.fields.street.acts.registering import PoleFacts, SensorFacts, open_test_bed, register_pole
    from pandok.fields.street.orders import DeviceKind
    from pandok.fields.street.refusals import refusal

    now = datetime.now(UTC)
    opened = open_test_bed(code=bed, name_ko=bed, name_en=bed, question="", actor=None, now=now)
    facts = [SensorFacts(name, observed) for name, _, observed in (one.partition(":") for one in sensors)]
    kinds = tuple(DeviceKind(one) for one in acting if one in set(DeviceKind))
    if len(kinds) < len(acting):
        raise refusal("no_device")
    pole = PoleFacts(key, feeder, place, latitude=latitude, longitude=longitude, sensors=tuple(facts), acting=kinds)
    made = register_pole(opened, pole, actor=None, now=now)
    console().print(made.key)


def reader_settings(
    key: Annotated[str, typer.Argument(help="등주 번호 · Key of the pole.")],
    reason: Annotated[str, typer.Option("--reason", help="사유 · Why.")],
    chosen: Annotated[
        list[str], typer.Option("--set", help="이름=값(JSON) · NAME=VALUE as JSON; those left out are as usual.")
    ] = [],  # noqa: B006
) -> None:
    """등주마다 다른 판독기 설정을 적습니다 · Write down what of the readers differs at this pole."""
    start_django()
    import json
    from datetime import UTC, datetime

    from pandok.fields.street.acts.choosing_reader_settings import choose_reader_settings
    from pandok.fields.street.refusals import refusal

    try:
        values = {name: json.loads(value) for name, _, value in (one.partition("=") for one in chosen)}
    except json.JSONDecodeError as error:
        raise refusal("bad_settings") from error
    made = choose_reader_settings(key, values, actor=None, reason=reason, now=datetime.now(UTC))
    console().print_json(json.dumps(made.reader_settings))


def password(
    key: Annotated[str, typer.Argument(help="등주 번호 · Key of the pole.")],
    reason: Annotated[str, typer.Option("--reason", help="사유 · Why.")],
) -> None:
    """등주 비밀번호를 새로 만듭니다 · Make a pole's password; it is shown once, the one before is void."""
    start_django()
    from datetime import UTC, datetime

    from pandok.fields.street.acts.registering import new_password

    console().print(new_password(key, actor=None, reason=reason, now=datetime.now(UTC)), markup=False)


def broker_files(
    folder: Annotated[Path, typer.Argument(help="폴더 · Folder.")],
    port: Annotated[int, typer.Option("--port", help="포트 · Port.")] = 1883,
    address: Annotated[str, typer.Option("--address", help="주소 · Address to listen on.")] = "127.0.0.1",
) -> None:
    """Mosquitto 설정을 씁니다 · Write Mosquitto's configuration, passwords and access rules."""
    start_django()
    from pandok.engines.broker import mosquitto_files
    from pandok.engines.broker.address import broker_address
    from pandok.engines.files.durable import write_durably
    from pandok.fields.street.acts.broker_passwords import keyed
    from pandok.fields.street.messages import TREE
    from pandok.fields.street.models import Pole
    from pandok.fields.street.refusals import refusal
    from pandok.settings import settings

    if not settings().street_broker:
        raise refusal("no_broker")
    own = broker_address(settings().street_broker)
    words = dict(Pole.objects.exclude(broker_password="").values_list("key", "broker_password"))
    for name, text in (
        ("passwords", mosquitto_files.passwords(words | {own.user: keyed(own.password)})),
        ("access", mosquitto_files.access(TREE, [own.user])),
        (
            "mosquitto.conf",
            mosquitto_files.configuration(str(folder.resolve()), port=port, address=address, user=getpass.getuser()),
        ),
    ):
        write_durably(folder / name, text.encode(), overwrite=True)
    console().print(str(folder / "mosquitto.conf"), markup=False)
