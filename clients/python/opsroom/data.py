"""The rows behind the metrics, and the metrics' figures: as a file, or as a DataFrame with exact numbers."""

from __future__ import annotations

import asyncio
import decimal
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp

from .problem import Unreachable, problem_of
from .wire import Wire, as_query

if TYPE_CHECKING:
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
        path = Path(to)
        begun = path.with_name(path.name + ".part")
        try:
            with begun.open("wb") as file:
                await self._fetch(path.suffix.removeprefix("."), file)
            begun.replace(path)
        finally:
            begun.unlink(missing_ok=True)
        return path

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
        try:
            async with self._wire.session.get(f"{self._wire.url}/api/v1/data/sets/{self.name}.{format}", params=as_query(self.query), headers=await self._wire.authorization(), **self._wire.more) as answer:
                if answer.status >= 400:
                    raise problem_of(answer.status, await answer.json(content_type=None))
                async for part in answer.content.iter_chunked(part_bytes):
                    into.write(part)
        except (aiohttp.ClientError, asyncio.TimeoutError, ConnectionError) as why:
            raise Unreachable(why or type(why).__name__) from None
