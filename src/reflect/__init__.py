"""reflect: guided self-reflection between the meetings of a mentorship."""

__version__ = "0.1.0"
