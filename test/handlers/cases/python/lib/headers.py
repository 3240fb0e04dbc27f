from .constants import DEFAULTS


def with_headers(reply, extra):
    return {**reply, "headers": {**DEFAULTS, **extra}}
