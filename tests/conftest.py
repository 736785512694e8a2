"""How Hypothesis looks for examples: without a clock; few and in CI the same ones, or many and ever new ones.

`--hypothesis-profile=thorough` asks for the many. With the few, tests in processes side by side do their arithmetic in
one thread each: where there are more threads than cores, a product of matrices waits for them up to twenty times as
long as it takes.
"""

import gc
import os
import sys

from hypothesis import settings

settings.register_profile("quick", deadline=None, max_examples=25, derandomize="CI" in os.environ)
settings.register_profile("thorough", deadline=None, max_examples=100, derandomize=False)
settings.load_profile("quick")


def pytest_collection_finish():
    gc.freeze()  # what is imported stays, and is looked through no more
    gc.set_threshold(100_000, 20, 100)


def pytest_configure(config):
    if hasattr(config, "workerinput") and config.getoption("hypothesis_profile") != "thorough":
        assert "numpy" not in sys.modules  # which reads this when it is imported
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
