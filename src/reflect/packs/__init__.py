"""From the bytes of a pack to a checked `Script`.

A pack is read as YAML events into a small tree (`reader`, `tree`), held against
one table of keys (`schema`, `conform`), laid over its base and its translation
(`extend`, `translate`), built into the frozen values of `reflect.script`
(`build`, `conditions`, `templates`) and checked as a whole (`check`, `closure`).
`compile.compile_pack` is the door. Whatever is wrong in the data comes back as
diagnostics, all of them at once; nothing here raises for what a file holds.
"""
