"""Imports go one way, streamlit_app → ui → core, and only to what the requirements name."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STANDARD_LIBRARY = sys.stdlib_module_names
CORE = STANDARD_LIBRARY | {"core", "numpy"}
PAGE = CORE | {"ui", "streamlit", "plotly", "pandas"}
ALLOWED = {"core": CORE, "ui": PAGE, "streamlit_app.py": PAGE}


def sources(part):
    """Return the Python files of a part of the project, which is a package or a script."""
    return [ROOT / part] if part.endswith(".py") else sorted((ROOT / part).rglob("*.py"))


def imports(source):
    """Return the top-level names that a source imports, wherever in it; a relative import is its dots."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add("." * node.level or node.module.split(".")[0])
    return names


@pytest.mark.parametrize("part", ALLOWED)
def test_imports_go_one_way(part):
    """Core imports NumPy and the standard library, the page core and the four dependencies."""
    files = sources(part)
    assert files
    assert {file.name: imports(file.read_text(encoding="utf-8")) - ALLOWED[part] for file in files} == {
        file.name: set() for file in files
    }


def test_the_figures_know_nothing_of_streamlit():
    """They turn numbers into Plotly's figures, wherever these are shown."""
    assert not any("streamlit" in imports(source.read_text(encoding="utf-8")) for source in sources("ui/figures"))


@pytest.mark.parametrize(
    "source",
    [
        "import streamlit",
        "import numpy, pandas as pd",
        "import plotly.graph_objects as go",
        "from ui.text import escape",
        "from ui import text",
        "import streamlit_app",
        "from . import network",
        "def train():\n    from pandas import DataFrame",
        "try:\n    import scipy\nexcept ImportError:\n    pass",
    ],
)
def test_the_check_catches_an_import_that_core_must_not_make(source):
    """In any form, and anywhere in a file."""
    assert imports(source) - ALLOWED["core"]


def test_the_check_lets_the_right_imports_pass():
    """Submodules and renamed ones too."""
    assert imports("import numpy.typing as npt\nfrom core.arrays import Array\nfrom itertools import pairwise") <= CORE
