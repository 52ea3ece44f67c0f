"""Runs cases.json with the Python client against a real server. `run.py OPSROOMD [words of a case]`"""

import asyncio
import datetime
import json
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

here = Path(__file__).resolve().parent
package = here.parents[1] / "clients" / "python"
sys.path.insert(0, str(package))

try:
    import aiohttp  # noqa: F401
except ImportError:
    print(f"skipped: {sys.executable} has no aiohttp (apt-get install python3-aiohttp)")
    sys.exit(0)
import opsroom  # noqa: E402

within_s = 20


class Stage:
    """The server behind its network: stage.mjs, told in lines."""

    async def start(self, binary):
        self.process = await asyncio.create_subprocess_exec(os.environ.get("NODE", "node"), here / "stage.mjs", binary, stdin=asyncio.subprocess.PIPE,
                                                            stdout=asyncio.subprocess.PIPE)
        self.url = json.loads(await self.process.stdout.readline())["url"]

    async def tell(self, **said):
        self.process.stdin.write(json.dumps(said).encode() + b"\n")
        await self.process.stdin.drain()
        assert await self.process.stdout.readline(), "the stage has ended"

    async def end(self):
        self.process.stdin.close()
        await self.process.wait()


class Followed:
    """All that one feed said, in its order; held: nothing is taken until it is let go."""

    def __init__(self, feed, held):
        self.feed = feed
        self.go = asyncio.Event()
        if not held:
            self.go.set()
        self.changes = []
        self.began = asyncio.Event()
        self.task = asyncio.create_task(self.read())

    async def read(self):
        async for change in self.feed:
            self.changes.append(change)
            self.began.set()
            await self.go.wait()


