"""Wiring: the one place where settings, plug-ins, catalogue, store and Ear meet, and a session runs."""
