/**
 * The {@code verbs} command line: what all commands share.
 *
 * <pre>
 *   Verbs.main ──► VerbsCommand ──┬── pingpong.PingPongCommand ──┐
 *                                 ├── rping.RpingCommand         ├── DeviceOptions, CommonOptions (mixins)
 *                                 ├── tools.{Devices,Gids,Doctor}Command
 *                                 └── demo.DemoCommand ──────────┘
 *                                          │
 *                Session (provider, device, port; nothing may be left open) ── CloseStack
 *                Duty (one agent's loop on the calling thread) ── ChannelIdle; TwoEnds (both ends in this process)
 *                CommandFailure ──► one sentence on stderr, exit code 1
 * </pre>
 */
package dev.verbs.examples;
