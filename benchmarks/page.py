"""The server's processor time and bytes for the page: `python benchmarks/page.py` prints a table in Markdown.

There is no reference page yet, so that the times mean something only beside others of the same minutes.
"""

import os
import platform
import sys
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import streamlit

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.visit import ROOT, Answer, Server, Visit, serving
from core import EXAMPLES

VISITS = 15
WARM_UP = 2
LARGEST_MESSAGE, MOST_BYTES_OF_A_RERUN = 300_000, 60_000


def answers(server: Server) -> dict[str, list[Answer]]:
    """Visit again and again, with a new seed each time; return what the server did about each action."""
    done: dict[str, list[Answer]] = defaultdict(list)
    for number in range(WARM_UP + VISITS):
        with Visit(server) as visit:
            done["opening"].append(visit.opening)
            done["new seed"].append(visit.set("number_input", "Seed", 100 + number))
            done["step"].append(visit.set("slider", "State", 1 + number))
            done["switch of example"].append(visit.set("selectbox", "Example", EXAMPLES["xor-hidden"].title))
    return {action: all_[WARM_UP:] for action, all_ in done.items()}


def largest_message(server: Server) -> tuple[int, str]:
    """Return the bytes of the largest message of any example, the film's tab included, and its query."""
    sizes = []
    for query in (f"example={example}&tab={tab}" for example in EXAMPLES for tab in ("step", "watch")):
        with Visit(server, query) as visit:
            sizes.append((max(map(len, visit.opening.messages)), query))
    return max(sizes)


def main() -> None:
    """Measure, and print."""
    with serving(ROOT / "streamlit_app.py") as server:
        done = answers(server)
        largest, query = largest_message(server)
    rerun = max(sum(map(len, answer.messages)) for answer in done["new seed"])
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, Streamlit {streamlit.__version__}; medians of {VISITS}",
        "",
        "| | ms of a core | bytes |",
        "|---|--:|--:|",
    ]
    for action, of_action in done.items():
        milliseconds = 1000 * median(answer.seconds for answer in of_action)
        size = median(sum(map(len, answer.messages)) for answer in of_action)
        lines.append(f"| {action} | {milliseconds:.0f} | {size:,.0f} |")
    lines += ["", f"Largest message: {largest:,} bytes ({query}). A new seed: at most {rerun:,} bytes."]
    sys.stdout.write("\n".join(lines) + "\n")
    if largest > LARGEST_MESSAGE or rerun > MOST_BYTES_OF_A_RERUN:
        sys.exit("That is too much.")


if __name__ == "__main__":
    main()
