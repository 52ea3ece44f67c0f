"""The rows behind the metrics, and the metrics' figures: as a file, or as a DataFrame with exact numbers."""

from __future__ import annotations

import asyncio
import datetime
import decimal
import io
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import aiohttp

from .ids import new_id
from .problem import Unreachable, problem_of
from .wire import Wire, as_query

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import pandas

part_bytes = 512 * 1024
numbers_of_figures = {"value", "version"}
days_of_figures = {"from", "until"}


class Data:
    """`room.data("orders", from_="2026-11-01", only="channel:app")`, or `room.data("figures", metric="gmv", grain="month")`."""

    def __init__(self, wire: Wire, name: str, query: dict[str, Any]):
        self._wire = wire
        self.name = name
        self.query = {key.rstrip("_"): value for key, value in query.items()}

    async def save(self, to: str | os.PathLike[str]) -> Path:
        """Writes it to a path that ends in .csv, .parquet or .xlsx: whole, or not at all."""
        return await _save(to, self._fetch)

    async def frame(self) -> pandas.DataFrame:
        """All of it as a pandas DataFrame: numbers as decimal.Decimal, as they are, and days as days. Needs pandas."""
        try:
            import pandas
        except ImportError:
            raise ImportError("frame() needs pandas: pip install pandas, or apt-get install python3-pandas") from None
        numbers, days = numbers_of_figures, days_of_figures
        if self.name != "figures":
            sets = (await self._wire.ask("GET", "data/sets"))["items"]
            columns = next((s["columns"] for s in sets if s["set"] == self.name), [])
            numbers = {c["code"] for c in columns if c["type"] in ("whole", "decimal", "percent")} | {"_line"}
            days = {c["code"] for c in columns if c["type"] in ("day", "moment")}
        text = io.BytesIO()
        await self._fetch("csv", text)
        text.seek(0)
        table = await asyncio.to_thread(pandas.read_csv, text, dtype=str, keep_default_na=False, na_values={c: [""] for c in numbers | days}, encoding="utf-8-sig")
        for column in table.columns:
            if column in numbers:
                table[column] = [None if pandas.isna(v) else decimal.Decimal(v) for v in table[column]]
            elif column in days:
                table[column] = pandas.to_datetime(table[column])
        return table

    async def _fetch(self, format: str, into: Any) -> None:
        await _stream(self._wire, "GET", f"data/sets/{self.name}.{format}", into, params=as_query(self.query))


class Query:
    """`room.data_sql("select channel, sum(amount) as total from orders where ordered_on >= ? group by all", datetime.date(2026, 11, 1))`: one
    SELECT of the sets that one may see. Each time that it is run is on record."""

    def __init__(self, wire: Wire, sql: str, params: tuple[Any, ...], limit: int | None):
        self._wire = wire
        self._asked = {"sql": sql, "params": [_as_param(p) for p in params]} | ({} if limit is None else {"limit": limit})

    async def save(self, to: str | os.PathLike[str]) -> Path:
        """Runs it, and writes what it answers to a path that ends in .csv, .json or .parquet: whole, or not at all."""
        return await _save(to, self._fetch)

    async def rows(self) -> list[tuple[Any, ...]]:
        """Runs it: numbers as int and decimal.Decimal, as they are; days and times as such."""
        said = await self._answer()
        makes = [_made_of.get(c["type"], str) for c in said["columns"]]
        return [tuple(None if v is None else make(v) for make, v in zip(makes, row)) for row in said["rows"]]

    async def frame(self) -> pandas.DataFrame:
        """Runs it, as a pandas DataFrame of such values. More rows than may be asked for at once are an error. Needs pandas."""
        try:
            import pandas
        except ImportError:
            raise ImportError("frame() needs pandas: pip install pandas, or apt-get install python3-pandas") from None
        said = await self._answer()
        if said["cut"]:
            raise ValueError(f"there are more than {len(said['rows'])} rows: narrow the query, or take them with rows()")
        makes = [_made_of.get(c["type"], str) for c in said["columns"]]
        columns = [[None if row[i] is None else make(row[i]) for row in said["rows"]] for i, make in enumerate(makes)]
        table = pandas.DataFrame({i: pandas.Series(values, dtype="float64" if said["columns"][i]["type"] == "number" else "object") for i, values in enumerate(columns)})
        for i, c in enumerate(said["columns"]):
            if c["type"] in ("day", "moment"):
                table[i] = pandas.to_datetime(table[i])
        table.columns = [c["name"] for c in said["columns"]]
        return table

    async def _answer(self) -> Any:
        text = io.BytesIO()
        await self._fetch("json", text)
        return json.loads(text.getvalue())

    async def _fetch(self, format: str, into: Any) -> None:
        body = json.dumps(self._asked | {"format": format}, ensure_ascii=False).encode()
        await _stream(self._wire, "POST", "data/sql", into, data=body, more={"Content-Type": "application/json", "Idempotency-Key": new_id()})


_made_of: dict[str, Any] = {"whole": int, "decimal": decimal.Decimal, "number": float, "yes_no": lambda v: v == "true", "day": datetime.date.fromisoformat,
                            "moment": datetime.datetime.fromisoformat}


def _as_param(value: Any) -> Any:
    """A decimal, or a day, goes as its text, to the last digit."""
    return value if value is None or (isinstance(value, (int, str)) and not isinstance(value, bool)) else str(value)


async def _save(to: str | os.PathLike[str], fetch: Callable[[str, BinaryIO], Awaitable[None]]) -> Path:
    """Whole, or not at all."""
    path = Path(to)
    begun = path.with_name(path.name + ".part")
    try:
        with begun.open("wb") as file:
            await fetch(path.suffix.removeprefix("."), file)
        begun.replace(path)
    finally:
        begun.unlink(missing_ok=True)
    return path


async def _stream(wire: Wire, method: str, path: str, into: Any, more: dict[str, str] | None = None, **how: Any) -> None:
    try:
        headers = await wire.authorization() | (more or {})
        async with wire.session.request(method, f"{wire.url}/api/v1/{path}", headers=headers, **how, **wire.more) as answer:
            if answer.status >= 400:
                raise problem_of(answer.status, await answer.json(content_type=None))
            async for part in answer.content.iter_chunked(part_bytes):
                into.write(part)
    except (aiohttp.ClientError, asyncio.TimeoutError, ConnectionError) as why:
        raise Unreachable(why or type(why).__name__) from None
