"""The mentor's side: what mentees shared, and what the mentor writes back."""
