"""The foot of the page: which version of the project this is."""

import tomllib
from pathlib import Path
from typing import Final

import streamlit as st

PROJECT: Final = Path(__file__).parents[1] / "pyproject.toml"
VERSION: Final[str] = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"]


def show() -> None:
    """Show the version."""
    st.caption(f"Backprop by Numbers {VERSION}")
