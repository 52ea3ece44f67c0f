"""What there is, as the server describes it: kinds of documents, and their commands as functions with named fields."""

from __future__ import annotations

import inspect
import keyword
from typing import Any, Callable, Iterator

from .fields import completed

Sender = Callable[..., Any]


def parameter_of(field: str) -> str:
    """What a field is called in Python: `from` is `from_`."""
    return field + "_" if keyword.iskeyword(field) else field


def number_of(target: Any) -> Any:
    return target["id"] if isinstance(target, dict) else target


class Words:
    """One of the two languages, where a person reads."""

    def __init__(self, language: str):
        self.language = language

    def __call__(self, both: dict[str, str] | None) -> str:
        return (both or {}).get(self.language, "")


class Command:
    """One command of one kind: called with its fields by name. Wrong names are told before anything is sent; values are the server's to judge."""

    def __init__(self, kind: str, said: dict[str, Any], send: Sender, schema: Schema, alone: bool):
        self.said = said
        self.type: str = said["type"]
        self.creates: bool = said.get("creates", False)
        self._kind = kind
        self._send = send
        self._versions = schema.versions
        self._fields = {parameter_of(f["name"]): f["name"] for f in said["fields"]}
        # Of a kind that nobody makes one of there may be one alone, and then it is not named.
        target = inspect.Parameter("target", inspect.Parameter.POSITIONAL_ONLY, default=None if alone else inspect.Parameter.empty)
        begins = [] if self.creates else [target]
        self.__signature__ = inspect.Signature([*begins, *(
            inspect.Parameter(parameter_of(f["name"]), inspect.Parameter.KEYWORD_ONLY,
                              default=inspect.Parameter.empty if f["required"] else None) for f in said["fields"])])
        self.__name__ = self.type.split(".")[1]
        self.__doc__ = self._describe(schema.words)

    def _describe(self, words: Words) -> str:
        lines = [f"{words(self.said['label'])} ({self.said['clause']})"]
        lines += [text for text in (words(self.said.get("hint")), words(self.said.get("grave"))) if text]
        lines.append("")
        for f in self.said["fields"]:
            line = f"{parameter_of(f['name'])}: {words(f['label'])}"
            more = [text for text in (words(f.get("hint")), words(f.get("needs"))) if text]
            if f.get("options"):
                more.append(" | ".join(o["name"] for o in f["options"]))
            lines.append(line + "".join(f"; {text}" for text in more))
            lines += [f"    .{part['name']}: {words(part['label'])}{'' if part['required'] else ' (?)'}" for part in f.get("fields", [])]
        return "\n".join(lines)

    def __call__(self, *target: Any, expect: int | None = None, id: str | None = None, **fields: Any) -> Any:
        given = {self._fields.get(k, k): v for k, v in fields.items()}
        data = completed(self.type, self.said["fields"], given, self._versions)
        try:
            bound = self.__signature__.bind(*target, **{parameter_of(k): v for k, v in given.items()})
        except TypeError as why:
            raise TypeError(f"{self.type}: {why}; it is called as {self.__name__}{self.__signature__}") from None
        whom = None
        if (number := number_of(bound.arguments.get("target"))) is not None:
            whom = number if isinstance(number, str) else f"{self._kind}/{number}"
        return self._send(self.type, whom, data, expect=expect, id=id)


class Kind:
    """`room.KIND`: its commands as attributes."""

    def __init__(self, said: dict[str, Any], send: Sender, schema: Schema):
        self.said = said
        self.name: str = said["name"]
        words = schema.words
        self.__doc__ = f"{words(said['label'])}\n{words(said.get('hint'))}".strip()
        alone = not any(c.get("creates") for c in said["commands"])
        self._commands = {c["type"].split(".")[1]: Command(self.name, c, send, schema, alone) for c in said["commands"] if not c.get("by_system")}

    def __getattr__(self, name: str) -> Command:
        commands: dict[str, Command] = self.__dict__.get("_commands", {})
        found = commands.get(name) or commands.get(name.removesuffix("_"))
        if found is None:
            raise AttributeError(f"{self.__dict__.get('name')} has no command {name!r}: {', '.join(commands)}")
        return found

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *(parameter_of(c) for c in self._commands)]


class Schema:
    """`await room.schema()`."""

    def __init__(self, said: dict[str, Any], language: str):
        self.said = said
        self.words = Words(language)
        self._kinds: dict[str, dict[str, Any]] = {k["name"]: k for k in said["kinds"]}
        #: of the forms in force
        self.versions = {f["name"]: f.get("version", 1) for k in said["kinds"] for f in k.get("forms", [])}

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __contains__(self, kind: object) -> bool:
        return kind in self._kinds

    def __getitem__(self, kind: str) -> dict[str, Any]:
        """A kind as the server describes it."""
        return self._kinds[kind]

    def kind(self, name: str, send: Sender) -> Kind:
        return Kind(self._kinds[name], send, self)

    def status(self, path: str, name: str) -> str:
        """What a status of a list's rows is called."""
        kind: dict[str, Any] = next((k for k in self._kinds.values() if k.get("path", f"/api/v1/{k['name']}s") == f"/api/v1/{path}"), {})
        return next((self.words(s["label"]) for s in kind.get("statuses", []) if s["name"] == name), name)

    def happened(self, event: dict[str, Any]) -> str:
        """What an event is called, after the name of who did it."""
        kind = self._kinds.get(event["type"].split(".")[0], {})
        return next((self.words(e["label"]) for e in kind.get("events", []) if e["type"] == event["type"]), event["type"])


class ByKind:
    """What commands are given through, each kind by its name: a room, a transaction, an outbox."""

    def _described(self) -> Schema | None:
        raise NotImplementedError

    def _give(self, type: str, target: str | None, data: dict[str, Any], *, expect: int | None = None, id: str | None = None) -> Any:
        raise NotImplementedError

    def __getattr__(self, name: str) -> Kind:
        if name.startswith("_"):
            raise AttributeError(name)
        schema = self._described()
        if schema is None:
            raise AttributeError(f"{name}: kinds are known once the room is open (async with, or await room.open())")
        if name not in schema:
            raise AttributeError(f"no kind of document is called {name!r}: {', '.join(schema)}")
        return schema.kind(name, self._give)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *(self._described() or [])]
