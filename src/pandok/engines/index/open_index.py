"""Which index a setting names."""

from __future__ import annotations

from pathlib import Path

from pandok.core.errors import StoreError
from pandok.core.text import Text
from pandok.engines.index.port import VectorIndex


def open_index(address: str, folder: Path, dimension: int, *, threads: int = 2) -> VectorIndex:
    """Open the index that the setting `index` names: "faiss", "exact", or a Milvus address.

    A Milvus address is `http://host:19530`, or the path of a Milvus Lite file ending in `.db` (relative to `folder`).
    Each implementation keeps its files in its own place under `folder`. Raises StoreError, Unavailable.
    """
    if address == "exact":
        from pandok.engines.index.exact import ExactIndex

        return ExactIndex(folder / "exact", dimension)
    if address == "faiss":
        from pandok.engines.index.faiss import FaissIndex

        return FaissIndex(folder / "faiss", dimension, threads=threads)
    if not address.endswith(".db") and "://" not in address:
        raise StoreError(
            Text(ko=f"알 수 없는 색인 설정입니다: {address}", en=f"Unknown index setting: {address}"),
            Text(
                ko="faiss, exact, Milvus 주소(http://…) 또는 .db 파일 가운데 하나를 쓰십시오.",
                en="Use faiss, exact, a Milvus address (http://…) or the path of a .db file.",
            ),
            code="store.index_address",
            address=address,
        )
    from pandok.engines.index.milvus import MilvusIndex

    return MilvusIndex(str(folder / address) if address.endswith(".db") else address, dimension)
