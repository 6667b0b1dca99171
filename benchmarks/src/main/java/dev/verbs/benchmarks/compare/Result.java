package dev.verbs.benchmarks.compare;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verbs.benchmarks.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

    /**
     * How much of the time something else slowed the machine down: the share of a side's figures, repeated ones included, that are
     * {@link Repeats#DISTURBED} times worse than the best one of their cell. Above a half for C, a cell's median is a disturbed
     * figure, and its ratio a matter of luck.
     *
     * @param side whose figures
     */
    double disturbedShare(final Side side) {
        final Map<List<Object>, List<Double>> groups = samples.stream().filter(sample -> sample.side() == side
            && sample.round() != Sample.WARM_UP).collect(Collectors.groupingBy(sample -> List.of(sample.test(), sample.size()),
                Collectors.mapping(Sample::figure, Collectors.toList())));
        long all = 0;
        long disturbed = 0;
        for (final Map.Entry<List<Object>, List<Double>> group : groups.entrySet()) {
            final PerfTest test = (PerfTest)group.getKey().getFirst();
            final double best = test.best(Spread.of(group.getValue()));
            all += group.getValue().size();
            disturbed += group.getValue().stream().filter(figure -> test.timesWorse(figure, best) > Repeats.DISTURBED).count();
        }
        return all == 0 ? 0 : (double)disturbed / all;
    }

    /** Measurements of a side that were repeated because they seemed disturbed. */
    long repeated(final Side side) {
        return samples.stream().filter(sample -> sample.side() == side && sample.repeated()).count();
    }

    void write(final Path file) throws IOException {
        final ObjectNode root = JSON.createObjectNode();
        final ObjectNode limits = root.putObject("limits");
        limits.put("latency Java/C at most", PerfTest.Limits.LATENCY);
        limits.put("bandwidth Java/C at least", PerfTest.Limits.BANDWIDTH);
        root.setAll((ObjectNode)JSON.valueToTree(this));
        for (final Side side : Side.values()) {
            root.put("disturbed share, " + side.title(), disturbedShare(side));
            root.put("repeated, " + side.title(), repeated(side));
        }
        final ArrayNode list = root.putArray("cells");
        for (final Cell cell : cells()) {
            list.add(((ObjectNode)JSON.valueToTree(cell)).put("ratioOfBests", cell.ratioOfBests()).put("unit", cell.test().unit())
                .put("holds", cell.holds()));
        }
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        final Path fresh = file.resolveSibling(file.getFileName() + ".new");
        JSON.writeValue(fresh.toFile(), root);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING); // whoever is cut while writing keeps the last one
    }

    static Result read(final Path file) throws IOException {
        return JSON.readValue(file.toFile(), Result.class);
    }
}
