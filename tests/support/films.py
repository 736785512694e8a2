"""The film of what a network computes, as Plotly shows it when one of its unseen buttons is pressed."""


def changes(figure):
    """Return what each button sets; none of a figure that is no such film."""
    menus = figure["layout"].get("updatemenus", ())
    return [button["args"] for menu in menus for button in menu["buttons"] if button["method"] == "update"]


def changed(traces, change):
    """Return traces as they are after a change: it gives each of some attributes a value for each of some traces."""
    values, _, places = change
    after = [dict(trace) for trace in traces]
    for name, of_each in values.items():
        for place, value in zip(places, of_each, strict=True):
            after[place][name] = value
    return after
