"""Open links to tables whose columns have names made to break the page, and see it in every tab.

    python benchmarks/hostile_names.py --count 300 --seed 1

prints each list of names that the page failed on, and how many it showed.
"""

import argparse
import random
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

LONGEST, MOST_COLUMNS = 12, 6
PLANES = ((0x20, 0x7F), (0x00, 0x300), (0x300, 0x370), (0x590, 0x700), (0x2000, 0x2070), (0x1F300, 0x1FAFF))


def any_text(chance):
    """Return a short text of characters of a few planes: letters, marks, controls, directions, emoji."""
    return "".join(chr(chance.randrange(*chance.choice(PLANES))) for _ in range(chance.randint(0, LONGEST)))


def main():
    from naming import ODD, are_usable, visit

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)  # noqa: S311
    usable = failed = 0
    for _ in range(arguments.count):
        columns = chance.randint(2, MOST_COLUMNS)
        names = [chance.choice([chance.choice(ODD), any_text(chance)]) for _ in range(columns)]
        usable += are_usable(names)
        try:
            visit(names, hidden_units=chance.choice([0, 2]), bias=chance.random() < 0.5)
        except Exception as error:  # noqa: BLE001 - each is a finding
            failed += 1
            sys.stdout.write(f"{ascii(names)[:300]}: {error!r:.200}\n")
    sys.stdout.write(f"{arguments.count} tables, {usable} of usable names: {failed} failed\n")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
