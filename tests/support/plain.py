"""One pass through any network, row by row and unit by unit, in plain Python: slow, and plainly right."""

from cmath import exp, log


def outputs(row, weights):
    """Return what the network answers to one row; numbers may be complex."""
    for layer in weights:
        numbers = [*row, 1] if len(layer) > len(row) else list(row)
        logits = [sum(x * w for x, w in zip(numbers, column, strict=True)) for column in zip(*layer, strict=True)]
        row = [1 / (1 + exp(-logit)) for logit in logits]
    return row


def loss(inputs, targets, weights, objective):
    """Return the sum over the rows of the sum over the outputs."""
    pairs = [
        pair
        for row, wanted in zip(inputs, targets, strict=True)
        for pair in zip(outputs(row, weights), wanted, strict=True)
    ]
    if objective == "squared_error":
        return sum((y - a) ** 2 / 2 for a, y in pairs)
    return sum(-y * log(a) - (1 - y) * log(1 - a) for a, y in pairs)
