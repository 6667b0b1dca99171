/**
 * jcstress tests of the software device's placement: what a reader of memory, or a poller of completions, may see of a message.
 *
 * <pre>
 *   Stress (./verbs jcstress) ──► org.openjdk.jcstress.Main ──► forked JVMs: WriteStress.*, CompletionStress.*
 *       │ reads its report                                                          │
 *       └──► fails if a forbidden outcome was seen, or nothing was run              └──► Lane (two connected queue pairs)
 * </pre>
 *
 * <p>jcstress needs {@code sun.misc.Unsafe}, its JVMs are not those of the library: only they get flags for it.
 */
package dev.verbs.benchmarks.stress;
