"""What was heard: the Ear turns a typed line into values, signals and parts with their places.

Pure: no clock, no disk, no state but caches. Every word of a language comes from
the `Lexicon` it is given, so another language is another file of lists. When in
doubt, nothing is heard.
"""
