"""The parts of Streamlit without a public name that the page cannot do without, tried with Streamlit 1.67.

Whoever raises its version looks here first.
"""

from streamlit.elements.lib.column_types import ColumnConfig
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.query_params import CLIENT_STATE_QUERY_STRING_MAX_FIELDS as MOST_PARAMETERS
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

# ColumnConfig: the type of what `st.column_config` makes. MOST_PARAMETERS: of an address with more, none is read.
__all__ = ["MOST_PARAMETERS", "ColumnConfig", "hold_few_uploads", "is_back_or_forward"]


def is_back_or_forward() -> bool:
    """Tell whether the reader's Back or Forward made this run: no public call does."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


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
