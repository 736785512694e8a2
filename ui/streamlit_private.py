"""The parts of Streamlit without a public name that the page cannot do without, tried with Streamlit 1.67.

Whoever raises its version looks here first.
"""

from collections.abc import Callable
from threading import Thread

from streamlit.elements.lib.column_types import ColumnConfig
from streamlit.runtime import get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType
from streamlit.runtime.state.query_params import CLIENT_STATE_QUERY_STRING_MAX_FIELDS as MOST_PARAMETERS
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

# ColumnConfig: the type of what `st.column_config` makes. MOST_PARAMETERS: of an address with more, none is read.
__all__ = [
    "MOST_PARAMETERS",
    "ColumnConfig",
    "forget_gone_controls",
    "hold_few_uploads",
    "is_back_or_forward",
    "is_waited_for",
    "kept",
]


def is_back_or_forward() -> bool:
    """Tell whether the reader's Back or Forward made this run: no public call does."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def is_waited_for() -> bool:
    """Tell whether the reader has used a control that waits for this run to end, as those of a fragment do."""
    context = get_script_run_ctx()
    requests = context.script_requests if context else None
    return requests is not None and requests._state == ScriptRequestType.RERUN


def forget_gone_controls() -> None:
    """Let go of this visit's controls that this run of the page, now at its end, has not shown.

    Streamlit keeps them and what their callbacks hold until the visit ends, and a figure that can be clicked is another
    control whenever it changes.
    """
    context = get_script_run_ctx()
    if context is None:
        return
    shown = context.shared.widget_ids_this_run.snapshot()
    with context.session_state._lock:
        controls = context.session_state._state._new_widget_state.widget_metadata
        for name in list(controls.keys() - shown):
            if not any(control in name for control in shown):  # what a component triggers is registered besides it
                del controls[name]


def hold_few_uploads(most: int) -> None:
    """Let this process hold the `most` files that each visit has uploaded last, and forget its older ones.

    Streamlit holds as many as a program cares to send, until the visit ends.
    """
    context = get_script_run_ctx()
    manager = context and context.uploaded_file_mgr
    if not isinstance(manager, MemoryUploadedFileManager):
        return

    def add_file(session_id: str, file: UploadedFileRec) -> None:
        manager.remove_file(session_id, file.file_id)  # else it would keep its old turn
        MemoryUploadedFileManager.add_file(manager, session_id, file)
        for old in list(manager.file_storage[session_id])[:-most]:
            manager.remove_file(session_id, old)

    manager.add_file = add_file  # type: ignore[method-assign]


def kept(content: Callable[[], str | bytes], mime: str, file_name: str) -> Callable[[], str | bytes]:
    """Return what makes a download, which Streamlit then keeps for this visit, until its page is run anew.

    Of a download that is made when it is asked for, Streamlit lets go once any two pages have run, be they other
    visits': often before the browser has fetched it.
    """
    context = get_script_run_ctx()

    def make() -> str | bytes:
        made = content()
        file = made.encode() if isinstance(made, str) else made
        keeper = Thread(
            target=get_instance().media_file_mgr.add,
            args=(file, mime, "made"),
            kwargs={"file_name": file_name, "is_for_static_download": True},
        )
        add_script_run_ctx(keeper, context)  # which tells whose it is
        keeper.start()
        keeper.join()
        return made

    return make
