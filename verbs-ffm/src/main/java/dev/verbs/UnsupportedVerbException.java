package dev.verbs;

/**
 * A verb that the installed libibverbs or librdmacm does not export. What a device cannot do is another thing: a
 * {@link VerbsException} with {@link Errno#EOPNOTSUPP}. No C counterpart: a C program does not link, or does not start.
 */
public final class UnsupportedVerbException extends VerbsException {
    private static final long serialVersionUID = 1L;

    /** The first version that has the verb. */
    private final String since;

    /**
     * A missing verb. No C counterpart.
     *
     * @param verb  the C verb, such as {@code ibv_reg_mr_iova2}
     * @param since the first version of rdma-core (or of the library, before there was rdma-core) that has it
     */
    public UnsupportedVerbException(final String verb, final String since) {
        super(verb, Errno.ENOSYS, "the installed library does not have this verb: it came with version " + since
            + "; install rdma-core " + since + " or newer");
        this.since = since;
    }

    /**
     * The first version that has the verb. No C counterpart.
     *
     * @return the version of rdma-core, such as {@code 28}
     */
    public String since() {
        return since;
    }
}
