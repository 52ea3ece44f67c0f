"""A list of the server: page after page, as it is or as it was."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, AsyncIterator

from .wire import Wire

if TYPE_CHECKING:
    import pandas

page_most = 200


class List:
    """`room.list("tasks", status="open", as_of="2026-11-01")`: `async for row in`, `await .all()`, `await .frame()`."""

    def __init__(self, wire: Wire, path: str, query: dict[str, Any], page_rows: int = page_most):
        self._wire = wire
        self.path = path
        self.query = query
        self._page_rows = page_rows

    async def page(self, cursor: str | None = None, limit: int | None = None) -> dict[str, Any]:
        """One page as the server answers it: `items`, `next`, `position`, and `total` where it counts."""
        page: dict[str, Any] = await self._wire.ask("GET", self.path, query={**self.query, "cursor": cursor, "limit": limit})
        return page

    async def _rows(self) -> AsyncIterator[dict[str, Any]]:
        cursor: str | None = None
        seen: set[Any] = set()
        while True:
            page = await self.page(cursor, self._page_rows)
            for row in page["items"]:
                # What changes meanwhile moves, and may be met again.
                if (id := row.get("id")) is not None and "message" not in row and "kind" not in row:
                    if id in seen:
                        continue
                    seen.add(id)
                yield row
            cursor = page.get("next")
            if not cursor:
                return

    def __aiter__(self) -> AsyncIterator[dict[str, Any]]:
        return self._rows()

    async def all(self) -> list[dict[str, Any]]:
        return [row async for row in self]

    async def frame(self) -> pandas.DataFrame:
        """All of it as a pandas DataFrame, by id; times as times. Needs pandas."""
        try:
            import pandas
        except ImportError:
            raise ImportError("frame() needs pandas: pip install pandas, or apt-get install python3-pandas") from None
        rows = await self.all()
        table = pandas.DataFrame(rows)
        for column in table.columns:
            texts = [r[column] for r in rows if isinstance(r.get(column), str)]
            if texts and all(is_time(text) for text in texts):
                table[column] = pandas.to_datetime(table[column], utc="T" in texts[0])
        return table.set_index("id") if "id" in table and table["id"].is_unique else table


def is_time(text: str) -> bool:
    """Whether it is a day or a time of the wire, and not words that begin with one."""
    if len(text) < 10 or text[4] != "-" or text[7] != "-":
        return False
    try:
        datetime.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
