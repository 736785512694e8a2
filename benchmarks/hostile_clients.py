"""Set the page's controls to anything at random, and stop at the first traceback.

Run: PYTHONPATH=.:tests/support python benchmarks/hostile_clients.py --steps 300 --seed 1
"""

import argparse
import random

from app import new_app
from hostile import act


def main() -> None:
    """Take the steps; print the last ones and the traceback if there is one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance, app, done = random.Random(arguments.seed), new_app().run(), []  # noqa: S311 - to be repeated
    for step in range(arguments.steps):
        done.append(act(app, chance))
        app.run()
        if app.exception:
            raise SystemExit(f"step {step}: {done[-3:]}\n{app.exception[0].message}\n{app.exception[0].stack_trace}")
    print(f"{arguments.steps} steps without a traceback")  # noqa: T201


if __name__ == "__main__":
    main()
