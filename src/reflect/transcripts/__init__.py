"""The durable record: events in streams, kept in one SQLite file on this machine.

`store.Store` is the door. What is stored is events and the scripts they ran on;
everything else in the file (the list of sessions, the search index, the tables of
an injected projector) is derived from them and can be rebuilt.
"""
