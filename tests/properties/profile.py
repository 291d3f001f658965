"""How many examples are tried, and which."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

MANY = int(os.environ.get("REFLECT_EXAMPLES", "0"))
"""How many examples the long form tries of each property; 0 in the ordinary run."""


def ordinarily(examples: int, share: float = 1.0, steps: int = 50) -> settings:
    """So many examples, always the same ones; in the long form `share` of `MANY`, other ones each time.

    `steps` is how long a journey may be.
    """
    return settings(
        max_examples=max(examples, int(MANY * share)),
        stateful_step_count=steps,
        derandomize=not MANY,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
