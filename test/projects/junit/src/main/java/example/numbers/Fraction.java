package example.numbers;

public record Fraction(int top, int bottom) {

    public Fraction {
        if (bottom == 0) {
            throw new IllegalArgumentException("bottom is 0");
        }
    }

    public Fraction plus(Fraction other) {
        return new Fraction(top * other.bottom + other.top * bottom, bottom * other.bottom);
    }

    public static int gcd(int a, int b) {
        return b == 0 ? Math.abs(a) : gcd(b, a % b);
    }
}
