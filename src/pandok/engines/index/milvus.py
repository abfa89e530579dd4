"""The index in Milvus: a cluster beyond one machine, or a Milvus Lite file in tests. Filters are scalar expressions.

`flush` asks the server to make everything durable; between flushes durability is the server's own (its log).
pymilvus is imported only here and only when used.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pandok.core.errors import StoreError, Unavailable
from pandok.core.text import Text
from pandok.engines.index.errors import absent_keys, closed, wrong_dimension
from pandok.engines.index.input import (
    best_first,
    checked_attributes,
    checked_keys,
    checked_queries,
    checked_rows,
    last_of_equal,
)
from pandok.engines.index.port import EVERYTHING, Attributes, Found, IndexFilter, IndexState

COLLECTION = "pandok_views"
# 1,000 × 512 floats are 2 MB; a gRPC message may have 64.
_BATCH_ROWS = 1000
_MOST_RESULTS = 16_384  # Milvus refuses a larger limit
# Measured on Milvus Lite 3: of a class of five rows in 1,500 its graph index found as few as two.
_EXACT_ROWS = 2000
_SPARE = 32  # rows fetched beyond k, so that equal scores at the edge are cut in order of key


class MilvusIndex:
    """See `vector_index.VectorIndex` for the promise."""

    def __init__(self, address: str, dimension: int, *, collection: str = COLLECTION):
        """Connect, and create the collection where it is absent. Raises Unavailable, StoreError."""
        self.dimension = dimension
        self._collection = collection
        milvus = _pymilvus()
        self._failure: type[Exception] = milvus.exceptions.MilvusException
        if address.endswith(".db"):
            Path(address).parent.mkdir(parents=True, exist_ok=True)
        self._client: Any = None
        try:
            self._client = milvus.MilvusClient(address)
            if self._client.has_collection(collection):
                self._check_dimension()
                self._client.load_collection(collection)
            else:
                self._create(milvus)
        except (self._failure, milvus.exceptions.ConnectionConfigException, OSError) as error:
            raise _unreachable(address, error) from error

    def __len__(self) -> int:
        return self._count(EVERYTHING)

    def add(self, keys: NDArray[np.int64], vectors: NDArray[np.float32], attributes: Attributes) -> None:
        self._check_open()
        key, vector, attribute = checked_rows(keys, vectors, attributes, self.dimension)
        for first in range(0, len(key), _BATCH_ROWS):
            some = np.arange(first, min(first + _BATCH_ROWS, len(key)))
            self._call("upsert", data=_rows(key[some], vector[some], attribute.take(some)))

    def remove(self, keys: NDArray[np.int64]) -> int:
        self._check_open()
        here = self._present(checked_keys(keys))
        for first in range(0, len(here), _BATCH_ROWS):
            self._call("delete", ids=here[first : first + _BATCH_ROWS])
        return len(here)

    def set_attributes(self, keys: NDArray[np.int64], attributes: Attributes) -> None:
        self._check_open()
        key = checked_keys(keys)
        attribute = checked_attributes(attributes, len(key))
        last = last_of_equal(key)
        if last is not None:
            key, attribute = key[last], attribute.take(last)
        here = np.flatnonzero(np.isin(key, self._present(key)))
        # Milvus replaces whole rows, so the vectors are read and written back.
        for first in range(0, len(here), _BATCH_ROWS):
            some = here[first : first + _BATCH_ROWS]
            self._call("upsert", data=_rows(key[some], self.reconstruct(key[some]), attribute.take(some)))

    def search(self, queries: NDArray[np.float32], k: int, filter: IndexFilter = EVERYTHING) -> Found:
        self._check_open()
        query = checked_queries(queries, self.dimension)
        wanted = 0 if filter.classes == frozenset() else self._count(filter)
        limit = min(k + _SPARE, _MOST_RESULTS, wanted)
        if len(query) == 0 or limit == 0:
            return best_first(np.empty((len(query), 0), np.int64), np.empty((len(query), 0), np.float32), k)
        if filter != EVERYTHING and wanted <= _EXACT_ROWS:
            return self._search_exactly(query, k, filter)
        keys = np.full((len(query), limit), -1, np.int64)
        scores = np.full((len(query), limit), -np.inf, np.float32)
        hits = self._call("search", data=query.tolist(), limit=limit, filter=expression(filter))
        for line, found in enumerate(hits):
            keys[line, : len(found)] = [hit["key"] for hit in found]
            scores[line, : len(found)] = [hit["distance"] for hit in found]
        if (keys < 0).any() and wanted <= _MOST_RESULTS:
            return self._search_exactly(query, k, filter)
        return best_first(keys, scores, k)

    def _search_exactly(self, queries: NDArray[np.float32], k: int, filter: IndexFilter) -> Found:
        """Fetch what passes and compare here. A graph index loses rows where a filter leaves few."""
        rows = self._call("query", filter=expression(filter), output_fields=["key", "vector"], limit=_MOST_RESULTS)
        keys = np.array([row["key"] for row in rows], np.int64)
        vectors = np.array([row["vector"] for row in rows], np.float32).reshape(-1, self.dimension)
        scores = queries @ vectors.T
        return best_first(np.broadcast_to(keys, scores.shape), scores, k)

    def reconstruct(self, keys: NDArray[np.int64]) -> NDArray[np.float32]:
        self._check_open()
        key = checked_keys(keys)
        stored: dict[int, list[float]] = {}
        for first in range(0, len(key), _BATCH_ROWS):
            some = key[first : first + _BATCH_ROWS].tolist()
            stored.update((row["key"], row["vector"]) for row in self._call("get", ids=some, output_fields=["vector"]))
        missing = [one for one in key.tolist() if one not in stored]
        if missing:
            raise absent_keys(missing)
        return np.array([stored[one] for one in key.tolist()], np.float32).reshape(-1, self.dimension)

    def rebuild(self) -> None:
        """Flush; Milvus compacts and indexes by itself."""
        self.flush()

    def state(self) -> IndexState:
        return IndexState("milvus", len(self), self.dimension)

    def flush(self) -> None:
        self._check_open()
        self._call("flush")

    def close(self) -> None:
        if self._client is not None:
            self.flush()
            self._client.close()
            self._client = None

    def _create(self, milvus: Any) -> None:
        schema = milvus.MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("key", milvus.DataType.INT64, is_primary=True)
        schema.add_field("class_code", milvus.DataType.INT32)
        schema.add_field("in_force", milvus.DataType.BOOL)
        schema.add_field("recorded", milvus.DataType.BOOL)
        schema.add_field("vector", milvus.DataType.FLOAT_VECTOR, dim=self.dimension)
        parameters = self._client.prepare_index_params()
        parameters.add_index("vector", index_type="AUTOINDEX", metric_type="IP")
        # Strong: a search sees every change before it, as the port promises.
        self._client.create_collection(
            self._collection, schema=schema, index_params=parameters, consistency_level="Strong"
        )

    def _check_dimension(self) -> None:
        fields = self._client.describe_collection(self._collection)["fields"]
        written = next(int(field["params"]["dim"]) for field in fields if field["name"] == "vector")
        if written != self.dimension:
            self._client.close()
            raise wrong_dimension(written, self.dimension)

    def _count(self, filter: IndexFilter) -> int:
        return int(self._call("query", filter=expression(filter), output_fields=["count(*)"])[0]["count(*)"])

    def _present(self, keys: NDArray[np.int64]) -> list[int]:
        present: set[int] = set()
        for first in range(0, len(keys), _BATCH_ROWS):
            some = keys[first : first + _BATCH_ROWS].tolist()
            present.update(row["key"] for row in self._call("get", ids=some, output_fields=["key"]))
        return sorted(present)

    def _call(self, verb: str, **arguments: Any) -> Any:
        self._check_open()
        try:
            return getattr(self._client, verb)(self._collection, **arguments)
        except self._failure as error:
            raise _unreachable(self._collection, error) from error

    def _check_open(self) -> None:
        if self._client is None:
            raise closed()


def expression(filter: IndexFilter) -> str:
    """The filter in Milvus's language; empty for everything."""
    parts = []
    if filter.classes is not None:
        parts.append(f"class_code in [{', '.join(map(str, sorted(filter.classes)))}]")
    if filter.in_force:
        parts.append("in_force == true")
    if filter.recorded:
        parts.append("recorded == true")
    return " and ".join(parts)


