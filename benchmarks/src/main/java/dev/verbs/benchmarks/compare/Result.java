package dev.verbs.benchmarks.compare;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
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

    void write(final Path file) throws IOException {
        final ObjectNode root = JSON.createObjectNode();
        final ObjectNode limits = root.putObject("limits");
        limits.put("latency Java/C at most", PerfTest.Limits.LATENCY);
        limits.put("bandwidth Java/C at least", PerfTest.Limits.BANDWIDTH);
        root.setAll((ObjectNode)JSON.valueToTree(this));
        root.set("cells", JSON.valueToTree(cells()));
        for (final JsonNode cell : root.get("cells")) {
            final PerfTest test = PerfTest.valueOf(cell.get("test").asText());
            ((ObjectNode)cell).put("unit", test.unit()).put("holds", test.holds(cell.get("ratio").get("median").asDouble()));
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
