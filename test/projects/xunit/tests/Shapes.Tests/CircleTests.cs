using Xunit;

namespace Shapes.Tests;

public class CircleTests
{
    [Fact]
    public void AreaOfTheUnitCircleIsPi()
    {
        Assert.Equal(Math.PI, new Circle(1).Area(), 9);
    }
}
