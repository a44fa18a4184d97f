"""Runs commands one after the other and tells what each cost, as the operating system accounts for it.

Reads one JSON object a line: {"argv": [...], "env": {...}, "seconds": the time limit}. Answers each with one line:
{"exit": code, "wall": seconds, "cpu": seconds, "peak": bytes, "output": both streams as text}.

Node can't tell what a child of it cost. wait4(2) can, for the child and whatever that waited for itself: user and
system time, and the largest resident set that any one of them had. The same is done from outside to every program, so
that none pays for being measured. An exec hands on the peak of the process that it was forked from, which is this
one: no program can show less than this small process has, and that is why it is small.
"""

import json
import os
import signal
import sys
import time

PEAK_UNIT = 1 if sys.platform == "darwin" else 1024  # getrusage(2): bytes on macOS, KiB elsewhere


def run(argv, env, seconds):
    reading, writing = os.pipe()
    streams = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_DUP2, writing, 1),
        (os.POSIX_SPAWN_DUP2, writing, 2),
    ]
    start = time.perf_counter()
    child = os.posix_spawnp(argv[0], argv, env, file_actions=streams, setpgroup=0)
    os.close(writing)
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(child, signal.SIGKILL))
    signal.alarm(seconds)
    with os.fdopen(reading, "rb") as pipe:
        output = pipe.read()
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - start
    signal.alarm(0)
    return {
        "exit": os.waitstatus_to_exitcode(status),
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss * PEAK_UNIT,
        "output": output.decode("utf-8", "replace"),
    }


for line in sys.stdin:
    print(json.dumps(run(**json.loads(line))), flush=True)
