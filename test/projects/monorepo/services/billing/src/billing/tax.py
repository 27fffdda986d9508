def with_tax(net, rate=0.2):
    if rate < 0:
        raise ValueError("rate is negative")
    return round(net * (1 + rate), 2)
