#!/usr/bin/env -S python3 -I -S
"""Runs a script with $INTERPRETER and adds a last line to its output: wall seconds, CPU seconds, peak bytes.

Node can't tell what a child of it cost. wait4(2) can, for the child and whatever that waited for itself. No program can
show a peak below that of this process, which exec hands on to it, so this one stays small.
"""

import os
import sys
import time

PEAK_UNIT = 1 if sys.platform == "darwin" else 1024  # getrusage(2): bytes on macOS, KiB elsewhere

argv = [os.environ["INTERPRETER"], *sys.argv[1:]]
start = time.perf_counter()
child = os.posix_spawnp(argv[0], argv, os.environ)
_, status, usage = os.wait4(child, 0)
wall = time.perf_counter() - start
print(f"\n{wall} {usage.ru_utime + usage.ru_stime} {usage.ru_maxrss * PEAK_UNIT}")
sys.exit(os.waitstatus_to_exitcode(status))
