"""What is counted of a visit's answers."""

from ui.worked.attempt import Attempt, tally

AT_FIRST = Attempt().tried("0.5", counts=True)
LATER = Attempt().tried("1", counts=False).tried("0.5", counts=True)
HINTED = Attempt().hinted().tried("0.5", counts=True)
SHOWN = Attempt().tried("1", counts=False).hinted().shown("0.5").tried("0.5", counts=True)
OPEN = Attempt().tried("1", counts=False).hinted()


def test_each_number_is_counted_once_by_how_it_was_found():
    counted = tally([AT_FIRST, LATER, LATER, HINTED, HINTED, HINTED, SHOWN, OPEN])
    assert counted == {"right at first": 1, "after more tries": 2, "with a hint": 3, "shown": 1}
    assert not any(tally([]).values())


def test_the_same_text_is_tried_once():
    """The page checks it again whenever it is drawn; a blank is no try."""
    attempt = Attempt().tried("1", counts=False)
    assert attempt.tried("1", counts=False) is attempt
    assert attempt.tried("", counts=False) is attempt
    assert Attempt().tried("", counts=False).tried("0.5", counts=True) == AT_FIRST


def test_what_is_found_stays_found():
    """A number typed over it, a hint or the answer afterwards change nothing."""
    for after in (
        AT_FIRST.tried("1", counts=False),
        AT_FIRST.tried("1", counts=False).tried("0.5", counts=True),
        AT_FIRST.hinted().tried("0.50", counts=True),
        AT_FIRST.shown("0.5000"),
    ):
        assert after.found == "right at first"


def test_what_is_shown_is_no_longer_so_once_another_text_is_tried():
    assert SHOWN.is_shown
    assert not SHOWN.tried("0.50", counts=True).is_shown
    assert not LATER.is_shown
