"""Tests of listening/: what is heard, and that nothing can make it fall over."""
