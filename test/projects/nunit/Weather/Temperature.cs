using System;

namespace Weather
{
    public static class Temperature
    {
        public static double ToCelsius(double fahrenheit)
        {
            return (fahrenheit - 32) * 5 / 9;
        }

        public static string Describe(double celsius)
        {
            if (celsius < -273.15) throw new ArgumentOutOfRangeException(nameof(celsius));
            return celsius < 10 ? "cold" : celsius < 25 ? "mild" : "hot";
        }
    }
}
