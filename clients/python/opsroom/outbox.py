"""Commands that are kept until the server is there: in an SQLite file, sent in their order, each exactly once.

Each is kept with its id before it is sent, and let go once it is answered. Cut off in between it is sent again under that id, which the
server answers as it did the first time.
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
from typing import TYPE_CHECKING, Any

from .ids import new_id
from .problem import Problem
from .schema import ByKind, Schema
from .wire import as_sent, pause_before

if TYPE_CHECKING:
    from .room import Room


class Outbox(ByKind):
    """`async with room.outbox("outbox.db") as box: box.put("task.start", "task/17")`. One program at a time sends from a file."""

    def __init__(self, path: str | os.PathLike[str], room: Room):
        self._room = room
        self._kept = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._kept.execute("PRAGMA synchronous = FULL")
        self._kept.execute("CREATE TABLE IF NOT EXISTS outbox (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, said TEXT NOT NULL, problem TEXT)")
        self._news = asyncio.Event()
        self._settled = asyncio.Event()
        self._sender: asyncio.Task[None] | None = None
        #: why nothing goes out by itself any more: the login has ended
        self.stopped: Problem | None = None

    def put(self, type: str, target: str | None = None, data: dict[str, Any] | None = None, *, expect: int | None = None, id: str | None = None) -> str:
        """Kept on the disk once this returns, whether or not the server is there. Answers its id."""
        id = id or new_id()
        said = {"type": type, "target": target, "expect": expect, "data": as_sent(data or {})}
        self._kept.execute("INSERT OR IGNORE INTO outbox (id, said) VALUES (?, ?)", (id, json.dumps(said, ensure_ascii=False)))
        self._settled.clear()
        self._news.set()
        return id

    # Commands by name: `box.task.start(17)`.
    def _described(self) -> Schema | None:
        return self._room._described()

    def _give(self, type: str, target: str | None, data: dict[str, Any], *, expect: int | None = None, id: str | None = None) -> str:
        return self.put(type, target, data, expect=expect, id=id)

    @property
    def waiting(self) -> list[str]:
        """Ids of what is not sent yet, in its order."""
        return [id for (id,) in self._kept.execute("SELECT id FROM outbox WHERE problem IS NULL ORDER BY n")]

    @property
    def refused(self) -> dict[str, Problem]:
        """What the server refused, until `forget`: what came after it went on."""
        return {id: Problem(json.loads(why)) for id, why in self._kept.execute("SELECT id, problem FROM outbox WHERE problem IS NOT NULL ORDER BY n")}

    def said(self, id: str) -> dict[str, Any] | None:
        """What was put under this id, while it waits or is refused."""
        found = self._kept.execute("SELECT said FROM outbox WHERE id = ?", (id,)).fetchone()
        return json.loads(found[0]) if found else None

    def forget(self, id: str) -> None:
        self._kept.execute("DELETE FROM outbox WHERE id = ? AND problem IS NOT NULL", (id,))

    async def flush(self) -> None:
        """Once all of it is answered, however long the server is away. Raises where the login has ended."""
        self.start()
        while self.waiting:
            if self.stopped is not None:
                raise self.stopped
            self._settled.clear()
            await self._settled.wait()

    def start(self) -> None:
        if self._sender is None or self._sender.done():
            self.stopped = None
            self._sender = asyncio.ensure_future(self._send())

    async def _send(self) -> None:
        attempt = 0
        while True:
            row = self._kept.execute("SELECT n, id, said FROM outbox WHERE problem IS NULL ORDER BY n LIMIT 1").fetchone()
            if row is None:
                self._settled.set()
                self._news.clear()
                await self._news.wait()
                continue
            n, id, text = row
            said = json.loads(text)
            try:
                await self._room.command(said["type"], said["target"], said["data"], expect=said["expect"], id=id)
                self._kept.execute("DELETE FROM outbox WHERE n = ?", (n,))
                attempt = 0
            except Problem as why:
                if why.status == 401:
                    self.stopped = why
                    self._settled.set()
                    return
                if why.is_passing:
                    await asyncio.sleep(pause_before(attempt))
                    attempt += 1
                    continue
                self._kept.execute("UPDATE outbox SET problem = ? WHERE n = ?", (json.dumps(why.said, ensure_ascii=False), n))

    async def close(self) -> None:
        """What is not sent stays in the file."""
        if self._sender is not None:
            self._sender.cancel()
            await asyncio.gather(self._sender, return_exceptions=True)
        self._kept.close()

    async def __aenter__(self) -> Outbox:
        self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
