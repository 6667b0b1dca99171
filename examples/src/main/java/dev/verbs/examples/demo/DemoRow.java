package dev.verbs.examples.demo;

/**
 * What one program of the demo did.
 *
 * @param name     its name
 * @param on       where it ran
 * @param amount   how much it did, in words
 * @param speed    how fast it was, in {@code unit}; 0 if it failed
 * @param unit     unit of the speed
 * @param verified whether every result was right
 * @param detail   one sentence about the result, or what went wrong
 * @param result   everything that was measured, null if it failed
 */
public record DemoRow(String name, String on, String amount, double speed, String unit, boolean verified, String detail,
    Object result) {

    /**
     * A program that did not get to its end.
     *
     * @param name   its name
     * @param on     where it ran
     * @param detail what went wrong
     * @return the row
     */
    public static DemoRow failed(final String name, final String on, final String detail) {
        return new DemoRow(name, on, "failed", 0, "", false, detail, null);
    }
}
