package dev.verbs.stream;

/**
 * Says which executor leads a key. Stateless; the same on every node; the inner loop of a query folds it into its code.
 */
public interface Partitioner {
    /**
     * How many executors there are.
     *
     * @return at least 1
     */
    int executors();

    /**
     * The leader of a key.
     *
     * @param hash the mixed key
     * @return from 0 to {@code executors() - 1}
     */
    int leaderOf(long hash);

    /**
     * Every executor leads an equal part of the key space.
     *
     * @param executors how many, at least 1
     * @return the partitioner
     */
    static Partitioner even(final int executors) {
        return new Partitioners.Even(executors);
    }

    /**
     * One executor leads all keys.
     *
     * @param executors how many there are, at least 1
     * @param leader    which one leads
     * @return the partitioner
     */
    static Partitioner single(final int executors, final int leader) {
        return new Partitioners.Single(executors, leader);
    }
}
