"""Client of an opsroom server: commands that happen once, lists, documents, files, and feeds that miss nothing.

    async with opsroom.connect("http://127.0.0.1:8080", token="opsroom_pat_…") as room:
        await room.task.assign(title="Weekly data", standard="Sources agree", due="2026-12-01", to=5)
        async for change in room.feed("board"):
            print(change.position, change.rows)

`opsroom.plain.connect` is the same without `async` and `await`.
"""

from . import plain
from .feed import Change, Feed
from .ids import id_of, new_id
from .outbox import Outbox
from .problem import Problem, Unreachable
from .room import Room, connect
from .rows import Rows, Timeline
from .schema import Schema

__all__ = ["Change", "Feed", "Outbox", "Problem", "Room", "Rows", "Schema", "Timeline", "Unreachable", "connect", "id_of", "new_id", "plain"]
