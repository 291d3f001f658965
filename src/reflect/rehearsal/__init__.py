"""A pack played without a person: stories, what they reach, and whether a probe's examples do what they say.

A story is a conversation written down by an author. It is read (`story`), played
with the real engine and the real Ear but without a store (`play`), and what many
of them reached together is compared with all there is in the script (`coverage`).
`walk` needs no stories: it makes conversations up until everything that can be reached is.
"""
