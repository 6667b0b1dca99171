/** Stream operators on one-sided channels: windows, partial state, epochs, progress. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.verbs.stream {
    requires transitive dev.verbs;
    requires transitive org.agrona;
    requires transitive dev.verbs.transport;

    exports dev.verbs.stream;
    exports dev.verbs.stream.engine;
    exports dev.verbs.stream.exchange;
    exports dev.verbs.stream.progress;
    exports dev.verbs.stream.state;
}
