"""What must hold of everything, whatever happens: tried on things made up, many of them.

The ordinary run tries few and always the same; `REFLECT_EXAMPLES=5000` tries as many, other ones each time.
"""
