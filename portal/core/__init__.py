"""What every room may use: refusals, clock, references, keys, versions, cursors, request ids."""
