def between(low, high):
    """The height halfway between two others."""
    if high < low:
        raise ValueError("high is below low")
    return (low + high) / 2


def is_high(metres):
    return metres > 3
