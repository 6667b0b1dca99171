package dev.verbs.examples.cm;

/** Checks numbers that a user gave. */
final class Ranges {
    private Ranges() {
    }

    static void check(final String name, final int value, final int least, final int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + " is not in " + least + " .. " + most);
        }
    }
}
