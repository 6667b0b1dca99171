/** Bindings that jextract generated from the system's libibverbs and librdmacm headers; for verbs-ffm only. */
@SuppressWarnings("module")
module dev.verbs.headers {
    exports dev.verbs.headers to dev.verbs;
}
