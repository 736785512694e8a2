"""Try to break the page: at random, but the same for the same seed.

    python benchmarks/hostile.py [links tables uploads exports names clients] --count 300 --seed 1

`links`, `tables` and `uploads` read and write text, a thousand in seconds; `exports` makes every file of an experiment,
and reads, runs or works it out; `names` opens links to tables whose columns have names made to break the page, and sees
all tabs; `clients` opens links to experiments and views of any kind, and sets controls to anything, a few a visit. What
the page then says is held against `core`. It prints what failed, and ends with 1 if anything did.
"""

import argparse
import logging
import random
import sys
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

TEXTS_A_PAGE, EXPORTS_A_PAGE = 50, 5  # as many as take about as long as one page
STEPS = (0, 3, 6, 6, 6, 30)  # of a visit
MOST_SHOWN = 10
LONGEST, MOST_COLUMNS = 12, 6
PLANES = ((0x20, 0x7F), (0x00, 0x300), (0x300, 0x370), (0x590, 0x700), (0x2000, 0x2070), (0x1F300, 0x1FAFF))


def any_text(chance: random.Random) -> str:
    """Return a short text of characters of a few planes: letters, marks, controls, directions, emoji."""
    return "".join(chr(chance.randrange(*chance.choice(PLANES))) for _ in range(chance.randint(0, LONGEST)))


def see_names(chance: random.Random) -> None:
    """Open a link to a table of odd names, and see every tab of it."""
    from naming import ODD, visit

    names = [chance.choice([chance.choice(ODD), any_text(chance)]) for _ in range(chance.randint(2, MOST_COLUMNS))]
    visit(
        names,
        hidden_units=chance.choice([0, 2, (2, 1)]),
        biases=chance.choice(["none", "learned"]),
        targets=chance.randint(1, max(1, min(2, len(names) - 1))),
        standardise=chance.random() < 0.5,
    )


def visit(chance: random.Random) -> None:
    """Open a link to an experiment of any kind, and set controls of it to anything."""
    from app import new_app
    from hostile import act, any_link, judge

    app = new_app()
    app.query_params.update(any_link(chance))
    judge(app.run())
    for _ in range(chance.choice(STEPS)):
        done, holds = act(app, chance)
        app.run()
        try:
            judge(app)
            holds(app)
        except Exception as error:
            error.add_note(done)
            raise


def attempts() -> dict[str, tuple[int, Callable[[random.Random], None]]]:
    """Return each kind of attempt, and how many of it stand for one."""
    from hostile_exports import exports
    from hostile_text import links, tables, uploads

    return {
        "links": (TEXTS_A_PAGE, links),
        "tables": (TEXTS_A_PAGE, tables),
        "uploads": (TEXTS_A_PAGE, uploads),
        "names": (1, see_names),
        "exports": (EXPORTS_A_PAGE, exports),
        "clients": (1, visit),
    }


def failures(kind: str, times: int, attempt: Callable[[random.Random], None], seed: int) -> int:
    """Make the attempts; print the first that fail, with the seed that each begins from, and return how many do."""
    failed = 0
    for number in range(times):
        own_seed = f"{seed}-{number}"
        try:
            attempt(random.Random(own_seed))  # noqa: S311 - to be repeated
        except Exception:  # noqa: BLE001 - each is a finding
            failed += 1
            if failed <= MOST_SHOWN:
                sys.stdout.write(f"{kind} {own_seed}: {ascii(traceback.format_exc(limit=-3))[:1500]}\n")
    sys.stdout.write(f"{kind}: {times:,} attempts, {failed:,} failed\n")
    sys.stdout.flush()
    return failed


def main() -> int:
    """Make the attempts of all kinds asked for."""
    kinds = ["links", "tables", "uploads", "exports", "names", "clients"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", default=kinds, metavar="kind", help=f"of {', '.join(kinds)}")
    parser.add_argument(
        "--count",
        type=int,
        default=300,
        help=f"pages; of texts {TEXTS_A_PAGE} times as many, of exports {EXPORTS_A_PAGE}",
    )
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    warnings.simplefilter("error")
    warnings.simplefilter("ignore", ResourceWarning)  # of folders that go when Python ends
    # What Pandas says to Streamlit of a column without any text.
    warnings.filterwarnings("ignore", "Setting an item of incompatible dtype")
    logging.disable(logging.WARNING)  # Streamlit's, of functions that are called without its server
    known = attempts()
    failed = sum(
        failures(kind, arguments.count * known[kind][0], known[kind][1], arguments.seed) for kind in arguments.kinds
    )
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
