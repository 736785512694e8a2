"""How Hypothesis looks for examples: without a clock, and in CI the same ones every time."""

import os

from hypothesis import settings

settings.register_profile("project", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("project")
