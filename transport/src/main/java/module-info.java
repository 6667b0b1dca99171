/** Connected pairs, one-sided write channels, meshes, and the duty cycles that drive them. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.verbs.transport {
    requires transitive dev.verbs;
    requires transitive dev.verbs.memory;
    requires transitive org.agrona;

    exports dev.verbs.transport;
    exports dev.verbs.transport.channel;
}
