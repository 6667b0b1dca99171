package dev.verbs.benchmarks.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Takes the figures. Per test one round that does not count, which loads C's files and lets the JVMs compile, then the rounds. In a
 * round both sides are measured at each size, one right after the other; who begins changes from size to size and from round to
 * round (C Java, Java C, …), so that neither drift nor order favours one. Where code and data lie in memory makes a few per cent, and
 * C's processes are new each time: so the JVMs are renewed between rounds, too.
 */
final class Rounds {
    private static final int FIRST_PORT = 18515;
    private static final int PORTS = 2000;
    private static final int ATTEMPTS = 3;
    /** A measurement that is not settled is repeated so often at most. */
    private static final int UNSETTLED = 5;

    private final Plan plan;
    private final int perJvm;
    private final Repeats repeats;
    private final Slices slices;
    private final Map<Side, PerfPair> pairs;
    private final Consumer<String> progress;
    private final List<Sample> samples = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int ports;
    private int order;

    /**
     * Rounds.
     *
     * @param plan     what to measure
     * @param jvms     pairs of JVMs of each test, one after the other
     * @param repeats  which measurements are taken again
     * @param slices   both sides measure at the same time, in turns; null if one after the other
     * @param pairs    both sides
     * @param progress takes a line per round, when its samples are there
     */
    Rounds(final Plan plan, final int jvms, final Repeats repeats, final Slices slices, final Map<Side, PerfPair> pairs,
        final Consumer<String> progress) {
        if (jvms < 1) {
            throw new IllegalArgumentException("at least one pair of JVMs is needed, not " + jvms);
        }
        this.plan = plan;
        this.perJvm = Math.ceilDiv(plan.rounds(), jvms);
        this.repeats = repeats;
        this.slices = slices;
        this.pairs = Map.copyOf(pairs);
        this.progress = progress;
    }

    /** Measures everything. */
    void run() throws MeasurementException, InterruptedException {
        for (final PerfTest test : plan.tests()) {
            for (int round = 0; round <= plan.rounds(); round++) {
                final long start = System.nanoTime();
                if (round > 1 && (round - 1) % perJvm == 0) {
                    pairs.values().forEach(PerfPair::renew);
                }
                final List<Sample> taken = round(test, round);
                samples.addAll(taken);
                progress.accept(String.format(Locale.ROOT, "%s %s %d of %d, %.1f s, Java/C:%s", test.tool(),
                    round == Sample.WARM_UP ? "warm-up, round" : "round", round, plan.rounds(), (System.nanoTime() - start) / 1e9,
                    ratios(taken)));
            }
        }
        pairs.values().forEach(PerfPair::close);
    }

