"""A container runs the page with the settings that `python -m deploy.serve` gives it."""

import re

from deploy.serve import CONFIGURATION, SETTINGS


def test_the_image_has_the_same_settings():
    """They are written in two places; here they are held together."""
    image = dict(re.findall(r"^\s+(\w+)=(\S+)", CONFIGURATION.with_name("Dockerfile").read_text(), re.MULTILINE))
    assert {name: image.get(name) for name in SETTINGS} == SETTINGS
