"""The page's colours, as style sheets write them: the theme's of .streamlit/config.toml, light and dark."""

from typing import Final

BACKGROUND: Final = "light-dark(#ffffff, #171614)"
# Of words: of 7 to 1 against the background.
BLUE_WORDS: Final = "light-dark(#0a5891, #6cb6f0)"
ORANGE_WORDS: Final = "light-dark(#943b00, #f2a25c)"
GREEN_WORDS: Final = "light-dark(#036352, #5ccfae)"
VIOLET_WORDS: Final = "light-dark(#7035ad, #c79df2)"
QUIET_WORDS: Final = "light-dark(#50555f, #b4b8c2)"
ON_PRIMARY: Final = "light-dark(#ffffff, #171614)"  # of what is written on the theme's primary colour
