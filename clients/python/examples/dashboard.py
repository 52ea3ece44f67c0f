"""A dashboard in a terminal: how the work stands, what waits on you, what has just happened. `dashboard.py [--once]`"""

import asyncio
import collections
import sys

import room as here


async def main(once: bool) -> None:
    async with here.from_environment() as room:
        schema = await room.schema()
        board, people, inbox = [await room.feed(name).ready() for name in ("board", "directory", "inbox")]
        latest: collections.deque[str] = collections.deque(maxlen=8)
        drawn = asyncio.Event()

        def draw() -> None:
            counts = collections.Counter(r["status"] for r in board.rows.all)
            lines = [f"{room.me['name']} · {'live' if room.connected else '…'} · {inbox.data['total'] + inbox.data['tasks']} ←", ""]
            lines += [f"{n:6} {schema.status('tasks', status)}" for status, n in counts.most_common()]
            lines += ["", *latest]
            print(("" if once else "\x1b[H\x1b[2J") + "\n".join(lines), flush=True)

        async def follow() -> None:
            async for change in board:
                for e in change.events:
                    who = people.rows.get(e["actor"], {}).get("name", "—")
                    latest.append(f"{e['time'][11:19]} {who} {schema.happened(e)} {e['stream']}")
                drawn.set()

        async def waits() -> None:
            async for _ in inbox:
                drawn.set()

        draw()
        if once:
            return
        async with asyncio.TaskGroup() as both:
            both.create_task(follow())
            both.create_task(waits())
            while True:
                await drawn.wait()
                await asyncio.sleep(0.1)  # what changes together is drawn once
                drawn.clear()
                draw()


if __name__ == "__main__":
    try:
        asyncio.run(main("--once" in sys.argv))
    except KeyboardInterrupt:
        pass
