"""What the project says of itself in several places agrees."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


PROJECT = tomllib.loads(text("pyproject.toml"))
MAKEFILE = text("Makefile")
TARGETS = set(re.findall(r"^(\w+):", MAKEFILE, re.MULTILINE))
GUIDES = ["README.md", "CONTRIBUTING.md", ".ci/run", ".github/workflows/test.yml", ".github/workflows/nightly.yml"]


def pins(name):
    """Return the releases that a requirements file pins, by the name of the package."""
    return re.findall(r"^([\w.-]+)==([\w.]+)", text(name), re.MULTILINE)


def test_the_version_is_the_changelogs_newest():
    newest = re.search(r"^## (\S+)", text("CHANGELOG.md"), re.MULTILINE)[1]
    assert PROJECT["project"]["version"] == newest


def test_the_dependencies_are_those_that_are_pinned_to_run():
    """In one file, which pyproject.toml reads, and to which the tests' environment adds without changing it."""
    assert PROJECT["project"]["dynamic"] == ["dependencies"]
    assert PROJECT["tool"]["setuptools"]["dynamic"]["dependencies"] == {"file": "requirements.txt"}
    assert {name for name, _ in pins("requirements.txt")} == {"streamlit", "numpy", "plotly", "pandas"}
    assert set(pins("requirements.txt")) <= set(pins("requirements-dev.txt"))


def test_all_that_the_tests_name_is_pinned():
    named = re.findall(r"^[a-z][\w-]*", text("requirements-dev.in"), re.MULTILINE)
    assert set(named) <= {name for name, _ in pins("requirements-dev.txt")}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.in", "requirements-dev.txt"])
def test_packages_are_asked_for_by_name_only(name):
    """From no other place than the reader's own pip is set to."""
    assert "/" not in text(name)


@pytest.mark.parametrize("name", GUIDES)
def test_every_command_that_is_named_is_there(name):
    commands = re.findall(r"(?:^|`|run: )make (\w+)", text(name), re.MULTILINE)
    assert commands
    assert set(commands) <= TARGETS


def test_every_variable_that_is_named_is_there():
    named = re.findall(r"make \w+ ([A-Z]+)=", MAKEFILE + "".join(map(text, GUIDES)))
    assert set(named) == set(re.findall(r"^([A-Z]+) \?=", MAKEFILE, re.MULTILINE))


def test_the_oldest_and_the_newest_python_are_tested():
    """Those that pyproject.toml names, on every system."""
    pythons = [line.split()[-1] for line in PROJECT["project"]["classifiers"] if "Python ::" in line]
    assert PROJECT["project"]["requires-python"] == f">={pythons[0]}"
    for name in (".github/workflows/test.yml", ".github/workflows/nightly.yml"):
        matrices = re.findall(r"python: \[(.*)\]", text(name))
        assert set(matrices) == {f'"{pythons[0]}", "{pythons[-1]}"'}
