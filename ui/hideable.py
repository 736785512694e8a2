"""What a link may have the page do without, for a class that does not need it."""

from types import MappingProxyType
from typing import Final

from ui.names import TABS
from ui.settings import SETTINGS

# What can be hidden, by its name in links: what is said of it.
MAIN_PANE: Final = {
    "predictions": "Predictions, until asked for",
    "hint": "Hint",
    "show_me": "Show me",
    "findings": "What went wrong",
    "lessons": "Lessons",
    "place": "State, row and neuron",
    "level": "Left to you, Decimals",
    "practice": "Work a step, or Predict, then see",
}
FIRST_SETTINGS: Final = {setting.name: setting.label for setting in SETTINGS if setting.name in {"seed", "epochs"}}
SIDEBAR: Final = {
    "example": "Example",
    **FIRST_SETTINGS,
    "table": "Data table",
    "columns": "Columns",
    "upload": "Upload or paste a table",
}
FINER_CONTROLS: Final = {
    **{setting.name: setting.label for setting in SETTINGS if setting.name not in FIRST_SETTINGS},
    "weights": "Type the starting weights",
}
GROUPS: Final = MappingProxyType(
    {"Main pane": MAIN_PANE, "Tabs": TABS, "Sidebar": SIDEBAR, "Finer controls": FINER_CONTROLS}
)
HIDEABLE: Final = {name: label for group in GROUPS.values() for name, label in group.items()}
