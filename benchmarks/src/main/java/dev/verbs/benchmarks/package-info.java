/**
 * Measurements. What they share is {@link dev.verbs.benchmarks.Spread}.
 *
 * <pre>
 *   paths      ./verbs bench      each path of the verbs beside C and beside a hand-written loop: JMH
 *   softspeed  ./verbs softspeed  the software device beside its limits: JMH
 *   compare    ./verbs compare    C's perftest beside the same tools in Java
 *   stress     ./verbs jcstress   reorderings of what the software device places: jcstress
 * </pre>
 *
 * <p>JMH's own JVMs need {@code sun.misc.Unsafe}; the library does not.
 */
package dev.verbs.benchmarks;
