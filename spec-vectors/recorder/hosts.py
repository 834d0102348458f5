"""The hosts of the scenarios: names, or loopback addresses in their place."""

import os

NAMES = ("a.test", "b.test", "c.test")
LITERALS = ("127.0.0.1", "[::1]", "127.0.0.9")
CONTROL = "control.test"
# Of the processes that drive browsers, which import this anew.
VARIABLE = "RECORDER_IP_LITERALS"
ARE_LITERALS = VARIABLE in os.environ


def placed(text):
    """A text with the hosts that are used in place of the names."""
    if ARE_LITERALS or VARIABLE in os.environ:
        for name, literal in zip((*NAMES, CONTROL), (*LITERALS, LITERALS[0])):
            text = text.replace(name, literal).replace(name.upper(), literal)
    return text


def addresses(own):
    """Those that a server listens at: where hosts are addresses, all of them."""
    return [literal.strip("[]") for literal in LITERALS] if ARE_LITERALS else [own]
