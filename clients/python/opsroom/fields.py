"""What was given to a command, as the wire wants it: names are checked against the schema, and what may be empty is there."""

from __future__ import annotations

import difflib
from typing import Any

Field = dict[str, Any]

#: the wire knows no leaving out of these
many = frozenset("people departments roles references list files lines remarks codes numbers choices".split())


def completed(command: str, fields: list[Field], given: dict[str, Any], versions: dict[str, int], at: str = "", fill: bool = True) -> dict[str, Any]:
    """Throws TypeError, with the name that may have been meant. `versions`: of the forms in force, by name."""
    known = {f["name"]: f for f in fields}
    for name in given:
        if name not in known:
            raise TypeError(f"{command}: there is no field {at}{name}{_meant(name, known)}; there are {', '.join(known)}")
    made: dict[str, Any] = {}
    for name, f in known.items():
        value = given.get(name)
        if value is None:
            if fill and f["is"] in many:
                made[name] = []
            elif fill and f["is"] == "extras":
                made[name] = _extras(f, {}, versions)
        elif f["is"] == "extras" and isinstance(value, dict):
            made[name] = _extras(f, value, versions)
        elif f["is"] == "group" and isinstance(value, dict):
            made[name] = completed(command, f["fields"], value, versions, f"{at}{name}.")
        elif f["is"] == "list" and isinstance(value, (list, tuple)):
            # Of a line it can mean something that a list is left out of it.
            made[name] = [completed(command, f["fields"], line, versions, f"{at}{name}.", fill=False) if isinstance(line, dict) else line
                          for line in value]
        else:
            made[name] = value
    return made


def _extras(f: Field, given: dict[str, Any], versions: dict[str, int]) -> dict[str, Any]:
    return {"form": versions.get(f.get("of", ""), 1), "fields": [], "attachments": [], **given}


def _meant(name: str, known: dict[str, Field]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return f" (did you mean {near[0]}?)" if near else ""
