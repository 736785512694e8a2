"""How Hypothesis looks for examples: without a clock; few and in CI the same ones, or many and ever new ones.

`--hypothesis-profile=thorough` asks for the many.
"""

import os

from hypothesis import settings

settings.register_profile("quick", deadline=None, max_examples=25, derandomize="CI" in os.environ)
settings.register_profile("thorough", deadline=None, max_examples=100, derandomize=False)
settings.load_profile("quick")
