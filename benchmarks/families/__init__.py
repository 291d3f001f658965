"""One module for each family of rows; each function measures and gives its rows."""
