"""Imports go one way: from the page through its rooms to core, and only to what the requirements name."""

import ast
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STANDARD_LIBRARY = frozenset(sys.stdlib_module_names)
PACKAGES = frozenset({"numpy", "plotly", "pandas", "streamlit"})
# The ground floor is what all rooms share. What stands on the landing uses rooms itself: only the page
# and the upper rooms see it.
LANDING = frozenset(
    {
        "ui.address",
        "ui.class_link",
        "ui.clicked_neuron",
        "ui.exercise_text",
        "ui.explanation",
        "ui.keeping",
        "ui.kept_runs",
        "ui.lesson_panel",
        "ui.question",
        "ui.style",
        "ui.training",
    }
)
GROUND = frozenset(f"ui.{path.stem}" for path in (ROOT / "ui").glob("*.py") if path.stem != "__init__") - LANDING
CONTROLS = "ui.sidebar.controls"


@dataclass(frozen=True)
class Rule:
    """What the modules of a part may import beside core and the standard library: parts and packages."""

    parts: frozenset[str]
    packages: frozenset[str]


def rule(*parts, without=()):
    return Rule(frozenset(parts), PACKAGES - set(without))


RULES = {
    "core": Rule(frozenset(), frozenset({"numpy"})),
    **{module: rule(*GROUND) for module in sorted(GROUND)},
    "ui.lessons": rule("ui.lessons", "ui.worked", *GROUND, without=["streamlit", "plotly", "pandas"]),
    "ui.formats": rule("ui.formats", "ui.lessons", "ui.worked", *GROUND, without=["streamlit", "plotly"]),
    "ui.worked": rule("ui.worked", *GROUND, without=["streamlit", "plotly", "pandas"]),
    "ui.figures": rule("ui.figures", *GROUND, without=["streamlit"]),
    "ui.address": rule("ui.formats", "ui.keeping", CONTROLS, *GROUND),
    "ui.class_link": rule("ui.address", "ui.lessons", "ui.training", CONTROLS, *GROUND),
    "ui.clicked_neuron": rule("ui.worked", CONTROLS, *GROUND),
    "ui.exercise_text": rule("ui.worked", "ui.explanation", *GROUND),
    "ui.explanation": rule("ui.worked", *GROUND),
    "ui.keeping": rule("ui.formats", "ui.kept_runs", "ui.training", CONTROLS, *GROUND),
    "ui.kept_runs": rule(*GROUND),
    "ui.lesson_panel": rule("ui.lessons", "ui.style", "ui.training", CONTROLS, *GROUND),
    "ui.question": rule("ui.worked", "ui.explanation", *GROUND),
    "ui.style": rule("ui.figures", *GROUND),
    "ui.training": rule(*GROUND),
    "ui.sidebar": rule("ui.sidebar", "ui.formats", *GROUND),
    "ui.comparison": rule("ui.comparison", "ui.figures", CONTROLS, *LANDING, *GROUND),
    "ui.prediction": rule("ui.prediction", "ui.comparison.taking", "ui.figures", CONTROLS, *LANDING, *GROUND),
    "ui.results": rule("ui.results", "ui.figures", "ui.style", CONTROLS, *GROUND),
    "ui.tabs": rule(
        "ui.comparison", "ui.prediction", "ui.worked", "ui.figures", "ui.formats", CONTROLS, *LANDING, *GROUND
    ),
    "ui.tabs.tabs": rule("ui.tabs", "ui.comparison", "ui.figures", "ui.worked", CONTROLS, *LANDING, *GROUND),
    "streamlit_app": rule("ui"),
}


def is_within(module, part):
    return module == part or module.startswith(f"{part}.")


def part_of(module):
    """Return the part whose rule a module goes by: the closest."""
    return max((part for part in RULES if is_within(module, part)), key=len, default=None)


