package dev.verbs.ledger;

import dev.verbs.testkit.SuiteRunner;
import java.util.Arrays;

/**
 * Runs tests as {@link SuiteRunner} does, and writes down which verbs each called: {@code RecordingRunner FILE --provider ibv
 * --package dev.verbs.contract}.
 */
public final class RecordingRunner {
    private RecordingRunner() {
    }

    public static void main(final String[] args) {
        System.setProperty(CallRecorder.FILE_PROPERTY, args[0]);
        Thread.currentThread().setContextClassLoader(CallRecorder.loader());
        SuiteRunner.main(Arrays.copyOfRange(args, 1, args.length));
    }
}
