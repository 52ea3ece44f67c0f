"""What the examples share: where the room is, and who one is there."""

import os

import opsroom


def from_environment() -> opsroom.Room:
    who = {"token": token} if (token := os.environ.get("OPSROOM_TOKEN")) else {
        "login": os.environ.get("OPSROOM_LOGIN", "li.na"), "password": os.environ.get("OPSROOM_PASSWORD", "opsroom-demo")}
    return opsroom.connect(os.environ.get("OPSROOM_SERVER", "http://127.0.0.1:8080"), **who)
