package dev.verbs.examples.tpch;

import dev.verbs.join.local.MatchBuffer;
import io.trino.tpch.LineItem;
import io.trino.tpch.Order;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The right answer, found another way: one thread reads the rows that dbgen makes once more, looks the order of each line
 * item up in a map of the JDK, and counts, sums and hashes with code of its own.
 */
final class TpchCheck {
    /** One order: its total price, and how many line items it has. */
    private static final class Entry {
        final long totalPrice;
        int lineItems;

        Entry(final long totalPrice) {
            this.totalPrice = totalPrice;
        }
    }

    private final Map<Long, Entry> orders = new HashMap<>();
    private final Map<List<Long>, Long> priceOfLine;
    private long matches;
    private long totalPrice;
    private long extendedPrice;
    private long checksum;

    /** Reads both tables; keeps every line item's price if rows are to be compared too. */
    TpchCheck(final TpchTables tables, final boolean rows) {
        priceOfLine = rows ? new HashMap<>() : null;
        for (final Order order : tables.readOrders()) {
            orders.put(order.getOrderKey(), new Entry(order.getTotalPriceInCents()));
        }
        for (final LineItem item : tables.readLineItems()) {
            final Entry order = orders.get(item.getOrderKey());
            if (order != null) {
                order.lineItems++;
                matches++;
                totalPrice += order.totalPrice;
                extendedPrice += item.getExtendedPriceInCents();
                checksum += hash(item.getOrderKey() * -7046029254386353131L + item.getLineNumber());
                if (rows) {
                    priceOfLine.put(List.of(item.getOrderKey(), (long)item.getLineNumber()), item.getExtendedPriceInCents());
                }
            }
        }
    }

    /** SplitMix64's finaliser, as published. */
    private static long hash(final long seed) {
        final long a = (seed ^ (seed >>> 30)) * -4658895280553007687L;
        final long b = (a ^ (a >>> 27)) * -7723592293110705685L;
        return b ^ (b >>> 31);
    }

    long matches() {
        return matches;
    }

    int orders() {
        return orders.size();
    }

    /** Compares the parts of all hosts; null if everything is right, else what is wrong. */
    String verify(final List<TpchOutput> hosts) {
        String wrong = differs("matches", sum(hosts, TpchOutput.MATCHES), matches);
        wrong = wrong != null ? wrong : differs("sum of o_totalprice", sum(hosts, TpchOutput.TOTAL_PRICE), totalPrice);
        wrong = wrong != null ? wrong : differs("sum of l_extendedprice", sum(hosts, TpchOutput.EXTENDED_PRICE), extendedPrice);
        wrong = wrong != null ? wrong : differs("checksum over (order key, line number)", sum(hosts, TpchOutput.CHECKSUM), checksum);
        wrong = wrong != null ? wrong : perOrder(hosts);
        return wrong != null || priceOfLine == null ? wrong : rows(hosts);
    }

    private static long sum(final List<TpchOutput> hosts, final long field) {
        return hosts.stream().mapToLong(host -> host.get(field)).sum();
    }

    private static String differs(final String what, final long found, final long right) {
        return found == right ? null : String.format(Locale.ROOT, "%s is %d, right is %d", what, found, right);
    }

    private String perOrder(final List<TpchOutput> hosts) {
        for (final Map.Entry<Long, Entry> order : orders.entrySet()) {
            int found = 0;
            for (final TpchOutput host : hosts) {
                found += host.matchesOf(order.getKey());
            }
            if (found != order.getValue().lineItems) {
                return differs("matches of order " + order.getKey(), found, order.getValue().lineItems);
            }
        }
        return null;
    }

    private String rows(final List<TpchOutput> hosts) {
        final Set<List<Long>> seen = new HashSet<>();
        for (final TpchOutput host : hosts) {
            final MatchBuffer table = host.table();
            if (table.overflowed() > 0) {
                return table.overflowed() + " rows did not fit";
            }
            for (long row = 0; row < table.size(); row++) {
                final long line = table.stationary(row) % 8;
                final List<Long> key = List.of(table.key(row), line);
                final Long price = priceOfLine.get(key);
                if (price == null || price != table.stationary(row) / 8 || orders.get(table.key(row)).totalPrice != table.rotating(row)) {
                    return "row (" + table.key(row) + ", " + table.rotating(row) + ", " + table.stationary(row) + ") is not in the result";
                }
                if (!seen.add(key)) {
                    return "line " + line + " of order " + table.key(row) + " is there twice";
                }
            }
        }
        return differs("rows", seen.size(), priceOfLine.size());
    }
}
