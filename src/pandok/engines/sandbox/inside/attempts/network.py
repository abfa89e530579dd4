"""Ways out through sockets."""

from __future__ import annotations

import socket
import struct

from pandok.engines.sandbox.inside.attempts.attempt import Facts, collector

TRIES, attempt = collector()


@attempt(1, "anyone")
def tcp_connect(facts: Facts) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as made:
        made.connect(("127.0.0.1", facts["tcp_port"]))
    return True


@attempt(1, "anyone")
def tcp_listen(_: Facts) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as made:
        made.bind(("127.0.0.1", 0))
        made.listen()
    return True


@attempt(2, "anyone")
def udp_send(facts: Facts) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        return made.sendto(b"case", ("127.0.0.1", facts["udp_port"])) > 0


@attempt(2, "anyone")
def name_lookup(_: Facts) -> bool:
    """A question to a name server: sent, whether or not one answers."""
    question = struct.pack(">6H", 1, 256, 1, 0, 0, 0) + b"\x06secret\x07invalid\x00" + struct.pack(">2H", 1, 1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        return made.sendto(question, ("127.0.0.53", 53)) > 0


@attempt(2, "anyone")
def ipv6_socket(_: Facts) -> bool:
    socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).close()
    return True


@attempt(2, "anyone")
def unix_connect(facts: Facts) -> bool:
    with socket.socket(socket.AF_UNIX) as made:
        made.connect(facts["unix_path"])
    return True


@attempt(1, "anyone")
def abstract_connect(facts: Facts) -> bool:
    with socket.socket(socket.AF_UNIX) as made:
        made.connect(facts["abstract_name"].encode("latin-1"))
    return True


@attempt(2, "anyone")
def unix_listen(_: Facts) -> bool:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("")
        made.listen()
    return True


@attempt(2, "anyone")
def socket_pair(_: Facts) -> bool:
    for one in socket.socketpair():
        one.close()
    return True


@attempt(2, "anyone")
def netlink(_: Facts) -> bool:
    """List the network interfaces."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as made:
        made.bind((0, 0))
        made.send(struct.pack("=LHHLLB3x", 20, 18, 0x301, 1, 0, 0))
        return len(made.recv(65536)) > 0


@attempt(1, "root")
def raw_socket(_: Facts) -> bool:
    socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP).close()
    return True


@attempt(1, "root")
def packet_socket(_: Facts) -> bool:
    socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0).close()
    return True


@attempt(2, "none")
def virtual_machine_socket(_: Facts) -> bool:
    socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM).close()
    return True


@attempt(2, "none")
def crypto_socket(_: Facts) -> bool:
    socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET, 0).close()
    return True
