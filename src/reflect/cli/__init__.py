"""What is typed: one module for each command, found by name and imported only when it is used."""
