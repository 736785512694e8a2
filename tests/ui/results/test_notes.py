"""What is said of what was trained."""

import pytest
from app import opened


def texts(app):
    return "\n".join(text.value for text in app.main.markdown)


@pytest.mark.parametrize("batch_size", ["1", "2"])
def test_where_rows_are_held_out_no_epoch_is_said_to_learn_from_every_row(batch_size):
    assert "**epoch**, every row is learned from once" in texts(opened(batch_size=batch_size))
    held_out = texts(opened(batch_size=batch_size, held_out="0.25"))
    assert "**epoch**, each of these rows is learned from once" in held_out
    assert "trained on 3 rows for" in held_out
    assert "the answer to it tells what the network makes of a row that is new to it" in held_out
    assert "very row " not in held_out
