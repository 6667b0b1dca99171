/**
 * JMH benchmarks of verbs paths.
 *
 * <pre>
 *   PostPollBenchmark ── LoopbackPair (two connected queue pairs of one device) ── dev.verbs
 *   softspeed: the software device beside its limits          stress: jcstress tests of what it places
 *   hotpath: ways to post and poll, in C and in Java          compare: C's perftest and verbs perf side by side
 * </pre>
 *
 * <p>After {@code ./verbs --help} has built the tree:
 *
 * <pre>
 *   java --enable-native-access=ALL-UNNAMED -cp "benchmarks/target/classes:$(cat benchmarks/target/classpath.txt)" org.openjdk.jmh.Main
 * </pre>
 *
 * <p>JMH's own forks need {@code sun.misc.Unsafe}; the library does not.
 */
package dev.verbs.benchmarks;