class Runner:
    def __init__(self, stage, home):
        self.stage = stage
        self.home = home
        self.rooms = {}
        self.processes = []
        self.kept = {}

    async def room(self, who):
        if who not in self.rooms:
            self.rooms[who] = await opsroom.connect(self.stage.url, login=who, password="opsroom-demo", patience=within_s).open()
        return self.rooms[who]

    def meant(self, value):
        """With what was kept in place of "$name.key"."""
        if isinstance(value, dict):
            return {k: self.meant(v) for k, v in value.items()}
        if isinstance(value, list):
            return [self.meant(v) for v in value]
        if not (isinstance(value, str) and value.startswith("$")):
            return value
        name, _, key = value[1:].partition(".")
        return self.kept[name][key] if key else self.kept[name]

    async def run(self, case):
        today = datetime.date.today()
        self.kept = {"day": today + datetime.timedelta(7), "later": today + datetime.timedelta(9)}
        try:
            for step in case["steps"]:
                said = self.meant({k: v for k, v in step.items() if k != "keep"})
                try:
                    result = await self.check(said)
                except Exception as why:
                    raise AssertionError(f"{json.dumps(step, ensure_ascii=False)}\n    {type(why).__name__}: {why}") from why
                if "keep" in step:
                    self.kept[step["keep"]] = result
        finally:
            for process in self.processes:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
            self.processes.clear()
            for one in self.kept.values():
                if isinstance(one, Followed):
                    one.task.cancel()
                    await one.feed.close()
                if isinstance(one, opsroom.Feed):
                    await one.close()

    async def check(self, said):
        expected = {k: said.pop(k) for k in ("is", "has", "refused", "mistake") if k in said}
        do = getattr(self, "do_" + said.pop("do"))
        if "refused" in expected:
            try:
                result = await do(**said)
            except opsroom.Problem as problem:
                return self.check_problem(problem, expected["refused"])
            raise AssertionError(f"not refused: {result}")
        if "mistake" in expected:
            try:
                result = await do(**said)
            except TypeError as why:
                assert expected["mistake"] in str(why), why
                return None
            raise AssertionError(f"no mistake: {result}")
        result = await do(**said)
        if "is" in expected:
            found = result["count"] if isinstance(result, dict) and "count" in result else result
            assert found == expected["is"], f"{found} is not {expected['is']}"
        for key, value in expected.get("has", {}).items():
            assert result[key] == value, f"{key} of {result} is not {value}"
        return result

    def check_problem(self, problem, expected):
        assert problem.zh and problem.en and problem.zh != problem.en, "both languages"
        for key in ("code", "status", "clause", "present"):
            if key in expected:
                assert getattr(problem, key) == expected[key], f"{key}: {problem.said}"
        assert set(expected.get("pointers", [])) <= set(problem.pointers), problem.errors
        assert list(problem.refused) == expected.get("indexes", list(problem.refused)), problem.said

    # What cases do.

    async def do_stage(self, **said):
        for what in ("lose", "cut", "stop", "start"):
            if what in said:
                await self.stage.tell(do=what, times=said[what])

    async def do_pause(self, ms):
        await asyncio.sleep(ms / 1000)

    async def do_command(self, by, command, target=None, data=None, expect=None, id=None):
        return await (await self.room(by)).command(command, target, data, expect=expect, id=id)

    async def do_call(self, by, kind, command, fields, target=None):
        given = getattr(getattr(await self.room(by), kind), command)
        return await given(*([] if target is None else [target]), **fields)

    async def do_transaction(self, by, commands, dry_run=False):
        t = (await self.room(by)).transaction()
        for n, (command, target, data) in enumerate(commands):
            assert t.command(command, target, data) == f"#{n}"
        return await t.commit(dry_run)

    async def do_load(self, by, command, data, target=None, times=0, at_once=1, together=False, background=False, until_stopped=False):
        room = await self.room(by)
        load = {"count": 0, "position": 0, "stopped": asyncio.Event(), "acks": {}}
        if together:
            t = room.transaction()
            for _ in range(times):
                t.command(command, target, data)
            load["position"] = (await t.commit())["position"]
            return load

        async def one(share):
            while load["count"] + share < times or (until_stopped and not load["stopped"].is_set()):
                load["count"] += 1
                ack = await room.command(command, target, data)
                load["acks"][ack["id"]] = ack
                load["position"] = max(load["position"], ack["position"] + ack["events"] - 1)

        running = asyncio.gather(*(one(0) for _ in range(at_once)))
        load["running"] = running
        if not background:
            await running
        return load

    async def do_stop_load(self, load):
        load = self.kept[load]
        load["stopped"].set()
        await asyncio.wait_for(load["running"], within_s)
        assert len(load["acks"]) == load["count"] > 0

    async def do_count(self, by, list, where, query=None):
        rows = (await self.room(by)).list(list, **(query or {}))
        position = (await rows.page(limit=1))["position"]
        return {"count": sum(all(r.get(k) == v for k, v in where.items()) for r in await rows.all()), "position": position}

    async def do_ascending(self, by, list, titles):
        rows = await (await self.room(by)).list(list).all()
        ids = [next(r["id"] for r in rows if r["title"] == t) for t in titles]
        assert ids == sorted(ids), ids

    async def do_dossier(self, by, list, of, history):
        found = await (await self.room(by)).dossier(list, int(of.split("/")[1]))
        assert len(found["history"]) == history
        return found

    async def do_search(self, by, words, title):
        room = await self.room(by)

        async def found():
            return [r async for r in room.search(words) if r["title"] == title]

        await self.until(found)

    async def do_feed(self, by, feed):
        made = (await self.room(by)).feed(feed)
        made.of = await self.room(by)
        return await made.ready()

    async def do_follow(self, by, feed, held=False, since=None):
        how = {"untaken_max": 8} if held else {}
        followed = Followed((await self.room(by)).feed(feed, since=since, **how), held)
        await asyncio.wait_for(followed.began.wait(), within_s)
        return followed

    async def do_release(self, feed):
        assert self.kept[feed].feed.paused, "nothing was kept back"
        self.kept[feed].go.set()

    async def do_leave(self, feed):
        await self.kept[feed].feed.close()
        return self.kept[feed].changes[-1].mark

    async def do_consecutive(self, feed, to, after=None, snapshots=1):
        """Every position up to `to`, each once."""
        followed = self.kept[feed]
        first = int(after.split(":")[1]) if after else followed.changes[0].position
        positions = lambda: [e["position"] for c in followed.changes for e in c.events]  # noqa: E731
        await self.until(lambda: followed.changes[-1].position >= to)
        got = positions()
        wanted = list(range(first + 1, got[-1] + 1))
        assert got == wanted, f"{len(got)} events, of {len(wanted)}; {len(set(wanted) - set(got))} missing"
        assert sum(c.type == "snapshot" for c in followed.changes) == snapshots

    async def do_rows(self, feed, list):
        feed = self.kept[feed]

        async def same():
            rows = sorted(await feed.of.list(list).all(), key=lambda r: r["id"])
            return rows == feed.rows.all and rows
        await self.until(same)

    async def do_timeline(self, feed, list):
        feed = self.kept[feed]
        number = feed.name.split("/")[1]

        async def same():
            page = await feed.of.get(f"{list}/{number}/messages", limit=200)
            return page["items"] == [feed.timeline.messages[n] for n in sorted(feed.timeline.messages)]
        await self.until(same)
        assert sorted(feed.timeline.people) == sorted((await feed.of.get(f"{list}/{number}"))["people"])

    async def do_outbox(self, by):
        # As of a program that begins while the server is away: no more than a token.
        room = opsroom.connect(self.stage.url, token=(await self.room(by)).wire.token, patience=1)
        box = room.outbox(self.home / "outbox.db")
        box.start()
        box.of = room
        return box

    async def do_put(self, box, command, data, target=None):
        return self.kept[box].put(command, target, data)

    async def do_waiting(self, box):
        return len(self.kept[box].waiting)

    async def do_flush(self, box):
        await asyncio.wait_for(self.kept[box].flush(), within_s)

    async def do_box_refused(self, box, id, code):
        box = self.kept[box]
        assert [*box.refused] == [id] and box.refused[id].code == code, box.refused
        box.forget(id)
        assert not box.refused

    async def do_close_outbox(self, box):
        await self.kept[box].of.close()

    async def do_send_file(self, by, bytes, name, cut):
        content = "".join(f"{n}\n" for n in range(bytes))[:bytes].encode()
        sending = asyncio.create_task((await self.room(by)).files.send(content, name))
        if cut:
            await asyncio.sleep(0.02)
            await self.stage.tell(do="cut")
        self.kept["content"] = content
        return await sending

    async def do_fetch_file(self, by, file):
        path = await (await self.room(by)).files.fetch(file["sha256"], self.home / file["name"])
        assert path.read_bytes() == self.kept["content"]

    async def do_plain(self, by, feed, command, data):
        await asyncio.to_thread(self.without_asyncio, by, feed, command, data)

    def without_asyncio(self, by, feed, command, data):
        with opsroom.plain.connect(self.stage.url, login=by, password="opsroom-demo") as room:
            changes = iter(room.feed(feed))
            assert next(changes).type == "snapshot"
            ack = room.command(command, None, data)
            assert any(e["position"] == ack["position"] for e in next(changes).events)
            assert data["title"] in [r["title"] for r in room.list("tasks")]
            with room.outbox(self.home / "plain.db") as box:
                box.put(command, None, data)
                box.flush()
                assert box.waiting == []
            try:
                room.command(command, None, {})
            except opsroom.Problem as why:
                assert why.code == "bad_fields"

    async def do_frame(self, by, list, columns):
        rows = (await self.room(by)).list(list)
        try:
            table = await rows.frame()
        except ImportError as why:
            assert "pandas" in str(why)
        else:
            assert set(columns) <= set(table.columns) and len(table) == len(await rows.all())

    async def do_example(self, name, by, args, says, beside=False):
        """An example as it is run by hand, until it has said this."""
        where = {**os.environ, "OPSROOM_SERVER": self.stage.url, "OPSROOM_TOKEN": (await self.room(by)).wire.token, "PYTHONPATH": str(package)}
        args = [a.replace("HOME", str(self.home)) for a in args]
        process = await asyncio.create_subprocess_exec(sys.executable, package / "examples" / f"{name}.py", *args, env=where,
                                                       stdout=asyncio.subprocess.PIPE)
        self.processes.append(process)
        said = ""
        while says not in said:
            said = (await asyncio.wait_for(process.stdout.readline(), within_s)).decode()
            assert said, f"{name} ended before it said {says}"
        if not beside:
            process.kill()
            await process.wait()

    async def do_answered(self, by, list, of, text):
        async def found():
            page = await (await self.room(by)).get(f"{list}/{of.split('/')[1]}/messages")
            return any(text in (m["text"] or "") for m in page["items"])
        await self.until(found)

    async def do_lines(self, file):
        """Of what a follower kept: every position, each once."""
        positions = [json.loads(line)["position"] for line in (self.home / file).read_text("utf-8").splitlines()]
        assert positions == [*range(1, len(positions) + 1)], positions

    async def until(self, holds):
        end = time.monotonic() + within_s
        while True:
            found = holds()
            if asyncio.iscoroutine(found):
                found = await found
            if found:
                return
            assert time.monotonic() < end, f"not within {within_s} s"
            await asyncio.sleep(0.05)


async def main(binary, words):
    cases = [c for c in json.loads((here / "cases.json").read_text("utf-8")) if words in c["case"] and c.get("only", "python") == "python"]
    stage = Stage()
    await stage.start(binary)
    failed = 0
    with tempfile.TemporaryDirectory() as home:
        runner = Runner(stage, Path(home))
        for case in cases:
            began = time.monotonic()
            try:
                await asyncio.wait_for(runner.run(case), 4 * within_s)
                print(f"ok     {case['case']} ({time.monotonic() - began:.1f} s)", flush=True)
            except Exception as why:
                failed += 1
                print(f"FAILED {case['case']}\n  {why}", flush=True)
                if os.environ.get("TRACE"):
                    traceback.print_exc()
        for room in runner.rooms.values():
            await room.close()
    await stage.end()
    print(f"{len(cases) - failed} passed, {failed} failed")
    return failed


sys.exit(1 if asyncio.run(main(sys.argv[1], " ".join(sys.argv[2:]))) else 0)
