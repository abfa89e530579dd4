"""Files for Mosquitto: a pole writes on its own topic and reads its own answer, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

POLE_WRITES, POLE_READS = ("up", "done", "state"), ("ack", "do")
"""Last words of a pole's topics: messages, answers to orders and what its devices are; acknowledgements and orders."""


def passwords(keyed: Mapping[str, str]) -> str:
    """`password_file`: user and hash as Mosquitto keeps it."""
    return "".join(f"{user}:{word}\n" for user, word in sorted(keyed.items()) if word)


def access(tree: str, desks: Iterable[str]) -> str:
    """`acl_file`: each user its own branch below `tree`; `desks` read what poles send, and write answers and orders."""
    lines = [f"pattern write {tree}/%u/{one}" for one in POLE_WRITES]
    lines += [f"pattern read {tree}/%u/{one}" for one in POLE_READS]
    for one in desks:
        lines += ["", f"user {one}", *(f"topic read {tree}/+/{word}" for word in POLE_WRITES)]
        lines += [f"topic write {tree}/+/{word}" for word in POLE_READS]
    return "\n".join(lines) + "\n"


def configuration(
    folder: str, *, port: int, address: str = "", user: str = "", tls: Mapping[str, str] | None = None
) -> str:
    """`mosquitto.conf`: no stranger comes in. `user`: as whom it
    runs where root starts it; `tls`: paths of cafile, certfile and keyfile."""
    lines = [
        "per_listener_settings false",
        "allow_anonymous false",
        f"password_file {folder}/passwords",
        f"acl_file {folder}/access",
        # Nothing is kept here: poles send again until Pandok acknowledges.
        "persistence false",
        "max_packet_size 131072",
        "max_queued_messages 10000",
        f"listener {port} {address}".rstrip(),
    ]
    if user:
        # Started as root, Mosquitto becomes another user, who cannot read what stands here.
        lines.insert(0, f"user {user}")
    for name in ("cafile", "certfile", "keyfile"):
        if tls and name in tls:
            lines.append(f"{name} {tls[name]}")
    return "\n".join(lines) + "\n"
