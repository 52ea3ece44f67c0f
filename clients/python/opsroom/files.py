"""Files: sent in parts under their SHA-256, going on where an attempt before was cut off; fetched likewise."""

from __future__ import annotations

import asyncio
import hashlib
import mimetypes
import os
import time
from pathlib import Path
from typing import Any

import aiohttp

from .problem import Problem, Unreachable, problem_of
from .wire import Wire, pause_before

part_bytes = 512 * 1024


def type_of(name: str) -> str:
    """What the server calls the type of a file with this name. Which it takes is its own word."""
    if name.endswith(".md"):
        return "text/markdown"
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


class Files:
    """`room.files`."""

    def __init__(self, wire: Wire):
        self._wire = wire

    async def send(self, content: str | os.PathLike[str] | bytes, name: str | None = None, media_type: str | None = None) -> dict[str, Any]:
        """Sends a file (a path, or its bytes and a name); answers what a form's `attachments` take."""
        if isinstance(content, bytes):
            if name is None:
                raise TypeError("bytes need a name")
            whole = content
        else:
            whole = await asyncio.to_thread(Path(content).read_bytes)
            name = name or Path(content).name
        sha256 = (await asyncio.to_thread(hashlib.sha256, whole)).hexdigest()
        media_type = media_type or type_of(name)
        about = {"sha256": sha256, "bytes": len(whole), "media_type": media_type}
        told = await self._wire.ask("POST", "attachments", body=about, again=True)
        until = time.monotonic() + self._wire.patience
        attempt = 0
        while not told["complete"]:
            part = memoryview(whole)[told["have"]:told["have"] + part_bytes]
            try:
                told = await self._wire.ask("PUT", f"attachments/{sha256}", query={"offset": told["have"]}, body=part, again=False)
                attempt = 0
            except Problem as why:
                # 409: what came before the cut is there already.
                if not (why.is_passing or why.status == 409) or time.monotonic() > until:
                    raise
                await asyncio.sleep(max(pause_before(attempt), why.retry_after or 0))
                attempt += 1
                told = await self._wire.ask("POST", "attachments", body=about, again=True)
        return {"sha256": sha256, "name": name, "media_type": media_type, "bytes": len(whole)}

    async def fetch(self, sha256: str, to: str | os.PathLike[str]) -> Path:
        """Fetches a file to a path. What is there of an attempt before is gone on from; the hash is checked at the end."""
        path = Path(to)
        begun = path.with_name(path.name + ".part")
        until = time.monotonic() + self._wire.patience
        attempt = 0
        while True:
            try:
                await self._fetch_rest(f"attachments/{sha256}", begun)
                break
            except Problem as why:
                if not why.is_passing or time.monotonic() > until:
                    raise
                await asyncio.sleep(max(pause_before(attempt), why.retry_after or 0))
                attempt += 1
        if (await asyncio.to_thread(_hash, begun)) != sha256:
            begun.unlink()
            raise problem_of(500, None)
        begun.replace(path)
        return path

    async def _fetch_rest(self, path: str, to: Path) -> None:
        have = to.stat().st_size if to.exists() else 0
        headers = await self._wire.authorization()
        if have:
            headers["Range"] = f"bytes={have}-"
        try:
            async with self._wire.session.get(f"{self._wire.url}/api/v1/{path}", headers=headers, **self._wire.more) as answer:
                if answer.status == 416:
                    return  # all of it is here
                if answer.status >= 400:
                    raise problem_of(answer.status, await answer.json(content_type=None))
                with to.open("ab" if answer.status == 206 else "wb") as file:
                    async for part in answer.content.iter_chunked(part_bytes):
                        file.write(part)
        except (aiohttp.ClientError, asyncio.TimeoutError, ConnectionError) as why:
            raise Unreachable(why or type(why).__name__) from None


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
