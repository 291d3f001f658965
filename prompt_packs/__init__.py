"""The packs that come with reflect: one folder each, with `core` underneath all of them."""
