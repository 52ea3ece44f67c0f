"""The live socket: one for all feeds of a room. Lost, it is opened again, and every feed goes on where it was.

The socket is always read. Who takes too little of one feed has that feed paused, and the others go on; it resumes from the log. Before
each subscription goes a ping: what comes before its answer is of the subscription before, and is passed over.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import aiohttp

from .problem import Problem, odd, problem_of
from .wire import Wire, pause_before

if TYPE_CHECKING:
    from .feed import Feed

subprotocol = "opsroom.v1.json"
session_ended = 4001
#: a connection that held for so long was a good one: the next loss begins with short pauses again
steady_seconds = 5
heartbeat_seconds = 20


class Live:
    def __init__(self, wire: Wire):
        self.wire = wire
        self.history: str | None = None
        self.connected = False
        self._feeds: dict[str, Feed] = {}
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._pings = 0
        self._last_answered: Feed | None = None
        self._fences: dict[int, Feed] = {}
        self._running: asyncio.Task[None] | None = None
        self._sending: set[asyncio.Task[None]] = set()

    def feed(self, name: str) -> Feed | None:
        return self._feeds.get(name)

    def follow(self, feed: Feed) -> None:
        if feed.closed or feed.ended is not None or self._feeds.get(feed.name) is feed:
            return
        self._feeds[feed.name] = feed
        if self._running is None or self._running.done():
            self._running = asyncio.ensure_future(self._run())
        else:
            self._subscribe(feed)

    def leave(self, feed: Feed) -> None:
        if self._feeds.get(feed.name) is feed:
            del self._feeds[feed.name]
            self._say({"type": "unsubscribe", "feed": feed.name})

    def pause(self, feed: Feed) -> None:
        if not feed.paused:
            feed.paused, feed.is_open = True, False
            self._say({"type": "unsubscribe", "feed": feed.name})

    def go_on(self, feed: Feed) -> None:
        feed.paused = False
        if self._feeds.get(feed.name) is feed:
            self._subscribe(feed)

    async def close(self) -> None:
        for feed in list(self._feeds.values()):
            await feed.close()
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    def _subscribe(self, feed: Feed) -> None:
        if self._socket is None or feed.paused:
            return
        self._pings += 1
        feed.is_open, feed.fence = False, self._pings
        self._fences[self._pings] = feed
        asked: dict[str, Any] = {"type": "subscribe", "feed": feed.name}
        if feed.position is not None:
            asked["after"] = feed.position
            if feed.history:
                asked["history"] = feed.history
        self._say({"type": "ping", "n": self._pings}, asked)

    def _say(self, *lines: dict[str, Any]) -> None:
        socket = self._socket
        if socket is None or socket.closed:
            return

        async def send() -> None:
            try:
                await socket.send_str("\n".join(json.dumps(line) for line in lines))
            except (ConnectionError, RuntimeError, aiohttp.ClientError):
                pass  # the reader hears of the loss, and all is said again

        # Tasks begin in the order in which they are made, so lines go out in the order in which they are said.
        task = asyncio.ensure_future(send())
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _run(self) -> None:
        attempt = 0
        while self._feeds:
            began = asyncio.get_running_loop().time()
            try:
                await self._connection()
            except Problem as why:
                if not why.is_passing:
                    self._fail(why)
                    return
            except (aiohttp.ClientError, asyncio.TimeoutError, OSError, ValueError):
                pass
            except Exception as why:
                self._fail(odd(why))
                raise
            finally:
                self._socket, self.connected = None, False
                self._fences.clear()
            if asyncio.get_running_loop().time() - began > steady_seconds:
                attempt = 0
            await asyncio.sleep(pause_before(attempt))
            attempt += 1

    async def _connection(self) -> None:
        headers = await self.wire.authorization()
        try:
            opened = await self.wire.session.ws_connect(f"{self.wire.url}/api/v1/live", protocols=[subprotocol], headers=headers,
                                                        heartbeat=heartbeat_seconds, max_msg_size=0, **self.wire.more)
        except aiohttp.WSServerHandshakeError as refused:
            if refused.status == 401:
                await self.wire.ask("GET", "session")  # logs in anew, or says why not
                return
            raise problem_of(refused.status, None) from None
        try:
            async for message in opened:
                if message.type == aiohttp.WSMsgType.TEXT:
                    for line in message.data.split("\n"):
                        if line.strip():
                            self._told(json.loads(line), opened)
        finally:
            await opened.close()
        if opened.close_code == session_ended:
            await self.wire.ask("GET", "session")

    def _told(self, frame: dict[str, Any], socket: aiohttp.ClientWebSocketResponse) -> None:
        kind = frame["type"]
        if kind == "hello":
            self.history = frame.get("history")
            self._socket, self.connected = socket, True
            for each in self._feeds.values():
                self._subscribe(each)
        elif kind == "pong":
            asked = self._fences.pop(frame["n"], None)
            if asked is not None and asked.fence == frame["n"]:
                asked.is_open = not asked.paused
                self._last_answered = asked
        elif kind == "error":
            # A feed's name that means nothing is answered without it: it is that of the last ping that was answered.
            about = self._last_answered
            if frame["problem"].get("code") == "bad_feed" and about is not None:
                self._end(about, Problem(frame["problem"]))
        else:
            feed = self._feeds.get(self._feed_of(frame))
            if feed is None or not feed.is_open:
                return
            if kind == "ended":
                self._ended(feed, Problem(frame["problem"]))
            else:
                feed.told(frame)

    @staticmethod
    def _feed_of(frame: dict[str, Any]) -> str:
        if "feed" in frame:
            return str(frame["feed"])
        if frame["type"] == "presence":
            return "presence"
        # Where somebody types is told by its kind and number.
        where = next((k for k in frame if k not in ("type", "member")), "")
        return f"{where}/{frame.get(where)}"

    def _ended(self, feed: Feed, why: Problem) -> None:
        if not why.is_passing:
            self._end(feed, why)
            return
        feed.is_open = False
        asyncio.get_running_loop().call_later(why.retry_after or 1, self._again, feed)

    def _again(self, feed: Feed) -> None:
        if self._feeds.get(feed.name) is feed and not feed.is_open:
            self._subscribe(feed)

    def _end(self, feed: Feed, why: Problem) -> None:
        if self._feeds.get(feed.name) is feed:
            del self._feeds[feed.name]
        feed.fail(why)

    def _fail(self, why: Problem) -> None:
        for feed in list(self._feeds.values()):
            self._end(feed, why)
