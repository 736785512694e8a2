"""Any network, row by row and unit by unit, in plain Python: slow, and plainly right."""

from cmath import exp, log

import numpy as np


def outputs(row, weights):
    """Return what the network answers to one row; numbers may be complex."""
    for layer in weights:
        numbers = [*row, 1] if len(layer) > len(row) else list(row)
        logits = [sum(x * w for x, w in zip(numbers, column, strict=True)) for column in zip(*layer, strict=True)]
        row = [_sigmoid(logit) for logit in logits]
    return row


def _sigmoid(logit):
    """Return 1 / (1 + e^-logit), of which no part is infinite."""
    if logit.real < 0:
        return exp(logit) / (1 + exp(logit))
    return 1 / (1 + exp(-logit))


def loss(inputs, targets, weights, objective):
    """Return the sum over the rows of the sum over the outputs."""
    weights = [np.asarray(layer).tolist() for layer in weights]
    rows = zip(np.asarray(inputs).tolist(), np.asarray(targets).tolist(), strict=True)
    if objective == "squared_error":
        return sum(loss_of(outputs(row, weights), wanted, objective) for row, wanted in rows)
    turned = [*weights[:-1], [[-w for w in row] for row in weights[-1]]]  # answers 1 - a, with its digits where a is 1
    return sum(loss_of(outputs(row, weights), wanted, objective, outputs(row, turned)) for row, wanted in rows)


def loss_of(answers, wanted, objective, rests=None):
    """Return a row's sum over the outputs, of which 1 - a may be given."""
    if objective == "squared_error":
        return sum((y - a) ** 2 / 2 for a, y in zip(answers, wanted, strict=True))
    rests = rests or [1 - a for a in answers]
    return sum(-y * log(a) - (1 - y) * log(rest) for a, rest, y in zip(answers, rests, wanted, strict=True))


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


def slope_of(function, number):
    """Return the derivative of a function at a number: a complex step."""
    return function(number + 1e-30j).imag / 1e-30


def sigmoid(logit):
    return 1 / (1 + exp(-logit))


def passed(experiment, weights, row, neuron):
    """Return what a row does at a neuron (layer, unit), by name: slopes of the loss of this row."""
    layer, unit = neuron
    given = list(experiment.given(experiment.dataset.inputs[row]))
    inputs = [number.real for number in outputs(given, weights[:layer])] + [1.0] * experiment.has_biases
    targets = experiment.dataset.target_columns[row]
    logit = sum(x * w for x, w in zip(inputs, weights[layer][:, unit], strict=True))

    def loss_with(activation):
        activations = outputs(given, weights[: layer + 1])
        activations[unit] = activation
        return loss_of(outputs(activations, weights[layer + 1 :]), targets, experiment.objective)

    output = sigmoid(logit).real
    is_output = layer == len(weights) - 1
    return {
        "inputs": inputs,
        "total input": logit,
        "output": output,
        "error": targets[unit] - output if is_output else -slope_of(loss_with, output),
        "slope": slope_of(sigmoid, logit),
        "delta": -slope_of(lambda z: loss_with(sigmoid(z)), logit),
    }
