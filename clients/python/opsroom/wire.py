"""Requests over HTTP. What may be asked twice is asked again over lost connections, for as long as one is patient."""

from __future__ import annotations

import asyncio
import datetime
import json
import random
import time
from typing import Any, Callable

import aiohttp

from .problem import Problem, Unreachable, problem_of

pause_first, pause_most = 0.1, 10.0
answer_within = aiohttp.ClientTimeout(total=60, sock_connect=10)


def pause_before(attempt: int) -> float:
    """Half of it to all of it, so that a thousand clients do not come back in the same instant."""
    return min(pause_most, pause_first * 2.0**attempt) * random.uniform(0.5, 1)


def as_sent(value: Any) -> Any:
    """Days and times as the wire has them, people and documents (rows) by their number."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {k: as_sent(v) for k, v in value.items() if v is not None}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [as_sent(v) for v in value]
    return value


def as_query(parts: dict[str, Any]) -> dict[str, str]:
    def text(value: Any) -> str:
        return str(value).lower() if isinstance(value, bool) else str(as_sent(value))

    return {k: text(v) for k, v in parts.items() if v is not None}


class Wire:
    """The server as JSON in, JSON out. Belongs to one room and its event loop."""

    def __init__(self, url: str, token: str | None, login: str | None, password: str | None, label: str, patience: float, ssl: Any):
        self.url = url.rstrip("/")
        self.patience = patience
        self.token = token
        self._account = (login, password) if login else None
        self._label = label
        self._device: str | None = None
        self._minted: int | None = None
        self._ssl = ssl
        self._session: aiohttp.ClientSession | None = None
        self._logging_in = asyncio.Lock()

    @property
    def session(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=answer_within)
        return self._session

    @property
    def more(self) -> dict[str, Any]:
        """Of every request: where a certificate of one's own is trusted."""
        return {} if self._ssl is None else {"ssl": self._ssl}

    async def authorization(self) -> dict[str, str]:
        if self.token is None and self._account:
            async with self._logging_in:
                if self.token is None:
                    await self._log_in()
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    async def _log_in(self) -> None:
        assert self._account
        login, password = self._account
        asked = {"login": login, "password": password, "label": self._label, "days": 1}
        if self._device:
            asked["device"] = self._device
        answer = await self._patiently(lambda: self._once("POST", "session/token", body=asked, headers={}))
        self.token, self._minted = answer["token"], answer["id"]
        self._device = answer.get("device", self._device)

    def forget_token(self) -> bool:
        """It is refused. True where another can be had, with the password."""
        if not self._account:
            return False
        self.token = None
        return True

    async def ask(self, method: str, path: str, *, query: dict[str, Any] | None = None, body: Any = None, key: str | None = None,
                  again: bool | None = None) -> Any:
        """Throws Problem. Asked again where that is the same as once: reads, and what has an idempotency key."""
        again = (key is not None or method == "GET") if again is None else again

        async def once() -> Any:
            headers = await self.authorization()
            if key is not None:
                headers["Idempotency-Key"] = key
            return await self._once(method, path, query=query, body=body, headers=headers)

        async def known() -> Any:
            try:
                return await once()
            except Problem as why:
                # A token of a day, in a program that runs for longer.
                if why.status != 401 or not self.forget_token():
                    raise
                return await once()

        return await (self._patiently(known) if again else known())

    async def _patiently(self, once: Callable[[], Any]) -> Any:
        until = time.monotonic() + self.patience
        attempt = 0
        while True:
            try:
                return await once()
            except Problem as why:
                wait = max(pause_before(attempt), why.retry_after or 0)
                attempt += 1
                if not why.is_passing or time.monotonic() + wait > until:
                    raise
                await asyncio.sleep(wait)

    async def _once(self, method: str, path: str, *, query: dict[str, Any] | None = None, body: Any = None, headers: dict[str, str]) -> Any:
        how: dict[str, Any] = {"headers": headers, **self.more}
        if query:
            how["params"] = as_query(query)
        if isinstance(body, (bytes, memoryview)):
            headers["Content-Type"] = "application/octet-stream"
            how["data"] = body
        elif body is not None:
            headers["Content-Type"] = "application/json"
            how["data"] = json.dumps(as_sent(body), ensure_ascii=False).encode()
        try:
            async with self.session.request(method, f"{self.url}/api/v1/{path}", **how) as answer:
                text = await answer.read()
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as why:
            raise Unreachable(why or type(why).__name__) from None
        try:
            said = json.loads(text) if text else None
        except ValueError:
            said = text.decode(errors="replace")
        if answer.status >= 400:
            raise problem_of(answer.status, said)
        return said

    async def close(self) -> None:
        if self._session is None:
            return
        if self._minted is not None and self.token is not None:
            try:
                await self.ask("DELETE", f"tokens/{self._minted}")
            except Problem:
                pass  # it ends by itself within the day
        await self._session.close()
        self._session = None
