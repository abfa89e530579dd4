"""Photograph files named on the command line, as bytes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pandok.core.errors import RequestError
from pandok.core.text import Text


def read_files(paths: Sequence[Path]) -> list[bytes]:
    """The bytes of every file. Raises RequestError for a file that is absent, a folder, unreadable or too large."""
    from pandok.settings import settings

    limit_mb = settings().max_upload_mb
    contents = []
    for path in paths:
        try:
            size = path.stat().st_size
            if size > limit_mb * 1_000_000:
                raise _refused(
                    path,
                    Text(
                        ko=f"{size / 1e6:.0f} MB입니다(한도 {limit_mb} MB)",
                        en=f"{size / 1e6:.0f} MB, at most {limit_mb}",
                    ),
                )
            contents.append(path.read_bytes())
        except FileNotFoundError as error:
            raise _refused(path, Text(ko="파일이 없습니다", en="there is no such file")) from error
        except IsADirectoryError as error:
            raise _refused(path, Text(ko="폴더입니다", en="it is a folder")) from error
        except OSError as error:
            raise _refused(path, Text(ko="읽을 수 없습니다", en="it cannot be opened")) from error
    return contents


def _refused(path: Path, reason: Text) -> RequestError:
    return RequestError(
        Text(ko=f"사진 {path}: {reason.ko}.", en=f"Photograph {path}: {reason.en}."),
        Text(ko="사진 파일의 경로를 확인하십시오.", en="Check the path of the photograph."),
        code="request.photograph_file",
        path=str(path),
    )
