namespace Shapes.Flat;

public static class Rectangle
{
    public static bool IsSquare(double width, double height)
    {
        return Math.Abs(width - height) < 1e-9;
    }
}
