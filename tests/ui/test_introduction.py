"""What the page says that it is for, and what to try first, through Streamlit's own AppTest."""

import pytest
from app import opened

from ui.introduction import WHAT_FOR


@pytest.mark.parametrize(
    ("hide", "tried"),
    [
        (
            "",
            " To begin with, change a cell of the table, press **+1** below the loss and follow one step, or open "
            "the **Lessons**.",
        ),
        ("table", " To begin with, press **+1** below the loss and follow one step, or open the **Lessons**."),
        ("place.lessons", " To begin with, change a cell of the table."),
        ("table.step.lessons", ""),
    ],
)
def test_only_what_is_there_is_said_to_be_tried(hide, tried):
    app = opened({"hide": hide} if hide else {})
    assert WHAT_FOR + tried in [text.value for text in app.main.markdown]
