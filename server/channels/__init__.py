"""The outside world: what comes in is journaled first, what goes out is classified by what may have happened."""
