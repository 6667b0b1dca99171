package dev.verbs.benchmarks.paths;

import dev.verbs.benchmarks.Spread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What must hold on the C provider, there and back. */
final class Limits {
    private static final double EXTRA_NS = 15;
    private static final double TO_BARE = 1.15;
    private static final double TO_C = 1.5;
    private static final double JMH_BYTES = 0.5;
    private static final long MILLION = 1_000_000;

    private Limits() {
    }

    /**
     * A figure and its limit.
     *
     * @param what     what it is
     * @param unit     its unit
     * @param spread   over the rounds
     * @param decisive what is compared with the limit
     * @param most     the limit
     * @param strictly whether the limit itself is too much
     */
    record Verdict(String what, String unit, Spread spread, double decisive, double most, boolean strictly) {
        boolean holds() {
            return strictly ? decisive < most : decisive <= most;
        }

        String line() {
            return String.format(Locale.ROOT, "%-5s %-58s %-34s limit %s %s", holds() ? "ok" : "SHORT", what,
                spread.text("%.3g") + " " + unit, strictly ? "<" : "≤", String.format(Locale.ROOT, "%.3g %s", most, unit));
        }
    }

    /** Of a list of one and of 16. */
    static List<Verdict> judge(final List<Figure> figures) {
        final List<Verdict> verdicts = new ArrayList<>();
        for (final Figure figure : figures) {
            final boolean one = figure.batch().equals("1");
            final String what = one ? "one post + one poll" : "16 posted as a list, polled as a batch, per request";
            if (one) {
                verdicts.add(median(what + ", above C", "ns", figure.extra(), EXTRA_NS));
                verdicts.add(median(what + ", of the bare FFM loop", "x", figure.ratioToBare(), TO_BARE));
            } else {
                verdicts.add(median(what + ", of C", "x", figure.ratioToC(), TO_C));
            }
            if (figure.operations() < MILLION) {
                throw new IllegalStateException("only " + figure.operations() + " requests were measured: not enough for the counters");
            }
            verdicts.add(new Verdict(what + ", allocated (thread)", "B", Spread.of(figure.bytes()),
                Collections.max(figure.bytes()), 0, false));
            verdicts.add(new Verdict(what + ", allocated (JMH)", "B", Spread.of(figure.jmhBytes()),
                Spread.of(figure.jmhBytes()).median(), JMH_BYTES, true));
        }
        return verdicts;
    }

    private static Verdict median(final String what, final String unit, final List<Double> values, final double most) {
        final Spread spread = Spread.of(values);
        return new Verdict(what, unit, spread, spread.median(), most, false);
    }
}
