"""One module for each check: its trial, and the control that must fail."""
