package dev.verbs.fuzz;

import dev.verbs.Context;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Makes sequences, does them, and makes a failing one as short as it can. */
final class Fuzzer {
    private static final int SHRINK_ATTEMPTS = 400;
    private final Supplier<Context> open;
    private final int leastCalls;
    private final int mostCalls;
    private long calls;
    private long refused;
    private long successes;
    private long batches;
    private long binds;

    /**
     * A fuzzer.
     *
     * @param open opens the device, for one sequence
     */
    Fuzzer(final Supplier<Context> open, final int leastCalls, final int mostCalls) {
        this.open = open;
        this.leastCalls = leastCalls;
        this.mostCalls = mostCalls;
    }

    /** Calls done so far. */
    long calls() {
        return calls;
    }

    /** Calls that the device refused, as the oracle expected. */
    long refused() {
        return refused;
    }

    /** Requests that succeeded. */
    long successes() {
        return successes;
    }

    /** Batches of extended queue pairs that were accepted. */
    long batches() {
        return batches;
    }

    /** Windows that were bound by a request that succeeded. */
    long binds() {
        return binds;
    }

    /** The sequence that belongs to a seed; every call was applicable when it was made. */
    void run(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final int wanted = leastCalls + random.nextInt(mostCalls - leastCalls + 1);
        final List<Call> done = new ArrayList<>();
        final Deque<Call> first = new ArrayDeque<>(random.nextInt(4) == 0 ? List.of() : Call.connectedPair(random));
        try (World world = new World(open.get())) {
            while (done.size() < wanted) {
                final Call call = first.isEmpty() ? Call.random(random) : first.removeFirst();
                if (world.isApplicable(call)) {
                    done.add(call);
                    world.apply(call);
                }
            }
            world.finish();
            calls += done.size();
            refused += world.oracle().refused();
            successes += world.successes();
            batches += world.batches();
            binds += world.binds();
        } catch (final Violation e) {
            throw explain(seed, done, e);
        } catch (final RuntimeException | Error e) {
            throw explain(seed, done, new Violation("an error that the API does not have: " + e, e));
        }
    }

    private Violation explain(final long seed, final List<Call> sequence, final Violation first) {
        final List<Call> shrunk = shrink(sequence);
        final Violation last = failure(shrunk);
        final StringBuilder text = new StringBuilder(256).append("seed ").append(seed).append(": ")
            .append(last == null ? first.getMessage() : last.getMessage()).append('\n').append(shrunk.size()).append(" of ")
            .append(sequence.size()).append(last == null ? " calls (it does not fail every time)" : " calls are enough").append('\n');
        try (World world = new World(open.get())) {
            world.oracle().narrate(text);
            for (final Call call : shrunk) {
                if (world.isApplicable(call)) {
                    world.apply(call);
                }
            }
            world.finish();
        } catch (final Violation | RuntimeException e) {
            text.append("  ").append(e.getMessage()).append('\n');
        }
        return new Violation(text.toString(), first);
    }

    /** Leaves out ever smaller pieces while it still fails. */
    private List<Call> shrink(final List<Call> sequence) {
        List<Call> best = List.copyOf(sequence);
        int attempts = 0;
        for (int piece = best.size() / 2; piece > 0; piece /= 2) {
            int at = 0;
            while (at < best.size() && attempts < SHRINK_ATTEMPTS) {
                final List<Call> candidate = new ArrayList<>(best.subList(0, at));
                candidate.addAll(best.subList(Math.min(best.size(), at + piece), best.size()));
                attempts++;
                if (failure(candidate) != null) {
                    best = candidate;
                } else {
                    at += piece;
                }
            }
        }
        return best;
    }

    private Violation failure(final List<Call> sequence) {
        try (World world = new World(open.get())) {
            for (final Call call : sequence) {
                if (world.isApplicable(call)) {
                    world.apply(call);
                }
            }
            world.finish();
            return null;
        } catch (final Violation e) {
            return e;
        } catch (final RuntimeException | Error e) {
            return new Violation("an error that the API does not have: " + e, e);
        }
    }
}
