"""Ids of commands: UUID version 7 (RFC 9562), so that the server's index of them grows at its end."""

import hashlib
import secrets
import time
import uuid


def new_id() -> str:
    now_ms = time.time_ns() // 1_000_000
    bits = (now_ms & (1 << 48) - 1) << 80 | secrets.randbits(80)
    bits = bits & ~(0xF << 76) | 0x7 << 76
    bits = bits & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=bits))


def id_of(*parts: object) -> str:
    """Made of what a command answers, so that a program that begins anew does nothing twice: UUID version 8, of a hash."""
    digest = hashlib.sha256("\0".join(map(str, parts)).encode()).digest()
    bits = int.from_bytes(digest[:16], "big")
    bits = bits & ~(0xF << 76) | 0x8 << 76
    bits = bits & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=bits))
