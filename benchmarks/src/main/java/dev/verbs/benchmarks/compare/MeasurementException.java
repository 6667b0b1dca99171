package dev.verbs.benchmarks.compare;

/** A measurement that gave no figure. */
final class MeasurementException extends Exception {
    private static final long serialVersionUID = 1L;

    MeasurementException(final String message) {
        super(message);
    }

    MeasurementException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
