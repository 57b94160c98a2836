"""One tenant's files, in GridFS."""

import contextlib
from collections.abc import AsyncIterator
from typing import IO, Any

from gridfs.errors import NoFile


class ScopedFiles:
    """One tenant's blobs in GridFS. The tenant is part of a file's key, so no id leads across the wall."""

    def __init__(self, bucket: Any, tenant_id: str) -> None:
        """`bucket`: Motor's, which only `tenants/db.py` makes."""
        self._bucket = bucket
        self._tenant_id = tenant_id

    def _key(self, id: str) -> str:
        return f"{self._tenant_id}/{id}"

    async def put(self, id: str, content: bytes | IO[bytes], *, mime_type: str) -> None:
        """`content` may be a file: it is read in pieces, so that a large one is never in memory."""
        with contextlib.suppress(NoFile):
            await self._bucket.delete(self._key(id))
        await self._bucket.upload_from_stream_with_id(
            self._key(id), id, content, metadata={"tenant_id": self._tenant_id, "mime_type": mime_type}
        )

    async def chunks(self, id: str, *, start: int = 0) -> AsyncIterator[bytes]:
        """From the byte `start` on; raises LookupError when there is no such file."""
        try:
            stream = await self._bucket.open_download_stream(self._key(id))
        except NoFile as missing:
            raise LookupError(id) from missing
        stream.seek(start)
        while chunk := await stream.readchunk():
            yield chunk

    async def read(self, id: str) -> bytes:
        return b"".join([chunk async for chunk in self.chunks(id)])

    async def delete(self, id: str) -> None:
        with contextlib.suppress(NoFile):
            await self._bucket.delete(self._key(id))
