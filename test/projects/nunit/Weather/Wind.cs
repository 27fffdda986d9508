namespace Weather
{
    public static class Wind
    {
        public static int Beaufort(double metersPerSecond)
        {
            return (int)Math.Round(Math.Pow(metersPerSecond / 0.836, 2.0 / 3));
        }
    }
}
