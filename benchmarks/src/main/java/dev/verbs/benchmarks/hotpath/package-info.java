/**
 * Which way to post and poll is cheapest, measured on a provider that does nothing and on a real device.
 *
 * <pre>
 *   HotPath (starts a JVM per linkage, prints the table) ──► HotPathRun (warms up, measures) ──► Loops ──► Calls ─┐
 *                                                                 │                                               ▼
 *                                                                 └──► CLibrary: noop_provider.c, loopback.c, post_loops.c
 * </pre>
 *
 * <p>The C sources are compiled by the system's C compiler when they are first needed, into this module's target directory.
 * The same objects are driven by the loops in C and by those in Java.
 */
package dev.verbs.benchmarks.hotpath;
