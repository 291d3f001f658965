"""What makes a pack worse than it could be: its wording, its guidance, what is never reached, its size.

`check.quality` is the door. It is given a script that has no errors, and only warns;
an ordinary start never comes here. Each rule is one small function, in a module by its
subject; the word lists it goes by are those of the language's lexicon called `wording-…`,
so a rule is the same in every language and silent in one without lists.
"""
