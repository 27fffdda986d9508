using NUnit.Framework;

namespace Weather.Tests
{
    [TestFixture]
    public class TemperatureTests
    {
        [Test]
        public void WaterFreezesAtZero()
        {
            Assert.That(Temperature.ToCelsius(32), Is.EqualTo(0).Within(0.001));
        }
    }
}
