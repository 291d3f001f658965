"""What to ask next: a pure engine that folds the events of a session into its next turn.

No clock, no disk, no randomness, no terminal, no plug-in. A driver calls
`start` once, makes a `Dialogue` of the events so far, shows `dialogue.turn`, hands
what was heard to `dialogue.hear`, stores the event it gets back and only then
applies it. Replaying the same events gives the same turns, byte for byte.
"""
