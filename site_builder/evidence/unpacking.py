"""Compressed files, counted while they unpack."""

from __future__ import annotations

import zlib

from site_builder.files import SIZE_LIMIT, SourceFile
from site_builder.problems import Mistake, Place

_RATIO_LIMIT, _RATIO_FROM = 250, 16_000_000
_CHUNK = 1 << 20


def unpacked(source: SourceFile) -> SourceFile:
    """The file with the bytes inside its gzip wrapping, under the same path and hash; others as they are.

    Raises Mistake E-SIZE when it grows beyond 256 MB, or beyond 16 MB at more than 250 times its size, and
    E-GZIP when it is damaged.
    """
    if not source.path.endswith(".gz"):
        return source
    return SourceFile(source.path, b"".join(_members(source)), source.sha256)


def _members(source: SourceFile) -> list[bytes]:
    """The contents of the gzip members, which may follow one another."""
    pieces: list[bytes] = []
    total, rest = 0, source.data
    if not rest:
        raise _damaged(source)
    while rest:
        parser = zlib.decompressobj(wbits=31)
        while not parser.eof:
            try:
                piece = parser.decompress(rest, _CHUNK)
            except zlib.error:
                raise _damaged(source) from None
            if not piece and not parser.eof and not parser.unconsumed_tail:
                raise _damaged(source)
            rest = parser.unconsumed_tail
            total += len(piece)
            pieces.append(piece)
            _refuse_bomb(source, total)
        rest = parser.unused_data
    return pieces


def _refuse_bomb(source: SourceFile, total: int) -> None:
    if total > SIZE_LIMIT or (total > _RATIO_FROM and total > _RATIO_LIMIT * len(source.data)):
        message = f"{source.path} unpacks to more than is read ({total / 1e6:,.0f} MB and counting)"
        raise Mistake("E-SIZE", message, Place(source.path), "keep only the rows and columns that are needed")


def _damaged(source: SourceFile) -> Mistake:
    return Mistake(
        "E-GZIP", f"{source.path} is not a whole gzip file", Place(source.path), "compress it again"
    )
