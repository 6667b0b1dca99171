package dev.verbs.benchmarks.compare;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A whole comparison: what JSON holds and the page shows.
 *
 * @param environment where and how it was made, by name
 * @param plan        what was to be measured
 * @param samples     every figure, in the order in which they were taken, warm-up included
 * @param failures    measurements that were repeated, and why
 */
record Result(Map<String, String> environment, Plan plan, List<Sample> samples, List<String> failures) {
    /** More than where code and data lie makes, less than a neighbour on the other hardware thread. */
    static final double DISTURBED = 1.25;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    Result {
        samples = List.copyOf(samples);
        failures = List.copyOf(failures);
    }

    List<Cell> cells() {
        return Cell.of(samples);
    }

    /** Whether every cell of the plan has all its rounds. */
    boolean isComplete() {
        return cells().size() == plan.cells() && cells().stream().allMatch(cell -> cell.ratios().size() == plan.rounds());
    }

    List<Cell> shortOnes() {
        return cells().stream().filter(cell -> !cell.holds()).toList();
    }

    /**
     * How much of the time something else slowed the machine down: the share of C's figures that are {@link #DISTURBED} times worse
     * than the best one of their cell. Above a half, a cell's median is a disturbed figure, and its ratio a matter of luck.
     */
    double disturbedShare() {
        int all = 0;
        int disturbed = 0;
        for (final Cell cell : cells()) {
            for (final Sample sample : samples) {
                if (sample.side() == Side.C && sample.round() != Sample.WARM_UP && sample.test() == cell.test()
                    && sample.size() == cell.size()) {
                    all++;
                    disturbed += (cell.test().isLatency() ? sample.figure() / cell.c().least() : cell.c().most() / sample.figure())
                        > DISTURBED ? 1 : 0;
                }
            }
        }
        return all == 0 ? 0 : (double)disturbed / all;
    }

    void write(final Path file) throws IOException {
        final ObjectNode root = JSON.createObjectNode();
        final ObjectNode limits = root.putObject("limits");
        limits.put("latency Java/C at most", PerfTest.Limits.LATENCY);
        limits.put("bandwidth Java/C at least", PerfTest.Limits.BANDWIDTH);
        root.setAll((ObjectNode)JSON.valueToTree(this));
        root.put("disturbed share of C", disturbedShare());
        final ArrayNode list = root.putArray("cells");
        for (final Cell cell : cells()) {
            list.add(((ObjectNode)JSON.valueToTree(cell)).put("ratioOfBests", cell.ratioOfBests()).put("unit", cell.test().unit())
                .put("holds", cell.holds()));
        }
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        JSON.writeValue(file.toFile(), root);
    }

    static Result read(final Path file) throws IOException {
        return JSON.readValue(file.toFile(), Result.class);
    }
}
