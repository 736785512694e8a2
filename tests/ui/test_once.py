"""What is computed once a run."""

import gc
from weakref import ref

from core import NOTEBOOK, train
from ui.once import once_a_run


def test_it_is_computed_once_for_a_run_and_what_else_is_asked():
    """Of another run, be it of the same experiment, and for another question it is computed anew."""
    calls = []

    @once_a_run
    def answer(run, question):
        calls.append((run, question))
        return f"{question}!"

    one, other = train(NOTEBOOK), train(NOTEBOOK)
    for run in (one, one, other, one):
        assert [answer(run, question) for question in "aba"] == ["a!", "b!", "a!"]
    assert calls == [(one, "a"), (one, "b"), (other, "a"), (other, "b")]


def test_it_keeps_no_run():
    """The cache of runs alone says how long one is kept."""
    run = train(NOTEBOOK)
    kept = ref(run)
    once_a_run(lambda run: run.experiment.epochs)(run)
    del run
    gc.collect()
    assert kept() is None