def _rows(
    keys: NDArray[np.int64], vectors: NDArray[np.float32], attributes: Attributes
) -> list[dict[str, int | bool | list[float]]]:
    return [
        {"key": key, "class_code": code, "in_force": in_force, "recorded": recorded, "vector": vector}
        for key, code, in_force, recorded, vector in zip(
            keys.tolist(),
            attributes.class_code.tolist(),
            attributes.in_force.tolist(),
            attributes.recorded.tolist(),
            vectors.tolist(),
            strict=True,
        )
    ]


def _pymilvus() -> Any:
    try:
        import pymilvus
    except ImportError as error:
        raise Unavailable(
            Text(ko="Milvus 연결 프로그램(pymilvus)이 설치되어 있지 않습니다.", en="pymilvus is not installed."),
            Text(
                ko="`pip install 'pandok[milvus]'`을 실행하거나 설정 index를 faiss로 바꾸십시오.",
                en="Run `pip install 'pandok[milvus]'`, or set `index` to faiss.",
            ),
            code="unavailable.milvus",
        ) from error
    return pymilvus


def _unreachable(address: str, error: Exception) -> StoreError:
    return StoreError(
        Text(ko=f"Milvus 색인이 응답하지 않습니다: {error}", en=f"The Milvus index did not answer: {error}"),
        Text(
            ko="서버 주소와 상태를 확인한 뒤 다시 시도하십시오.",
            en="Check the address and health of the server, then try again.",
        ),
        code="store.milvus",
        address=address,
    )
