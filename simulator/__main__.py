"""The simulator's doors: replay one schedule, soak for a million, show the mutants, play a day of load."""

from __future__ import annotations

import os
import sys

from simulator.cli import main

if __name__ == "__main__":
    if os.environ.get("PYTHONHASHSEED") != "0":
        # Sets of strings iterate by hash: a replay must see the order that the failure saw.
        os.environ["PYTHONHASHSEED"] = "0"
        os.execv(sys.executable, [sys.executable, "-m", "simulator", *sys.argv[1:]])
    sys.exit(main(sys.argv[1:]))
