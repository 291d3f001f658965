"""How right listening is, beside the libraries people would pick: `python -m benchmarks.hearing [FOLDER]`.

FOLDER holds labelled items, one JSON object a line, in files called specificity, actions, goals,
challenges, mood and dates; by default the project's own. A peer that is not installed is left out.
"""
