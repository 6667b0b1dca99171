/**
 * Tools that look: what devices there are, which GIDs, and what is wrong with this machine.
 *
 * <pre>
 *   DevicesCommand ── DeviceInfo, PortInfo ── InfoPage (lines and tree)
 *   GidsCommand ───── GidText ◄── PortInfo
 *   DoctorCommand ─┬─ SystemChecks (JVM, kernel) ──────────────────────┬──► Finding
 *                  └─ ProviderChecks (each device) ── LoopbackTest ────┘
 *   all: ToolOptions, Output (JSON, tables)
 * </pre>
 */
package dev.verbs.examples.tools;
