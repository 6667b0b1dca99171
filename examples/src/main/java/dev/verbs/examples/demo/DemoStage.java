package dev.verbs.examples.demo;

import java.util.function.Consumer;

/** One program of the demo. */
@FunctionalInterface
interface DemoStage {
    /**
     * Runs it, and checks its results.
     *
     * @param progress takes a line per step
     * @return what it did, verified or not
     * @throws Exception if it did not get to its end
     */
    DemoRow run(Consumer<String> progress) throws Exception;
}
