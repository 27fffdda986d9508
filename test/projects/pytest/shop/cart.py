from dataclasses import dataclass, field


@dataclass
class Cart:
    lines: dict[str, int] = field(default_factory=dict)

    def add(self, name, count=1):
        if count < 1:
            raise ValueError("count must be at least 1")
        self.lines[name] = self.lines.get(name, 0) + count
        return self.lines[name]


def shipping(weight, express=False):
    fee = 4.0 if weight <= 2 else 4.0 + (weight - 2) * 1.5
    return fee * 2 if express else fee
