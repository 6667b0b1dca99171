package dev.verbs;

/**
 * A path to a peer that datagrams are sent along. C: {@code struct ibv_ah}, closed with
 * {@code ibv_destroy_ah}.
 *
 * <p>Made by {@link ProtectionDomain#createAddressHandle(AddressVector)}; any thread may use it. Requests name it
 * ({@link SendRequests#sendTo}), so it refuses to close while a UD queue pair of its domain has sends in flight: poll their
 * completions first. A request that names a closed handle, or one of another domain, is refused by the post with EINVAL.
 */
public interface AddressHandle extends VerbsResource {
    /**
     * The domain it was made in. C: {@code ibv_ah.pd}.
     *
     * @return the domain
     */
    ProtectionDomain protectionDomain();

    /**
     * What it was made of. C: {@code struct ibv_ah_attr}.
     *
     * @return the path
     */
    AddressVector address();

    /**
     * The word that stands for it in a send request: with a real device the address of its C structure. Never 0.
     * C: {@code ibv_send_wr.wr.ud.ah}.
     *
     * @return the word
     */
    long word();
}
