/** Connected pairs, one-sided write channels, meshes, and the duty cycles that drive them. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.verbs.transport {
    requires transitive dev.verbs;
    requires transitive dev.verbs.memory;
    requires transitive org.agrona;
    requires org.jctools.core;

    exports dev.verbs.transport;
    exports dev.verbs.transport.channel;
    exports dev.verbs.transport.ring;
}
