"""What leaves the program: a stored session as a document, and the forms that a document is written in."""
