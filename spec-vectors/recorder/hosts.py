"""The hosts of the scenarios: names, or loopback addresses instead of them."""

import os

NAMES = ("a.test", "b.test", "c.test")
LITERALS = ("127.0.0.1", "[::1]", "127.0.0.9")
CONTROL = "control.test"
# For the processes that drive browsers, because they import this module again.
VARIABLE = "RECORDER_IP_LITERALS"
ARE_LITERALS = VARIABLE in os.environ


def placed(text):
    """The text with the hosts that replace the names."""
    if ARE_LITERALS or VARIABLE in os.environ:
        for name, literal in zip((*NAMES, CONTROL), (*LITERALS, LITERALS[0])):
            text = text.replace(name, literal).replace(name.upper(), literal)
    return text


def addresses(own):
    """The addresses that a server listens at: all of them if hosts are addresses."""
    return [literal.strip("[]") for literal in LITERALS] if ARE_LITERALS else [own]
