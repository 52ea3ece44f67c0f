"""What goes wrong, as one kind of exception: the server's own object, in both languages."""

from __future__ import annotations

from typing import Any


class Problem(Exception):
    """A refusal (RFC 9457). `str()` is in the reader's language; `zh` and `en` are always there."""

    def __init__(self, said: dict[str, Any]):
        self.said = said
        self.code: str = said["code"]
        self.status: int = said.get("status", 0)
        self.title: str = said.get("title", self.code)
        self.zh: str = said.get("zh", "")
        self.en: str = said.get("en", "")
        self.detail: str = said.get("detail") or self.en
        #: of the rule book, where a rule refused it
        self.clause: str | None = said.get("clause")
        #: the version that there is, where another was expected
        self.present: int | None = said.get("present")
        #: which fields, each {"pointer", "detail", "zh", "en"}
        self.errors: list[dict[str, Any]] = said.get("errors", [])
        #: which commands of a transaction, by their index
        self.refused: dict[int, Problem] = {r["index"]: Problem(r["problem"]) for r in said.get("refused", [])}
        #: seconds until it is worth another try
        self.retry_after: float | None = said.get("retry_after")
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        said = self.detail
        if self.clause:
            said += f" [{self.clause}]"
        for e in self.errors:
            said += f"\n  {e.get('pointer', '')}: {e.get('detail', '')}"
        for index, why in self.refused.items():
            said += f"\n  #{index}: {why}"
        return said

    @property
    def pointers(self) -> dict[str, dict[str, Any]]:
        return {e["pointer"]: e for e in self.errors}

    @property
    def is_passing(self) -> bool:
        """Whether the same may go through later: the server took nothing."""
        return self.status in (0, 429, 502, 503, 504)


class Unreachable(Problem):
    """The server did not answer, however often it was asked."""

    def __init__(self, why: object):
        super().__init__({
            "code": "unreachable",
            "status": 0,
            "zh": f"连不上服务器：{why}",
            "en": f"the server can't be reached: {why}",
        })


def odd(what: object, status: int = 0) -> Problem:
    """What is no word of this server: a proxy's page, or one of a newer server that this client does not follow."""
    return Problem({
        "code": "odd_answer",
        "status": status or 500,
        "zh": f"服务器的回答无法理解（{what}）",
        "en": f"the server's answer made no sense ({what})",
    })


def problem_of(status: int, body: Any) -> Problem:
    return Problem(body) if isinstance(body, dict) and "code" in body else odd(status, status)
