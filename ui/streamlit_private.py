"""The parts of Streamlit without a public name that the page cannot do without, tried with Streamlit 1.67.

Whoever raises its version looks here first.
"""

from streamlit.elements.lib.column_types import ColumnConfig
from streamlit.runtime.scriptrunner import get_script_run_ctx

__all__ = ["ColumnConfig", "is_back_or_forward"]  # ColumnConfig: the type of what `st.column_config` makes


def is_back_or_forward() -> bool:
    """Tell whether the reader's Back or Forward made this run: no public call does."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation
