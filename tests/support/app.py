"""The page in Streamlit's own AppTest: how it is opened, used and read."""

import base64
import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest, local_script_runner

from ui.session import key
from ui.sidebar.data_table import COLUMNS, TABLE
from ui.sidebar.experiment import FINER_ARE_SHOWN

SCRIPT = Path(__file__).parents[2] / "streamlit_app.py"
BETWEEN_CELLS = re.compile(r"(?<!\\)\|")
NO_COMPONENTS = BidiComponentManager()
COMPILED = ScriptCache()
vars(local_script_runner)["ScriptCache"] = lambda: COMPILED  # as a server, which compiles a script once for all runs


def _wait(runner, timeout):
    """Wait for a run without looking at it every millisecond, which holds it up."""
    runner._script_thread.join(timeout)
    if not runner.script_stopped():
        runner.request_stop()
        runner.join()
        raise RuntimeError(f"The page has run for {timeout} s.")


vars(local_script_runner)["require_widgets_deltas"] = _wait


def new_app():
    """Return the page before its first run."""
    return _without_components(AppTest.from_file(SCRIPT, default_timeout=60))


def new_part(script):
    """Return a script that shows a part of the page, before its first run."""
    return _without_components(AppTest.from_string(script, default_timeout=60))


def _without_components(app):
    """Keep each from looking for components in all that is installed: it takes longer than the page, which has none."""
    app._bidi_component_manager = NO_COMPONENTS
    return app


def opened(query=None, **parameters):
    """Return the page as a fresh visit to an address sees it."""
    return settled(_at(query, parameters).run())


def unfolded(query=None, **parameters):
    """Return the page as a visit sees it that has opened what is folded away in the sidebar."""
    return unfold(_at(query, parameters))


def _at(query, parameters):
    """Return the page at an address before its first run."""
    app = new_app()
    app.query_params.update((query or {}) | parameters)
    return app


def unfold(app):
    """Open what is folded away in the sidebar."""
    for place in (COLUMNS, FINER_ARE_SHOWN):
        app.session_state[place] = True
    return settled(app.run())


def settled(app):
    """Return the page after a run that raised nothing."""
    assert not app.exception
    return app


def query(app):
    """Return the parameters of the page's address."""
    return {name: value[0] if isinstance(value, list) else value for name, value in app.query_params.items()}


def button(app, label):
    return next(button for button in app.button if button.label == label)


def edit(app, editor, **edits):
    """Set the edits that an editor sends."""
    app.session_state[editor] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | edits
    return app


def edit_table(app, **edits):
    return edit(app, app.session_state[key(TABLE)].key(), **edits)


def spec(chart):
    """Return a chart's figure as it was sent."""
    return json.loads(chart.proto.spec)


def tables(app):
    """Return the tables of Markdown, as data frames of text, their columns' names to the letter."""
    return [table(text.value) for text in app.markdown if text.value.startswith("| ")]


def table(body):
    header, _, *rows = [[cell.strip() for cell in BETWEEN_CELLS.split(line)[1:-1]] for line in body.split("\n")]
    assert all(len(row) == len(header) for row in rows)
    return pd.DataFrame(rows, columns=[plain(name) for name in header])


def plain(text):
    """Return a name as the page shows it."""
    return text.replace(":small[]", "").replace("\\", "")


def numbers(values):
    """Return an array of a figure's spec."""
    return np.frombuffer(base64.b64decode(values["bdata"]), values["dtype"])
