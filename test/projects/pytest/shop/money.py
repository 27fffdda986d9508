def split_evenly(cents, people):
    """Splits an amount."""
    if people < 1:
        raise ValueError("people must be at least 1")
    share, rest = divmod(cents, people)
    return [share + 1] * rest + [share] * (people - rest)
