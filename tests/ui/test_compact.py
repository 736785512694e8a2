"""What the browser is sent of the page's own code."""

import re
from pathlib import Path

from ui.compact import compact

UI = Path(__file__).parents[2] / "ui"


def test_indents_and_lines_of_comment_go():
    code = """
// first
const url = "http://localhost/";  // which stays

    /* of a rule */
    body { margin: 0; }
"""
    assert compact(code) == 'const url = "http://localhost/";  // which stays\nbody { margin: 0; }'


def test_a_comment_is_a_line_by_itself():
    """In all code for the browser: more would be cut, or less."""
    lines = [line for path in UI.rglob("*.py") for line in path.read_text(encoding="utf-8").splitlines()]
    comments = [line for line in lines if re.match(r"\s*/\*", line)]
    assert comments
    assert all(re.fullmatch(r"\s*/\*[^*]*\*/", comment) for comment in comments)
