/**
 * RDMA verbs on the Foreign Function and Memory API: one API, two providers, the system's libibverbs ({@code ibv}) and a
 * software device in plain Java ({@code soft}).
 */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.verbs {
    requires dev.verbs.headers;
    requires java.management;
    requires transitive org.agrona;
    requires org.slf4j;

    exports dev.verbs;
    exports dev.verbs.cm;
    exports dev.verbs.soft;
    exports dev.verbs.spi;

    uses dev.verbs.spi.VerbsProvider;

    provides dev.verbs.spi.VerbsProvider with
        dev.verbs.ibv.IbvProvider,
        dev.verbs.soft.SoftProvider;
}
