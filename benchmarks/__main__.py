"""Measure all that is claimed, and write benchmarks/RESULTS.md: `python -m benchmarks`.

A module that measures something is an entry of `MODULES`: it has a function `tables`.
"""

import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import browser, page, training

MODULES = (training, page, browser)
PACKAGES = ("streamlit", "numpy", "plotly", "pandas")
RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    """Measure, write, and show what was written."""
    begin = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    tables = [table for module in MODULES for table in module.tables()]
    versions = ", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in PACKAGES)])
    lines = [
        "# Results",
        "",
        f"Written by `make bench`, {begin}, on {os.cpu_count()} cores ({_processor()}), load {os.getloadavg()[2]:.1f} "
        f"in the last 15 minutes; {versions}.",
        "",
        *(table.markdown() for table in tables),
    ]
    RESULTS.write_text("\n".join(lines), encoding="utf-8")
    sys.stdout.write("\n".join(lines))


def _processor() -> str:
    """Return what the processor is called, where the system tells (Linux)."""
    told = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = (line.partition(":")[2].strip() for line in told if line.startswith("model name"))
    return next(names, platform.machine())


if __name__ == "__main__":
    main()
