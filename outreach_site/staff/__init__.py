"""Staff accounts. Readers have none: nobody signs in to read, to call or to join."""
