"""One feed: what it says now (`data`, `rows`, `timeline`), and each change in order, without a hole or a double."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, AsyncIterator

from .problem import Problem
from .rows import Row, Rows, Timeline

if TYPE_CHECKING:
    from .live import Live

#: changes that a reader has not taken yet: beyond that the feed is paused, and goes on from the log later
untaken_usual = 256
#: lists that go by another name than their feed
lists_by_feed = {"board": "tasks", "directory": "members"}


@dataclass(frozen=True, slots=True)
class Change:
    feed: str
    #: "snapshot": everything as it is, in `data`; "events": what happened since; "subscribed": a resume has caught up; "typing"
    type: str
    position: int
    #: to go on from here another time: `room.feed(name, since=mark)`
    mark: str
    #: the facts, as the log has them
    events: list[Row] = field(default_factory=list)
    #: rows that changed, as they are now
    rows: list[Row] = field(default_factory=list)
    #: ids of rows that can't be seen any more
    gone: list[int] = field(default_factory=list)
    data: Any = None


class _Line:
    """What one reader has not taken yet."""

    def __init__(self) -> None:
        self.changes: deque[Change] = deque()
        self.news = asyncio.Event()

    def put(self, change: Change) -> None:
        self.changes.append(change)
        self.news.set()

    async def take(self, feed: Feed) -> Change | None:
        while not self.changes:
            if feed.ended is not None:
                raise feed.ended
            if feed.closed:
                return None
            self.news.clear()
            await self.news.wait()
        return self.changes.popleft()


class Feed:
    """Made by `room.feed(name)`; the same name is the same feed, however many read it. The slowest reader sets its pace."""

    def __init__(self, name: str, live: Live, since: str | None = None, whole: bool = True, untaken_max: int = untaken_usual):
        self.name = name
        self.rows = Rows()
        self.timeline: Timeline | None = None
        self.data: Any = None
        self.ended: Problem | None = None
        self.closed = False
        self.history, self.position = self._read_mark(since)
        #: Live: frames are of an older subscription until this ping is answered; None: it is not subscribed
        self.fence: int | None = None
        self.is_open = False
        self.paused = False
        self._live = live
        self._whole = whole
        self._untaken_max = untaken_max
        self._lines: set[_Line] = set()
        self._begun = asyncio.Event()
        self._rest: asyncio.Task[None] | None = None

    @staticmethod
    def _read_mark(mark: str | None) -> tuple[str | None, int | None]:
        if mark is None:
            return None, None
        history, _, position = str(mark).rpartition(":")
        return history or None, int(position)

    @property
    def mark(self) -> str:
        return f"{self.history}:{self.position}"

    async def ready(self) -> Feed:
        """Once everything up to now is here: the snapshot, and all pages of a long list."""
        self._live.follow(self)
        await self._begun.wait()
        while self._rest is not None and not self._rest.done():
            await asyncio.wait([self._rest])  # a new snapshot ends it, and begins another
        if self._rest is not None and (why := self._rest.exception()):
            raise why
        if self.ended is not None:
            raise self.ended
        return self

    def __aiter__(self) -> AsyncIterator[Change]:
        line = _Line()
        if self.data is not None or self.rows:  # it goes on already: whoever comes later begins with how it stands
            line.put(self._change("snapshot", rows=self.rows.all, data=self.data))
        self._lines.add(line)
        return self._changes(line)

    async def _changes(self, line: _Line) -> AsyncIterator[Change]:
        self._live.follow(self)
        try:
            while (change := await line.take(self)) is not None:
                yield change
                self._go_on()
        finally:
            self._lines.discard(line)
            self._go_on()

    async def close(self) -> None:
        self.closed = True
        self._live.leave(self)
        if self._rest is not None:
            self._rest.cancel()
        self._wake()

    # What Live tells it; all of it on the event loop's thread.

    def told(self, frame: Row) -> None:
        kind = frame["type"]
        if kind == "events" and self.position is None:
            return
        if any(len(line.changes) >= self._untaken_max for line in self._lines):
            # Not taken: it is told again, from the log.
            self._live.pause(self)
            return
        if kind == "snapshot":
            self._snapshot(frame)
        elif kind == "events":
            self._events(frame)
        elif kind == "subscribed":
            self._advance(frame)
            self._begun.set()
            self._say(self._change("subscribed"))
        else:
            said = {k: v for k, v in frame.items() if k != "type"}
            if kind == "presence":
                self.data = said
            self._say(self._change(kind, data=said))

    def fail(self, why: Problem) -> None:
        self.ended = why
        self._begun.set()
        self._wake()

    def _advance(self, frame: Row) -> None:
        self.position = max(self.position or 0, frame["position"])
        self.history = self._live.history

    def _snapshot(self, frame: Row) -> None:
        data = self.data = frame["data"]
        self.position, self.history = frame["position"], self._live.history
        items = data.get("items") if isinstance(data, dict) else None
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None
        if isinstance(items, list) and all(isinstance(r.get("id"), int) for r in items):
            self.rows.reset(items)
            if data.get("next") and self._whole:
                self._rest = asyncio.ensure_future(self._read_on(data["next"]))
                self._rest.add_done_callback(lambda done: done.cancelled() or done.exception())
        elif isinstance(data, dict) and "messages" in data:
            self.timeline = self.timeline or Timeline()
            self.timeline.reset(data)
        self._begun.set()
        self._say(self._change("snapshot", rows=items if isinstance(items, list) else [], data=data))

    async def _read_on(self, cursor: str | None) -> None:
        path = lists_by_feed.get(self.name, self.name)
        while cursor:
            page = await self._live.wire.ask("GET", path, query={"cursor": cursor, "limit": 200})
            self.rows.add(page["items"])
            cursor = page["next"]

    def _events(self, frame: Row) -> None:
        known = self.position or 0
        fresh = [e for e in frame["events"] if e["position"] > known]
        if frame["events"] and not fresh:
            return
        self._advance(frame)
        rows, gone = frame.get("rows") or [], frame.get("gone") or []
        self.rows.put(rows)
        self.rows.drop(gone)
        if self.timeline is not None:
            self.timeline.fold(fresh)
        self._say(self._change("events", events=fresh, rows=rows, gone=gone))

    def _change(self, type: str, **more: Any) -> Change:
        return Change(self.name, type, self.position or 0, self.mark, **more)

    def _say(self, change: Change) -> None:
        for line in self._lines:
            line.put(change)

    def _wake(self) -> None:
        for line in self._lines:
            line.news.set()

    def _go_on(self) -> None:
        if self.paused and all(not line.changes for line in self._lines):
            self._live.go_on(self)
