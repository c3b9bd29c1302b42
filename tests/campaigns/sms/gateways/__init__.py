"""Each kind of gateway: one contract for all, and what only one of them does."""
