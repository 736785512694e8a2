"""The parts of Streamlit without a public name that the page cannot do without, tried with Streamlit 1.67.

Whoever raises its version looks here first.
"""

from collections.abc import Callable
from threading import Thread

from streamlit.elements.lib.column_types import ColumnConfig
from streamlit.runtime import get_instance
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

__all__ = ["ColumnConfig", "is_back_or_forward", "kept"]  # ColumnConfig: the type of what `st.column_config` makes


def is_back_or_forward() -> bool:
    """Tell whether the reader's Back or Forward made this run: no public call does."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def kept(content: Callable[[], str], mime: str, file_name: str) -> Callable[[], str]:
    """Return what makes a download, which Streamlit then keeps for this visit, until its page is run anew.

    Of a download that is made when it is asked for, Streamlit lets go once any two pages have run, be they other
    visits': often before the browser has fetched it.
    """
    context = get_script_run_ctx()

    def make() -> str:
        made = content()
        keeper = Thread(
            target=get_instance().media_file_mgr.add,
            args=(made.encode(), mime, "made"),
            kwargs={"file_name": file_name, "is_for_static_download": True},
        )
        add_script_run_ctx(keeper, context)  # which tells whose it is
        keeper.start()
        keeper.join()
        return made

    return make
