from collections import defaultdict


def revenue_by_month(orders):
    totals = defaultdict(float)
    for order in orders:
        month = order["date"][:7]
        totals[month] += order["total"]
    return dict(sorted(totals.items()))


def moving_average(values, window=3):
    if window < 1:
        raise ValueError("window must be at least 1")
    return [
        sum(values[max(0, i - window + 1) : i + 1]) / min(i + 1, window)
        for i in range(len(values))
    ]
