"""The desk: where the wires meet. Settings, reader, index, register and files joined in one place."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pandok.common.decoding import decode_sent
from pandok.core.errors import PandokError
from pandok.core.reading import Box, LookAlikes, MarksFound, Reading
from pandok.readers.designs.gallery import Filters
from pandok.settings import Settings, settings

if TYPE_CHECKING:
    from pandok.engines.index.feature_store import FeatureStore
    from pandok.engines.index.port import VectorIndex
    from pandok.fields.designs.photograph_reader import ReadingFilters
    from pandok.readers.designs.marks import CodeReader, TextReader
    from pandok.readers.designs.photograph import Photograph as Decoded
    from pandok.readers.designs.reader import DesignReader

Photograph = bytes | str | Path
MOST_VIEW_BYTES = 25_000_000


def load_reader(chosen: Settings | None = None) -> DesignReader:
    """The design reader alone, for registers in memory. Raises ModelError."""
    from pandok.engines.encoders.reader_files import open_reader

    chosen = chosen or settings()
    return open_reader(chosen.encoder, chosen.home, chosen.threads)


def open_desk(chosen: Settings | None = None) -> Desk:
    """A desk on the register of this site. Django is set up where it is not yet. Raises ModelError, StoreError."""
    import django
    from django.apps import apps

    if not apps.ready:
        import os

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pandok.web.django_settings")
        django.setup()
    return Desk(chosen or settings())


class Desk:
    """Reads photographs against the register. One desk may serve many threads."""

    def __init__(self, chosen: Settings):
        from pandok.engines.encoders.reader_files import vectors_fingerprint
        from pandok.engines.files.blobs import FolderBlobs
        from pandok.engines.index.feature_store import FeatureStore
        from pandok.engines.index.open_index import open_index
        from pandok.engines.text_and_codes.code_reader import ZxingCodeReader
        from pandok.engines.text_and_codes.text_reader import open_text_reader

        self.settings = chosen
        self.reader = load_reader(chosen)
        made_with = vectors_fingerprint(chosen.encoder, chosen.home)
        folder = chosen.home / "index" / f"{self.reader.name.replace(' ', '-')}-{made_with}"
        self.features: FeatureStore = FeatureStore(folder / "features.db")
        self.index_engine: VectorIndex = open_index(
            chosen.index, folder, self.reader.describer.dimension, threads=chosen.threads
        )
        self.blobs = FolderBlobs(chosen.home / "blobs")
        self._text_reader: TextReader = open_text_reader(threads=chosen.threads)
        self._code_reader: CodeReader = ZxingCodeReader()
        self._indexing = threading.Lock()
        self._beside = ThreadPoolExecutor(max_workers=chosen.threads, thread_name_prefix="pandok-marks")

    def read(
        self,
        photographs: Sequence[Photograph],
        *,
        top: int = 10,
        filters: Filters | ReadingFilters | None = None,
        boxes: Sequence[Box | None] | None = None,
        marks: bool = True,
        on: date | None = None,
    ) -> Reading:
        """Read photographs of one article (bytes or paths). `on`: the day for which rights are asked, else today.
        Raises PhotographError for a file that is no photograph."""
        from pandok.core.terms.zone import OFFICE_ZONE
        from pandok.fields.designs.own_views import AskedPhotographs, copies_in
        from pandok.fields.designs.stored_gallery import StoredGallery

        decoded = [self._decoded(photograph) for photograph in photographs]
        pictures = [one.pixels for one in decoded]
        asked = AskedPhotographs(frozenset(one.sha256 for one in decoded), tuple(pictures))
        day = on or datetime.now(OFFICE_ZONE).date()
        weights = self.reader.index_weights()
        gallery = StoredGallery(self.index_engine, self.features, weights, day, asked)
        # Text is read beside the shape: it takes as long, and neither needs the other.
        words = self._beside.submit(self.read_marks, pictures) if marks else None
        asks: dict[str, Any] = {"top": top, "filters": _filters(filters), "boxes": boxes}
        reading, copies = self.reader.read(pictures, gallery, **asks), set[int]()
        while more := copies_in(reading, self.features) - copies:
            copies |= more
            gallery = StoredGallery(self.index_engine, self.features, weights, day, asked, copies)
            reading = self.reader.read(pictures, gallery, **asks)
        found = MarksFound(looked_for=False) if words is None else words.result()
        alike = tuple(self._compared(one) for one in reading.look_alikes)
        return reading.model_copy(update={"marks": found, "look_alikes": alike})

    def marks_on(self, photographs: Sequence[Photograph]) -> MarksFound:
        """Text and codes on photographs of one article (bytes or paths). Raises PhotographError."""
        return self.read_marks([self._decoded(photograph).pixels for photograph in photographs])

    def read_marks(self, pictures: Sequence[NDArray[np.uint8]]) -> MarksFound:
        """Text and codes of all photographs together."""
        from pandok.readers.designs.marks import read_marks

        found = [read_marks(pixels, self._text_reader, self._code_reader) for pixels in pictures]
        unavailable = {text.en: text for one in found for text in one.unavailable}
        return MarksFound(
            words=tuple(word for one in found for word in one.words),
            codes=tuple(code for one in found for code in one.codes),
            unavailable=tuple(unavailable.values()),
        )

    def _compared(self, alike: LookAlikes) -> LookAlikes:
        """With the boxes in which each look-alike's view differs from the first one's; none where a file is gone."""
        from pandok.readers.designs.differing import differing

        first, *others = alike.views
        reference = self._view(first.view_sha256)
        if reference is None:
            return alike
        compared = [first]
        for view in others:
            pixels = None if view.confirmed or first.confirmed else self._view(view.view_sha256)
            boxes = () if pixels is None else differing(reference, pixels)
            compared.append(view.model_copy(update={"differs": boxes}))
        return alike.model_copy(update={"views": tuple(compared)})

    def _view(self, sha256: str) -> NDArray[np.uint8] | None:
        """A registered view as it was indexed; None where its file is not in the store or is no picture any more."""
        if sha256 not in self.blobs:
            return None
        try:
            return decode_sent(self.blobs.get(sha256), max_bytes=MOST_VIEW_BYTES).pixels
        except PandokError:
            return None

    def index(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Encode the views that are not in the index yet; goes on where a stopped run ended."""
        from pandok.engines.describing.open_describing import open_describing
        from pandok.engines.describing.values import ReaderFiles
        from pandok.fields.designs.indexing import follow, waiting

        chosen = self.settings
        with self._indexing:
            describing = open_describing(
                chosen.bulk,
                self.reader,
                ReaderFiles.of(chosen.encoder, chosen.home),
                places=chosen.threads,
                expected=waiting(self.features, self.reader.name),
            )
            weights = self.reader.index_weights()
            return follow(self.reader.name, weights, describing, self.index_engine, self.features, self.blobs, progress)

    def index_view(self, view_key: int) -> None:
        """Take one view into the index, or out of it, as the register says now."""
        from pandok.engines.describing.here import DescribingHere
        from pandok.fields.designs.indexing import follow_view

        with self._indexing:
            weights, describing = self.reader.index_weights(), DescribingHere(self.reader)
            follow_view(view_key, self.reader.name, weights, describing, self.index_engine, self.features, self.blobs)

    def _decoded(self, photograph: Photograph) -> Decoded:
        name = "" if isinstance(photograph, bytes) else Path(photograph).name
        return decode_sent(
            photograph if isinstance(photograph, bytes) else Path(photograph).read_bytes(),
            max_bytes=self.settings.max_upload_mb * 1_000_000,
            max_megapixels=self.settings.max_megapixels,
            filename=name,
        )


def _filters(wanted: Filters | ReadingFilters | None) -> Filters:
    if wanted is None:
        return Filters()
    if isinstance(wanted, Filters):
        return wanted
    return Filters(
        locarno_classes=(wanted.locarno_class,) if wanted.locarno_class else (),
        in_force_only=wanted.in_force_only,
        recorded_only=wanted.recorded_only,
    )
