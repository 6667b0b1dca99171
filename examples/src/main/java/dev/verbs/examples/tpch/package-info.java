/**
 * TPC-H orders ⋈ lineitem on the order key, as a cyclo-join: orders go round, line items stay.
 *
 * <pre>
 *   TpchDemoConfig ──► CycloJoinDemo ──┬── TpchTables       dbgen's rows off heap as 16-byte tuples, a piece per host and table
 *                                      ├── CycloJoinRunner (join-ops), a warm-up pass and timed passes ──► TpchOutput per host
 *                                      └── TpchCheck        generates both tables again, joins them with a map of the JDK, compares
 *                                      └──► TpchDemoResult
 * </pre>
 */
package dev.verbs.examples.tpch;
