package example.numbers;

public final class Roman {
    private static final int[] VALUES = {10, 9, 5, 4, 1};
    private static final String[] SIGNS = {"X", "IX", "V", "IV", "I"};

    private Roman() {
    }

    public static String of(int number) {
        if (number < 1 || number > 39) {
            throw new IllegalArgumentException("not between 1 and 39: " + number);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < VALUES.length; i++) {
            while (number >= VALUES[i]) {
                text.append(SIGNS[i]);
                number -= VALUES[i];
            }
        }
        return text.toString();
    }
}
