"""Any network, row by row and unit by unit, in plain Python: slow, and plainly right."""

from cmath import exp, log

import numpy as np


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


def trained(experiment):
    """Return the weights that an experiment ends with, each changed against the slope of the loss: a complex step."""
    inputs, targets, weights = experiment.inputs, experiment.target_columns, experiment.weights_before
    rows = experiment.batch_size or len(inputs)
    starts = [start for _ in range(experiment.epochs) for start in range(0, len(inputs), rows)]
    for start in starts:
        batch = slice(start, start + rows)
        changed = [layer.copy() for layer in weights]
        for place, layer in enumerate(weights):
            for cell in np.ndindex(layer.shape):
                if experiment.biases != "fixed" or cell[0] < len(layer) - 1:
                    nudged = [other.astype(complex) for other in weights]
                    nudged[place][cell] += 1e-30j
                    slope = loss(inputs[batch], targets[batch], nudged, experiment.objective).imag / 1e-30
                    changed[place][cell] -= experiment.learning_rate * slope
        weights = changed
    return weights
