/**
 * The demo: three programs on one provider, each checked, and a table of how fast they were.
 *
 * <pre>
 *   DemoCommand ──► DemoStage ──┬── PingPongDemo ──► pingpong.PingPongAgent
 *        │             │        ├── ysb.YsbDemo
 *        │             ▼        └── tpch.CycloJoinDemo
 *        │          DemoRow ──► DemoTable (for people), DemoReport (JSON)
 *        └── Progress
 * </pre>
 */
package dev.verbs.examples.demo;
