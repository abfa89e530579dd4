"""Describing spread over the machines of a Ray cluster. Every machine needs Pandok, and the encoder that is in use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pandok.core.errors import ModelError, Unavailable
from pandok.core.text import Text
from pandok.engines.bulk.crew import Crew
from pandok.engines.bulk.ray_session import connected, require_ray
from pandok.engines.describing.values import DescribedViews, ReaderFiles, Views, describe
from pandok.readers.designs.reader import DesignReader


class RayDescribing:
    """`address` empty: a Ray of this process."""

    def __init__(self, files: ReaderFiles, places: int, address: str = ""):
        require_ray()
        self._files, self._places, self._address = files, places, address

    def described(self, groups: Iterable[Views]) -> Iterator[DescribedViews]:
        """Raises Unavailable where a machine has another encoder, or one group lost too many workers."""
        ray, places = connected(self._address, self._places)
        actor = ray.remote(num_cpus=1)(_Actor)
        crew: Crew[Views, DescribedViews | str] = Crew(ray, lambda: actor.remote(self._files), places)
        try:
            for result in crew.results(iter(groups)):
                if isinstance(result, str):
                    raise _other_encoder(self._files.encoder, result)
                yield result
        finally:
            crew.end()


class _Actor:
    """Its reader is opened with the first group: what goes wrong then is an answer, not the death of the actor."""

    def __init__(self, files: ReaderFiles):
        self._files = files
        self._reader: DesignReader | None = None

    def result(self, group: Views) -> DescribedViews | str:
        """The name of this machine where it has another encoder."""
        if self._reader is None:
            import socket

            import cv2

            cv2.setNumThreads(1)
            try:
                same = self._files.same_here()
            except ModelError:
                same = False
            if not same:
                return socket.gethostname()
            self._reader = self._files.open()
        return describe(self._reader, group)


def _other_encoder(encoder: str, machine: str) -> Unavailable:
    return Unavailable(
        Text(
            ko=f"작업 서버 {machine}에 인코더 {encoder}이(가) 없거나 다른 판입니다.",
            en=f"The worker {machine} lacks the encoder {encoder}, or has another version of it.",
        ),
        Text(
            ko="그 서버에 같은 판의 Pandok과 모델을 설치하거나 PANDOK_BULK=local로 두십시오.",
            en="Install the same Pandok and model there, or set PANDOK_BULK=local.",
        ),
        code="unavailable.ray_encoder",
    )
