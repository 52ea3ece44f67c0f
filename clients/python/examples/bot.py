"""A bot: who says "!open" is told what of theirs is open. `bot.py channel/1`

Each answer has an id made of the message that it answers, so that a bot that is started again answers nothing twice.
"""

import asyncio
import sys

import opsroom
import room as here


async def main(where: str) -> None:
    async with here.from_environment() as room:
        talk = room.feed(where)
        async for change in talk:
            if change.type == "snapshot":
                print(f"listening in {where}", flush=True)
            for e in change.events:
                text = e["data"].get("text")
                if ".posted." not in e["type"] or text != "!open" or e["actor"] == room.me["id"]:
                    continue
                rows = await room.list("tasks", assignee=e["actor"], sort="due", open=True).all()
                said = "\n".join(f"{r['due']} #{r['id']} {r['title']}" for r in rows[:10])
                kind = where.split("/")[0]
                await room.command(f"{kind}.post", where, {"text": said or "—"}, id=opsroom.id_of(talk.history, e["position"]))


if __name__ == "__main__":
    try:
        asyncio.run(main(sys.argv[1]))
    except KeyboardInterrupt:
        pass
