namespace Shapes;

public sealed class Circle
{
    public Circle(double radius)
    {
        if (radius < 0) throw new ArgumentOutOfRangeException(nameof(radius));
        Radius = radius;
    }

    public double Radius { get; }

    public double Area() => Math.PI * Radius * Radius;

    public Circle Scaled(double factor)
    {
        return new Circle(Radius * factor);
    }
}