def modules():
    """Return the source of every module of the project, by name."""
    paths = [ROOT / "streamlit_app.py", *(ROOT / "core").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
    names = {path: ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths}
    return {name: path.read_text(encoding="utf-8") for path, name in sorted(names.items())}


MODULES = modules()


@cache
def imports(source):
    """Return the modules that a source imports, wherever in it; a relative import is its dots."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level:
            names.add("." * node.level)
        elif isinstance(node, ast.ImportFrom):
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= (inner & MODULES.keys()) or {node.module}
    return names


def breaches(module, source):
    """Return the imports that a module of this name and source must not make."""
    allowed = RULES[part_of(module)]
    return {
        name
        for name in imports(source)
        if name.split(".")[0] not in STANDARD_LIBRARY | allowed.packages
        and not is_within(name, "core")
        and not any(is_within(name, part) for part in allowed.parts)
    }


def test_every_module_has_a_rule():
    assert {"core.network", "ui.settings", "ui.tabs.the_way_down", "streamlit_app"} <= MODULES.keys()
    assert [name for name in MODULES if part_of(name) is None and name != "ui"] == []


@pytest.mark.parametrize("module", sorted(MODULES.keys() - {"ui"}))
def test_imports_go_one_way(module):
    assert breaches(module, MODULES[module]) == set()


@pytest.mark.parametrize("package", [name for name in MODULES if (ROOT / name.replace(".", "/")).is_dir()])
def test_packages_hold_docstrings_only(package):
    statements = ast.parse(MODULES[package]).body
    exports = package == "core"  # whose names programs import from here
    assert exports or all(isinstance(statement, ast.Expr) for statement in statements)


def reached(module):
    """Return all that a module imports, itself or through others of the project."""
    seen: set[str] = set()
    next_ones = {module}
    while next_ones:
        found = set().union(*(imports(MODULES[name]) for name in next_ones))
        next_ones = (found & MODULES.keys()) - seen
        seen |= found
    return seen


APART = [name for name in MODULES if part_of(name) in {"ui.formats", "ui.figures", "ui.lessons", "ui.worked"}]


@pytest.mark.parametrize("module", APART)
def test_files_figures_lessons_and_steps_need_no_streamlit(module):
    """Not through what it imports, either."""
    assert "streamlit" not in {name.partition(".")[0] for name in reached(module)}


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("core.network", "import streamlit"),
        ("core.network", "import numpy, pandas as pd"),
        ("core.network", "from ui.text import escape"),
        ("core.network", "from ui import text"),
        ("core.network", "import streamlit_app"),
        ("core.network", "from . import network"),
        ("core.network", "def train():\n    from pandas import DataFrame"),
        ("core.network", "try:\n    import scipy\nexcept ImportError:\n    pass"),
        ("ui.settings", "from ui.formats.link import to_query"),
        ("ui.settings", "from ui import address"),
        ("ui.formats.link", "import streamlit as st"),
        ("ui.formats.link", "from ui.sidebar import controls"),
        ("ui.worked.step", "import pandas"),
        ("ui.worked.step", "from ui.explanation import forward_parts"),
        ("ui.figures.film", "from streamlit import write"),
        ("ui.figures.film", "from ui.worked.step import Step"),
        ("ui.sidebar.upload", "from ui.tabs import tabs"),
        ("ui.results.overview", "from ui.sidebar import data_table"),
        ("ui.tabs.the_way_down", "from ui.sidebar.experiment import choose_experiment"),
        ("ui.tabs.the_way_down", "from ui.sidebar import data_table"),
        ("ui.tabs.the_way_down", "from ui.tabs.what_it_computes import show"),
        ("ui.tabs.the_way_down", "from ui.results import overview"),
        ("streamlit_app", "import scipy"),
    ],
)
def test_a_wrong_import_is_caught(module, source):
    """In any form, and anywhere in a file."""
    assert breaches(module, source)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("core.network", "import numpy.typing as npt\nfrom core.arrays import Array\nfrom itertools import pairwise"),
        ("ui.tabs.the_way_down", "from ui.sidebar import controls\nfrom ui.sidebar.controls import STATE"),
        ("ui.tabs.tabs", "from ui.tabs import the_way_down\nfrom ui import address"),
        ("streamlit_app", "from ui.sidebar.experiment import choose_experiment\nfrom core import EXAMPLES"),
    ],
)
def test_a_right_import_passes(module, source):
    assert breaches(module, source) == set()
