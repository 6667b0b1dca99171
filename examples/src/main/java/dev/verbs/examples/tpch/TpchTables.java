package dev.verbs.examples.tpch;

import dev.verbs.join.JoinInput;
import io.trino.tpch.Distributions;
import io.trino.tpch.LineItem;
import io.trino.tpch.LineItemGenerator;
import io.trino.tpch.Order;
import io.trino.tpch.OrderGenerator;
import io.trino.tpch.TextPool;
import java.util.ArrayList;
import java.util.List;

/**
 * Orders and line items as tuples: the key is the order key; an order carries its total price in cents, a line item its
 * extended price in cents and its line number.
 *
 * <p>Orders are dealt out in contiguous slices, line items in turn: matches of one order lie on several hosts, none is
 * where its key says.
 */
final class TpchTables implements AutoCloseable {
    /** Bits of the line number, 1 to 7, in a line item's payload; the price lies above. */
    static final int LINE_NUMBER_BITS = 3;

    /** dbgen draws comments from a pool of 300 MB. They are not read here, and no other column depends on its size. */
    private static final int TEXT_POOL_BYTES = 1 << 20;

    private static final int ORDERS_AT_SCALE_1 = OrderGenerator.SCALE_BASE;

    private final TextPool texts = new TextPool(TEXT_POOL_BYTES, Distributions.getDefaultDistributions());
    private final double scale;
    private final List<TuplePiece> orders = new ArrayList<>();
    private final List<TuplePiece> lineItems = new ArrayList<>();

    TpchTables(final double scale, final int hosts) {
        this.scale = scale;
        for (int host = 0; host < hosts; host++) {
            orders.add(new TuplePiece());
            lineItems.add(new TuplePiece());
        }
        final long expected = Math.max(1, (long)(ORDERS_AT_SCALE_1 * scale));
        long row = 0;
        for (final Order order : readOrders()) {
            orders.get((int)Math.min(hosts - 1, row++ * hosts / expected)).add(order.getOrderKey(), order.getTotalPriceInCents());
        }
        row = 0;
        for (final LineItem item : readLineItems()) {
            lineItems.get((int)(row++ % hosts)).add(item.getOrderKey(),
                item.getExtendedPriceInCents() << LINE_NUMBER_BITS | item.getLineNumber());
        }
    }

    /** The rows as dbgen makes them, from the first one on. */
    Iterable<Order> readOrders() {
        return new OrderGenerator(scale, 1, 1, Distributions.getDefaultDistributions(), texts);
    }

    /** The rows as dbgen makes them, from the first one on. */
    Iterable<LineItem> readLineItems() {
        return new LineItemGenerator(scale, 1, 1, Distributions.getDefaultDistributions(), texts);
    }

    List<JoinInput> inputs() {
        final List<JoinInput> inputs = new ArrayList<>();
        for (int host = 0; host < orders.size(); host++) {
            final TuplePiece rotating = orders.get(host);
            final TuplePiece stationary = lineItems.get(host);
            inputs.add(new JoinInput(rotating.memory(), rotating.count(), stationary.memory(), stationary.count()));
        }
        return inputs;
    }

    long orderCount() {
        return orders.stream().mapToLong(TuplePiece::count).sum();
    }

    long lineItemCount() {
        return lineItems.stream().mapToLong(TuplePiece::count).sum();
    }

    long mostOrders() {
        return orders.stream().mapToLong(TuplePiece::count).max().orElse(0);
    }

    long mostLineItems() {
        return lineItems.stream().mapToLong(TuplePiece::count).max().orElse(0);
    }

    @Override
    public void close() {
        orders.forEach(TuplePiece::close);
        lineItems.forEach(TuplePiece::close);
    }
}
