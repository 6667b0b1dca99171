package dev.verbs.transport;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * Who listens where: node i is the i-th address. The same list on every node.
 *
 * @param nodes addresses of the connection manager, in the order of the node numbers
 */
public record NodeDirectory(List<InetSocketAddress> nodes) {
    /** Most nodes: their numbers travel in 16 bits. */
    public static final int MAX_NODES = 65_535;

    /** Copies the list and checks that no address is missing, unresolved, without port, or given twice. */
    public NodeDirectory {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty() || nodes.size() > MAX_NODES) {
            throw new IllegalArgumentException(nodes.size() + " nodes: must be 1 .. " + MAX_NODES);
        }
        for (int i = 0; i < nodes.size(); i++) {
            final InetSocketAddress address = nodes.get(i);
            if (address.isUnresolved() || address.getPort() == 0) {
                throw new IllegalArgumentException("node " + i + " at " + address + ": needs a resolved address and a port");
            }
            if (nodes.indexOf(address) != i) {
                throw new IllegalArgumentException("node " + i + " has the address of node " + nodes.indexOf(address) + ": "
                    + address);
            }
        }
    }

    /**
     * How many nodes there are.
     *
     * @return the count
     */
    public int size() {
        return nodes.size();
    }

    /**
     * Where a node listens.
     *
     * @param node its number, from 0
     * @return its address
     * @throws IndexOutOfBoundsException if there is no such node
     */
    public InetSocketAddress address(final int node) {
        return nodes.get(node);
    }
}
