"""The room: one login at one server, and all that can be asked of it."""

from __future__ import annotations

import builtins
import os
from typing import Any

from .data import Data, Query
from .feed import Feed, untaken_usual
from .files import Files
from .ids import new_id
from .listing import List
from .live import Live
from .outbox import Outbox
from .schema import ByKind, Schema
from .wire import Wire

search_rows = 100  # of a page of what was found


def connect(url: str, *, token: str | None = None, login: str | None = None, password: str | None = None, label: str = "opsroom (Python)",
            patience: float = 60, ssl: Any = None) -> Room:
    """A room, to be opened with `async with` (or `await room.open()`). `patience`: seconds for which lost connections are tried again.
    With a login and a password a token is made, of this program alone, and ended with it."""
    return Room(Wire(url, token, login, password, label, patience, ssl))


class Transaction(ByKind):
    """`t = room.transaction()`: commands that happen all together or not at all. Each answers what its result is called in later ones."""

    def __init__(self, room: Room, id: str | None = None):
        self._room = room
        self.id = id or new_id()
        self.commands: list[dict[str, Any]] = []

    def command(self, type: str, target: str | None = None, data: dict[str, Any] | None = None, *, expect: int | None = None) -> str:
        said = {"command": type, "target": target, "expect": expect, "data": data or {}}
        self.commands.append({k: v for k, v in said.items() if v is not None})
        return f"#{len(self.commands) - 1}"

    def _described(self) -> Schema | None:
        return self._room._described()

    def _give(self, type: str, target: str | None, data: dict[str, Any], *, expect: int | None = None, id: str | None = None) -> str:
        return self.command(type, target, data, expect=expect)

    async def commit(self, dry_run: bool = False) -> dict[str, Any]:
        """Raises Problem with `refused`, by index, where any was. A dry run answers what would come of it."""
        key = new_id() if dry_run else self.id
        answer: dict[str, Any] = await self._room.wire.ask("POST", "transactions", body={"dry_run": dry_run, "commands": self.commands}, key=key)
        return answer


class Room(ByKind):
    def __init__(self, wire: Wire):
        self.wire = wire
        self.files = Files(wire)
        self.me: dict[str, Any] = {}
        self._live = Live(wire)
        self._feeds: dict[str, Feed] = {}
        self._schema: Schema | None = None
        self._outboxes: list[Outbox] = []

    async def open(self) -> Room:
        """Logs in, and reads who that is and what kinds of documents there are."""
        self.me = await self.wire.ask("GET", "session")
        await self.schema()
        return self

    async def close(self) -> None:
        for box in self._outboxes:
            await box.close()
        await self._live.close()
        await self.wire.close()

    async def __aenter__(self) -> Room:
        try:
            return await self.open()
        except BaseException:
            await self.close()
            raise

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def connected(self) -> bool:
        """Whether the live socket is up."""
        return self._live.connected

    # Commands.

    async def command(self, type: str, target: str | None = None, data: dict[str, Any] | None = None, *, expect: int | None = None,
                      id: str | None = None) -> dict[str, Any]:
        """Gives a command: {"position", "stream", "version", "events"}. Asked again over lost connections under the same id, so that it
        happens once; `expect` is the version that was seen."""
        said = {"target": target, "expect": expect, "data": data or {}}
        ack: dict[str, Any] = await self.wire.ask("POST", f"commands/{type}", body=said, key=id or new_id())
        return ack

    def transaction(self, id: str | None = None) -> Transaction:
        return Transaction(self, id)

    def outbox(self, path: str | os.PathLike[str]) -> Outbox:
        """Commands that outlive this program and the server's absence: see Outbox."""
        box = Outbox(path, self)
        self._outboxes.append(box)
        return box

    def _described(self) -> Schema | None:
        return self._schema

    def _give(self, type: str, target: str | None, data: dict[str, Any], *, expect: int | None = None, id: str | None = None) -> Any:
        return self.command(type, target, data, expect=expect, id=id)

    # Reading.

    async def schema(self, again: bool = False) -> Schema:
        """What kinds of documents there are, with their fields, commands and words."""
        if self._schema is None or again:
            if not self.me:
                self.me = await self.wire.ask("GET", "session")
            self._schema = Schema(await self.wire.ask("GET", "schema"), self.me["language"])
        return self._schema

    async def get(self, path: str, **query: Any) -> Any:
        """Whatever the server answers at /api/v1/PATH."""
        return await self.wire.ask("GET", path, query=query)

    def list(self, path: str, **query: Any) -> List:
        """Rows of a list, filtered and sorted by the server; `as_of` (a position, a day or a time) is the list as it was."""
        return List(self.wire, path, query)

    async def dossier(self, path: str, id: int | str, as_of: Any = None) -> dict[str, Any]:
        """One document with what was said, what may be done now, and its history; of a list: "requests", 5."""
        found: dict[str, Any] = await self.wire.ask("GET", f"{path}/{id}", query={"as_of": as_of})
        return found

    async def history(self, path: str, id: int | str) -> builtins.list[dict[str, Any]]:
        events: builtins.list[dict[str, Any]] = (await self.dossier(path, id))["history"]
        return events

    def search(self, words: str, **query: Any) -> List:
        return List(self.wire, "search", {"q": words, **query}, search_rows)

    def data(self, name: str, **query: Any) -> Data:
        """A set of rows ("orders"), or the "figures" of metrics: `.save("orders.parquet")`, `.frame()`. `from_`, `until`, `only`; of figures
        `metric` and `grain`."""
        return Data(self.wire, name, query)

    def data_sql(self, sql: str, *params: Any, limit: int | None = None) -> Query:
        """A statement of one's own, of the sets that one may see: `await room.data_sql("select …", "2026-11-01").frame()`, `.rows()`,
        `.save("totals.parquet")`. Each `?` stands for one of `params`."""
        return Query(self.wire, sql, params, limit)

    def feed(self, name: str, *, since: str | None = None, whole: bool = True, untaken_max: int = untaken_usual) -> Feed:
        """What happens, as it happens: `async for change in room.feed("board")`. The same name is the same feed, until it is closed.
        `since` is the mark of a change: everything after it comes, without a snapshot where the server can do that; `.rows` are then those
        that changed. `whole`: long lists are read to their end. `untaken_max`: so many changes wait for a slow reader; then the feed
        rests, and goes on from the log."""
        known = self._feeds.get(name)
        if known is not None and not known.closed and known.ended is None:
            if since is not None and since != known.mark:
                raise ValueError(f"{name} is followed already: close it first")
            return known
        feed = self._feeds[name] = Feed(name, self._live, since, whole, untaken_max)
        return feed
