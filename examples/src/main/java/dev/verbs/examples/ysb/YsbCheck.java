package dev.verbs.examples.ysb;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The right answer, found another way: one thread reads the raw bytes of all slices, byte by byte where it can, with offsets
 * and window arithmetic of its own, into maps of the JDK. It shares no code with the operators.
 */
final class YsbCheck {
    private static final int RECORD_BYTES = 78;
    private static final int CAMPAIGN_AT = 32;
    private static final int EVENT_TYPE_AT = 57;
    private static final int EVENT_TIME_AT = 66;
    private static final byte[] VIEW = {'v', 'i', 'e', 'w', 0, 0, 0, 0, 0};

    private final Map<Long, Map<Long, long[]>> viewsByWindow = new HashMap<>();
    private long views;
    private long cells;

    YsbCheck(final YsbSlices slices, final long windowMs) {
        for (int node = 0; node < slices.count(); node++) {
            count(slices.slice(node), windowMs);
        }
        viewsByWindow.values().forEach(window -> cells += window.size());
    }

    private void count(final MemorySegment slice, final long windowMs) {
        for (long record = 0; record < slice.byteSize(); record += RECORD_BYTES) {
            if (isView(slice, record + EVENT_TYPE_AT)) {
                final long time = number(slice, record + EVENT_TIME_AT);
                final long start = time - (time % windowMs + windowMs) % windowMs;
                viewsByWindow.computeIfAbsent(start, any -> new HashMap<>())
                    .computeIfAbsent(number(slice, record + CAMPAIGN_AT), any -> new long[1])[0]++;
                views++;
            }
        }
    }

    private static boolean isView(final MemorySegment slice, final long at) {
        for (int i = 0; i < VIEW.length; i++) {
            if (slice.get(ValueLayout.JAVA_BYTE, at + i) != VIEW[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(final MemorySegment slice, final long at) {
        long value = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            value = value << Byte.SIZE | slice.get(ValueLayout.JAVA_BYTE, at + i) & 0xFF;
        }
        return value;
    }

    long views() {
        return views;
    }

    int windows() {
        return viewsByWindow.size();
    }

    long cells() {
        return cells;
    }

    /** Compares every count; returns null if all are right, none is missing and none is there twice, else what is wrong. */
    String verify(final List<YsbAnswers> answers) {
        final Map<Long, Map<Long, Integer>> seen = new HashMap<>();
        long sum = 0;
        long compared = 0;
        for (int node = 0; node < answers.size(); node++) {
            final YsbAnswers answer = answers.get(node);
            for (int i = 0; i < answer.size(); i++) {
                final long start = answer.windowStart(i);
                final long campaign = answer.campaign(i);
                final String result = "campaign " + Long.toHexString(campaign) + " in the window at " + start + " ms";
                final Integer other = seen.computeIfAbsent(start, any -> new HashMap<>()).put(campaign, node);
                final long[] right = viewsByWindow.getOrDefault(start, Map.of()).get(campaign);
                if (other != null) {
                    return result + " was answered twice, by nodes " + other + " and " + node;
                }
                if (right == null || right[0] != answer.views(i)) {
                    return result + ": " + answer.views(i) + " views by node " + node + ", right is " + (right == null ? 0 : right[0]);
                }
                sum += answer.views(i);
                compared++;
            }
        }
        return compared == cells && sum == views ? null
            : compared + " results with " + sum + " views, right are " + cells + " with " + views;
    }
}
