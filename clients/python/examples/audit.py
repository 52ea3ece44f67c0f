"""An audit follower: every event, a line each, appended to a file. Stopped and started again it goes on after the last line.
`audit.py FILE`, as an auditor. Without asyncio."""

import json
import os
import sys
from pathlib import Path

import opsroom


def last_mark(path: Path) -> str | None:
    """A line that was cut off while it was written is taken away: it is told again."""
    if not path.exists():
        return None
    whole = path.read_bytes()
    kept = whole[: whole.rfind(b"\n") + 1]
    if len(kept) < len(whole):
        path.write_bytes(kept)
    lines = kept.splitlines()
    return json.loads(lines[-1])["mark"] if lines else None


def main(path: Path) -> None:
    url, token = os.environ.get("OPSROOM_SERVER", "http://127.0.0.1:8080"), os.environ.get("OPSROOM_TOKEN")
    who = {"token": token} if token else {"login": "audit", "password": os.environ.get("OPSROOM_PASSWORD", "opsroom-demo")}
    since = last_mark(path)
    with opsroom.plain.connect(url, **who) as room, path.open("a", encoding="utf-8") as kept:
        schema = room.schema()
        history = since.rpartition(":")[0] if since else None
        if since is None:
            since = "0"  # from the very beginning
        for change in room.feed("audit", since=since):
            if change.type == "snapshot" and history:
                raise SystemExit("this is another history than the file's: begin a new file")
            for e in change.events:
                # Of a change that was cut off half way, the rest comes again: each event has a mark of its own.
                mark = f"{change.mark.rpartition(':')[0]}:{e['position']}"
                kept.write(json.dumps({"mark": mark, **e}, ensure_ascii=False) + "\n")
                print(e["position"], e["time"][:19], schema.happened(e), e["stream"], flush=True)
            kept.flush()


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except KeyboardInterrupt:
        pass
