"""The same without asyncio: every coroutine is waited for, every asynchronous iteration is a plain one.

    with opsroom.plain.connect("http://127.0.0.1:8080", token="opsroom_pat_…") as room:
        room.task.start(17)
        for change in room.feed("board"):
            print(change.rows)

A thread of its own runs the event loop; rooms may be used from several threads.
"""

from __future__ import annotations

import asyncio
import inspect
import threading
from typing import Any, Iterator

from .data import Data, Query
from .feed import Feed
from .files import Files
from .listing import List
from .outbox import Outbox
from .room import Room, Transaction
from .room import connect as connect_async
from .schema import Command, Kind

waited_for = (Room, Data, Query, Feed, Files, List, Outbox, Transaction, Kind, Command)


class Loop:
    """An event loop in a thread that ends with the program."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name="opsroom", daemon=True)
        self._thread.start()

    def run(self, what: Any) -> Any:
        async def on_the_loop() -> Any:
            result = what() if callable(what) else what
            return await result if inspect.isawaitable(result) else result

        waits = asyncio.run_coroutine_threadsafe(on_the_loop(), self.loop)
        try:
            return waits.result()
        except BaseException:
            waits.cancel()  # Ctrl-C is not to leave it going
            raise

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()


class Waiting:
    """One of the package's objects, waited for."""

    def __init__(self, of: Any, loop: Loop):
        self._of = of
        self._loop = loop
        self.__doc__ = of.__doc__

    def __getattr__(self, name: str) -> Any:
        return self._plain(self._loop.run(lambda: getattr(self._of, name)))

    def __call__(self, *args: Any, **fields: Any) -> Any:
        return self._plain(self._loop.run(lambda: self._of(*args, **fields)))

    def __dir__(self) -> list[str]:
        return dir(self._of)

    def __iter__(self) -> Iterator[Any]:
        changes = self._loop.run(self._of.__aiter__)
        try:
            while True:
                try:
                    yield self._loop.run(changes.__anext__)
                except StopAsyncIteration:
                    return
        finally:
            if not self._loop.loop.is_closed():
                self._loop.run(changes.aclose)

    def __enter__(self) -> Waiting:
        entered = self._loop.run(self._of.__aenter__)
        return self if entered is self._of else self._plain(entered)

    def __exit__(self, *why: Any) -> None:
        self._loop.run(lambda: self._of.__aexit__(*why))

    def _plain(self, value: Any) -> Any:
        if value is self._of:
            return self
        if isinstance(value, waited_for):
            return Waiting(value, self._loop)
        return Waiting(value, self._loop) if inspect.ismethod(value) else value


class PlainRoom(Waiting):
    """A room that closes its own loop."""

    def open(self) -> PlainRoom:
        self._loop.run(self._of.open)
        return self

    def close(self) -> None:
        self._loop.run(self._of.close)
        self._loop.stop()

    def __enter__(self) -> PlainRoom:
        try:
            return self.open()
        except BaseException:
            self.close()
            raise

    def __exit__(self, *_: Any) -> None:
        self.close()


def connect(url: str, **how: Any) -> PlainRoom:
    """As opsroom.connect, to be opened with `with`."""
    loop = Loop()
    try:
        return PlainRoom(loop.run(lambda: connect_async(url, **how)), loop)
    except BaseException:
        loop.stop()
        raise
