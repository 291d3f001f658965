"""Plug-ins: other people's packs, cues and word lists, found, checked and kept apart.

Hooks return values and are few (`hookspecs`); what reflect ships is a plug-in too
(`builtin`); each plug-in is loaded and called on its own, so a broken one is
reported and the rest go on (`manager`). Code runs only once it was allowed
(`consent`), with all the rights of whoever runs reflect: it cannot be confined.
"""
