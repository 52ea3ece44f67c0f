"""What a feed tells, put together: rows by their id, and a conversation by its messages."""

from __future__ import annotations

from typing import Any, Iterator, Mapping

Row = dict[str, Any]


class Rows(Mapping[int, Row]):
    """Rows of one list, the newest word on each. The server sends rows whole, so a change replaces one and folds nothing."""

    def __init__(self) -> None:
        self._rows: dict[int, Row] = {}
        self._gone: set[int] = set()  # told since the last snapshot

    def __getitem__(self, id: int) -> Row:
        return self._rows[id]

    def __iter__(self) -> Iterator[int]:
        return iter(sorted(self._rows))

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def all(self) -> list[Row]:
        """In order of their ids."""
        return [self._rows[id] for id in self]

    def reset(self, rows: list[Row]) -> None:
        self._rows = {r["id"]: r for r in rows}
        self._gone.clear()

    def put(self, rows: list[Row]) -> None:
        """From the feed, in its order."""
        for r in rows:
            self._rows[r["id"]] = r
            self._gone.discard(r["id"])

    def drop(self, ids: list[int]) -> None:
        """From the feed: they can't be seen any more."""
        for id in ids:
            self._rows.pop(id, None)
            self._gone.add(id)

    def add(self, rows: list[Row]) -> None:
        """From a page read beside the feed: what the feed has told since is newer."""
        for r in rows:
            known = self._rows.get(r["id"])
            if r["id"] not in self._gone and (known is None or known.get("version", 0) < r.get("version", 0)):
                self._rows[r["id"]] = r


class Timeline:
    """A conversation: its messages by number, folded from what happened. The same events give the same messages."""

    def __init__(self) -> None:
        self.messages: dict[int, Row] = {}
        self.people: list[int] = []

    def reset(self, data: Row) -> None:
        self.messages = {m["message"]: m for m in data["messages"]}
        about = next((v for v in data.values() if isinstance(v, dict)), {})
        self.people = list(about.get("people", []))

    def fold(self, events: list[Row]) -> None:
        for e in events:
            happened = e["type"].split(".")[1]
            step = getattr(self, f"_{happened}", None)
            if step:
                step(e, e["data"])

    @staticmethod
    def _said(field: Any) -> Row:
        """A personal field: the text itself, or that it was taken back or erased."""
        if isinstance(field, str):
            return {"text": field}
        told = field if isinstance(field, dict) else {}
        if isinstance(told.get("text"), str):
            return {"text": told["text"]}
        kept = next((word for word in ("gone", "unreadable") if told.get(word)), "erased")
        return {"text": None, kept: True}

    def _posted(self, e: Row, d: Row) -> None:
        of = d["text"].get("of") if isinstance(d.get("text"), dict) else None
        m = {"message": d["message"], "author": d.get("author") or of or e["actor"], "at": d.get("at") or e["time"], "topic": d.get("topic") or "",
             "edited": False, "deleted": False, "pinned": False, "reactions": [], "position": e["position"], **self._said(d.get("text"))}
        if "source" in d:
            m["imported"] = {"by": e["actor"], "source": d["source"]}
        self.messages.setdefault(d["message"], m)

    _imported = _posted

    def _change(self, d: Row, **new: Any) -> None:
        before = self.messages.get(d["message"])
        if before is not None:
            self.messages[d["message"]] = {**before, **new}

    def _edited(self, e: Row, d: Row) -> None:
        if d["message"] in self.messages:
            self.messages[d["message"]].pop("gone", None)
        self._change(d, edited=True, **self._said(d.get("text")))

    def _deleted(self, e: Row, d: Row) -> None:
        self._change(d, text=None, deleted=True, pinned=False, reactions=[])

    def _topic_set(self, e: Row, d: Row) -> None:
        self._change(d, topic=d.get("topic") or "")

    def _pinned(self, e: Row, d: Row) -> None:
        self._change(d, pinned=True)

    def _unpinned(self, e: Row, d: Row) -> None:
        self._change(d, pinned=False)

    def _react(self, e: Row, d: Row, on: bool) -> None:
        before = self.messages.get(d["message"])
        if before is None:
            return
        who, emoji = d.get("member") or e["actor"], d["emoji"]
        by = {r["emoji"]: [m for m in r["members"] if m != who or r["emoji"] != emoji] for r in before["reactions"]}
        if on:
            by.setdefault(emoji, []).append(who)
        self._change(d, reactions=[{"emoji": k, "members": v} for k, v in by.items() if v])

    def _reacted(self, e: Row, d: Row) -> None:
        self._react(e, d, True)

    def _reaction_removed(self, e: Row, d: Row) -> None:
        self._react(e, d, False)

    def _joined(self, e: Row, d: Row) -> None:
        who = d.get("member") or e["actor"]
        self.people = [*[p for p in self.people if p != who], who]

    def _left(self, e: Row, d: Row) -> None:
        who = d.get("member") or e["actor"]
        self.people = [p for p in self.people if p != who]
