"""What the program must survive, as checks that each print one figure.

`python -m proof` runs all of them in their short form, `--third` the next third, `--hours` the long form.
Each check has a control: the same trial against something that is broken on purpose, which must be found.
"""