    /** Of one round, by size. */
    private static String ratios(final List<Sample> all) {
        final List<Sample> round = all.stream().filter(sample -> !sample.repeated()).toList();
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i + 1 < round.size(); i += 2) {
            final int java = round.get(i).side() == Side.JAVA ? i : i + 1;
            final int c = 2 * i + 1 - java;
            text.append(String.format(Locale.ROOT, " %.2f", round.get(java).figure() / round.get(c).figure()));
        }
        return text.toString();
    }

    private List<Sample> round(final PerfTest test, final int round) throws MeasurementException, InterruptedException {
        final List<Sample> taken = new ArrayList<>();
        for (int i = 0; i < plan.sizes().size(); i++) {
            if (slices != null) {
                taken.addAll(together(test, plan.sizes().get(i), round));
                continue;
            }
            final boolean javaFirst = (round + i) % 2 == 1;
            taken.addAll(attempts(test, plan.sizes().get(i), round, javaFirst ? Side.JAVA : Side.C));
            taken.addAll(attempts(test, plan.sizes().get(i), round, javaFirst ? Side.C : Side.JAVA));
        }
        return taken;
    }

    private List<Sample> attempts(final PerfTest test, final int size, final int round, final Side side)
        throws MeasurementException, InterruptedException {
        final List<Sample> attempts = new ArrayList<>();
        do {
            attempts.add(measured(test, size, round, side));
        } while (repeats.again(attempts));
        return Repeats.settled(attempts);
    }

    private Sample measured(final PerfTest test, final int size, final int round, final Side side)
        throws MeasurementException, InterruptedException {
        final Measurement what = measurement(test, size, plan.iterations(test, size));
        return tried(side.title() + ", " + what, round, () -> {
            final Measurement measurement = what.on(nextPort());
            final long start = System.nanoTime();
            final PerfPair pair = pairs.get(side);
            runAlone(side);
            return sample(measurement, round, side, settled(List.of(pair), () -> pair.measure(measurement)), start);
        });
    }

    /**
     * What does not measure is stopped. The threads of an idle JVM wake up now and then, and on the CPU that it shares with C's client
     * they cost more than their time: with the address space goes what the processor, or the emulator, has cached of it.
     */
    private void runAlone(final Side side) {
        pairs.forEach((other, pair) -> {
            if (other != side) {
                Signals.stop(pair.processes());
            }
        });
        Signals.resume(pairs.get(side).processes());
    }

    private List<Sample> together(final PerfTest test, final int size, final int round) throws MeasurementException, InterruptedException {
        final Measurement what = measurement(test, size, plan.iterations(test, size) * Slices.LONGER);
        return tried("in turns, " + what, round, () -> {
            final Map<Side, Measurement> measurements = new EnumMap<>(Side.class);
            for (final Side side : Side.values()) {
                measurements.put(side, what.on(nextPort()));
                pairs.get(side).prepare(measurements.get(side));
            }
            final long start = System.nanoTime();
            final Map<Side, String> outputs = settled(pairs.values(), () -> slices.measure(pairs, measurements));
            final List<Sample> taken = new ArrayList<>();
            for (final Side side : Side.values()) {
                taken.add(sample(measurements.get(side), round, side, outputs.get(side), start));
            }
            return taken;
        });
    }

    private Measurement measurement(final PerfTest test, final int size, final int messages) {
        return new Measurement(test, size, messages, FIRST_PORT, plan.device(), plan.gidIndex());
    }

    private int nextPort() {
        return FIRST_PORT + ports++ % PORTS;
    }

    private Sample sample(final Measurement of, final int round, final Side side, final String output, final long start) {
        final PerfOutput.Row row = PerfOutput.only(output, of.test(), of.size());
        return new Sample(order++, of.test(), of.size(), of.iterations(), round, side, of.test().figure(of.size(), row.columns()),
            row.columns(), (System.nanoTime() - start) / 1e9, false);
    }

    /** Something that may fail a few times. */
    private interface Attempt<T> {
        T measure() throws MeasurementException, InterruptedException;
    }

    /** The last of a few measurements, if none is settled; those of several pairs belong together and are repeated together. */
    private static <T> T settled(final Collection<PerfPair> measured, final Attempt<T> attempt)
        throws MeasurementException, InterruptedException {
        T result = attempt.measure();
        for (int i = 0; !measured.stream().allMatch(PerfPair::isSettled) && i < UNSETTLED; i++) {
            result = attempt.measure();
        }
        return result;
    }

    private <T> T tried(final String who, final int round, final Attempt<T> attempt) throws MeasurementException, InterruptedException {
        for (int number = 1; ; number++) {
            try {
                return attempt.measure();
            } catch (final MeasurementException | IllegalArgumentException e) {
                final String failure = who + ", round " + round + ": " + e.getMessage();
                if (number == ATTEMPTS) {
                    throw new MeasurementException("failed " + ATTEMPTS + " times: " + failure, e);
                }
                failures.add(failure);
                progress.accept("again: " + failure);
            }
        }
    }

    /** Of the rounds that are complete. */
    List<Sample> samples() {
        return samples;
    }

    List<String> failures() {
        return failures;
    }
}
