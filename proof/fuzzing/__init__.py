"""What is read from outside, as targets for a fuzzer: one module for each kind of file.

Each has `seeds()`, good and bad files to begin with, and `target(data)`, which reads `data` as the program
does and tells how far it came. It raises for a fault of ours and for nothing else.
"""
