"""What carries on between sessions: folds over events, never a second truth."""
